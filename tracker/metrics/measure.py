"""Every figure of a week: the chapters of METRICS.md put together."""

import operator
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from msgspec import Struct
from msgspec.structs import asdict

from tracker.metrics.attention import (
    find_due_soon,
    find_newly_stalled,
    find_overdue,
    find_stalled,
)
from tracker.metrics.burden import measure_burden, measure_completeness
from tracker.metrics.families import measure_families
from tracker.metrics.flow import flow_at
from tracker.metrics.forecast import outlook_at, reason_at
from tracker.metrics.goal import count_on_course, judge_goal
from tracker.metrics.later import Later
from tracker.metrics.motion import measure_motion
from tracker.metrics.obstacles import add_loads, factor_loads
from tracker.metrics.point_in_time import ServiceAt, measure_standing, share
from tracker.metrics.reading import (
    MeasuredOPD,
    ScopeReading,
    WeekReading,
    parts_of,
    read_city,
    read_opds,
    read_scope,
)
from tracker.metrics.reporting import silent_weeks
from tracker.metrics.stage_times import measure_stage_times
from tracker.metrics.targets import add_deadlines, measure_targets
from tracker.metrics.track_record import has_broken_promises, track_record_at
from tracker.metrics.values import (
    Caution,
    CityFigures,
    Deadline,
    Figures,
    OnCourse,
    OPDFigures,
    Outlook,
    Scope,
    TrackRecord,
)
from tracker.register import Register
from tracker.week import Week

_NEVER_HEARD: Counter[int] = Counter()
"""One object for all OPDs never heard from, so that they are seen to be unchanged."""


def measure(register: Register, week: Week, today: date) -> CityFigures:
    """Return the figures of the city and its OPDs; a running week as of ``today``."""
    return measure_week(WeekReading(register, week, today))


def measure_scope(
    register: Register,
    scope: Scope,
    week: Week,
    today: date,
) -> Figures:
    """Return the figures of one scope in a week; a running week as of ``today``."""
    reading = WeekReading(register, week, today)
    return measure_reading(read_scope(reading, scope), with_record=True)


def measure_week(week: WeekReading) -> CityFigures:
    """Return the figures of the city and every OPD that ever had a service, by code."""
    opds = _measure_opds(week)
    parts = [opd.figures for opd in opds]
    return CityFigures(
        week=week.week,
        as_of=week.day,
        complete=week.is_complete,
        rates_week=week.rates_week,
        reporting_share=find_reporting_share(week, week.services),
        goal_outcome=judge_goal(week.register, week.day),
        on_course_ahead=Later(
            partial(_count_on_course, _list_at_work(week, opds)),
        ),
        city=measure_reading(read_city(week), parts, with_record=True),
        opds=opds,
    )


def _measure_opds(week: WeekReading) -> tuple[OPDFigures, ...]:
    found = [
        _measure_opd(key, reading) for key, reading in read_opds(week).items()
    ]
    return tuple(sorted(found, key=lambda opd: opd.code))


def _measure_opd(key: str, reading: ScopeReading) -> OPDFigures:
    """Return the figures of an OPD; those worked out before if nothing has changed beneath them."""
    week = reading.week
    opd = week.register.opds[key]
    heard = week.heard.get(key, _NEVER_HEARD)
    rests_on = (
        opd,
        heard,
        reading.series,
        reading.services,
        reading.stays,
        week.city,
        week.method_breaks,
    )
    known = week.measured.get(key)
    if known and all(map(operator.is_, known.rests_on, rests_on)):
        return known.figures

    figures = OPDFigures(
        key=key,
        code=opd.code,
        name=opd.name,
        kind=str(opd.kind),
        silent_weeks=silent_weeks(heard, reading.series, week.rates_week),
        reporting_share=find_reporting_share(week, reading.services),
        figures=measure_reading(reading),
    )
    week.measured[key] = MeasuredOPD(rests_on, figures)
    return figures


def find_reporting_share(
    week: WeekReading,
    services: Sequence[ServiceAt],
) -> float | None:
    """Return the share heard from of the OPDs that offer a scope's active services."""
    opds = {at.opd for at in services}
    heard = sum(week.week.ordinal in week.heard.get(opd, ()) for opd in opds)
    return share(heard, len(opds))


def _list_at_work(
    week: WeekReading,
    opds: Sequence[OPDFigures],
) -> list[Figures]:
    """Return the figures of the OPDs with services at the end of the rates week."""
    found = []
    for opd in opds:
        series = week.series[opd.key]
        if series.services(week.rates_position(series)):
            found.append(opd.figures)
    return found


