"""Every figure of a week: the chapters of METRICS.md put together."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from tracker.metrics.attention import due_soon, overdue, silent, stalled, unverified
from tracker.metrics.flow import flow_at, index_change_at, scope_effect_at
from tracker.metrics.forecast import forecast_at
from tracker.metrics.obstacles import factor_loads
from tracker.metrics.point_in_time import ServiceAt, services_at, share, standing
from tracker.metrics.rates import (
    acceleration_at,
    pace_at,
    pace_ratio,
    progress_at,
    required_velocity_at,
    steps_per_week_at,
    velocity_at,
)
from tracker.metrics.reporting import heard_weeks, silent_weeks
from tracker.metrics.series import all_series, scope_series
from tracker.metrics.stage_times import Exit, exits_at, stage_times
from tracker.metrics.values import CityFigures, Figures, OPDFigures, Scope, Series
from tracker.model import OPD, City
from tracker.register import Register
from tracker.week import Week, last_complete


def measure(register: Register, week: Week, today: date) -> CityFigures:
    """Return the figures of the city and of every OPD that ever had a service, the OPDs by code.

    A running week is read as of ``today``.
    """
    day, rates_week = week.as_of(today), last_complete(week, today)
    series = all_series(register, week, today)
    services, exits = services_at(register, day), exits_at(register, day)
    heard = heard_weeks(register, day)
    city, the_city = series.pop("city"), register.only_city
    services_of, exits_of = _by_opd(services), _by_opd(exits)
    opds = tuple(
        _opd_figures(
            opd,
            _figures(
                the_city,
                series[opd.id],
                services_of[opd.id],
                exits_of[opd.id],
                week,
                today,
            ),
            silent_weeks(heard.get(opd.id, set()), series[opd.id], rates_week),
        )
        for opd in sorted(register.opds.values(), key=lambda opd: opd.code)
        if series[opd.id].start is not None
    )
    active = sum(opd.figures.services > 0 for opd in opds)
    return CityFigures(
        week=week,
        as_of=day,
        complete=week.is_complete(today),
        rates_week=rates_week,
        reporting_share=share(active - len(silent(opds, heard, week)), active),
        city=_figures(the_city, city, services, exits, week, today),
        opds=opds,
    )


def measure_scope(register: Register, scope: Scope, week: Week, today: date) -> Figures:
    """Return the figures of one scope in a week; a running week is read as of ``today``."""
    day = week.as_of(today)
    return _figures(
        register.only_city,
        scope_series(register, scope, week, today),
        services_at(register, day, scope),
        exits_at(register, day, scope),
        week,
        today,
    )


def _opd_figures(opd: OPD, figures: Figures, silent_weeks: int) -> OPDFigures:
    return OPDFigures(
        key=opd.id,
        code=opd.code,
        name=opd.name,
        kind=opd.kind.value,
        silent_weeks=silent_weeks,
        figures=figures,
    )


def _by_opd(items: Sequence[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for item in items:
        found[item.opd].append(item)
    return found


def _figures(
    city: City,
    series: Series,
    services: Sequence[ServiceAt],
    exits: Sequence[Exit],
    week: Week,
    today: date,
) -> Figures:
    place = len(series.weeks) - 1
    rates_place = place - last_complete(week, today).until(week)
    return Figures(
        **standing(services),
        **_counts(services, city.stalled_after),
        **_rates(series, rates_place),
        **_against_goal(series, place, rates_place, week.as_of(today), city.goal),
        steps=series.steps(place),
        index_change=_number(index_change_at(series, place)),
        progress=_number(progress_at(series, place)),
        scope_effect=_number(scope_effect_at(series, place)),
        flow=flow_at(series, place),
        stage_times=stage_times(exits),
        obstacles=factor_loads(services),
    )


def _counts(services: Sequence[ServiceAt], stalled_after: int) -> dict[str, Any]:
    moved = sum(at.points > 0 for at in services)
    return {
        "stalled": len(stalled(services, stalled_after)),
        "overdue": len(overdue(services)),
        "due_soon": len(due_soon(services)),
        "verified_share": share(moved - len(unverified(services)), moved),
    }


def _rates(series: Series, place: int) -> dict[str, Any]:
    return {
        "velocity": _number(velocity_at(series, place)),
        "acceleration": _number(acceleration_at(series, place)),
        "steps_per_week": _number(steps_per_week_at(series, place)),
        "pace": pace_at(series, place),
        "forecast": forecast_at(series, place),
    }


def _against_goal(
    series: Series, place: int, rates_place: int, day: date, goal: date | None
) -> dict[str, Any]:
    required = required_velocity_at(series, place, day, goal)
    ratio = pace_ratio(velocity_at(series, rates_place), required)
    return {"required_velocity": _number(required), "pace_ratio": _number(ratio)}


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
