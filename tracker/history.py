"""The state of a service on a day, from its dated facts (METRICS.md, "A service at date d")."""

from datetime import date

from tracker.model import Move, Service, Stage
from tracker.register import Register


def is_active(register: Register, service: Service, day: date) -> bool:
    """Return whether the service is offered on ``day``: registered and not closed."""
    if day < service.registered_on:
        return False
    closures = register.closures_of.get(service.id, ())
    return not any(
        c.start <= day and (c.until is None or day < c.until) for c in closures
    )


def find_last_move(
    register: Register, service: Service, day: date
) -> Move | None:
    """Return the move that gives the service its stage on ``day``; None at its baseline."""
    moves = register.moves_of.get(service.id, ())
    return next((move for move in reversed(moves) if move.on <= day), None)


def stage_at(register: Register, service: Service, day: date) -> Stage:
    """Return the service's stage at the end of ``day``."""
    move = find_last_move(register, service, day)
    return move.stage if move else service.stage


def is_assumed(register: Register, service: Service, day: date) -> bool:
    """Tell whether by ``day`` nobody has told at which stage the service is."""
    return service.assumed and find_last_move(register, service, day) is None


def entered_on(register: Register, service: Service, day: date) -> date:
    """Return the day on which the service entered its stage of ``day``."""
    stage, entered = service.stage, service.registered_on
    for move in register.moves_of.get(service.id, ()):
        if move.on > day:
            break
        if move.stage != stage:
            stage, entered = move.stage, move.on
    return entered


def days_in_stage(register: Register, service: Service, day: date) -> int:
    """Count the days that the service has been in its stage by ``day``, without closed days."""
    entered = entered_on(register, service, day)
    return (day - entered).days - closed_days(register, service, entered, day)


def closed_days(
    register: Register, service: Service, start: date, end: date
) -> int:
    """Count the days from ``start`` on and before ``end`` on which the service was closed."""
    closed = 0
    for closure in register.closures_of.get(service.id, ()):
        first, last = max(closure.start, start), min(closure.until or end, end)
        closed += max(0, (last - first).days)
    return closed


def opd_at(register: Register, service: Service, day: date) -> str:
    """Return the key of the OPD to which the service belongs on ``day``."""
    transfers = register.transfers_of.get(service.id, ())
    return next(
        (t.opd for t in reversed(transfers) if t.on <= day), service.opd
    )


def offered_from(
    register: Register, service: Service, opd: str, day: date
) -> date | None:
    """Return the first day from ``day`` on which an OPD offers the service, None if never."""
    came = [
        transfer.on for transfer in register.transfers_of.get(service.id, ())
    ]
    came += [
        closure.until
        for closure in register.closures_of.get(service.id, ())
        if closure.until
    ]
    days = (
        later for later in (day, service.registered_on, *came) if later >= day
    )
    offered = (
        d
        for d in days
        if opd_at(register, service, d) == opd
        and is_active(register, service, d)
    )
    return min(offered, default=None)


def visits_at(register: Register, service: Service, day: date) -> float | None:
    """Return the office visits that one request takes on ``day``; None if unknown."""
    return _last_stated(register, service, day, "visits")


def days_at(register: Register, service: Service, day: date) -> float | None:
    """Return the processing days that one request takes on ``day``; None if unknown."""
    return _last_stated(register, service, day, "days")


def _last_stated(
    register: Register, service: Service, day: date, name: str
) -> float | None:
    """Return the value from the last move that states it, else from the baseline."""
    moves = register.moves_of.get(service.id, ())
    said = (getattr(move, name) for move in reversed(moves) if move.on <= day)
    stated: float | None = next(
        (value for value in said if value is not None), getattr(service, name)
    )
    return stated
