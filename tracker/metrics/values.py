"""The figures as values, named as METRICS.md names them; None where a figure does not exist.

``msgspec.json.encode`` of these is what ``metrics --json`` prints.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from msgspec import Struct

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
    "no_service", "done", "too_little_history", "no_progress", "beyond_horizon"
]
"""Why a date of a forecast is missing."""
Caution = Literal["one_week_dominates", "growing_scope"]
"""What a reader of a forecast should know."""


class Forecast(Struct, frozen=True):
    """When a scope will be done: the Sundays by which it is, with 50, 85 and 95 % probability."""

    p50: date | None = None
    p85: date | None = None
    p95: date | None = None
    reason: Reason | None = None
    caution: tuple[Caution, ...] = ()


class StageTime(Struct, frozen=True):
    """How many days a stage held the services that left it forward."""

    median_days: int | None
    p85_days: int | None
    count: int


class FactorLoad(Struct, frozen=True):
    """What one factor holds back: open obstacles, the services held, their remaining steps."""

    open: int
    services: int
    remaining_steps: int


class Flow(Struct, frozen=True):
    """A week's reconciliation in points: opening + joined − left + forward − backward = closing."""

    opening: int
    joined: int
    left: int
    forward: int
    backward: int
    closing: int


class Figures(Struct, frozen=True):
    """Every figure of one scope in one week."""

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
    steps: int | None
    index_change: float | None
    progress: float | None
    scope_effect: float | None
    velocity: float | None
    acceleration: float | None
    steps_per_week: float | None
    pace: Pace | None
    required_velocity: float | None
    pace_ratio: float | None
    overdue: int
    due_soon: int
    forecast: Forecast
    stage_times: dict[str, StageTime]
    obstacles: dict[str, FactorLoad]
    verified_share: float | None
    flow: Flow


class OPDFigures(Struct, frozen=True):
    """The figures of one OPD; ``key`` is its key in the register."""

    key: str
    code: str
    name: str
    kind: str
    silent_weeks: int
    figures: Figures


class CityFigures(Struct, frozen=True):
    """The figures of the city and of every OPD that ever had a service, in one week."""

    week: Week
    as_of: date
    complete: bool
    rates_week: Week
    reporting_share: float | None
    city: Figures
    opds: tuple[OPDFigures, ...]


@dataclass(frozen=True)
class Scope:
    """Whose services are summed: the city's, or those of one OPD, kind, application or tag.

    ``key`` is the OPD's or application's key, the kind or the tag; empty for the city. ``services`` are
    the keys of a fixed set of services that has no tag of its own, and is summed as if it had one.
    """

    what: Literal["city", "opd", "kind", "tag", "app", "services"] = "city"
    key: str = ""
    services: frozenset[str] = frozenset()


CITY = Scope()


@dataclass(frozen=True)
class Series:
    """A scope week by week: each list has one value for each of ``weeks``.

    ``start`` is the place in ``weeks`` of the week in which the scope's first service
    entered it (its history starts there; steps count from the week after), None where none did.
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

    def services(self, place: int) -> int:
        """Count the services at the end of a week; none before the first."""
        if place < 0:
            return 0
        return self.conventional[place] + self.online[place] + self.integrated[place]

    def points(self, place: int) -> int:
        """Sum the points at the end of a week; none before the first."""
        if place < 0:
            return 0
        return self.online[place] + 2 * self.integrated[place]

    def index(self, place: int) -> float | None:
        """Return the index at the end of a week: 0 to 100, None without services."""
        services = self.services(place)
        return 100 * self.points(place) / (2 * services) if services else None

    def steps(self, place: int) -> int | None:
        """Return the steps made in a week; None up to the week in which the history starts."""
        if self.start is None or place <= self.start:
            return None
        return self.forward[place] - self.backward[place]
