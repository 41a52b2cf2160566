"""What a span of days did to the services: moves by OPD, who joined, who left, who passed to another OPD."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from tracker.history import opd_at, stage_at
from tracker.metrics.flow import Movement
from tracker.model import Service
from tracker.register import Register
from tracker.snapshot.values import Crossing, OPDMoves, Passing

_DAY = timedelta(days=1)


def group_by_opd(
    register: Register,
    movements: Iterable[Movement],
) -> tuple[OPDMoves, ...]:
    """Return movements by OPD, who moved most first."""
    found: dict[str, list[Movement]] = defaultdict(list)
    for movement in movements:
        found[movement.opd].append(movement)
    moved = [
        OPDMoves(register.opds[opd], tuple(made)) for opd, made in found.items()
    ]
    return tuple(sorted(moved, key=lambda opd: (-opd.size, opd.opd.code)))


def find_joined(
    register: Register,
    first: date,
    last: date,
) -> tuple[Crossing, ...]:
    """Return the services registered or reopened from ``first`` to ``last``, by day."""
    found = [
        _joined(register, service, service.registered_on)
        for service in register.services.values()
        if first <= service.registered_on <= last
    ]
    for key, closures in register.closures_of.items():
        found += [
            _joined(register, register.services[key], closure.until)
            for closure in closures
            if closure.until is not None and first <= closure.until <= last
        ]
    return _in_order(found)


def find_left(
    register: Register,
    first: date,
    last: date,
) -> tuple[Crossing, ...]:
    """Return the services retired from ``first`` to ``last``, by day."""
    found: list[Crossing] = []
    for key, closures in register.closures_of.items():
        service = register.services[key]
        for closure in closures:
            if first <= closure.start <= last:
                eve = closure.start - _DAY
                opd = register.opds[opd_at(register, service, eve)]
                found.append(
                    Crossing(
                        service,
                        opd,
                        closure.start,
                        stage_at(register, service, eve),
                        "retired",
                    ),
                )
    return _in_order(found)


def find_passed(
    register: Register,
    first: date,
    last: date,
) -> tuple[Passing, ...]:
    """Return the services that passed to another OPD from ``first`` to ``last``, by day."""
    found: list[Passing] = []
    for key, transfers in register.transfers_of.items():
        service = register.services[key]
        for day in sorted(
            {
                transfer.on
                for transfer in transfers
                if first <= transfer.on <= last
            },
        ):
            giver = opd_at(register, service, day - _DAY)
            taker = opd_at(register, service, day)
            if giver != taker and day > service.registered_on:
                found.append(
                    Passing(
                        service,
                        register.opds[giver],
                        register.opds[taker],
                        day,
                    ),
                )
    return tuple(
        sorted(found, key=lambda passing: (passing.on, passing.service.code)),
    )


def _joined(register: Register, service: Service, day: date) -> Crossing:
    """Return how a service came in, in the stage in which it was before that day's moves."""
    new = day == service.registered_on
    stage = service.stage if new else stage_at(register, service, day - _DAY)
    opd = register.opds[opd_at(register, service, day)]
    return Crossing(
        service,
        opd,
        day,
        stage,
        "registered" if new else "reopened",
    )


def _in_order(crossings: list[Crossing]) -> tuple[Crossing, ...]:
    return tuple(
        sorted(
            crossings,
            key=lambda crossing: (crossing.on, crossing.service.code),
        ),
    )
