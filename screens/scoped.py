"""The figures of one scope with its weeks and what lies ahead of it: what a page of figures shows."""

from dataclasses import dataclass
from datetime import date

from tracker.drawing import Ahead, Fan
from tracker.metrics import fan_at
from tracker.metrics.values import Figures, Series
from tracker.week import Week, last_complete


@dataclass(frozen=True)
class Scoped:
    """One scope's figures of the running week, its weeks up to that one, and what lies ahead."""

    figures: Figures
    series: Series
    ahead: Ahead


def scoped(figures: Figures, series: Series, goal: date | None, today: date) -> Scoped:
    """Return the figures with the goal's distance and the fan of the forecast that they hold."""
    if not series.weeks:
        return Scoped(figures, series, Ahead())
    last = series.weeks[-1]
    distance = None if goal is None else last.until(Week.of(goal))
    return Scoped(figures, series, Ahead(distance, _fan(series, today)))


def _fan(series: Series, today: date) -> Fan:
    """Return the fan, as many weeks ahead as there are behind: no more is ever drawn."""
    last = series.weeks[-1]
    passed = last_complete(last, today).until(last)
    place = len(series.weeks) - 1 - passed
    if place < 0:
        return Fan()
    quantiles = fan_at(series, place, len(series.weeks) + passed)
    return Fan.of_remaining(quantiles, 2 * series.services(place), passed)
