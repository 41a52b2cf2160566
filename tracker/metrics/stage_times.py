"""How long a stage holds a service (METRICS.md, "How long a stage holds a service").

Kaplan and Meier's estimate: a stay that has not ended yet tells that a stage holds a
service for at least so long. The exits alone would favour the short stays.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from tracker.history import closed_days, is_active, opd_at
from tracker.metrics.membership import opds_of, services_of
from tracker.metrics.values import CITY, Scope, StageTime
from tracker.model import Service, Stage
from tracker.register import Register

MEASURED = (Stage.CONVENTIONAL, Stage.ONLINE)
_HALF, _REST = Fraction(1, 2), Fraction(15, 100)


class Stay(NamedTuple):
    """A service's time in a stage, told by its ``points``, in days.

    ``exited`` is whether it ended with a move to a higher stage; ``registered_on`` is
    set if the stay began with the registration. Both days are whole numbers, since
    stays are counted by the thousand.
    """

    points: int
    days: int
    exited: bool
    registered_on: int | None


Stays = Counter[Stay]
"""How many stays of each kind there are."""


def count_stays(
    register: Register,
    day: date,
    scope: Scope = CITY,
) -> dict[str, Stays]:
    """Count the scope's stays in the first two stages that began by ``day``, by their OPD's key."""
    opds = opds_of(register, scope)
    found: dict[str, list[Stay]] = defaultdict(list)
    for service in services_of(register, scope):
        for opd, stay in find_stays(register, service, day):
            if opds is None or opd in opds:
                found[opd].append(stay)
    return {opd: Counter(stays) for opd, stays in found.items()}


def add_stays(parts: Iterable[Stays]) -> Stays:
    """Return the stays of several OPDs together."""
    total = Stays()
    for stays in parts:
        total.update(stays)
    return total


def find_stays(
    register: Register,
    service: Service,
    day: date,
) -> list[tuple[str, Stay]]:
    """Return a service's stays that began by ``day``, each with the OPD of its last active day."""
    began, points = service.registered_on, service.stage.points
    if began > day:
        return []
    found: list[tuple[str, Stay]] = []
    opd, passed = service.opd, service.id in register.transfers_of
    has_closed = service.id in register.closures_of
    registered: int | None = began.toordinal()
    for move in register.moves_of.get(service.id, ()):
        on, after = move.on, move.stage.points
        if on > day:
            break
        if after == points:
            continue
        if points < 2:
            days = (on - began).days
            if has_closed:
                days -= closed_days(register, service, began, on)
            if passed:
                opd = opd_at(register, service, on)
            stay = Stay(points, days, after > points, registered)
            found.append((opd, stay))
        began, points, registered = on, after, None

    if points < 2:
        days, last = (day - began).days, day
        if has_closed:
            days -= closed_days(register, service, began, day)
            last = _last_active_day(register, service, day)
        if passed:
            opd = opd_at(register, service, last)
        found.append((opd, Stay(points, days, False, registered)))
    return found


def _last_active_day(register: Register, service: Service, day: date) -> date:
    """Return the last day up to ``day`` on which the service was active."""
    for closure in reversed(register.closures_of.get(service.id, ())):
        if is_active(register, service, day):
            break
        if closure.start <= day:
            day = closure.start - timedelta(days=1)
    return day


def measure_stage_times(
    stays: Mapping[Stay, int],
    first_sunday: date | None,
) -> dict[str, StageTime]:
    """Return by stage how many days it holds a service.

    ``first_sunday`` ends the scope's first week. Nobody knows how long a service that
    was registered by then had already been in its stage.
    """
    first = 0 if first_sunday is None else first_sunday.toordinal()
    exits: list[dict[int, int]] = [defaultdict(int) for _ in MEASURED]
    ends: list[dict[int, int]] = [defaultdict(int) for _ in MEASURED]
    unknown = [0 for _ in MEASURED]
    for (points, days, exited, registered), count in stays.items():
        if registered is not None and registered <= first:
            unknown[points] += count
            continue
        ends[points][days] += count
        if exited:
            exits[points][days] += count
    return {
        stage.value: _estimate_stage(
            exits[points],
            ends[points],
            unknown[points],
        )
        for points, stage in enumerate(MEASURED)
    }


def _estimate_stage(
    exits: Mapping[int, int],
    ends: Mapping[int, int],
    unknown_start: int,
) -> StageTime:
    median, p85 = estimate_days(exits, ends, (_HALF, _REST))
    return StageTime(
        median_days=median,
        p85_days=p85,
        count=sum(exits.values()),
        at_risk=sum(ends.values()),
        unknown_start=unknown_start,
    )


def estimate_days(
    exits: Mapping[int, int],
    ends: Mapping[int, int],
    levels: Iterable[Fraction],
) -> list[int | None]:
    """Return for each level, falling, the least days after which no more still stay.

    ``exits`` counts the exits and ``ends`` all stays by their length. The share that
    still stays is kept as a fraction of two whole numbers, since a rounded one could
    miss the level by a hair.
    """
    wanted = [(level.numerator, level.denominator) for level in levels]
    found: list[int | None] = []
    staying, whole = 1, 1
    at_risk = sum(ends.values())
    for days in sorted(ends):
        if days in exits:
            staying *= at_risk - exits[days]
            whole *= at_risk
            for most, of in wanted[len(found) :]:
                if staying * of > most * whole:
                    break
                found.append(days)
            if len(found) == len(wanted):
                break
        at_risk -= ends[days]
    return found + [None] * (len(wanted) - len(found))
