"""From when on a scope has its figures, and how many weeks its forecast rests on."""

from datetime import date

from tracker.metrics.forecast import HISTORY, LEAST_HISTORY
from tracker.metrics.rates import WINDOW
from tracker.metrics.values import Series
from tracker.week import last_complete

CHANGE_AFTER, VELOCITY_AFTER, ACCELERATION_AFTER, FORECAST_AFTER = 0, WINDOW, 2 * WINDOW, LEAST_HISTORY
"""Complete weeks after its first that a scope needs for each figure."""


def from_when(series: Series, weeks: int, today: date) -> date | None:
    """Return the day on which so many weeks after the first are complete; None where that is no reason.

    It is none where the scope never had a service, nor once the day has come.
    """
    if series.start is None:
        return None
    day = series.weeks[series.start].plus(weeks + 1).monday
    return day if day > today else None


def weeks_behind(series: Series, today: date) -> int:
    """Count the complete weeks on which a scope's forecast rests."""
    if series.start is None:
        return 0
    last = series.weeks[-1]
    place = len(series.weeks) - 1 - last_complete(last, today).until(last)
    return max(0, min(HISTORY, place - series.start))
