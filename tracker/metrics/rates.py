"""How fast a scope moves, how that changes, and the word for it (METRICS.md, "How it moves" and "The pace").

A place is a position in a series' weeks. Rates are exact fractions: a word must not hang on the rounding
of a sum. Nothing here checks that a week is complete: callers pass the place of a complete one.
"""

from datetime import date
from fractions import Fraction

from tracker.metrics.values import Pace, Series

WINDOW = 4
"""Weeks over which the rates are means."""
_LEAST_BASE = Fraction(1, 100)
_NOTABLE = Fraction(1, 10)


def index_at(series: Series, place: int) -> Fraction | None:
    """Return the index at the end of a week; None without services."""
    services = series.services(place)
    return Fraction(100 * series.points(place), 2 * services) if services else None


def progress_at(series: Series, place: int) -> Fraction | None:
    """Return the index points gained by moves in a week; None without services or history."""
    steps, services = series.steps(place), series.services(place)
    return (
        Fraction(100 * steps, 2 * services) if steps is not None and services else None
    )


def velocity_at(series: Series, place: int) -> Fraction | None:
    """Return the mean progress of the four weeks up to ``place``, in index points a week."""
    total = Fraction(0)
    for week in range(place - WINDOW + 1, place + 1):
        progress = progress_at(series, week)
        if progress is None:
            return None
        total += progress
    return total / WINDOW


def acceleration_at(series: Series, place: int) -> Fraction | None:
    """Return the velocity less that of four weeks before, in index points a week gained in four weeks."""
    now, before = velocity_at(series, place), velocity_at(series, place - WINDOW)
    return None if now is None or before is None else now - before


def steps_per_week_at(series: Series, place: int) -> Fraction | None:
    """Return the mean steps of the four weeks up to ``place``."""
    steps = [series.steps(week) for week in range(place - WINDOW + 1, place + 1)]
    known = [count for count in steps if count is not None]
    return Fraction(sum(known), WINDOW) if len(known) == WINDOW else None


def pace_at(series: Series, place: int) -> Pace | None:
    """Return how the scope moves, in one word; None without services at the end of the week."""
    services = series.services(place)
    if not services:
        return None
    if series.integrated[place] == services:
        return Pace.DONE
    now, before = velocity_at(series, place), velocity_at(series, place - WINDOW)
    return Pace.NEW if now is None or before is None else _word(now, before)


def _word(now: Fraction, before: Fraction) -> Pace:
    if now <= 0:
        return Pace.REGRESSING if now < 0 else Pace.STALLED
    change = (now - before) / max(abs(before), _LEAST_BASE)
    if change > _NOTABLE:
        return Pace.ACCELERATING
    return Pace.SLOWING if change < -_NOTABLE else Pace.STEADY


def required_velocity_at(
    series: Series, place: int, day: date, goal: date | None
) -> Fraction | None:
    """Return the index points a week that reach 100 by ``goal`` from the index at ``day``.

    ``place`` is that of the week of ``day``. None without a goal to come or without services.
    """
    index = index_at(series, place)
    if goal is None or goal <= day or index is None:
        return None
    return (100 - index) * 7 / (goal - day).days


def pace_ratio(velocity: Fraction | None, required: Fraction | None) -> Fraction | None:
    """Return the velocity in relation to the required one: at 1 the goal is met at this pace."""
    return velocity / required if velocity is not None and required else None
