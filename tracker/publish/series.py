"""What the charts of a week draw, as numbers: the same series as the screens show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.metrics.forecast import FAN, HORIZON, fan_at
from tracker.metrics.pace import windows_at
from tracker.metrics.series import read_all_series, read_scope_series
from tracker.metrics.values import Forecast, Scope, Series
from tracker.register import Register
from tracker.snapshot.values import WeekValue
from tracker.week import Week

HEAT_WEEKS = 26
"""Weeks that the heat map shows."""
_BEYOND = date.max


@dataclass(frozen=True)
class StageCounts:
    """How many services stand in each stage at the end of a week."""

    conventional: int
    online: int
    integrated: int

    @property
    def services(self) -> int:
        """Count all of them."""
        return self.conventional + self.online + self.integrated


@dataclass(frozen=True)
class Event:
    """A milestone on a chart, known by its number."""

    number: int
    day: date
    text: str
    method_break: bool


@dataclass(frozen=True)
class Course:
    """An index over the weeks, and where its forecast leads.

    ``index`` has a value for each week of the chart, None without services. ``ahead`` begins
    at week ``present`` and has the index at each level of the forecast, a week at a time.
    """

    index: tuple[float | None, ...]
    present: int
    ahead: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class SlowKind:
    """The kind of OPD that is done last, with its median forecast."""

    kind: str
    course: Course
    forecast: Forecast


@dataclass(frozen=True)
class StepWindows:
    """The steps of the last complete weeks: ``before`` and ``recent``, of equal length."""

    last: Week
    before: tuple[int, ...]
    recent: tuple[int, ...]

    @property
    def first(self) -> Week:
        """The first of the weeks."""
        return self.last.plus(1 - len(self.before) - len(self.recent))


@dataclass(frozen=True)
class HeatRow:
    """The steps of one OPD in each of the last weeks; None before its history starts."""

    code: str
    steps: tuple[int | None, ...]


@dataclass(frozen=True)
class WeekCharts:
    """Everything that the charts of a week draw."""

    first: Week
    """The first week of the counts and of the indices."""
    counts: tuple[StageCounts, ...]
    events: tuple[Event, ...]
    city: Course
    slowest: SlowKind | None
    goal: date | None
    windows: StepWindows | None
    """None with fewer than 8 complete weeks of history."""
    heat: tuple[HeatRow, ...]


def charts_of(
    register: Register,
    value: WeekValue,
    today: date,
) -> WeekCharts | None:
    """Return what the charts of a week draw; None where no service had entered by then."""
    series = read_all_series(register, value.week, today)
    city = series["city"]
    if city.start is None:
        return None
    start = city.start
    last_place = len(city.weeks) - 1
    present = city.position_of(value.figures.rates_week)
    first = city.weeks[start]
    return WeekCharts(
        first=first,
        counts=stage_counts(city, start, last_place),
        events=_find_events(value, first),
        city=_read_course(city, start, present, FAN),
        slowest=_read_slowest(register, value, today, start, present),
        goal=value.city.goal,
        windows=find_windows(city, present),
        heat=_read_heat(value, series, last_place),
    )


def stage_counts(
    series: Series,
    start: int,
    last: int,
) -> tuple[StageCounts, ...]:
    """Return the counts at the end of each week from the place ``start`` to ``last``."""
    return tuple(
        StageCounts(
            series.conventional[place],
            series.online[place],
            series.integrated[place],
        )
        for place in range(start, last + 1)
    )


def _find_events(value: WeekValue, first: Week) -> tuple[Event, ...]:
    """Return the milestones from the chart's first week on, numbered from the earliest."""
    since = sorted(
        (one for one in value.milestones if one.on >= first.monday),
        key=lambda one: (one.on, one.id),
    )
    return tuple(
        Event(number, one.on, one.text, one.method_break)
        for number, one in enumerate(since, start=1)
    )


def _read_course(
    series: Series,
    start: int,
    present: int,
    levels: Sequence[float],
) -> Course:
    index = tuple(
        series.index(place) for place in range(start, len(series.weeks))
    )
    whole = 2 * series.services(present)
    fan = (
        fan_at(series, present, HORIZON, levels)
        if present >= 0 and whole
        else []
    )
    ahead = tuple(
        tuple(100 * (whole - remaining) / whole for remaining in week)
        for week in fan
    )
    return Course(index, max(0, present - start), ahead)


def _read_slowest(
    register: Register,
    value: WeekValue,
    today: date,
    start: int,
    present: int,
) -> SlowKind | None:
    """Return the kind whose forecast is the latest; None where there are no two kinds to compare."""
    late = [
        kind
        for kind in value.kinds
        if kind.figures.forecast.reason
        in {None, "no_progress", "beyond_horizon"}
        and kind.figures.remaining_steps
    ]
    if len(value.kinds) < 2 or not late:
        return None
    slowest = max(
        late,
        key=lambda kind: (kind.figures.forecast.p50 or _BEYOND, kind.kind),
    )
    scope = Scope("kind", slowest.kind)
    series = read_scope_series(register, scope, value.week, today)
    course = _read_course(series, start, present, (0.5,))
    return SlowKind(slowest.kind, course, slowest.figures.forecast)


def find_windows(series: Series, present: int) -> StepWindows | None:
    """Return the two windows of weeks that the pace compares; None if there are too few."""
    windows = windows_at(series, present)
    if windows is None:
        return None
    return StepWindows(
        series.weeks[present],
        tuple(windows.before),
        tuple(windows.recent),
    )


def _read_heat(
    value: WeekValue,
    series: dict[str, Series],
    last: int,
) -> tuple[HeatRow, ...]:
    return tuple(
        HeatRow(opd.code, heat_steps(series[opd.key], last))
        for opd in value.figures.opds
        if opd.figures.services
    )


def heat_steps(series: Series, last: int) -> tuple[int | None, ...]:
    """Return the steps of the weeks of the heat map, up to the place ``last``."""
    places = range(max(0, last + 1 - HEAT_WEEKS), last + 1)
    return tuple(series.steps(place) for place in places)
