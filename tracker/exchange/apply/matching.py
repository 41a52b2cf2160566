"""Which row of an inventory tells of which service or application that the register has.

By code, then by OPD and name; whatever is not certain is asked, never guessed: a code under another
name, a name under another code, a name that has left its OPD, a name that is nearly the same.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from tracker.exchange.apply.duplicates import said_of
from tracker.exchange.apply.entry import ImportSession, LeftOut, Open
from tracker.exchange.apply.similarity import bare, nearest
from tracker.exchange.parsing.records import Record
from tracker.exchange.questions import NEW, SAME, SKIP, Candidate, Question
from tracker.language import N_
from tracker.model import OPD, Application, Service
from tracker.text import name_key

Thing = Service | Application


@dataclass(frozen=True)
class Listed:
    """A row of an inventory: what it calls the thing, its code where it has one, its OPD where it has one."""

    record: Record
    name: str
    code: str | None
    opd: OPD | None

    @property
    def opd_key(self) -> str:
        """The key of the OPD, empty for none."""
        return self.opd.id if self.opd else ""

    @property
    def handle(self) -> str:
        """What tells the row from the others in questions: its code, else its OPD and name."""
        owner = f"{self.opd.code}/" if self.opd else ""
        return self.code or owner + name_key(self.name)


@dataclass(frozen=True)
class Match:
    """A row and what it tells of (None: something new), under the code that it is to have (None: made)."""

    listed: Listed
    thing: Thing | None
    code: str | None


class Matching:
    """The pairing of an inventory's rows with what the register had on its day."""

    def __init__(
        self,
        entry: ImportSession,
        kind: str,
        there: Sequence[Thing],
        opd_of: Callable[[Any], str],
        is_active: Callable[[Any], bool],
    ) -> None:
        self.entry, self.kind = entry, kind
        self.opd_of, self._is_active = opd_of, is_active
        self._there = there
        self._by_code = {thing.code: thing for thing in there}
        self._by_name: dict[tuple[str, str], list[Thing]] = defaultdict(list)
        self._anywhere: dict[str, list[Thing]] = defaultdict(list)
        self._of_opd: dict[str, list[Thing]] = defaultdict(list)
        for thing in there:
            opd = opd_of(thing)
            self._by_name[opd, bare(thing.name)].append(thing)
            self._anywhere[bare(thing.name)].append(thing)
            self._of_opd[opd].append(thing)
        self._claimed: set[str] = set()
        self._held: set[str] = set()
        """What rows that are left out, or wait for an answer, may tell of: it is not gone."""
        self.matches: list[Match] = []

    def run(self, rows: Sequence[Listed]) -> None:
        """Pair the rows: those that are certain first, so that the others are asked about what is left."""
        waiting: list[Listed] = []
        for listed in rows:
            thing = self._certain(listed)
            if thing is None:
                waiting.append(listed)
            else:
                self._attempt(listed, partial(self._claim, thing=thing))
        for listed in waiting:
            self._attempt(listed, self._settle)

    def unlisted(self) -> list[Thing]:
        """Return what was active on the inventory's day and that no row tells of."""
        told = self._claimed | self._held
        return [
            thing
            for thing in self._there
            if thing.id not in told and self._is_active(thing)
        ]

    def _attempt(self, listed: Listed, pair: Callable[[Listed], None]) -> None:
        self.entry.attempt(listed.record, lambda entry, record: pair(listed))

    def _certain(self, listed: Listed) -> Thing | None:
        if listed.code is not None:
            thing = self._by_code.get(listed.code)
            return (
                thing
                if thing is not None and bare(thing.name) == bare(listed.name)
                else None
            )
        named = self._by_name.get((listed.opd_key, bare(listed.name)), [])
        active = [thing for thing in named if self._is_active(thing)] or named
        return active[0] if len(active) == 1 else None

    def _claim(self, listed: Listed, thing: Thing, code: str | None = None) -> None:
        said = said_of(listed.record, listed.opd)
        if self.entry.is_repeated(
            f"{self.kind} there", listed.record, thing.code, said
        ):
            return
        self._claimed.add(thing.id)
        self.matches.append(Match(listed, thing, code or thing.code))

    def _settle(self, listed: Listed) -> None:
        if listed.code is not None and listed.code in self._by_code:
            self._settle_code(listed, self._by_code[listed.code])
            return
        key = listed.opd_key
        named = self._free(self._by_name.get((key, bare(listed.name)), []))
        if named:
            self._choose("recoded", listed, named, _RECODED, _NAMED)
        elif moved := self._active(self._anywhere.get(bare(listed.name), [])):
            self._choose("transferred", listed, moved, _TRANSFERRED, _AT)
        elif near := self._near(listed):
            self._choose("near", listed, near, _NEAR, _NAMED)
        else:
            self.matches.append(Match(listed, None, listed.code))

    def _choose(
        self, sort: str, listed: Listed, things: list[Thing], msgid: str, each: str
    ) -> None:
        """Ask which of the things a row tells of, if any."""
        answer = self._ask(self._question(sort, listed, things, msgid, each), things)
        if answer == NEW:
            self.matches.append(Match(listed, None, listed.code))
        else:
            chosen = things[0] if answer == SAME else self._by_code[answer]
            self._claim(listed, chosen, listed.code)

    def _ask(self, question: Question, things: Sequence[Thing]) -> str:
        """Return the answer; where the row stays out, what it may tell of is not taken for gone."""
        try:
            return self.entry.ask(question)
        except (Open, LeftOut):
            self._held.update(thing.id for thing in things)
            raise

    def _settle_code(self, listed: Listed, thing: Thing) -> None:
        """Ask about a code that stands for another name than it did."""
        reused = listed.opd is not None and self.opd_of(thing) != listed.opd_key
        values = {
            "code": thing.code,
            "before": thing.name,
            "name": listed.name,
            "row": self._row(listed),
        }
        question = Question(
            f"{'reused' if reused else 'renamed'}:{self.kind}/{thing.code}",
            _REUSED if reused else _RENAMED,
            values,
            (
                Candidate(SAME, N_("the same one, renamed"), {}),
                Candidate(
                    NEW, N_("another one: it is entered with a code of its own"), {}
                ),
                Candidate(SKIP, N_("this row is left out"), {}),
            ),
        )
        if self._ask(question, [thing]) == SAME:
            self._claim(listed, thing)
        else:
            self.matches.append(Match(listed, None, None))

    def _question(
        self, sort: str, listed: Listed, things: list[Thing], msgid: str, each: str
    ) -> Question:
        owners = self.entry.opds.by_key
        candidates = [
            Candidate(
                SAME if len(things) == 1 else thing.code,
                each,
                {
                    "code": thing.code,
                    "name": thing.name,
                    "opd": _name(owners.get(self.opd_of(thing))),
                },
            )
            for thing in things[:5]
        ]
        candidates.append(Candidate(NEW, N_("another one: it is entered as new"), {}))
        candidates.append(Candidate(SKIP, N_("this row is left out"), {}))
        values = {
            "name": listed.name,
            "opd": _name(listed.opd),
            "row": self._row(listed),
        }
        return Question(
            f"{sort}:{self.kind}/{listed.handle}", msgid, values, tuple(candidates)
        )

    def _near(self, listed: Listed) -> list[Thing]:
        things = {t.id: t for t in self._active(self._of_opd.get(listed.opd_key, []))}
        return [
            things[key]
            for key in nearest(listed.name, [(t.id, t.name) for t in things.values()])
        ]

    def _free(self, things: Sequence[Thing]) -> list[Thing]:
        return [thing for thing in things if thing.id not in self._claimed]

    def _active(self, things: Sequence[Thing]) -> list[Thing]:
        return [thing for thing in self._free(things) if self._is_active(thing)]

    def _row(self, listed: Listed) -> str:
        return self.entry.row(listed.record)


def _name(opd: OPD | None) -> str:
    return opd.name if opd else ""


_RENAMED = N_("Row {row}: {code} was “{before}” and is “{name}” here.")
_REUSED = N_(
    "Row {row}: {code} was “{before}” and is “{name}” of another OPD here: a code used again?"
)
_RECODED = N_("Row {row}: “{name}” has another code here.")
_TRANSFERRED = N_("Row {row}: “{name}” is now listed with {opd}.")
_NEAR = N_("Row {row}: “{name}” is new, or nearly the name of one that is there.")
_NAMED = N_("it is {name} ({code})")
_AT = N_("it is {name} ({code}) of {opd}")
