"""What the services still ask of citizens, and what is known of them.

METRICS.md, "Burden" and "Completeness".
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import accumulate, compress
from typing import NamedTuple

from tracker.metrics.point_in_time import ServiceAt


class Burden(NamedTuple):
    """The office visits a year that a scope asks for.

    ``known`` counts the services whose burden is known, ``half`` the fewest that
    together carry at least half of it.
    """

    visits: Fraction
    known: int
    half: int


def burden_of(at: ServiceAt) -> Fraction | None:
    """Return the office visits a year that one service asks for; None if unknown."""
    if at.service.volume is None or at.visits is None:
        return None
    return Fraction(at.service.volume) * Fraction(at.visits)


def measure_burden(services: Iterable[ServiceAt]) -> Burden:
    """Return what a scope asks of citizens, and how few services carry half of it."""
    known = [_exact_burden(at) for at in services]
    burdens = sorted(
        (visits for visits in known if visits is not None),
        reverse=True,
    )
    total = sum(burdens)
    if not total:
        return Burden(Fraction(0), len(burdens), 0)
    carried = accumulate(burdens)
    half = next(
        count for count, sum_ in enumerate(carried, 1) if 2 * sum_ >= total
    )
    return Burden(Fraction(total), len(burdens), half)


def running_shares(services: Iterable[ServiceAt]) -> dict[str, float]:
    """Return for each service, by key, what part of all burden it and all heavier ones carry.

    The order in which work pays: at 0.5 half of all visits are asked by the services so far.
    Services of unknown burden have no share; of equal burdens the first name comes first.
    """
    known = [
        (visits, at) for at in services if (visits := burden_of(at)) is not None
    ]
    known.sort(key=lambda one: (-one[0], one[1].service.name.casefold()))
    total = sum(visits for visits, _ in known)
    if not total:
        return {}
    carried = accumulate(visits for visits, _ in known)
    return {
        at.service.id: float(sum_so_far / total)
        for (_, at), sum_so_far in zip(known, carried, strict=True)
    }


def _exact_burden(at: ServiceAt) -> int | Fraction | None:
    """Return a service's burden; whole visits stay whole numbers, which are faster."""
    volume, visits = at.service.volume, at.visits
    if volume is None or visits is None:
        return None
    whole = int(visits)
    return volume * whole if whole == visits else burden_of(at)


class Completeness(NamedTuple):
    """How many facts are wanted of a scope's services, and how many are filled in."""

    wanted: int
    filled: int


_WANTED_FACTS = (
    "volume",
    "visits",
    "days",
    "owner",
    "application",
    "evidence",
)


def missing_facts(at: ServiceAt) -> tuple[str, ...]:
    """Return the names of the facts that are wanted of a service and not filled in."""
    service = at.service
    absent = (
        service.volume is None,
        at.visits is None,
        at.days is None,
        not service.owner,
        at.points > 0 and service.application is None,
        at.move is not None and not at.move.evidence,
    )
    return tuple(compress(_WANTED_FACTS, absent))


def measure_completeness(services: Sequence[ServiceAt]) -> Completeness:
    """Count what is wanted of a scope's services and what is filled in.

    Wanted are volume, visits, days and owner; of a service past conventional also its
    application; of one that has moved also the evidence of its last move.
    """
    wanted = filled = 0
    for at in services:
        service = at.service
        wanted += 4
        filled += (
            (service.volume is not None)
            + (at.visits is not None)
            + (at.days is not None)
            + bool(service.owner)
        )
        if at.points:
            wanted += 1
            filled += service.application is not None
        if at.move is not None:
            wanted += 1
            filled += bool(at.move.evidence)
    return Completeness(wanted, filled)
