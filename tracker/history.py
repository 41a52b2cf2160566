"""The state of a service on a day, from its dated facts (METRICS.md, "A service at date d")."""

from datetime import date
from typing import NamedTuple

from tracker.model import OPD, City, Move, Service, Stage
from tracker.register import Register


class ServiceState(NamedTuple):
    """The state of a service at the end of a day; ``move`` is the last one, None at its baseline.

    ``visits`` and ``days`` are what one request takes; None if unknown.
    """

    stage: Stage
    entered_on: date
    move: Move | None
    visits: float | None
    days: float | None


def read_state(register: Register, service: Service, day: date) -> ServiceState:
    """Return the state of a service at the end of ``day``, from its moves up to then."""
    stage, entered = service.stage, service.registered_on
    visits, days = service.visits, service.days
    last = None

    for move in register.moves_of.get(service.id, ()):
        if move.on > day:
            break
        last = move
        if move.stage is not stage:
            stage, entered = move.stage, move.on
        # A move that does not state them leaves them as they were.
        if move.visits is not None:
            visits = move.visits
        if move.days is not None:
            days = move.days

    return ServiceState(stage, entered, last, visits, days)


def is_active(register: Register, service: Service, day: date) -> bool:
    """Return whether the service is offered on ``day``: registered and not closed."""
    if day < service.registered_on:
        return False
    for closure in register.closures_of.get(service.id, ()):
        is_reopened = closure.until is not None and closure.until <= day
        if closure.start <= day and not is_reopened:
            return False
    return True


def find_last_move(
    register: Register,
    service: Service,
    day: date,
) -> Move | None:
    """Return the move that gives the service its stage on ``day``; None at its baseline."""
    moves = register.moves_of.get(service.id, ())
    return next((move for move in reversed(moves) if move.on <= day), None)


def stage_at(register: Register, service: Service, day: date) -> Stage:
    """Return the service's stage at the end of ``day``."""
    move = find_last_move(register, service, day)
    return move.stage if move else service.stage


def is_verified(move: Move, day: date) -> bool:
    """Return whether a move was verified by the end of ``day``; until then it is a claim."""
    return move.verified_on is not None and move.verified_on <= day


def is_assumed(register: Register, service: Service, day: date) -> bool:
    """Return whether the service's stage is only assumed on ``day``."""
    return service.assumed and find_last_move(register, service, day) is None


def began_in_reopened(service: Service, city: City, opd: OPD | None) -> bool:
    """Return whether a service began in an opening that is reopened for its OPD.

    What is told of it then puts its baseline right, as in the opening itself.
    """
    start = city.started_on
    began = start is None or service.registered_on <= start
    return began and opd is not None and opd.reopened


def entered_on(register: Register, service: Service, day: date) -> date:
    """Return the day on which the service entered its stage of ``day``."""
    return read_state(register, service, day).entered_on


def closed_days(
    register: Register,
    service: Service,
    start: date,
    end: date,
) -> int:
    """Count the days from ``start`` on and before ``end`` on which the service was closed."""
    closed = 0
    for closure in register.closures_of.get(service.id, ()):
        first = max(closure.start, start)
        last = min(closure.until or end, end)
        closed += max(0, (last - first).days)
    return closed


def opd_at(register: Register, service: Service, day: date) -> str:
    """Return the key of the OPD to which the service belongs on ``day``."""
    for transfer in reversed(register.transfers_of.get(service.id, ())):
        if transfer.on <= day:
            return transfer.opd
    return service.opd


def offered_from(
    register: Register,
    service: Service,
    opd: str,
    day: date,
) -> date | None:
    """Return the first day from ``day`` on which an OPD offers the service, None if never."""
    # It can only begin to on a day on which something happens to the service.
    transfers = register.transfers_of.get(service.id, ())
    closures = register.closures_of.get(service.id, ())
    turns = [day, service.registered_on]
    turns += [transfer.on for transfer in transfers]
    turns += [closure.until for closure in closures if closure.until]

    for turn in sorted(turns):
        is_theirs = turn >= day and opd_at(register, service, turn) == opd
        if is_theirs and is_active(register, service, turn):
            return turn
    return None


def visits_at(register: Register, service: Service, day: date) -> float | None:
    """Return the office visits that one request takes on ``day``; None if unknown."""
    for move in reversed(register.moves_of.get(service.id, ())):
        if move.visits is not None and move.on <= day:
            return move.visits
    return service.visits


def days_at(register: Register, service: Service, day: date) -> float | None:
    """Return the processing days that one request takes on ``day``; None if unknown."""
    return read_state(register, service, day).days
