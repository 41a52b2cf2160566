"""Every figure of a week: the chapters of METRICS.md put together."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from tracker.metrics.attention import (
    due_soon,
    newly_stalled,
    overdue,
    stalled,
)
from tracker.metrics.burden import measure_burden, measure_completeness
from tracker.metrics.families import measure_families
from tracker.metrics.flow import flow_at, index_change_at, scope_effect_at
from tracker.metrics.forecast import Outlook, add_caution, outlook_at, reason_at
from tracker.metrics.goal import (
    count_on_course,
    judge_goal,
    pace_ratio,
    required_velocity_at,
)
from tracker.metrics.obstacles import factor_loads
from tracker.metrics.pace import pace_at, windows_at
from tracker.metrics.point_in_time import ServiceAt, measure_standing, share
from tracker.metrics.rates import (
    acceleration_at,
    progress_at,
    steps_per_week_at,
    velocity_at,
)
from tracker.metrics.reading import (
    ScopeReading,
    WeekReading,
    parts_of,
    read_city,
    read_opds,
    read_scope,
)
from tracker.metrics.reporting import silent_weeks
from tracker.metrics.stage_times import measure_stage_times
from tracker.metrics.targets import measure_targets
from tracker.metrics.track_record import has_broken_promises, track_record_at
from tracker.metrics.values import (
    CityFigures,
    Figures,
    Forecast,
    OnCourse,
    OPDFigures,
    Scope,
    TrackRecord,
)
from tracker.register import Register
from tracker.week import Week


def measure(register: Register, week: Week, today: date) -> CityFigures:
    """Return the figures of the city and its OPDs; a running week as of ``today``."""
    return measure_week(WeekReading(register, week, today))


def measure_scope(
    register: Register, scope: Scope, week: Week, today: date
) -> Figures:
    """Return the figures of one scope in a week; a running week as of ``today``."""
    reading = WeekReading(register, week, today)
    return measure_reading(read_scope(reading, scope), with_record=True)


def measure_week(week: WeekReading) -> CityFigures:
    """Return the figures of the city and every OPD that ever had a service, by code."""
    opds = _measure_opds(week)
    return CityFigures(
        week=week.week,
        as_of=week.day,
        complete=week.is_complete,
        rates_week=week.rates_week,
        reporting_share=find_reporting_share(week, week.services),
        goal_outcome=judge_goal(week.register, week.day),
        on_course=_count_on_course(week, opds),
        city=measure_reading(read_city(week), with_record=True),
        opds=opds,
    )


def _measure_opds(week: WeekReading) -> tuple[OPDFigures, ...]:
    found = []
    for key, reading in read_opds(week).items():
        opd = week.register.opds[key]
        heard = week.heard.get(key, set())
        found.append(
            OPDFigures(
                key=key,
                code=opd.code,
                name=opd.name,
                kind=opd.kind.value,
                silent_weeks=silent_weeks(
                    heard, reading.series, week.rates_week
                ),
                reporting_share=find_reporting_share(week, reading.services),
                figures=measure_reading(reading),
            )
        )
    return tuple(sorted(found, key=lambda opd: opd.code))


def find_reporting_share(
    week: WeekReading, services: Sequence[ServiceAt]
) -> float | None:
    """Return the share heard from of the OPDs that offer a scope's active services."""
    opds = {at.opd for at in services}
    heard = sum(week.week.ordinal in week.heard.get(opd, ()) for opd in opds)
    return share(heard, len(opds))


def _count_on_course(week: WeekReading, opds: Sequence[OPDFigures]) -> OnCourse:
    """Count the OPDs with services at the end of the rates week by their chance."""
    return count_on_course(
        opd.figures.goal_chance
        for opd in opds
        if (series := week.series[opd.key]).services(week.rates_place(series))
    )


