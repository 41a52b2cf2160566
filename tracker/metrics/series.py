"""Every scope week by week, in one pass over the history.

Whatever happens to a service in a scope is a crossing from one state to another: it enters,
reaches another stage or leaves. A crossing is encoded as one whole number, since counting a
list of numbers takes a third of the time of counting tuples.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import accumulate

from tracker.metrics.membership import (
    FOREVER,
    find_boundaries,
    find_spells,
    opds_of,
    services_of,
    stays_in_place,
)
from tracker.metrics.values import Scope, Series
from tracker.model import Move, Service, Stage
from tracker.register import Register
from tracker.week import Week, week_ordinal

POINTS = {stage: stage.points for stage in Stage}
_OUTSIDE = 3
"""The state of a service that is not in the scope; the others are its points."""


Crossings = Counter[int]
"""How many crossings of each kind and week a scope has."""


def read_all_series(
    register: Register,
    until: Week,
    today: date,
) -> dict[str, Series]:
    """Return the series of the city, under ``city``, and of each OPD, under its key.

    All run from the week of the first registration to ``until``; without services, or if
    ``until`` is earlier, they have no weeks. A running week is read as of ``today``, and
    weeks still to come stand as it does.
    """
    crossings = count_all_crossings(register, until.as_of(today))
    weeks = list_weeks(register, until, today)
    in_opening = register.only_city.in_opening
    return {
        scope: build_series(counts, weeks, in_opening=in_opening)
        for scope, counts in crossings.items()
    }


def count_all_crossings(register: Register, day: date) -> dict[str, Crossings]:
    """Count the crossings up to ``day`` of the city, under ``city``, and of each OPD."""
    last = day.toordinal()
    found: dict[str, list[int]] = {"city": []}
    found.update((opd, []) for opd in register.opds)
    for service in register.services.values():
        for scope, crossings in find_all_crossings(register, service, last):
            found[scope] += crossings
    return {scope: Counter(crossings) for scope, crossings in found.items()}


def find_all_crossings(
    register: Register,
    service: Service,
    last: int,
) -> list[tuple[str, list[int]]]:
    """Return a service's crossings up to the day ``last`` in the city and in each of its OPDs."""
    moves = register.moves_of.get(service.id, ())
    if stays_in_place(register, service):
        turns = [service.registered_on.toordinal(), FOREVER]
        city = _find_crossings(service, moves, turns, last)
        return [("city", city), (service.opd, city)]

    spells = find_spells(register, service)
    city = _find_crossings(service, moves, find_boundaries(spells), last)
    if len(spells) == 1:
        return [("city", city), (spells[0].opd, city)]

    found = [("city", city)]
    for opd in {spell.opd for spell in spells}:
        turns = find_boundaries(spells, (opd,))
        found.append((opd, _find_crossings(service, moves, turns, last)))
    return found


def read_scope_series(
    register: Register,
    scope: Scope,
    until: Week,
    today: date,
) -> Series:
    """Return the series of one scope, over the same weeks as ``read_all_series``."""
    last = until.as_of(today).toordinal()
    opds = opds_of(register, scope)
    crossings: list[int] = []

    for service in services_of(register, scope):
        crossings += find_crossings_in(register, service, opds, last)
    return build_series(
        Counter(crossings),
        list_weeks(register, until, today),
        in_opening=register.only_city.in_opening,
    )


def add_crossings(
    register: Register,
    crossings: Mapping[str, Crossings],
    opds: Collection[str],
    day: date,
) -> Crossings:
    """Add up the crossings that some OPDs have up to ``day``, as those of one scope.

    Passing from one of them to another is no crossing of theirs together.
    """
    total: Crossings = Counter()
    for opd in opds:
        total.update(crossings.get(opd, ()))

    last = day.toordinal()
    apart: list[int] = []
    together: list[int] = []
    for key in register.transfers_of:
        service = register.services[key]
        (_, anywhere), *each = find_all_crossings(register, service, last)
        inside = [found for opd, found in each if opd in opds]
        for found in inside:
            apart += found
        if len(inside) == len(each):
            together += anywhere
        elif inside:
            together += find_crossings_in(register, service, opds, last)
    total.update(together)
    total.subtract(Counter(apart))
    # Only what is left counts: a series starts with its first crossing.
    return +total


def find_crossings_in(
    register: Register,
    service: Service,
    opds: Collection[str] | None,
    last: int,
) -> list[int]:
    """Return a service's crossings up to the day ``last`` in some OPDs taken together; None for all."""
    moves = register.moves_of.get(service.id, ())
    turns = find_boundaries(find_spells(register, service), opds)
    return _find_crossings(service, moves, turns, last)


def _find_crossings(
    service: Service,
    moves: Sequence[Move],
    turns: Sequence[int],
    last: int,
) -> list[int]:
    """Return the crossings of a service up to the day ``last``, as week * 16 + before * 4 + after.

    Weeks are counted by their ordinals. ``turns`` are the days on which the service enters
    and leaves the scope, in turn. A turn of a day comes before its moves: a service that
    enters brings the points that it had before them, one that leaves takes those it had at
    the end of the day before.
    """
    crossings: list[int] = []
    points = POINTS[service.stage]
    turn = 0
    inside = False

    for move in moves:
        day = move.on.toordinal()
        if day > last:
            break
        while turns[turn] <= day:
            crossings.append(_encode_turn(turns[turn], points, inside))
            turn += 1
            inside = not inside
        after = POINTS[move.stage]
        if inside and after != points:
            crossings.append(week_ordinal(day) * 16 + points * 4 + after)
        points = after

    while turns[turn] <= last:
        crossings.append(_encode_turn(turns[turn], points, inside))
        turn += 1
        inside = not inside
    return crossings


def _encode_turn(day: int, points: int, inside: bool) -> int:
    change = points * 4 + _OUTSIDE if inside else _OUTSIDE * 4 + points
    return week_ordinal(day) * 16 + change


def list_weeks(
    register: Register,
    until: Week,
    today: date,
) -> list[Week]:
    """Return the weeks from that of the first registration to ``until``, both included."""
    days = [service.registered_on for service in register.services.values()]
    first = min(days, default=None)
    if first is None or first > until.as_of(today):
        return []
    week = Week.of(first)
    return [week.plus(count) for count in range(week.until(until) + 1)]


def build_series(
    crossings: Crossings,
    weeks: list[Week],
    *,
    in_opening: bool,
) -> Series:
    """Return the series of a scope with these crossings."""
    size = len(weeks)
    first = weeks[0].ordinal if weeks else 0
    # What each week adds to the services in each state, the last of them outside the scope.
    changes = [[0] * size for _ in range(4)]
    joined = [0] * size
    joined_remaining = [0] * size
    left = [0] * size
    forward = [0] * size
    backward = [0] * size

    for crossing, count in crossings.items():
        position = (crossing >> 4) - first
        before = crossing >> 2 & 3
        after = crossing & 3

        changes[before][position] -= count
        changes[after][position] += count
        if before == _OUTSIDE:
            joined[position] += count * after
            joined_remaining[position] += count * (2 - after)
        elif after == _OUTSIDE:
            left[position] += count * before
        elif after > before:
            forward[position] += count * (after - before)
        else:
            backward[position] += count * (before - after)

    return Series(
        weeks=weeks,
        start=(min(crossings) >> 4) - first if crossings else None,
        conventional=list(accumulate(changes[0])),
        online=list(accumulate(changes[1])),
        integrated=list(accumulate(changes[2])),
        joined=joined,
        left=left,
        forward=forward,
        backward=backward,
        joined_remaining=joined_remaining,
        in_opening=in_opening,
    )
