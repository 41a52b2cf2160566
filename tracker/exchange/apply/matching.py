"""Which row of an inventory tells of which service or application that the register has.

By code, then by OPD and name; whatever is not certain is asked, never guessed: a code under another
name, a name under another code, a name that has left its OPD, a name that is nearly the same.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from tracker.errors import Rejected
from tracker.exchange.apply.duplicates import (
    comparable_values,
    note_name,
    repeats_coded,
)
from tracker.exchange.apply.session import ImportSession, LeftOut, Open
from tracker.exchange.apply.similarity import bare_name, find_nearest
from tracker.exchange.parsing.records import Record
from tracker.exchange.questions import NEW, SAME, SKIP, Candidate, Question
from tracker.language import N_
from tracker.model import OPD, Application, Service
from tracker.text import name_key, normalize_name

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
    """A row and what it is about (None: something new), with the code to give it (None: make one).

    ``listed_as`` is the row's code where that is another thing's here.
    """

    listed: Listed
    thing: Thing | None
    code: str | None
    listed_as: str = ""


class Matching:
    """The pairing of an inventory's rows with what the register had on its day."""

    def __init__(
        self,
        session: ImportSession,
        kind: str,
        there: Sequence[Thing],
        opd_of: Callable[[Any], str],
        is_active: Callable[[Any], bool],
    ) -> None:
        self.session = session
        self.kind = kind
        self.opd_of = opd_of
        self._is_active = is_active
        self._there = there
        self._by_code = {thing.code: thing for thing in there}
        self._by_name: dict[tuple[str, str], list[Thing]] = defaultdict(list)
        self._anywhere: dict[str, list[Thing]] = defaultdict(list)
        self._of_opd: dict[str, list[Thing]] = defaultdict(list)
        for thing in there:
            opd = opd_of(thing)
            self._by_name[opd, bare_name(thing.name)].append(thing)
            self._anywhere[bare_name(thing.name)].append(thing)
            self._of_opd[opd].append(thing)
        self._claimed: set[str] = set()
        self._held: set[str] = set()
        """What rows that are left out, or wait for an answer, may tell of: it is not gone."""
        self.matches: list[Match] = []

    def run(self, rows: Sequence[Listed]) -> None:
        """Pair the rows: those that are certain first, so that the others are asked about what is left."""
        coded = [listed for listed in rows if listed.code is not None]
        named = [listed for listed in rows if listed.code is None]
        # What a code claims is not to be found by its name once more.
        for listed in coded:
            self._repeats_coded(listed)
        waiting = self._claim_certain(coded)
        waiting += self._claim_certain(self._leave_out_repeated(named))
        for listed in waiting:
            self._attempt(listed, self._settle)

    def _leave_out_repeated(self, rows: Sequence[Listed]) -> list[Listed]:
        """Return the rows that do not repeat a row with a code."""
        kept: list[Listed] = []
        for listed in rows:
            if self._repeats_coded(listed):
                self.session.counts[self.kind, "repeated"] += 1
            else:
                kept.append(listed)
        return kept

    def _repeats_coded(self, listed: Listed) -> bool:
        values = comparable_values(listed.record, listed.opd)
        return repeats_coded(self.session, listed.record, values)

    def _claim_certain(self, rows: Sequence[Listed]) -> list[Listed]:
        """Pair the rows that leave no doubt; return the others."""
        waiting: list[Listed] = []
        for listed in rows:
            thing = self._find_certain(listed)
            if thing is None:
                waiting.append(listed)
            else:
                self._attempt(listed, partial(self._claim, thing=thing))
        return waiting

    def find_unlisted(self) -> list[Thing]:
        """Return what was active on the inventory's day and is in no row."""
        listed = self._claimed | self._held
        return [
            thing
            for thing in self._there
            if thing.id not in listed and self._is_active(thing)
        ]

    def _attempt(self, listed: Listed, pair: Callable[[Listed], None]) -> None:
        self.session.attempt(
            listed.record,
            lambda _session, _record: pair(listed),
        )

    def _find_certain(self, listed: Listed) -> Thing | None:
        """Return what a row is about beyond doubt, None if that has to be asked."""
        name = bare_name(listed.name)
        named = self._by_name.get((listed.opd_key, name), [])
        if listed.code is not None:
            thing = self._by_code.get(listed.code)
            if thing is not None and bare_name(thing.name) == name:
                return thing
            found = [thing for thing in named if thing.listed_as == listed.code]
        else:
            found = self._narrow_down(listed, self._leave_unclaimed(named))
        return found[0] if len(found) == 1 else None

    def _narrow_down(self, listed: Listed, named: list[Thing]) -> list[Thing]:
        """Return those of several of one name that a row is about by ever more of what it says."""
        active = [thing for thing in named if self._is_active(thing)]
        in_question = active or named
        name = normalize_name(listed.name)
        exact = [
            thing for thing in in_question if normalize_name(thing.name) == name
        ]
        chosen = [thing for thing in exact if thing.listed_as == listed.handle]
        return chosen or exact or in_question

    def _claim(
        self,
        listed: Listed,
        thing: Thing,
        code: str | None = None,
        listed_as: str = "",
    ) -> None:
        record = listed.record
        values = comparable_values(record, listed.opd)
        of = f"{self.kind} there"
        if self.session.is_repeated(of, record, thing.code, values):
            return
        note_name(self.session, record, listed.opd)
        self._claimed.add(thing.id)
        match = Match(listed, thing, code or thing.code, listed_as)
        self.matches.append(match)

    def _settle(self, listed: Listed) -> None:
        """Ask about the nearest that a row could be about; enter it as new if there is nothing."""
        if listed.code is not None and listed.code in self._by_code:
            self._settle_code(listed, self._by_code[listed.code])
            return

        name = bare_name(listed.name)
        named = self._leave_unclaimed(
            self._by_name.get((listed.opd_key, name), []),
        )
        if named:
            self._choose("recoded", listed, named, _RECODED, _NAMED)
            return
        elsewhere = self._leave_active(self._anywhere.get(name, []))
        if elsewhere:
            self._choose("transferred", listed, elsewhere, _TRANSFERRED, _AT)
            return
        near = self._find_near(listed)
        if near:
            self._choose("near", listed, near, _NEAR, _NAMED)
            return

        self._check_answer_fits(listed)
        self.matches.append(Match(listed, None, listed.code))

    def _check_answer_fits(self, listed: Listed) -> None:
        """Refuse a row whose answer says that it is one that is there, if another row is that one already.

        A row that an answer leaves out stays out, also where its question does not arise any more.
        """
        for sort in ("renamed", "reused", "recoded", "transferred", "near"):
            key = f"{sort}:{self.kind}/{listed.handle}"
            if self.session.answers.get(key) == SKIP:
                raise LeftOut
        for sort in ("recoded", "transferred", "near"):
            key = f"{sort}:{self.kind}/{listed.handle}"
            if self.session.answers.get(key, NEW) not in (NEW, SKIP):
                raise Rejected(
                    "By the answer to “{key}” this row is one that another row is already: "
                    "change one of the answers.",
                    key=key,
                )

    def _choose(
        self,
        sort: str,
        listed: Listed,
        things: list[Thing],
        msgid: str,
        each: str,
    ) -> None:
        """Ask which of the things a row tells of, if any."""
        question = self._question(sort, listed, things, msgid, each)
        answer = self._ask(question, things)
        if answer == NEW:
            self.matches.append(Match(listed, None, listed.code))
            return
        chosen = things[0] if answer == SAME else self._by_code[answer]
        # Of several of one name the row's own handle finds the chosen one again.
        is_one_of_several = listed.code is None and len(things) > 1
        handle = listed.handle if is_one_of_several else ""
        self._claim(listed, chosen, listed.code, listed_as=handle)

    def _ask(self, question: Question, things: Sequence[Thing]) -> str:
        """Return the answer; where the row stays out, what it may tell of is not taken for gone."""
        try:
            return self.session.ask(question)
        except (Open, LeftOut):
            self._held.update(thing.id for thing in things)
            raise

    def _settle_code(self, listed: Listed, thing: Thing) -> None:
        """Ask about a code that stands for another name than it did."""
        other_opd = (
            listed.opd is not None and self.opd_of(thing) != listed.opd_key
        )
        if other_opd:
            sort, msgid = "reused", _REUSED
        else:
            sort, msgid = "renamed", _RENAMED
        another = N_("another one: it is entered with a code of its own")
        question = Question(
            f"{sort}:{self.kind}/{thing.code}",
            msgid,
            {
                "code": thing.code,
                "before": thing.name,
                "name": listed.name,
                "row": self._describe_row(listed),
            },
            (
                Candidate(SAME, N_("the same one, renamed"), {}),
                Candidate(NEW, another, {}),
                Candidate(SKIP, N_("this row is left out"), {}),
            ),
        )
        if self._ask(question, [thing]) == SAME:
            self._claim(listed, thing)
        else:
            # Kept with what is entered, so that the same list finds it again.
            left = Match(listed, None, None, listed_as=thing.code)
            self.matches.append(left)

    def _question(
        self,
        sort: str,
        listed: Listed,
        things: list[Thing],
        msgid: str,
        each: str,
    ) -> Question:
        candidates = []
        for thing in things[:5]:
            owner = self.session.opds.by_key.get(self.opd_of(thing))
            values = {
                "code": thing.code,
                "name": thing.name,
                "opd": _name(owner),
            }
            answer = SAME if len(things) == 1 else thing.code
            candidates.append(Candidate(answer, each, values))

        new = Candidate(NEW, N_("another one: it is entered as new"), {})
        skip = Candidate(SKIP, N_("this row is left out"), {})
        return Question(
            f"{sort}:{self.kind}/{listed.handle}",
            msgid,
            {
                "name": listed.name,
                "opd": _name(listed.opd),
                "row": self._describe_row(listed),
            },
            (*candidates, new, skip),
        )

    def _find_near(self, listed: Listed) -> list[Thing]:
        """Return what is offered by the row's OPD under nearly its name, the nearest first."""
        things = self._leave_active(self._of_opd.get(listed.opd_key, []))
        by_key = {thing.id: thing for thing in things}
        names = [(thing.id, thing.name) for thing in things]
        return [by_key[key] for key in find_nearest(listed.name, names)]

    def _leave_unclaimed(self, things: Sequence[Thing]) -> list[Thing]:
        return [thing for thing in things if thing.id not in self._claimed]

    def _leave_active(self, things: Sequence[Thing]) -> list[Thing]:
        return [
            thing
            for thing in self._leave_unclaimed(things)
            if self._is_active(thing)
        ]

    def _describe_row(self, listed: Listed) -> str:
        return self.session.describe_row(listed.record)


def _name(opd: OPD | None) -> str:
    return opd.name if opd else ""


_RENAMED = N_("Row {row}: {code} was “{before}” and is “{name}” here.")
_REUSED = N_(
    "Row {row}: {code} was “{before}” and is “{name}” of another OPD here: a code used again?",
)
_RECODED = N_("Row {row}: “{name}” has another code here.")
_TRANSFERRED = N_("Row {row}: “{name}” is now listed with {opd}.")
_NEAR = N_(
    "Row {row}: “{name}” is new, or nearly the name of one that is there.",
)
_NAMED = N_("it is {name} ({code})")
_AT = N_("it is {name} ({code}) of {opd}")
