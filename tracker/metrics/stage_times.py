"""How long a stage holds a service (METRICS.md, "How long a stage holds a service").

Kaplan and Meier's estimate: a stay that has not ended yet tells that a stage holds a
service for at least so long. The exits alone would favour the short stays.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from tracker.history import closed_days, is_active, opd_at
from tracker.metrics.membership import opds_of, services_of
from tracker.metrics.values import CITY, Scope, StageTime
from tracker.model import Move, Service, Stage
from tracker.register import Register

MEASURED = (Stage.CONVENTIONAL, Stage.ONLINE)
_HALF, _REST = Fraction(1, 2), Fraction(15, 100)


class Stay(NamedTuple):
    """A service's time in a stage, in days; ``opd`` had it on the last active day.

    ``exited`` is whether it ended with a move to a higher stage; ``registered_on`` is
    set if the stay began with the registration.
    """

    opd: str
    stage: Stage
    days: int
    exited: bool
    registered_on: date | None


def stays_at(register: Register, day: date, scope: Scope = CITY) -> list[Stay]:
    """Return the scope's stays in the first two stages that began by ``day``."""
    opds = opds_of(register, scope)
    return [
        stay
        for service in services_of(register, scope)
        if service.registered_on <= day
        for stay in _stays_of(register, service, day)
        if opds is None or stay.opd in opds
    ]


def _stays_of(
    register: Register, service: Service, day: date
) -> Iterator[Stay]:
    began, stage, first = service.registered_on, service.stage, True
    for move in register.moves_of.get(service.id, ()):
        if move.on > day:
            break
        if move.stage == stage:
            continue
        if stage is not Stage.INTEGRATED:
            yield _ended_stay(
                register, service, began, stage, move, first=first
            )
        began, stage, first = move.on, move.stage, False
    if stage is not Stage.INTEGRATED:
        yield Stay(
            opd=opd_at(
                register, service, _last_active_day(register, service, day)
            ),
            stage=stage,
            days=(day - began).days
            - closed_days(register, service, began, day),
            exited=False,
            registered_on=began if first else None,
        )


def _ended_stay(
    register: Register,
    service: Service,
    began: date,
    stage: Stage,
    move: Move,
    *,
    first: bool,
) -> Stay:
    return Stay(
        opd=opd_at(register, service, move.on),
        stage=stage,
        days=(move.on - began).days
        - closed_days(register, service, began, move.on),
        exited=move.stage.points > stage.points,
        registered_on=began if first else None,
    )


def _last_active_day(register: Register, service: Service, day: date) -> date:
    """Return the last day up to ``day`` on which the service was active."""
    for closure in reversed(register.closures_of.get(service.id, ())):
        if is_active(register, service, day):
            break
        if closure.start <= day:
            day = closure.start - timedelta(days=1)
    return day


def measure_stage_times(
    stays: Iterable[Stay], first_sunday: date | None
) -> dict[str, StageTime]:
    """Return by stage how many days it holds a service.

    ``first_sunday`` ends the scope's first week. Nobody knows how long a service that
    was registered by then had already been in its stage.
    """
    known: dict[Stage, list[Stay]] = {stage: [] for stage in MEASURED}
    unknown = dict.fromkeys(MEASURED, 0)
    for stay in stays:
        began = stay.registered_on
        if (
            began is not None
            and first_sunday is not None
            and began <= first_sunday
        ):
            unknown[stay.stage] += 1
        else:
            known[stay.stage].append(stay)
    return {
        stage.value: _measure_stage(known[stage], unknown[stage])
        for stage in MEASURED
    }


def _measure_stage(stays: list[Stay], unknown_start: int) -> StageTime:
    exits = Counter(stay.days for stay in stays if stay.exited)
    ends = Counter(stay.days for stay in stays)
    median, p85 = estimate_days(exits, ends, (_HALF, _REST))
    return StageTime(
        median_days=median,
        p85_days=p85,
        count=exits.total(),
        at_risk=len(stays),
        unknown_start=unknown_start,
    )


def estimate_days(
    exits: Counter[int], ends: Counter[int], levels: Iterable[Fraction]
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
