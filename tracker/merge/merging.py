"""Merge one copy of a register into another: what only one side did is taken, the rest is asked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.changes import FactKey
from tracker.limits import check_fact
from tracker.lookup import find_opd
from tracker.merge.choosing import find_others, find_unknown
from tracker.merge.clashes import Clashes, Target, read_changes
from tracker.merge.codes import tell_codes_apart
from tracker.merge.conflicts import (
    Conflict,
    ConflictKind,
    Decide,
    Kinship,
    Side,
    choose_side,
)
from tracker.merge.copies import Copy, relate_copies
from tracker.merge.fields import merge_doubles, merge_fact
from tracker.merge.keys import map_keys
from tracker.merge.replay import Recorded, replay_steps, translate_steps
from tracker.merge.snapshots import merge_snapshots
from tracker.merge.steps import (
    Touch,
    collect_touches,
    document_of,
    read_steps,
)
from tracker.model import LogEntry
from tracker.register import Changes, Register
from tracker.rules import Problem


@dataclass
class Merged:
    """What a merge adds to a register.

    ``changes`` are the facts that differ afterwards, ``entries`` the actions of the other
    copy; ``settled`` is what stood before where the merge itself changed something: where
    both sides had changed it. ``left`` counts the actions that were not taken, ``renamed``
    are the facts that got another code.
    """

    changes: Changes = field(default_factory=dict)
    entries: list[LogEntry] = field(default_factory=list)
    settled: Recorded = field(default_factory=dict)
    next_number: int = 0
    left: int = 0
    renamed: list[FactKey] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def merge_copy(
    here: Register,
    there: Register,
    name: str,
    today: date,
    decide: Decide,
    opds: Collection[str] = (),
) -> Merged:
    """Return what merging ``there`` into ``here`` adds; both stay as they are.

    ``name`` is what messages call the other copy; ``opds`` limits the merge to actions on
    those OPDs. Raises ``Rejected`` for a register that is not a copy of this one.
    """
    ours, theirs = relate_copies(here, there, name)
    chosen = {entry.id for entry in find_unknown(theirs, ours)}
    left: set[str] = set()
    if opds:
        keys = {find_opd(there, opd).id for opd in opds}
        left = find_others(theirs, chosen, keys, today)
        chosen -= left
    merge = _Merge(ours, theirs, chosen, left, today, decide)
    merged = merge.carry_out(with_snapshots=not opds)
    merged.left = len(left)
    return merged


class _Merge:
    """One merge, from the keys of what is new to the facts and log entries that come of it."""

    def __init__(
        self,
        ours: Copy,
        theirs: Copy,
        chosen: Collection[str],
        left: Collection[str],
        today: date,
        decide: Decide,
    ) -> None:
        self.here = ours.register
        self.today = today
        self.decide = decide
        unknown_there = {entry.id for entry in find_unknown(ours, theirs)}
        self.touches_here = collect_touches(
            read_steps(self.here, unknown_there),
            unknown_there,
        )
        # Merges that were taken back left nothing, and their facts have no origin.
        passed_over = {*left, *theirs.out_of_force}
        steps = read_steps(theirs.register, chosen, passed_over)
        self.keys = map_keys(
            ours,
            theirs,
            steps,
            chosen,
            self.touches_here,
            self._are_one,
        )
        translated = translate_steps(steps, self.keys)
        self.touches_there = collect_touches(translated, chosen)
        self.steps = [step for step in translated if step.entry.id in chosen]

    def carry_out(self, *, with_snapshots: bool) -> Merged:
        """Return what the merge adds to the register here."""
        target: Target = {
            fact: self._merge_touched(fact, touch)
            for fact, touch in self.touches_there.items()
        }
        given: dict[FactKey, str] = {}

        def tell_apart(target: Target) -> None:
            given.update(tell_codes_apart(self.here, target))

        clashes = Clashes(
            self.here,
            self.touches_here,
            self.touches_there,
            self.today,
            self.decide,
            self._name_subject,
            tell_apart,
        )
        problems = clashes.settle(target)

        replay = replay_steps(self.here, self.steps, self.keys)
        settled = _find_settled(self.here, target, replay.documents)
        changes = read_changes(self.here, target)
        if with_snapshots:
            self._add_snapshots(changes, settled)
        _check_facts(changes)
        return Merged(
            changes,
            replay.entries,
            settled,
            self.keys.next_number,
            # A fact may have been left out since, or have its own code again.
            renamed=[
                fact
                for fact, code in given.items()
                if (target[fact] or {}).get("code") == code
            ],
            problems=problems,
        )

    def _add_snapshots(self, changes: Changes, settled: Recorded) -> None:
        """Add the published weeks of the other copy; the log does not tell of them."""
        snapshots = merge_snapshots(self.here, self.keys)
        if not snapshots:
            return
        changes["snapshots"] = dict(snapshots)
        settled["snapshots"] = {
            key: document_of(self.here, ("snapshots", key)) for key in snapshots
        }

    def _merge_touched(self, fact: FactKey, touch: Touch) -> Any:
        """Return a fact that the other copy changed as it stands after the merge."""
        if fact in self.keys.new:
            return touch.after

        def ask(
            kind: ConflictKind,
            name: str,
            mine: Any,
            other: Any,
        ) -> Side:
            return self._ask(fact, kind, name, mine, other)

        here = document_of(self.here, fact)
        if fact in self.keys.partners and here and touch.after:
            return merge_doubles(here, touch.after, ask)
        return merge_fact(here, self.touches_here.get(fact), touch, ask)

    def _are_one(self, fact: FactKey, ours: Touch, theirs: Touch) -> bool:
        """Ask whether a fact that is new on both sides is one; unanswered, they are two."""
        here, there = ours.after or {}, theirs.after or {}
        codes = dict.fromkeys((here["code"], there["code"]))
        conflict = Conflict(
            ConflictKind.DOUBLE,
            *fact,
            subject="=".join(codes),
            field="",
            here=here,
            there=there,
            here_by=ours.last_writer,
            there_by=theirs.last_writer,
        )
        return self.decide(conflict) is Kinship.ONE

    def _ask(
        self,
        fact: FactKey,
        kind: ConflictKind,
        name: str,
        mine: Any,
        other: Any,
    ) -> Side:
        ours = self.touches_here[fact]
        theirs = self.touches_there[fact]
        conflict = Conflict(
            kind,
            *fact,
            subject=self._name_subject(fact),
            field=name,
            here=mine,
            there=other,
            here_by=ours.writers.get(name) or ours.last_writer,
            there_by=theirs.writers.get(name) or theirs.last_writer,
        )
        return choose_side(conflict, self.decide)

    def _name_subject(self, fact: FactKey) -> str:
        """Return what people call a fact: its own code or its service's, or its number."""
        document = self._find_any(fact)
        service = self._find_any(("services", document.get("service", "")))
        number = fact[1].rpartition("-")[2].lstrip("0")
        return str(service.get("code") or document.get("code") or number)

    def _find_any(self, fact: FactKey) -> Mapping[str, Any]:
        """Return any version of a fact."""
        document = document_of(self.here, fact)
        for touches in (self.touches_there, self.touches_here):
            if document is None and fact in touches:
                touch = touches[fact]
                document = touch.after or touch.before
        return document or {}


def _find_settled(
    here: Register,
    target: Target,
    replayed: Mapping[FactKey, Any],
) -> Recorded:
    """Return what the actions left that do not stand so after the merge."""
    settled: Recorded = {}
    for fact, document in target.items():
        before = replayed[fact] if fact in replayed else document_of(here, fact)
        if before != document:
            settled.setdefault(fact[0], {})[fact[1]] = before
    return settled


def _check_facts(changes: Changes) -> None:
    """Raise ``Rejected`` for a fact that no action could have entered: files can be edited."""
    for facts in changes.values():
        for fact in facts.values():
            if fact is not None:
                check_fact(fact)
