"""Every scope week by week, in one pass over the history.

Whatever happens to a service in a scope is a crossing: it comes in, reaches a stage or leaves, each from
one state to another. A crossing is one whole number, so that a city's history is a list of them to count.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from itertools import accumulate

from tracker.metrics.membership import (
    boundaries,
    find_spells,
    opds_of,
    services_of,
)
from tracker.metrics.values import Scope, Series
from tracker.model import Move, Service, Stage
from tracker.register import Register
from tracker.week import Week, week_ordinal

POINTS = {stage: stage.points for stage in Stage}
_OUTSIDE = 3
"""The state of a service that is not in the scope; the others are its points."""


def all_series(
    register: Register, until: Week, today: date
) -> dict[str, Series]:
    """Return the series of the city, under ``city``, and of each OPD, under its key.

    All run from the week of the first registration to ``until`` (there are no weeks where that comes
    first). A running week is read as of ``today``, and weeks still to come stand as it does.
    """
    last = until.as_of(today).toordinal()
    city: list[int] = []
    opds: dict[str, list[int]] = {opd: [] for opd in register.opds}
    for service in register.services.values():
        moves = register.moves_of.get(service.id, ())
        spells = find_spells(register, service)
        crossings = _crossings(service, moves, boundaries(spells), last)
        city += crossings
        if len(spells) == 1:
            opds[spells[0].opd] += crossings
        else:
            for opd in {spell.opd for spell in spells}:
                opds[opd] += _crossings(
                    service, moves, boundaries(spells, (opd,)), last
                )
    weeks = _weeks(register, until, last)
    return {
        key: _series(crossings, weeks)
        for key, crossings in {"city": city, **opds}.items()
    }


def scope_series(
    register: Register, scope: Scope, until: Week, today: date
) -> Series:
    """Return the series of one scope, over the same weeks as ``all_series``."""
    last = until.as_of(today).toordinal()
    opds = opds_of(register, scope)
    crossings: list[int] = []
    for service in services_of(register, scope):
        crossings += _crossings_in(register, service, opds, last)
    return _series(crossings, _weeks(register, until, last))


def _crossings_in(
    register: Register,
    service: Service,
    opds: Collection[str] | None,
    last: int,
) -> list[int]:
    days = boundaries(find_spells(register, service), opds)
    return _crossings(
        service, register.moves_of.get(service.id, ()), days, last
    )


def _crossings(
    service: Service, moves: Sequence[Move], turns: Sequence[int], last: int
) -> list[int]:
    """Return the crossings of a service up to the day ``last``, as week * 16 + before * 4 + after.

    Weeks are told by their ordinals.
    A turn of a day comes before its moves: who enters brings the points that it had before them, who
    leaves takes those it had at the end of the day before.
    """
    crossings: list[int] = []
    points, place, inside = POINTS[service.stage], 0, False
    for move in moves:
        day = move.on.toordinal()
        if day > last:
            break
        while turns[place] <= day:
            crossings.append(_turn(turns[place], points, inside))
            place, inside = place + 1, not inside
        after = POINTS[move.stage]
        if inside and after != points:
            crossings.append(week_ordinal(day) * 16 + points * 4 + after)
        points = after
    while turns[place] <= last:
        crossings.append(_turn(turns[place], points, inside))
        place, inside = place + 1, not inside
    return crossings


def _turn(day: int, points: int, inside: bool) -> int:
    change = points * 4 + _OUTSIDE if inside else _OUTSIDE * 4 + points
    return week_ordinal(day) * 16 + change


def _weeks(register: Register, until: Week, last: int) -> list[Week]:
    days = [service.registered_on for service in register.services.values()]
    first = min(days, default=None)
    if first is None or first.toordinal() > last:
        return []
    week = Week.of(first)
    return [week.plus(place) for place in range(week.until(until) + 1)]


def _series(crossings: Sequence[int], weeks: list[Week]) -> Series:
    size = len(weeks)
    first = weeks[0].ordinal if weeks else 0
    change = [[0] * size for _ in range(4)]
    joined, left, forward, backward, joined_remaining = (
        [0] * size for _ in range(5)
    )
    for crossing, count in Counter(crossings).items():
        place, before, after = (
            (crossing >> 4) - first,
            crossing >> 2 & 3,
            crossing & 3,
        )
        change[before][place] -= count
        change[after][place] += count
        if before == _OUTSIDE:
            joined[place] += count * after
            joined_remaining[place] += count * (2 - after)
        elif after == _OUTSIDE:
            left[place] += count * before
        elif after > before:
            forward[place] += count * (after - before)
        else:
            backward[place] += count * (before - after)
    start = (min(crossings) >> 4) - first if crossings else None
    conventional, online, integrated, _ = (
        list(accumulate(state)) for state in change
    )
    return Series(
        weeks=weeks,
        start=start,
        conventional=conventional,
        online=online,
        integrated=integrated,
        joined=joined,
        left=left,
        forward=forward,
        backward=backward,
        joined_remaining=joined_remaining,
    )
