"""Against the goal: what speed it takes, whether it was met, and who is on course for it.

METRICS.md, "Against the goal", and ``on_course`` of the forecast.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from tracker.metrics.point_in_time import services_at
from tracker.metrics.rates import index_at
from tracker.metrics.values import GoalOutcome, OnCourse, Series
from tracker.register import Register

LIKELY, UNLIKELY = 0.85, 0.15
"""From which chance on an OPD is likely to meet the goal, and below which unlikely."""


def required_velocity_at(
    series: Series,
    position: int,
    day: date,
    goal: date | None,
) -> Fraction | None:
    """Return the index points a week that reach 100 by ``goal`` from the index at ``day``.

    ``position`` is that of the week of ``day``. None without a goal to come or services.
    """
    index = index_at(series, position)
    if goal is None or goal <= day or index is None:
        return None
    return (100 - index) * 7 / (goal - day).days


def pace_ratio(
    velocity: Fraction | None,
    required: Fraction | None,
) -> Fraction | None:
    """Return the velocity over the required one: at 1 the goal is met at this pace."""
    return velocity / required if velocity is not None and required else None


def judge_goal(register: Register, day: date) -> GoalOutcome | None:
    """Return whether the city met its goal, judged at the end of the goal date.

    None while that is to come, and on the day itself unless nothing remains.
    """
    goal = register.only_city.goal
    if goal is None or day < goal:
        return None
    services = services_at(register, goal)
    if services and not any(at.remaining for at in services):
        return "met"
    return "missed" if day > goal else None


def count_on_course(chances: Iterable[float | None]) -> OnCourse:
    """Count OPDs by their chance to be done by the goal date."""
    likely = between = unlikely = unknown = 0
    for chance in chances:
        if chance is None:
            unknown += 1
        elif chance >= LIKELY:
            likely += 1
        elif chance < UNLIKELY:
            unlikely += 1
        else:
            between += 1
    return OnCourse(
        likely=likely,
        open=between,
        unlikely=unlikely,
        unknown=unknown,
    )
