"""When a scope will be done (METRICS.md, "When it will be done: the forecast").

A ``position`` is one in a series' weeks; that of a forecast is of a complete week.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from tracker.metrics.urn import Level, chances_ahead, greatest_sums_ahead
from tracker.metrics.values import (
    Caution,
    Forecast,
    Outlook,
    Reason,
    Series,
)
from tracker.week import Week

HISTORY, LEAST_HISTORY, HORIZON = 12, 6, 260
"""Weeks that the urn holds, the fewest that will do, and how far ahead is looked."""
_LOOK = 26
"""Weeks in multiples of which a forecast looks ahead: half a year's share one look."""
LEVELS = tuple(Level.of(Fraction(chance, 100)) for chance in (50, 85, 95))
"""The chances with which the three dates of a forecast hold."""
FAN = (0.05, 0.15, 0.5, 0.85, 0.95)
"""The quantiles of a fan, unless others are asked for."""


class History(NamedTuple):
    """The complete weeks that a forecast rests on: their steps, and the forward ones alone.

    ``joined_remaining`` are the remaining steps of the services that joined in them.
    """

    weeks: list[Week]
    steps: list[int]
    forward: list[int]
    joined_remaining: int


def history_at(series: Series, position: int) -> History:
    """Return the last twelve weeks after the one in which the scope's history starts."""
    begin = series.history_start
    start = position if begin is None else begin
    positions = range(max(start + 1, position - HISTORY + 1), position + 1)
    return History(
        weeks=[series.weeks[at] for at in positions],
        steps=[series.forward[at] - series.backward[at] for at in positions],
        forward=[series.forward[at] for at in positions],
        joined_remaining=sum(series.joined_remaining[at] for at in positions),
    )


def reason_at(series: Series, position: int) -> Reason | None:
    """Return why a forecast from the end of a week has no dates at all, if so."""
    if not series.services(position):
        return "no_service"
    if not series.remaining(position):
        return "done"
    steps = history_at(series, position).steps
    if len(steps) < LEAST_HISTORY:
        return "too_little_history"
    return None if max(steps) > 0 else "no_progress"


def outlook_at(
    series: Series,
    position: int,
    goal: date | None = None,
    method_breaks: Collection[Week] = (),
    cautions: Collection[Caution] = (),
) -> Outlook:
    """Return the forecast from the end of a week, and the chance to be done by ``goal``.

    ``method_breaks`` are the weeks of the milestones that changed what is counted;
    ``cautions`` rest on more than the scope's own weeks, and are added to a forecast that
    looks ahead.
    """
    reason = reason_at(series, position)
    draws = (
        None
        if reason == "no_service"
        else _weeks_to(series.weeks[position], goal)
    )
    if reason is not None:
        chance = None
        if draws is not None and reason != "too_little_history":
            chance = 1.0 if reason == "done" else 0.0
        return Outlook(chance, Forecast(reason=reason))
    history = history_at(series, position)
    weeks, chances = _look_ahead(
        tuple(sorted(history.steps)),
        series.remaining(position),
        -(-(draws or 0) // _LOOK) * _LOOK,
    )
    chance = None if draws is None else chances[draws]
    p50, p85, p95 = (
        None if count is None else series.weeks[position].plus(count).sunday
        for count in weeks
    )
    forecast = Forecast(
        p50=p50,
        p85=p85,
        p95=p95,
        reason="beyond_horizon" if p95 is None else None,
        caution=(*_find_cautions(history, method_breaks), *cautions),
    )
    return Outlook(chance, forecast)


def forecast_at(series: Series, position: int) -> Forecast:
    """Return the forecast from the end of a week, by the scope's own weeks alone."""
    return outlook_at(series, position).forecast


def _weeks_to(week: Week, goal: date | None) -> int | None:
    """Return the whole weeks from a Sunday to the goal; None unless 1 to 1820 days."""
    if goal is None:
        return None
    left = goal - week.sunday
    if not timedelta(0) < left <= timedelta(weeks=HORIZON):
        return None
    return left.days // 7


# A move changes the history of one OPD; the forecasts of all others stay. An urn
# does not know the order of its balls, so the steps come sorted: one quiet week after
# another leaves them as they were, and only the goal comes nearer.
@lru_cache(maxsize=1024)
def _look_ahead(
    steps: tuple[int, ...],
    remaining: int,
    least: int,
) -> tuple[tuple[int | None, ...], tuple[float, ...]]:
    """Return the first week counts that reach the levels, and the chance after each week.

    It looks until all are reached, and over at least so many weeks.
    """
    found: list[int | None] = []
    chances: list[float] = []
    for draws, chance in enumerate(chances_ahead(steps, remaining, HORIZON)):
        chances.append(chance.value)
        while len(found) < len(LEVELS) and chance.reaches(LEVELS[len(found)]):
            found.append(draws)
        if len(found) == len(LEVELS) and draws >= least:
            break
    missing = [None] * (len(LEVELS) - len(found))
    return (*found, *missing), tuple(chances)


def _find_cautions(
    history: History,
    method_breaks: Collection[Week],
) -> list[Caution]:
    cautions: list[Caution] = []
    if 2 * max(history.forward) > sum(history.forward):
        cautions.append("one_week_dominates")
    if 4 * history.joined_remaining > max(0, sum(history.steps)):
        cautions.append("growing_scope")
    if any(week in method_breaks for week in history.weeks):
        cautions.append("method_break")
    return cautions


def fan_at(
    series: Series,
    position: int,
    weeks: int,
    levels: Sequence[float] = FAN,
) -> list[tuple[int, ...]]:
    """Return the quantiles of the remaining steps, now and then week by week, for a chart.

    Each is the least number that the remaining steps do not exceed with that chance. The
    fan ends after ``weeks`` (at most 260), or once the last quantile is 0; it is empty if
    there is no forecast.
    """
    if reason_at(series, position) is not None:
        return []
    steps = history_at(series, position).steps
    fan = _spread_fan(
        tuple(sorted(steps)),
        series.remaining(position),
        2 * series.services(position),
        min(weeks, HORIZON),
        tuple(levels),
    )
    return list(fan)


# It rests on complete weeks, which a move of the running week leaves as they are.
@lru_cache(maxsize=64)
def _spread_fan(
    steps: tuple[int, ...],
    remaining: int,
    most: int,
    weeks: int,
    levels: tuple[float, ...],
) -> tuple[tuple[int, ...], ...]:
    """Return the quantiles of what remains, week by week, of which there are ``most`` steps."""
    exact = [
        Level.of(Fraction(level).limit_denominator(1000)) for level in levels
    ]
    fan = []
    for _, reached in zip(
        range(weeks + 1),
        greatest_sums_ahead(steps, remaining, exact),
        strict=False,
    ):
        fan.append(tuple(min(most, remaining - made) for made in reached))
        if not any(fan[-1]):
            break
    return tuple(fan)
