"""The five key figures of a page, now and a week, 4 weeks, 13 weeks and a year ago."""

from collections.abc import Sequence
from datetime import date

from tracker.metrics.point_in_time import (
    ServiceAt,
    Standing,
    measure_standing,
    services_at,
)
from tracker.model import Milestone
from tracker.register import Register
from tracker.snapshot.values import HeadlineName, KeyFigure, PastFigure
from tracker.week import Week

SPANS = (1, 4, 13, 52)
"""Weeks before the week asked for whose ends the figures are set against."""

NAMES: tuple[HeadlineName, ...] = (
    "single_door_share",
    "digital_share",
    "visit_free_share",
    "index",
    "remaining_steps",
)


def read_key_figures(
    register: Register,
    week: Week,
    day: date,
    services: Sequence[ServiceAt],
) -> tuple[KeyFigure, ...]:
    """Return the key figures of ``services``, those of ``day``, against the ends of ``SPANS``."""
    now = measure_standing(services)
    ends = {weeks: week.plus(-weeks).sunday for weeks in SPANS}
    then = {
        weeks: measure_standing(services_at(register, sunday))
        for weeks, sunday in ends.items()
    }
    breaks = {
        weeks: find_latest_break(register, sunday, day)
        for weeks, sunday in ends.items()
    }
    return tuple(
        KeyFigure(
            name,
            _figure(now, name),
            tuple(
                PastFigure(weeks, _figure(then[weeks], name), breaks[weeks])
                for weeks in SPANS
            ),
        )
        for name in NAMES
    )


def find_latest_break(
    register: Register,
    after: date,
    until: date,
) -> Milestone | None:
    """Return the latest change of method after one day and up to another."""
    breaks = [
        milestone
        for milestone in register.milestones.values()
        if milestone.method_break and after < milestone.on <= until
    ]
    return max(
        breaks,
        key=lambda milestone: (milestone.on, milestone.id),
        default=None,
    )


def _figure(standing: Standing, name: HeadlineName) -> float | None:
    value: float | None = getattr(standing, name)
    return value if standing.services else None
