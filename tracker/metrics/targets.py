"""The targets by deadline (METRICS.md, "Against the targets")."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from tracker.history import stage_at
from tracker.metrics.point_in_time import ServiceAt
from tracker.metrics.values import Deadline
from tracker.model import Stage
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
        dict,
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
            rates_week.sunday,
        )
        for due_on, points, stage in sorted(bound)
    )


def _measure(
    register: Register,
    due_on: date,
    stage: Stage,
    services: Sequence[ServiceAt],
    day: date,
    end: date,
) -> Deadline:
    met = [at for at in services if at.points >= stage.points]
    judged = min(due_on, day)
    there = [at for at in services if has_reached(register, at, stage, end)]
    return _judge_deadline(
        due_on=due_on,
        stage=stage,
        set=len(services),
        met=len(met),
        on_time=_count_reached(register, met, stage, judged),
        days_left=(due_on - day).days,
        pace_4=len(there)
        - _count_reached(
            register,
            there,
            stage,
            end - timedelta(weeks=SHORT_PACE_WEEKS),
        ),
        pace_13=len(there)
        - _count_reached(
            register,
            there,
            stage,
            end - timedelta(weeks=PACE_WEEKS),
        ),
    )


def count_registered_met(
    register: Register,
    services: Iterable[ServiceAt],
    rates_week: Week,
) -> Counter[tuple[date, Stage]]:
    """Count by deadline those of its ``pace_13`` that had reached it when they were registered.

    They say nothing of how fast targets are met: in a young register it is what the
    stock-taking found.
    """
    end = rates_week.sunday
    begin = end - timedelta(weeks=PACE_WEEKS)
    found: Counter[tuple[date, Stage]] = Counter()
    for at in services:
        if not begin < at.service.registered_on <= end:
            continue
        targets = register.targets_of.get(at.service.id, ())
        for due_on, stage in {(one.due_on, one.stage) for one in targets}:
            was_met = at.service.stage.points >= stage.points
            if was_met and has_reached(register, at, stage, end):
                found[due_on, stage] += 1
    return found


def expect_met(*, met: int, left: int, days_left: int, pace_13: int) -> int:
    """Return how many are met by a deadline that ``left`` are open of, at ``pace_13`` in 13 weeks."""
    coming = pace_13 * max(0, days_left) // (7 * PACE_WEEKS)
    return met + min(left, coming)


def expect_met_by_steps(deadline: Deadline, registered: int) -> int:
    """Return how many are met by a deadline if the ``registered`` that were met at once are no pace."""
    return expect_met(
        met=deadline.met,
        left=deadline.open,
        days_left=deadline.days_left,
        pace_13=deadline.pace_13 - registered,
    )


def _judge_deadline(
    *,
    due_on: date,
    stage: Stage,
    set: int,
    met: int,
    on_time: int,
    days_left: int,
    pace_4: int,
    pace_13: int,
) -> Deadline:
    """Return a deadline with what follows from its counts."""
    left = set - met
    return Deadline(
        due_on=due_on,
        stage=stage,
        set=set,
        met=met,
        on_time=on_time,
        open=left,
        days_left=days_left,
        pace_4=pace_4,
        pace_13=pace_13,
        expected=expect_met(
            met=met,
            left=left,
            days_left=days_left,
            pace_13=pace_13,
        ),
    )


def add_deadlines(
    parts: Iterable[Iterable[Deadline]],
) -> tuple[Deadline, ...]:
    """Return the deadlines of scopes that have no service in common, taken together."""
    found: dict[tuple[date, int], list[Deadline]] = defaultdict(list)
    for deadlines in parts:
        for deadline in deadlines:
            found[deadline.due_on, deadline.stage.points].append(deadline)
    return tuple(
        _judge_deadline(
            due_on=due_on,
            stage=alike[0].stage,
            set=sum(deadline.set for deadline in alike),
            met=sum(deadline.met for deadline in alike),
            on_time=sum(deadline.on_time for deadline in alike),
            days_left=alike[0].days_left,
            pace_4=sum(deadline.pace_4 for deadline in alike),
            pace_13=sum(deadline.pace_13 for deadline in alike),
        )
        for (due_on, _), alike in sorted(found.items())
    )


def _count_reached(
    register: Register,
    services: Iterable[ServiceAt],
    stage: Stage,
    day: date,
) -> int:
    return sum(has_reached(register, at, stage, day) for at in services)


def has_reached(
    register: Register,
    at: ServiceAt,
    stage: Stage,
    day: date,
) -> bool:
    """Return whether a service was registered and in ``stage`` or above at a day's end.

    ``at`` is the service as it stood on that day or on a later one.
    """
    if at.service.registered_on > day:
        return False
    if at.move is None or at.move.on <= day:
        return at.points >= stage.points
    return stage_at(register, at.service, day).points >= stage.points
