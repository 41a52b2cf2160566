"""How fast a scope moves and how that changes (METRICS.md, "How it moves").

A position is one in a series' weeks. Rates are exact fractions. Nothing here checks
that a week is complete: callers pass the position of a complete one.
"""

from fractions import Fraction

from tracker.metrics.values import Series

WINDOW = 4
"""Weeks over which the rates are means."""


def index_at(series: Series, position: int) -> Fraction | None:
    """Return the index at the end of a week; None without services."""
    services = series.services(position)
    return (
        Fraction(100 * series.points(position), 2 * services)
        if services
        else None
    )


def progress_at(series: Series, position: int) -> Fraction | None:
    """Return the index points gained by moves in a week; None without services or history."""
    steps, services = series.steps(position), series.services(position)
    return (
        Fraction(100 * steps, 2 * services)
        if steps is not None and services
        else None
    )


def velocity_at(series: Series, position: int) -> Fraction | None:
    """Return the mean progress of the four weeks up to ``position``, in index points a week."""
    total = Fraction(0)
    for week in range(position - WINDOW + 1, position + 1):
        progress = progress_at(series, week)
        if progress is None:
            return None
        total += progress
    return total / WINDOW


def acceleration_at(series: Series, position: int) -> Fraction | None:
    """Return the velocity less that of four weeks before, in index points a week gained in four weeks."""
    now = velocity_at(series, position)
    before = velocity_at(series, position - WINDOW)
    return None if now is None or before is None else now - before


def steps_per_week_at(series: Series, position: int) -> Fraction | None:
    """Return the mean steps of the four weeks up to ``position``."""
    steps = [
        series.steps(week)
        for week in range(position - WINDOW + 1, position + 1)
    ]
    known = [count for count in steps if count is not None]
    return Fraction(sum(known), WINDOW) if len(known) == WINDOW else None
