"""What weekly counts say of a scope: every figure that follows from them alone, and no other.

Counts do not tell when a scope's history started, nor what was entered late. So a figure
that rests on several weeks is known only where their counts follow each other without a
gap, add up, and lie after the start for certain; else it is None.
"""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from tracker.metrics.forecast import HISTORY, forecast_at
from tracker.metrics.pace import LONGEST_WINDOW, pace_at, windows_at
from tracker.metrics.point_in_time import share
from tracker.metrics.rates import acceleration_at, velocity_at
from tracker.metrics.values import Forecast, Pace, Series
from tracker.week import Week

LONGEST_MEMORY = 2 * LONGEST_WINDOW
"""Weeks on which a figure rests at most."""

_UNKNOWN = Forecast()


class WeekCounts(NamedTuple):
    """The counts of a scope in a week, as they are published."""

    week: Week
    conventional: int
    online: int
    integrated: int
    joined: int
    left: int
    forward: int
    backward: int

    @property
    def closing(self) -> int:
        """The points at the end of the week."""
        return self.online + 2 * self.integrated

    @property
    def opening(self) -> int:
        """The points at the end of the week before, as they were known when this one was published."""
        gained = self.joined - self.left + self.forward - self.backward
        return self.closing - gained


class CountedFigures(Struct, frozen=True):
    """The figures of a scope that is known by its counts, named as in METRICS.md."""

    services: int
    conventional: int
    online: int
    integrated: int
    digital_share: float | None
    single_door_share: float | None
    index: float | None
    velocity: float | None
    acceleration: float | None
    steps_recent: int | None
    steps_before: int | None
    pace: Pace | None


def build_known_series(weeks: Sequence[WeekCounts]) -> Series:
    """Return the last of some weeks, in the order of time, with those before it whose steps are known.

    A week that began with points lies after the start of the scope's history, and so do
    all that follow. Where one does not begin with the points with which the week before
    ended, something was entered late: what came before is then not the whole story.
    """
    known = [weeks[-1]]
    for week in reversed(weeks[:-1]):
        is_next = week.week.until(known[0].week) == 1
        if not is_next or week.closing != known[0].opening:
            break
        known.insert(0, week)

    while known and known[0].opening <= 0:
        del known[0]
    # The position before the first week whose steps are known, else that of the last week.
    return _build_series(known, -1) if known else _build_series(weeks[-1:], 0)


def measure_counts(series: Series) -> CountedFigures:
    """Return the figures at the end of the last week of a known series."""
    last = len(series.weeks) - 1
    services = series.services(last)
    online, integrated = series.online[last], series.integrated[last]
    windows = None
    if _count_known(series) >= LONGEST_MEMORY:
        windows = windows_at(series, last)
    velocity = velocity_at(series, last)
    acceleration = acceleration_at(series, last)
    # Nothing but a whole memory tells a pace, unless all is done.
    has_pace = windows is not None or integrated == services
    return CountedFigures(
        services=services,
        conventional=series.conventional[last],
        online=online,
        integrated=integrated,
        digital_share=share(online + integrated, services),
        single_door_share=share(integrated, services),
        index=series.index(last),
        velocity=None if velocity is None else float(velocity),
        acceleration=None if acceleration is None else float(acceleration),
        steps_recent=None if windows is None else sum(windows.recent),
        steps_before=None if windows is None else sum(windows.before),
        pace=pace_at(series, last) if has_pace else None,
    )


def forecast_counts(series: Series) -> Forecast:
    """Return the forecast from the last week of a known series; without dates where counts do not tell."""
    if _count_known(series) < HISTORY:
        return _UNKNOWN
    return forecast_at(series, len(series.weeks) - 1)


def _count_known(series: Series) -> int:
    """Count the weeks of which the steps are known."""
    start = -1 if series.start is None else series.start
    return len(series.weeks) - 1 - start


def _build_series(weeks: Sequence[WeekCounts], start: int) -> Series:
    return Series(
        weeks=[one.week for one in weeks],
        start=start,
        conventional=[one.conventional for one in weeks],
        online=[one.online for one in weeks],
        integrated=[one.integrated for one in weeks],
        joined=[one.joined for one in weeks],
        left=[one.left for one in weeks],
        forward=[one.forward for one in weeks],
        backward=[one.backward for one in weeks],
        joined_remaining=[0] * len(weeks),
    )
