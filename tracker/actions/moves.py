"""Actions on the history: move, verify, correct, withdraw."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from tracker.actions.draft import Draft
from tracker.actions.fields import Fields, edit
from tracker.actions.services import found_services
from tracker.errors import Refused
from tracker.history import last_move
from tracker.lookup import find_fact
from tracker.model import City, Move, Stage
from tracker.text import tidy_lines


@dataclass(frozen=True)
class MoveServices:
    """Services reached a stage on a day, forward or back, with what now is asked of a citizen."""

    name: ClassVar[str] = "move"
    services: tuple[str, ...]
    stage: Stage
    on: date
    evidence: str = ""
    note: str = ""
    verified: bool = False
    visits: float | None = None
    days: float | None = None

    def apply(self, draft: Draft) -> None:
        """Enter a move for each service."""
        for service in found_services(draft.register, self.services):
            draft.new(
                Move,
                service=service.id,
                on=self.on,
                stage=self.stage,
                evidence=tidy_lines(self.evidence),
                note=tidy_lines(self.note),
                verified_on=draft.today if self.verified else None,
                visits=self.visits,
                days=self.days,
            )


@dataclass(frozen=True)
class VerifyServices:
    """The coordinator has checked, on a day, what services claim by their last move."""

    name: ClassVar[str] = "verify"
    services: tuple[str, ...]
    on: date

    def apply(self, draft: Draft) -> None:
        """Verify each service's last move; refuse where there is no claim to verify."""
        for service in found_services(draft.register, self.services):
            move = last_move(draft.register, service, self.on)
            if move is None:
                raise Refused(
                    "{service} has no move up to {day}: there is nothing to verify.",
                    service=service.code,
                    day=self.on,
                )
            if move.verified_on is None:
                draft.edit(move, verified_on=self.on)


@dataclass(frozen=True)
class CorrectFact:
    """An entry was wrong: its fields are put right; the log keeps what stood there."""

    name: ClassVar[str] = "correct"
    fact: str
    fields: Fields
    why: str = ""

    def apply(self, draft: Draft) -> None:
        """Put the entry's fields right."""
        draft.why = tidy_lines(self.why)
        edit(draft, find_fact(draft.register, self.fact), self.fields)


@dataclass(frozen=True)
class WithdrawFact:
    """An entry was no fact: it is taken out of the history; the log keeps it and says why."""

    name: ClassVar[str] = "withdraw"
    fact: str
    why: str

    def apply(self, draft: Draft) -> None:
        """Take the entry out; refuse where others rest on it."""
        fact = find_fact(draft.register, self.fact)
        if isinstance(fact, City):
            raise Refused("The city itself cannot be withdrawn.")
        draft.why = tidy_lines(self.why)
        if not draft.why:
            raise Refused("Say why the entry is withdrawn.")
        draft.remove(fact)
