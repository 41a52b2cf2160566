"""What both sides did that breaks a rule together: one side's version is taken, as a person decides.

A rule speaks of one service or one other fact. What both sides did to it, and whether the
OPDs and applications that it refers to are at work, is taken from one side alone: there it
broke no rule.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from msgspec import convert

from tracker.changes import FactKey
from tracker.fields import REFERENCES
from tracker.merge.conflicts import (
    Conflict,
    ConflictKind,
    Decide,
    Side,
    choose_side,
)
from tracker.merge.copies import Document
from tracker.merge.steps import Touch, document_of
from tracker.model import TABLES, LogEntry
from tracker.register import Changes, Register
from tracker.rules import Problem, check_changes

Target = dict[FactKey, Document | None]
"""The facts that a merge touches, as they stand after it."""

_LIFESPAN = "retired_on"


@dataclass
class Clashes:
    """Settles the broken rules of a merge."""

    register: Register
    touches_here: Mapping[FactKey, Touch]
    touches_there: Mapping[FactKey, Touch]
    today: date
    decide: Decide
    name_subject: Callable[[FactKey], str]
    tell_apart: Callable[[Target], None]
    """Gives the later of two facts with one code another: a side's version may bring its code back."""

    def settle(self, target: Target) -> list[Problem]:
        """Change ``target`` until no rule is broken; return what cannot be settled."""
        decided: set[FactKey] = set()
        while True:
            self.tell_apart(target)
            problems = self._find_problems(target)
            roots = {self._find_root(problem, target) for problem in problems}
            if not problems or None in roots or roots <= decided:
                return problems
            for problem in problems:
                root = self._find_root(problem, target)
                if root is not None and root not in decided:
                    decided.add(root)
                    self._settle_root(root, problem, target)

    def _find_problems(self, target: Target) -> list[Problem]:
        changes = read_changes(self.register, target)
        after = self.register.changed(changes)
        return check_changes(self.register, after, changes, self.today)

    def _find_root(self, problem: Problem, target: Target) -> FactKey | None:
        """Return the service that a problem is about, or else the fact."""
        for table in TABLES:
            fact = (table, problem.fact)
            document = document_after(self.register, target, fact)
            if document is not None:
                service = document.get("service")
                return ("services", service) if service else fact
        return None

    def _settle_root(
        self,
        root: FactKey,
        problem: Problem,
        target: Target,
    ) -> None:
        """Ask which side's version of a service or fact is taken, and take it; ours if unanswered."""
        facts = self._find_cluster(root)
        referred = self._find_referred(facts, target)
        here_by = _find_writer(self.touches_here, {*facts, *referred})
        there_by = _find_writer(self.touches_there, {*facts, *referred})
        if here_by is None or there_by is None:
            return  # one side alone broke the rule: that is for its owner to mend

        conflict = Conflict(
            ConflictKind.RULE,
            *root,
            subject=self.name_subject(root),
            field="",
            here=None,
            there=None,
            here_by=here_by,
            there_by=there_by,
            problem=problem.as_rejection(),
        )
        side = choose_side(conflict, self.decide)
        for fact in facts:
            target[fact] = self._version_of(fact, side)
        # With the side's facts others may be referred to than before.
        for fact in referred | self._find_referred(facts, target):
            self._take_lifespan(fact, side, target)

    def _find_cluster(self, root: FactKey) -> list[FactKey]:
        """Return the changed facts that belong to a service, or the one fact."""
        touched = {**self.touches_here, **self.touches_there}
        return [
            fact
            for fact in touched
            if fact == root or self._belongs_to(fact, root)
        ]

    def _belongs_to(self, fact: FactKey, root: FactKey) -> bool:
        """Tell whether a fact is of the service that is settled, on either side."""
        table, key = root
        if table != "services":
            return False
        for side in Side:
            document = self._version_of(fact, side)
            if document is not None and document.get("service") == key:
                return True
        return False

    def _version_of(self, fact: FactKey, side: Side) -> Document | None:
        """Return a fact as it stands on one side alone."""
        if side is Side.THERE:
            if fact in self.touches_there:
                return self.touches_there[fact].after
            if fact in self.touches_here:
                return self.touches_here[fact].before
        return document_of(self.register, fact)

    def _find_referred(
        self,
        facts: Iterable[FactKey],
        target: Target,
    ) -> set[FactKey]:
        """Return the changed OPDs, applications and services that facts refer to."""
        touched = {*self.touches_here, *self.touches_there}
        found = set()
        for fact in facts:
            document = document_after(self.register, target, fact) or {}
            for name, table in REFERENCES.get(fact[0], {}).items():
                referred = (table, document.get(name) or "")
                if referred in touched:
                    found.add(referred)
        return found

    def _take_lifespan(self, fact: FactKey, side: Side, target: Target) -> None:
        """Let a fact exist, and be retired, as it is on one side."""
        version = self._version_of(fact, side)
        merged = document_after(self.register, target, fact)
        if version is None or merged is None:
            target[fact] = version
            return
        changed = {**merged}
        changed.pop(_LIFESPAN, None)
        if _LIFESPAN in version:
            changed[_LIFESPAN] = version[_LIFESPAN]
        target[fact] = changed


def document_after(
    register: Register,
    target: Target,
    fact: FactKey,
) -> Document | None:
    """Return a fact as it stands after a merge; None if it is not there then."""
    if fact in target:
        return target[fact]
    return document_of(register, fact)


def read_changes(register: Register, target: Target) -> Changes:
    """Return what a merge changes in a register, as facts."""
    changes: Changes = {}
    for fact, document in target.items():
        if document == document_of(register, fact):
            continue
        table, key = fact
        changed = None
        if document is not None:
            changed = convert(document, TABLES[table])
        changes.setdefault(table, {})[key] = changed
    return changes


def _find_writer(
    touches: Mapping[FactKey, Touch],
    facts: Iterable[FactKey],
) -> LogEntry | None:
    """Return who last changed some facts; if nobody did, who last changed anything."""
    touched = [touches[fact] for fact in facts if fact in touches]
    writers = [touch.last_writer for touch in touched or touches.values()]
    return max(
        writers,
        key=lambda entry: (entry.recorded_at, entry.id),
        default=None,
    )
