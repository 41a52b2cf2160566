"""The targets by deadline (METRICS.md, "Against the targets")."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from tracker.history import stage_at
from tracker.metrics.point_in_time import ServiceAt
from tracker.metrics.values import Deadline
from tracker.model import Service, Stage
from tracker.register import Register
from tracker.week import Week

PACE_WEEKS = 13
"""Weeks whose pace is carried on until a deadline."""
SHORT_PACE_WEEKS = 4


def measure_targets(
    register: Register,
    services: Iterable[ServiceAt],
    day: date,
    rates_week: Week,
) -> tuple[Deadline, ...]:
    """Return the deadlines of the services active at ``day``, the earliest first."""
    bound: dict[tuple[date, int, Stage], dict[str, ServiceAt]] = defaultdict(
        dict
    )
    for at in services:
        for target in register.targets_of.get(at.service.id, ()):
            deadline = target.due_on, target.stage.points, target.stage
            bound[deadline][at.service.id] = at
    return tuple(
        _measure(
            register,
            due_on,
            stage,
            list(bound[due_on, points, stage].values()),
            day,
            rates_week,
        )
        for due_on, points, stage in sorted(bound)
    )


def _measure(
    register: Register,
    due_on: date,
    stage: Stage,
    services: Sequence[ServiceAt],
    day: date,
    rates_week: Week,
) -> Deadline:
    met = [at for at in services if at.points >= stage.points]
    judged = min(due_on, day)
    on_time = sum(
        has_reached(register, at.service, stage, judged) for at in met
    )
    left, days_left = len(services) - len(met), (due_on - day).days
    pace = _gained(register, services, stage, rates_week, PACE_WEEKS)
    coming = pace * max(0, days_left) // (7 * PACE_WEEKS)
    return Deadline(
        due_on=due_on,
        stage=stage,
        set=len(services),
        met=len(met),
        on_time=on_time,
        open=left,
        days_left=days_left,
        pace_4=_gained(register, services, stage, rates_week, SHORT_PACE_WEEKS),
        pace_13=pace,
        expected=len(met) + min(left, coming),
    )


def _gained(
    register: Register,
    services: Iterable[ServiceAt],
    stage: Stage,
    rates_week: Week,
    weeks: int,
) -> int:
    """Count the services that reached the stage in the weeks up to the rates week."""
    end = rates_week.sunday
    before = end - timedelta(weeks=weeks)
    return sum(
        has_reached(register, at.service, stage, end)
        and not has_reached(register, at.service, stage, before)
        for at in services
    )


def has_reached(
    register: Register, service: Service, stage: Stage, day: date
) -> bool:
    """Return whether a service was registered and in ``stage`` or above at a day's end."""
    if service.registered_on > day:
        return False
    return stage_at(register, service, day).points >= stage.points
