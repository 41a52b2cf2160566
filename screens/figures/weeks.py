"""The weeks of a scope: from when on it has each figure, and how many its forecast rests on."""

from datetime import date

from msgspec import Struct

from tracker.metrics.forecast import HISTORY, LEAST_HISTORY
from tracker.metrics.rates import WINDOW
from tracker.metrics.values import Series
from tracker.week import last_complete

CHANGE_AFTER, VELOCITY_AFTER, ACCELERATION_AFTER, FORECAST_AFTER = (
    0,
    WINDOW,
    2 * WINDOW,
    LEAST_HISTORY,
)
"""Complete weeks after its first that a scope needs for each figure."""


class Weeks(Struct, frozen=True):
    """The weeks of a scope, and the day on which they are read."""

    series: Series
    today: date

    @property
    def services(self) -> int:
        """Count the services that stand there now."""
        return self.series.services(len(self.series.weeks) - 1)

    def first_day_after(self, weeks: int) -> date | None:
        """Return the day on which so many weeks after the first are complete; None if that is not a reason.

        It is not if the scope never had a service, in the opening, or once the day has come.
        """
        start = self.series.start
        if start is None or self.series.in_opening:
            return None
        day = self.series.weeks[start].plus(weeks + 1).monday
        return day if day > self.today else None

    @property
    def behind_forecast(self) -> int:
        """Count the complete weeks on which the forecast rests."""
        start = self.series.history_start
        if start is None:
            return 0
        last = self.series.weeks[-1]
        place = (
            len(self.series.weeks)
            - 1
            - last_complete(last, self.today).until(last)
        )
        return max(0, min(HISTORY, place - start))


def recent_steps(series: Series, weeks: int | None = None) -> list[int | None]:
    """Return the steps of each of the last weeks, by default of all, the running one included."""
    last = len(series.weeks)
    return [
        series.steps(place)
        for place in range(0 if weeks is None else max(0, last - weeks), last)
    ]