def _count_on_course(opds: Iterable[Figures]) -> OnCourse:
    return count_on_course(opd.goal_chance for opd in opds)


def measure_reading(
    reading: ScopeReading,
    parts: Sequence[Figures] | None = None,
    *,
    with_record: bool = False,
) -> Figures:
    """Return the figures of one scope of a week's reading.

    ``parts`` are the figures of the OPDs that make it up, if they are known: what they
    add up to is not counted again. The track record of its forecasts takes half as long
    as all else; it is computed ``with_record``, and with it the caution that rests on it.
    """
    services = reading.services
    record = None
    if with_record:
        record = track_record_at(reading.series, reading.rates_position)
    outlook = _look_ahead(reading, record)

    if parts is None:
        attention = _count_attention(reading)
        targets = _measure_targets(reading)
        obstacles = factor_loads(services)
    else:
        attention = _add_attention(parts)
        targets = add_deadlines(part.targets for part in parts)
        obstacles = add_loads(part.obstacles for part in parts)
    return Figures(
        **asdict(measure_standing(services)),
        **asdict(measure_motion(reading)),
        **asdict(attention),
        **asdict(_measure_work(services)),
        goal_chance_ahead=Later(lambda: outlook.value.goal_chance),
        forecast_ahead=Later(lambda: outlook.value.forecast),
        stage_times=measure_stage_times(reading.stays, reading.first_sunday),
        targets=targets,
        obstacles=obstacles,
        flow=flow_at(reading.series, reading.position),
        track_record=record,
    )


def _measure_targets(reading: ScopeReading) -> tuple[Deadline, ...]:
    week = reading.week
    return measure_targets(
        week.register,
        reading.services,
        week.day,
        week.rates_week,
    )


class AttentionCounts(Struct, frozen=True):
    """How many services need attention, and why."""

    stalled: int
    newly_stalled: int
    overdue: int
    due_soon: int


def _count_attention(reading: ScopeReading) -> AttentionCounts:
    services = reading.services
    week = reading.week
    after = week.city.stalled_after
    stalled = find_stalled(services, after)
    newly = find_newly_stalled(week.register, stalled, week.day, after)
    return AttentionCounts(
        stalled=len(stalled),
        newly_stalled=len(newly),
        overdue=len(find_overdue(services)),
        due_soon=len(find_due_soon(services)),
    )


def _add_attention(parts: Iterable[Figures]) -> AttentionCounts:
    total = [0, 0, 0, 0]
    for part in parts:
        total[0] += part.stalled
        total[1] += part.newly_stalled
        total[2] += part.overdue
        total[3] += part.due_soon
    return AttentionCounts(*total)


class Work(Struct, frozen=True):
    """What services ask of citizens and share with others, and what is filled in and verified."""

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


def _measure_work(services: Sequence[ServiceAt]) -> Work:
    families = measure_families(services)
    burden = measure_burden(services)
    facts = measure_completeness(services)
    mean_index = families.mean_index
    past_counter = [at for at in services if at.points > 0]
    verified = sum(at.verified for at in past_counter)
    return Work(
        families=families.families,
        families_complete=families.complete,
        index_by_family=None if mean_index is None else float(mean_index),
        burden=float(burden.visits),
        burden_coverage=share(burden.known, len(services)),
        burden_half=burden.half,
        wanted=facts.wanted,
        filled=facts.filled,
        completeness=share(facts.filled, facts.wanted),
        verified_share=share(verified, len(past_counter)),
    )


def _look_ahead(
    reading: ScopeReading,
    record: TrackRecord | None,
) -> Later[Outlook]:
    """Return the forecast with all its cautions and the chance to meet the goal, to be made later."""
    week = reading.week
    cautions: list[Caution] = []
    if _has_idle_part(reading):
        cautions.append("parts_stand_still")
    if record is not None and has_broken_promises(record):
        cautions.append("promises_broken")
    return Later(
        partial(
            outlook_at,
            reading.series,
            reading.rates_position,
            week.city.goal,
            week.method_breaks,
            cautions,
        ),
    )


def _has_idle_part(reading: ScopeReading) -> bool:
    """Return whether an OPD of the city or a kind has steps left and makes none."""
    week = reading.week
    return any(
        reason_at(series, week.rates_position(series)) == "no_progress"
        for series in parts_of(reading.scope, week)
    )
