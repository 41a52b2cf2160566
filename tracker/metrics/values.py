"""The figures as values, named as METRICS.md names them; None where a figure does not exist.

``msgspec.json.encode`` of these, with ``work_out`` as its hook, is what ``metrics --json``
prints.
"""

from datetime import date
from enum import StrEnum
from typing import Literal, NamedTuple

from msgspec import Struct, field

from tracker.metrics.later import Later
from tracker.model import Stage
from tracker.week import Week


class Pace(StrEnum):
    """How a scope moves, in one word."""

    DONE = "done"
    NEW = "new"
    REGRESSING = "regressing"
    STALLED = "stalled"
    ACCELERATING = "accelerating"
    SLOWING = "slowing"
    STEADY = "steady"


Reason = Literal[
    "no_service",
    "done",
    "too_little_history",
    "no_progress",
    "beyond_horizon",
]
"""Why a date of a forecast is missing."""
Caution = Literal[
    "one_week_dominates",
    "growing_scope",
    "method_break",
    "parts_stand_still",
    "promises_broken",
]
"""What a reader of a forecast should know."""
GoalOutcome = Literal["met", "missed"]
"""How the city stood at the end of its goal date, once that has come."""


class Forecast(Struct, frozen=True):
    """The Sundays by which a scope is done with a chance of 50, 85 and 95 in 100.

    ``reason`` says why a date is missing, ``caution`` what a reader should know.
    """

    p50: date | None = None
    p85: date | None = None
    p95: date | None = None
    reason: Reason | None = None
    caution: tuple[Caution, ...] = ()


class KeptPromises(Struct, frozen=True):
    """How many of the earlier forecasts were kept, by their level."""

    p50: int | None = None
    p85: int | None = None
    p95: int | None = None


class TrackRecord(Struct, frozen=True):
    """What came of the forecasts of the past year; all None if fewer than 20 were made."""

    made: int | None = None
    kept: KeptPromises = KeptPromises()


class OnCourse(Struct, frozen=True):
    """The OPDs by their own chance to be done by the goal date."""

    likely: int
    open: int
    unlikely: int
    unknown: int


class StageTime(Struct, frozen=True):
    """How many days a stage holds a service, stays that have not ended included.

    ``count`` are the stays that ended with a step forward, ``at_risk`` all of known
    length, ``unknown_start`` those whose beginning nobody knows.
    """

    median_days: int | None
    p85_days: int | None
    count: int
    at_risk: int
    unknown_start: int


class Deadline(Struct, frozen=True):
    """The targets of one stage and day: how many services have them and are there."""

    due_on: date
    stage: Stage
    set: int
    met: int
    on_time: int
    open: int
    days_left: int
    pace_4: int
    pace_13: int
    expected: int

    @property
    def is_missed(self) -> bool:
        """Whether the day has passed and services are not there."""
        return self.days_left < 0 and self.open > 0


class FactorLoad(Struct, frozen=True):
    """What one factor holds back: open obstacles, the services held, their remaining steps.

    ``blocked_days`` are the days of the last 91 on which its obstacles were open, summed.
    """

    open: int
    services: int
    remaining_steps: int
    blocked_days: int


class Flow(Struct, frozen=True):
    """A week's reconciliation in points: opening + joined − left + forward − backward = closing."""

    opening: int
    joined: int
    left: int
    forward: int
    backward: int
    closing: int


class Outlook(NamedTuple):
    """A scope's forecast, and the chance that it is done by the goal date."""

    goal_chance: float | None
    forecast: Forecast


