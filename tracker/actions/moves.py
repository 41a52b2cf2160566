"""Actions on the history: move, verify, correct, withdraw."""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from tracker.actions.draft import Draft
from tracker.actions.editing import Fields, edit_fields
from tracker.errors import Rejected
from tracker.history import find_last_move, is_active, is_assumed, stage_at
from tracker.language import N_
from tracker.lookup import find_fact, find_services
from tracker.model import City, Move, Service, Stage
from tracker.register import Register
from tracker.text import collapse_whitespace_in_lines


class MoveServices(Struct, frozen=True):
    """Move services to a stage on a day, forward or back, with the visits and days since then."""

    name: ClassVar[str] = "move"
    log_label: ClassVar[str] = N_("moved to a stage")
    services: tuple[str, ...]
    stage: Stage
    on: date
    evidence: str = ""
    note: str = ""
    verified: bool = False
    visits: float | None = None
    days: float | None = None

    def apply(self, draft: Draft) -> None:
        """Add a move for each service; reject one that would neither move it nor state anything."""
        register = draft.register
        for service in find_services(register, self.services):
            is_there = _is_there(register, service, self.stage, self.on)
            if is_there and not self._states_something:
                draft.problems.append(_nothing_said(service))
            draft.new(
                Move,
                service=service.id,
                on=self.on,
                stage=self.stage,
                evidence=collapse_whitespace_in_lines(self.evidence),
                note=collapse_whitespace_in_lines(self.note),
                verified_on=draft.today if self.verified else None,
                visits=self.visits,
                days=self.days,
            )

    @property
    def _states_something(self) -> bool:
        words = collapse_whitespace_in_lines(
            self.evidence,
        ) or collapse_whitespace_in_lines(self.note)
        return bool(words) or self.visits is not None or self.days is not None


def _is_there(
    register: Register,
    service: Service,
    stage: Stage,
    day: date,
) -> bool:
    return (
        is_active(register, service, day)
        and stage_at(register, service, day) is stage
        and not is_assumed(register, service, day)
    )


def _nothing_said(service: Service) -> Rejected:
    return Rejected(
        "{service} is in that stage already: verify it, or enter evidence, a note, visits or days.",
        service=service.code,
    )


class VerifyServices(Struct, frozen=True):
    """Record that the coordinator has checked what services claim by their last move."""

    name: ClassVar[str] = "verify"
    log_label: ClassVar[str] = N_("claim verified")
    services: tuple[str, ...]
    on: date

    def apply(self, draft: Draft) -> None:
        """Verify each service's last move; reject a service without one."""
        register = draft.register
        for service in find_services(register, self.services):
            move = find_last_move(register, service, self.on)
            if move is None:
                raise Rejected(
                    "{service} has no move up to {day}: there is nothing to verify.",
                    service=service.code,
                    day=self.on,
                )
            if move.verified_on is None:
                draft.edit(move, verified_on=self.on)


class CorrectFact(Struct, frozen=True):
    """Correct fields of an entry that was wrong; the log keeps the old version."""

    name: ClassVar[str] = "correct"
    log_label: ClassVar[str] = N_("entry corrected")
    fact: str
    fields: Fields
    why: str = ""

    def apply(self, draft: Draft) -> None:
        """Change the entry's fields; a move that now claims something else loses its verification."""
        draft.why = collapse_whitespace_in_lines(self.why)
        fact = find_fact(draft.register, self.fact)
        if isinstance(fact, City):
            raise Rejected(
                "The city's settings cannot be changed here: `config set` does.",
            )
        corrected = edit_fields(draft, fact, self.fields)
        if isinstance(corrected, Service) and "stage" in self.fields:
            draft.edit(corrected, assumed=False)
        if "verified_on" in self.fields or not (
            isinstance(fact, Move) and isinstance(corrected, Move)
        ):
            return
        if fact.verified_on and (
            corrected.stage is not fact.stage or fact.verified_on < corrected.on
        ):
            draft.edit(corrected, verified_on=None)


class WithdrawFact(Struct, frozen=True):
    """Remove an entry that was not a fact; the log keeps it, with the reason."""

    name: ClassVar[str] = "withdraw"
    log_label: ClassVar[str] = N_("entry withdrawn")
    fact: str
    why: str

    def apply(self, draft: Draft) -> None:
        """Remove the entry; reject it if others refer to it."""
        fact = find_fact(draft.register, self.fact)
        if isinstance(fact, City):
            raise Rejected("The city itself cannot be withdrawn.")
        draft.why = collapse_whitespace_in_lines(self.why)
        if not draft.why:
            raise Rejected("Say why the entry is withdrawn.")
        draft.remove(fact)