def measure_reading(
    reading: ScopeReading, *, with_record: bool = False
) -> Figures:
    """Return the figures of one scope of a week's reading.

    The track record of its forecasts takes half as long as all else; it is computed
    ``with_record``, and with it the caution that rests on it.
    """
    series, place, rates_place = (
        reading.series,
        reading.place,
        reading.rates_place,
    )
    register, day, city = (
        reading.week.register,
        reading.week.day,
        reading.week.city,
    )
    services, after = reading.services, city.stalled_after

    standing = measure_standing(services)
    families = measure_families(services)
    burden = measure_burden(services)
    facts = measure_completeness(services)
    windows = windows_at(series, rates_place)
    velocity = velocity_at(series, rates_place)
    required = required_velocity_at(series, place, day, city.goal)
    record = track_record_at(series, rates_place) if with_record else None
    outlook = _look_ahead(reading, record)
    past_counter = sum(at.points > 0 for at in services)
    verified = sum(at.points > 0 and at.verified for at in services)
    return Figures(
        services=standing.services,
        conventional=standing.conventional,
        online=standing.online,
        integrated=standing.integrated,
        digital_share=standing.digital_share,
        single_door_share=standing.single_door_share,
        index=standing.index,
        index_by_volume=standing.index_by_volume,
        volume_coverage=standing.volume_coverage,
        remaining_steps=standing.remaining_steps,
        visit_free_share=standing.visit_free_share,
        visit_coverage=standing.visit_coverage,
        visits_avoided=standing.visits_avoided,
        days_saved=standing.days_saved,
        stalled=len(stalled(services, after)),
        newly_stalled=len(newly_stalled(register, services, day, after)),
        steps=series.steps(place),
        index_change=_number(index_change_at(series, place)),
        progress=_number(progress_at(series, place)),
        scope_effect=_number(scope_effect_at(series, place)),
        velocity=_number(velocity),
        acceleration=_number(acceleration_at(series, rates_place)),
        steps_per_week=_number(steps_per_week_at(series, rates_place)),
        window_weeks=None if windows is None else windows.weeks,
        steps_recent=None if windows is None else sum(windows.recent),
        steps_before=None if windows is None else sum(windows.before),
        pace=pace_at(series, rates_place),
        required_velocity=_number(required),
        pace_ratio=_number(pace_ratio(velocity, required)),
        goal_chance=outlook.goal_chance,
        overdue=len(overdue(services)),
        due_soon=len(due_soon(services)),
        forecast=outlook.forecast,
        stage_times=measure_stage_times(reading.stays, reading.first_sunday),
        targets=measure_targets(
            register, services, day, reading.week.rates_week
        ),
        obstacles=factor_loads(services),
        families=families.families,
        families_complete=families.complete,
        index_by_family=_number(families.mean_index),
        burden=float(burden.visits),
        burden_coverage=share(burden.known, len(services)),
        burden_half=burden.half,
        wanted=facts.wanted,
        filled=facts.filled,
        completeness=share(facts.filled, facts.wanted),
        verified_share=share(verified, past_counter),
        flow=flow_at(series, place),
        track_record=record,
    )


def _look_ahead(reading: ScopeReading, record: TrackRecord | None) -> Outlook:
    """Return the forecast with all its cautions, and the chance to meet the goal."""
    week = reading.week
    forecast, goal_chance = outlook_at(
        reading.series, reading.rates_place, week.city.goal, week.method_breaks
    )
    if _has_idle_part(reading, forecast):
        forecast = add_caution(forecast, "parts_stand_still")
    if record is not None and has_broken_promises(record):
        forecast = add_caution(forecast, "promises_broken")
    return Outlook(forecast, goal_chance)


def _has_idle_part(reading: ScopeReading, forecast: Forecast) -> bool:
    """Return whether an OPD of the city or a kind has steps left and makes none."""
    week = reading.week
    return forecast.reason in {None, "beyond_horizon"} and any(
        reason_at(series, week.rates_place(series)) == "no_progress"
        for series in parts_of(reading.scope, week)
    )


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
