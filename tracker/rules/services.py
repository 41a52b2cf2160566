"""Rules on one service: its history must be possible, and somebody must offer it."""

from collections.abc import Iterator
from datetime import date

from tracker.errors import Rejected
from tracker.history import is_active, offered_from
from tracker.lookup import number_of
from tracker.model import Move, Service, Transfer
from tracker.register import Register
from tracker.rules.problem import Problem


def find_service_problems(
    register: Register,
    service: Service,
    today: date,
) -> Iterator[Problem]:
    """Find what cannot be in the history of one service."""
    yield from _find_future_registration(service, today)
    yield from _find_closures_out_of_turn(register, service)
    yield from _find_retired_owners(register, service)
    moves = register.moves_of.get(service.id, ())
    for fact in (*moves, *register.transfers_of.get(service.id, ())):
        yield from _find_misdated_step(register, service, fact, today)
    for move in moves:
        yield from _find_misdated_verification(service, move, today)


def _find_future_registration(
    service: Service,
    today: date,
) -> Iterator[Problem]:
    if service.registered_on > today:
        message = Rejected(
            "{service} would be registered on {day}, which is still to come.",
            service=service.code,
            day=service.registered_on,
        )
        yield Problem(
            "future-registration",
            message,
            service.id,
            "registered_on",
        )


def _find_closures_out_of_turn(
    register: Register,
    service: Service,
) -> Iterator[Problem]:
    """Find closures of what is not open, or was not for a day: no day would count for it."""
    closed_until: date | None = service.registered_on
    for closure in register.closures_of.get(service.id, ()):
        if closed_until is None or closure.start <= closed_until:
            message = Rejected(
                "{service} cannot be retired on {day}: it is not open from a day before until then.",
                service=service.code,
                day=closure.start,
            )
            yield Problem("closure-out-of-turn", message, closure.id, "start")
        closed_until = closure.until


def _find_retired_owners(
    register: Register,
    service: Service,
) -> Iterator[Problem]:
    """Find days on which the service is offered by an OPD that was retired."""
    transfers = register.transfers_of.get(service.id, ())
    owners = dict.fromkeys(
        (service.opd, *(transfer.opd for transfer in transfers)),
    )
    for key in owners:
        opd = register.opds.get(key)
        if opd is None or opd.retired_on is None:
            continue
        day = offered_from(register, service, key, opd.retired_on)
        if day is not None:
            message = Rejected(
                "{service}: {opd} was retired on {end} and cannot offer it on {day}: choose another OPD, "
                "or correct one of the dates.",
                service=service.code,
                opd=opd.code,
                end=opd.retired_on,
                day=day,
            )
            culprit = _brought_by(register, service, day)
            yield Problem("retired-owner", message, culprit)


def _brought_by(register: Register, service: Service, day: date) -> str:
    """Return the key of the entry by which an OPD came to offer the service on ``day``."""
    for closure in register.closures_of.get(service.id, ()):
        if closure.until == day:
            return closure.id
    for transfer in reversed(register.transfers_of.get(service.id, ())):
        if transfer.on <= day:
            return transfer.id
    return service.id


def _find_misdated_step(
    register: Register,
    service: Service,
    fact: Move | Transfer,
    today: date,
) -> Iterator[Problem]:
    """Find a move or a transfer on a day on which the service is not offered."""
    if fact.on > today:
        message = Rejected(
            "{service}: {day} is still to come; enter what has happened.",
            service=service.code,
            day=fact.on,
        )
        yield Problem("future-date", message, fact.id, "on")
    elif fact.on < service.registered_on:
        message = Rejected(
            "{service}: {day} is before its registration on {registered}. Was it offered before? Then "
            "correct that date first: `correct {number} --on {on}`, or an earlier day.",
            service=service.code,
            day=fact.on,
            registered=service.registered_on,
            number=number_of(service),
            on=str(fact.on),
        )
        yield Problem("before-registration", message, fact.id, "on")
    elif not is_active(register, service, fact.on):
        message = _closed_error(register, service, fact)
        yield Problem("closed-then", message, fact.id, "on")


def _closed_error(
    register: Register,
    service: Service,
    fact: Move | Transfer,
) -> Rejected:
    """Return the error of a closure that came after the entry in it, or of an entry after the closure."""
    begun = [
        closure
        for closure in register.closures_of.get(service.id, ())
        if closure.start <= fact.on
    ]
    if begun[-1].id > fact.id:
        return Rejected(
            "{service} has entry {number}, of {day}: retire it from a later day, or withdraw that entry first.",
            service=service.code,
            number=number_of(fact),
            day=fact.on,
        )
    return Rejected(
        "{service} is closed on {day}: reopen it first, or choose another day.",
        service=service.code,
        day=fact.on,
    )


def _find_misdated_verification(
    service: Service,
    move: Move,
    today: date,
) -> Iterator[Problem]:
    verified = move.verified_on
    if verified is not None and not move.on <= verified <= today:
        message = Rejected(
            "{service}: verified on {day}, which is not between the move and today.",
            service=service.code,
            day=verified,
        )
        yield Problem("misdated-verification", message, move.id, "verified_on")
