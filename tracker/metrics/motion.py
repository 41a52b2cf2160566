"""How a scope moves: its week, its rates, its pace and what the goal asks of it.

METRICS.md, "How it moves in a complete week w", "The pace" and "Against the goal".
"""

from fractions import Fraction

from msgspec import Struct

from tracker.metrics.flow import index_change_at, scope_effect_at
from tracker.metrics.goal import pace_ratio, required_velocity_at
from tracker.metrics.pace import pace_at, windows_at
from tracker.metrics.rates import (
    acceleration_at,
    progress_at,
    steps_per_week_at,
    velocity_at,
)
from tracker.metrics.reading import ScopeReading
from tracker.metrics.values import Pace


class Motion(Struct, frozen=True):
    """How a scope moves, its figures named as in METRICS.md."""

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


def measure_motion(reading: ScopeReading) -> Motion:
    """Return how a scope moves in the week of a reading, and at the end of its rates week."""
    series = reading.series
    position = reading.position
    rates_position = reading.rates_position
    week = reading.week

    windows = windows_at(series, rates_position)
    velocity = velocity_at(series, rates_position)
    required = required_velocity_at(series, position, week.day, week.city.goal)
    return Motion(
        steps=series.steps(position),
        index_change=_to_float(index_change_at(series, position)),
        progress=_to_float(progress_at(series, position)),
        scope_effect=_to_float(scope_effect_at(series, position)),
        velocity=_to_float(velocity),
        acceleration=_to_float(acceleration_at(series, rates_position)),
        steps_per_week=_to_float(steps_per_week_at(series, rates_position)),
        window_weeks=None if windows is None else windows.weeks,
        steps_recent=None if windows is None else sum(windows.recent),
        steps_before=None if windows is None else sum(windows.before),
        pace=pace_at(series, rates_position),
        required_velocity=_to_float(required),
        pace_ratio=_to_float(pace_ratio(velocity, required)),
    )


def _to_float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
