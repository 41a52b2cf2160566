"""The five key figures of a page, now and a week, 4 weeks, 13 weeks and a year ago."""

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.history import is_active, visits_at
from tracker.metrics.point_in_time import share
from tracker.metrics.reading import WeekReading
from tracker.metrics.values import Figures
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

_Values = Mapping[HeadlineName, float | None]


def read_key_figures(
    reading: WeekReading,
    now: Figures,
) -> tuple[KeyFigure, ...]:
    """Return the key figures of the city, ``now`` those of the reading, against the ends of ``SPANS``."""
    weeks = {span: reading.week.plus(-span) for span in SPANS}
    visit_free = _read_visit_free_shares(
        reading.register,
        [week.sunday for week in weeks.values()],
    )
    then = {
        span: _read_past(reading, week, visit_free[week.sunday])
        for span, week in weeks.items()
    }
    breaks = {
        span: find_latest_break(reading.register, week.sunday, reading.day)
        for span, week in weeks.items()
    }
    return tuple(
        KeyFigure(
            name,
            getattr(now, name) if now.services else None,
            tuple(
                PastFigure(span, then[span].get(name), breaks[span])
                for span in SPANS
            ),
        )
        for name in NAMES
    )


def _read_past(
    reading: WeekReading,
    week: Week,
    visit_free_share: float | None,
) -> _Values:
    """Return the key figures of the end of an earlier week, without any where there was no service."""
    series = reading.series["city"]
    position = series.position_of(week)
    services = series.services(position)
    if not services:
        return {}
    past_counter = services - series.conventional[position]
    return {
        "single_door_share": share(series.integrated[position], services),
        "digital_share": share(past_counter, services),
        "visit_free_share": visit_free_share,
        "index": series.index(position),
        "remaining_steps": series.remaining(position),
    }


def _read_visit_free_shares(
    register: Register,
    days: Sequence[date],
) -> dict[date, float | None]:
    """Return which share of the services active on each day, their visits known by then, wanted none.

    All days in one pass: to go through the services takes longer than to look at one of them.
    """
    known: dict[date, list[float]] = {day: [] for day in days}
    for service in register.services.values():
        for day, counts in known.items():
            if not is_active(register, service, day):
                continue
            visits = visits_at(register, service, day)
            if visits is not None:
                counts.append(visits)
    return {
        day: share(counts.count(0), len(counts))
        for day, counts in known.items()
    }


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
