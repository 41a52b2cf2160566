"""How long a stage holds a service (METRICS.md, "How long a stage holds a service").

Kaplan and Meier's estimate: a stay that has not ended yet tells that a stage holds a
service for at least so long. The exits alone would favour the short stays.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
) -> Iterator[tuple[str, Stay]]:
    """Yield a service's stays that began by ``day``, each with the OPD of its last active day."""
    if service.registered_on > day:
        return
    began, points = service.registered_on, service.stage.points
    registered: int | None = began.toordinal()
    for move in register.moves_of.get(service.id, ()):
        if move.on > day:
            break
        after = move.stage.points
        if after == points:
            continue
        if points < 2:
            closed = closed_days(register, service, began, move.on)
            days = (move.on - began).days - closed
            opd = opd_at(register, service, move.on)
            yield opd, Stay(points, days, after > points, registered)
        began, points, registered = move.on, after, None

    if points < 2:
        last = _last_active_day(register, service, day)
        closed = closed_days(register, service, began, day)
        days = (day - began).days - closed
        opd = opd_at(register, service, last)
        yield opd, Stay(points, days, exited=False, registered_on=registered)


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
    known: list[dict[Stay, int]] = [{} for _ in MEASURED]
    unknown = [0 for _ in MEASURED]
    for stay, count in stays.items():
        registered = stay.registered_on
        if registered is not None and registered <= first:
            unknown[stay.points] += count
        else:
            known[stay.points][stay] = count
    return {
        stage.value: _measure_stage(known[stage.points], unknown[stage.points])
        for stage in MEASURED
    }


def _measure_stage(stays: Mapping[Stay, int], unknown_start: int) -> StageTime:
    exits: Counter[int] = Counter()
    ends: Counter[int] = Counter()
    for stay, count in stays.items():
        ends[stay.days] += count
        if stay.exited:
            exits[stay.days] += count
    median, p85 = estimate_days(exits, ends, (_HALF, _REST))
    return StageTime(
        median_days=median,
        p85_days=p85,
        count=exits.total(),
        at_risk=ends.total(),
        unknown_start=unknown_start,
    )


def estimate_days(
    exits: Counter[int],
    ends: Counter[int],
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
    at_risk = ends.total()
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
