"""The opening: the stocktaking in which a register begins.

Until it is closed, what an action states of a service's stage, visits, days or OPD
corrects the baseline, so that nothing entered in it counts as a step. Actions are carried
out as usual; `settle_opening` then folds their moves, transfers and closures into the
baselines, so that no action needs to know of the opening.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, TypeVar

from msgspec import Struct

from tracker.actions.draft import Draft
from tracker.errors import Rejected
from tracker.fields import REFERENCES, default_of
from tracker.history import began_in_reopened
from tracker.indexes import order_by_day
from tracker.language import N_
from tracker.lookup import find_application, find_opd, find_service
from tracker.model import Closure, Fact, Move, Transfer

F = TypeVar("F", bound=Fact)


class CloseOpening(Struct, frozen=True):
    """Close the stocktaking: the history starts on a day, with the baselines as entered.

    Services that are added later begin when they are added. If the opening was only
    reopened for some OPDs, it is closed for them.
    """

    name: ClassVar[str] = "opening close"
    log_label: ClassVar[str] = N_("opening closed")
    on: date

    def apply(self, draft: Draft) -> None:
        """Start the history; refuse a day to come, and if there is nothing to close."""
        register = draft.register
        city = register.only_city
        reopened = [opd for opd in register.opds.values() if opd.reopened]
        if not city.in_opening and not reopened:
            raise Rejected("The opening is closed already.")

        for opd in reopened:
            draft.edit(opd, reopened=False)
        if not city.in_opening:
            return
        if self.on > draft.today:
            raise Rejected(
                "{day} is still to come; enter what has happened.",
                day=self.on,
            )

        for service in register.services.values():
            draft.edit(service, registered_on=self.on)
        draft.edit(city, in_opening=False, started_on=self.on)


class ReopenOpening(Struct, frozen=True):
    """Reopen the opening for an OPD whose first answer was wrong: its moves correct baselines."""

    name: ClassVar[str] = "opening reopen"
    log_label: ClassVar[str] = N_("opening reopened for an OPD")
    opd: str

    def apply(self, draft: Draft) -> None:
        """Reopen the opening for one OPD; refuse while it is open for all."""
        if draft.register.only_city.in_opening:
            raise Rejected(
                "The opening is not closed yet: enter how things stand.",
            )
        opd = find_opd(draft.register, self.opd)
        if opd.reopened:
            raise Rejected(
                "The opening is already reopened for {opd}.",
                opd=opd.code,
            )
        draft.edit(opd, reopened=True)


class RemoveFromOpening(Struct, frozen=True):
    """Remove what the city never had: OPDs with their services, services, or applications.

    Before the opening is closed nothing has counted yet, so they are taken out instead of
    retired and leave no trace in the figures. The log keeps them.
    """

    name: ClassVar[str] = "opening remove"
    log_label: ClassVar[str] = N_("taken out in the opening")
    opds: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    applications: tuple[str, ...] = ()

    def apply(self, draft: Draft) -> None:
        """Remove them with all that refers to them; refuse once the history has begun."""
        register = draft.register
        if not register.only_city.in_opening:
            raise Rejected(
                "The opening is closed: retire what is no longer offered.",
            )

        facts: list[Fact] = []
        facts += [find_opd(register, text) for text in self.opds]
        facts += [find_service(register, text) for text in self.services]
        facts += [
            find_application(register, text) for text in self.applications
        ]
        if not facts:
            raise Rejected("Say what the city does not have.")
        for fact in facts:
            _remove_with_references(draft, fact)


def _remove_with_references(draft: Draft, fact: Fact) -> None:
    """Remove a fact and what cannot be without it; other references to it are emptied."""
    draft.remove(fact)
    for table, references in REFERENCES.items():
        for field, target in references.items():
            if fact.id not in draft.before.table(target):
                continue
            for other in list(draft.register.table(table).values()):
                if getattr(other, field) != fact.id:
                    continue
                if default_of(table, field) is None:
                    draft.edit(other, **{field: None})
                else:
                    _remove_with_references(draft, other)


def settle_opening(draft: Draft) -> None:
    """Fold what the action has entered into the baselines, if the opening is not closed.

    What undo and redo put back, and what a merge brings, is left alone: it was folded
    when it was done.
    """
    if draft.undoes or draft.redoes or draft.merged:
        return
    register = draft.register
    if register.only_city.in_opening:
        _fold_moves(draft, _entered_facts(draft, "moves", Move))
        _fold_transfers(draft, _entered_facts(draft, "transfers", Transfer))
        _remove_closed(draft, _entered_facts(draft, "closures", Closure))
    elif any(opd.reopened for opd in draft.before.opds.values()):
        moves = _entered_facts(draft, "moves", Move)
        baselines = [move for move in moves if _is_reopened(draft, move)]
        _fold_moves(draft, baselines)


def _entered_facts(
    draft: Draft,
    table: str,
    kind: type[F],
) -> list[F]:
    """Return the facts of a table that the action has entered.

    One dated in the future is left where it is, for the rules to refuse it.
    """
    before = draft.before.table(table)
    return [
        fact
        for key, fact in draft.changes.get(table, {}).items()
        if isinstance(fact, kind)
        and key not in before
        and _day(fact) <= draft.today
    ]


def _day(fact: Fact) -> date:
    if isinstance(fact, Closure):
        return fact.start
    return fact.on if isinstance(fact, Move | Transfer) else date.min


def _is_reopened(draft: Draft, move: Move) -> bool:
    """Return whether a move is of a service that began in an OPD reopened before the action.

    An import that brings a reopened OPD brings its history too, which stays history.
    """
    service = draft.register.services[move.service]
    opd = draft.before.opds.get(service.opd)
    return began_in_reopened(service, draft.register.only_city, opd)


def _fold_moves(draft: Draft, moves: Iterable[Move]) -> None:
    """Put each service where its last move says, with the visits and days last stated."""
    by_service: dict[str, list[Move]] = defaultdict(list)
    for move in sorted(moves, key=order_by_day):
        by_service[move.service].append(move)

    services = draft.register.services
    for key, of_service in by_service.items():
        fields: dict[str, Any] = {}
        fields["stage"] = of_service[-1].stage
        fields["assumed"] = False
        for move in of_service:
            if move.visits is not None:
                fields["visits"] = move.visits
            if move.days is not None:
                fields["days"] = move.days
            # A baseline has no room for evidence and note: the log keeps them.
            for words in (move.evidence, move.note):
                if words and words not in draft.why:
                    draft.why = f"{draft.why}\n{words}".strip()
            draft.remove(move)
        draft.edit(services[key], **fields)


def _fold_transfers(draft: Draft, transfers: Iterable[Transfer]) -> None:
    last: dict[str, str] = {}
    for transfer in sorted(transfers, key=order_by_day):
        last[transfer.service] = transfer.opd

    services = draft.register.services
    for transfer in transfers:
        draft.remove(transfer)
    for key, opd in last.items():
        draft.edit(services[key], opd=opd)


def _remove_closed(draft: Draft, closures: Iterable[Closure]) -> None:
    """Remove services that the city does not offer, and what refers to them: they never counted."""
    register = draft.register
    for closure in closures:
        draft.remove(closure)
        if closure.until is None and closure.service in register.services:
            service = register.services[closure.service]
            targets = register.targets_of.get(service.id, ())
            obstacles = register.obstacles_of.get(service.id, ())
            for fact in (*targets, *obstacles, service):
                draft.remove(fact)