class Figures(Struct, frozen=True):
    """Every figure of one scope in one week.

    Looking ahead takes a third of the time of all figures of a city, and a screen shows
    the forecast of one OPD at a time: it is made when it is looked at.
    """

    services: int
    conventional: int
    online: int
    integrated: int
    digital_share: float | None
    single_door_share: float | None
    index: float | None
    index_by_volume: float | None
    volume_coverage: float | None
    remaining_steps: int
    visit_free_share: float | None
    visit_coverage: float | None
    visits_avoided: float
    days_saved: float
    stalled: int
    newly_stalled: int
    steps: int | None
    index_change: float | None
    progress: float | None
    scope_effect: float | None
    velocity: float | None
    acceleration: float | None
    steps_per_week: float | None
    window_weeks: int | None
    steps_recent: int | None
    steps_before: int | None
    pace: Pace | None
    required_velocity: float | None
    pace_ratio: float | None
    goal_chance_ahead: Later[float | None] = field(name="goal_chance")
    overdue: int
    due_soon: int
    forecast_ahead: Later[Forecast] = field(name="forecast")
    stage_times: dict[str, StageTime]
    targets: tuple[Deadline, ...]
    obstacles: dict[str, FactorLoad]
    families: int
    families_complete: int
    index_by_family: float | None
    burden: float
    burden_coverage: float | None
    burden_half: int
    wanted: int
    filled: int
    completeness: float | None
    verified_share: float | None
    flow: Flow
    track_record: TrackRecord | None = None
    """Of the city and of a scope asked for alone; None where it is not computed."""

    @property
    def goal_chance(self) -> float | None:
        """The chance that the scope is done by the goal date."""
        return self.goal_chance_ahead.value

    @property
    def forecast(self) -> Forecast:
        """When the scope will be done."""
        return self.forecast_ahead.value


class OPDFigures(Struct, frozen=True):
    """The figures of one OPD; ``key`` is its key in the register."""

    key: str
    code: str
    name: str
    kind: str
    silent_weeks: int
    reporting_share: float | None
    """1 if it was heard from in the week, 0 if not; None without active services."""
    figures: Figures


class CityFigures(Struct, frozen=True):
    """The figures of the city and of every OPD that ever had a service, in one week."""

    week: Week
    as_of: date
    complete: bool
    rates_week: Week
    reporting_share: float | None
    goal_outcome: GoalOutcome | None
    on_course_ahead: Later[OnCourse] = field(name="on_course")
    city: Figures
    opds: tuple[OPDFigures, ...]

    @property
    def on_course(self) -> OnCourse:
        """The OPDs by their chance to be done by the goal date."""
        return self.on_course_ahead.value


class Scope(Struct, frozen=True):
    """Whose services are summed: the city's, or those of one OPD, kind, application or tag.

    ``key`` is the OPD's or application's key, the kind or the tag; empty for the city.
    ``services`` are the keys of a fixed set of services without a tag of its own.
    """

    what: Literal["city", "opd", "kind", "tag", "app", "services"] = "city"
    key: str = ""
    services: frozenset[str] = frozenset()


CITY = Scope()


class Series(Struct, frozen=True):
    """A scope week by week: each list has one value for each of ``weeks``.

    ``start`` is the position in ``weeks`` of the week in which the scope's first service
    entered it (its history starts there; steps count from the week after), None if none did.
    """

    weeks: list[Week]
    start: int | None
    conventional: list[int]
    online: list[int]
    integrated: list[int]
    joined: list[int]
    left: list[int]
    forward: list[int]
    backward: list[int]
    joined_remaining: list[int]
    """Remaining steps that services joining in the week brought with them."""
    in_opening: bool = False
    """Whether nothing is a step yet, since the opening is not closed."""

    @property
    def history_start(self) -> int | None:
        """The position after which steps count: ``start``, in the opening that of the last week."""
        if self.start is not None and self.in_opening:
            return len(self.weeks) - 1
        return self.start

    def position_of(self, week: Week) -> int:
        """Return the position of a week; negative before the first, beyond the last after it."""
        return self.weeks[0].until(week) if self.weeks else -1

    def services(self, position: int) -> int:
        """Count the services at the end of a week; none before the first."""
        if position < 0:
            return 0
        return (
            self.conventional[position]
            + self.online[position]
            + self.integrated[position]
        )

    def points(self, position: int) -> int:
        """Sum the points at the end of a week; none before the first."""
        if position < 0:
            return 0
        return self.online[position] + 2 * self.integrated[position]

    def remaining(self, position: int) -> int:
        """Sum the remaining steps at the end of a week."""
        return 2 * self.services(position) - self.points(position)

    def index(self, position: int) -> float | None:
        """Return the index at the end of a week: 0 to 100, None without services."""
        services = self.services(position)
        return (
            100 * self.points(position) / (2 * services) if services else None
        )

    def steps(self, position: int) -> int | None:
        """Return the steps made in a week; None up to the week in which the history starts."""
        start = self.history_start
        if start is None or position <= start:
            return None
        return self.forward[position] - self.backward[position]
