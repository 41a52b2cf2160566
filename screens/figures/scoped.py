"""The figures of one scope with its weeks and what lies ahead of it: what a page of figures shows."""

from dataclasses import dataclass
from datetime import date

from tracker.drawing import FURTHEST_GOAL, NO_FAN, Ahead, Fan
from tracker.metrics import fan_at
from tracker.metrics.values import Figures, Series
from tracker.week import Week, last_complete


@dataclass(frozen=True)
class ScopeFigures:
    """One scope's figures of the running week, its weeks up to that one, and what lies ahead."""

    figures: Figures
    series: Series
    ahead: Ahead


def scope_figures(
    figures: Figures,
    series: Series,
    goal: date | None,
    today: date,
) -> ScopeFigures:
    """Return the figures with the goal's distance and the fan of the forecast that they hold."""
    if not series.weeks:
        return ScopeFigures(figures, series, Ahead())
    last = series.weeks[-1]
    distance = None if goal is None else last.until(Week.of(goal))
    ahead = Ahead(
        distance,
        _forecast_fan(series, today, distance),
        made=series.points(len(series.weeks) - 1),
        every=2.0 * series.services(len(series.weeks) - 1),
    )
    return ScopeFigures(figures, series, ahead)


def _forecast_fan(series: Series, today: date, goal: int | None) -> Fan:
    """Return the fan as far ahead as the weeks reach back, or up to the goal where that is drawn."""
    last, past = series.weeks[-1], len(series.weeks)
    passed = last_complete(last, today).until(last)
    place = past - 1 - passed
    if place < 0:
        return NO_FAN
    weeks = max(past, min(goal or 0, FURTHEST_GOAL * past))
    quantiles = fan_at(series, place, weeks + passed)
    return Fan.of_remaining(quantiles, 2 * series.services(place), passed)
