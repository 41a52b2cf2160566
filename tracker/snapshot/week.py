"""Gather what a week's page says, from the register and the metrics."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from tracker.metrics.attention import (
    due_soon,
    overdue,
    silent_opds,
    stalled,
    unverified,
)
from tracker.metrics.forecast import forecast_at, history_at
from tracker.metrics.measure import measure_reading, measure_week
from tracker.metrics.point_in_time import (
    ServiceAt,
    Standing,
    measure_standing,
    services_at,
)
from tracker.metrics.reading import WeekReading, read_scope
from tracker.metrics.reporting import heard_weeks
from tracker.metrics.values import CityFigures, OPDFigures, Scope, Series
from tracker.model import Evaluation, Kind, Milestone
from tracker.register import Register
from tracker.snapshot.key_figures import key_figures
from tracker.snapshot.late import late_entries
from tracker.snapshot.ranks import ranked
from tracker.snapshot.stored import revisions
from tracker.snapshot.values import (
    EarlierForecast,
    Headline,
    HeadlineName,
    KindFigures,
    Reporting,
    WeekValue,
)
from tracker.snapshot.week_changes import by_opd, joined, left, passed
from tracker.week import Week

TREND_WEEKS = 52
"""Weeks of the index that the page draws, and of which it tells the milestones."""

EARLIER = (26, 13)
"""Weeks before the rates week whose forecasts the page tells."""

HEADLINES: tuple[HeadlineName, ...] = (
    "index",
    "digital_share",
    "single_door_share",
    "visit_free_share",
    "remaining_steps",
)


def week_of(register: Register, week: Week, today: date) -> WeekValue:
    """Return all that is to be said of ``week``; a running week is read as of ``today``."""
    reading = WeekReading(register, week, today)
    figures, series, services = measure_week(reading), reading.series, reading.services
    first, day, city = week.monday, figures.as_of, series["city"]
    return WeekValue(
        city=register.only_city,
        week=week,
        figures=figures,
        findings=(),
        key_figures=key_figures(register, week, day, services),
        deadlines=(),
        asked=(),
        outcomes=(),
        in_need=(),
        doing_well=(),
        reporting=reporting(register, figures),
        kinds=kinds(reading),
        earlier_forecasts=earlier_forecasts(city, figures.rates_week),
        services=in_order(register, services),
        headlines=headlines(
            measure_standing(services_at(register, first - timedelta(days=1))),
            measure_standing(services),
        ),
        trend=trend(city),
        history=history_at(city, reading.rates_place(city)),
        unmoved=unmoved(figures),
        moved=by_opd(register, reading.movements),
        joined=joined(register, first, day),
        left=left(register, first, day),
        passed=passed(register, first, day),
        ranks=ranked(figures, series),
        overdue=tuple(overdue(services)),
        due_soon=tuple(due_soon(services)),
        stalled=tuple(stalled(services, register.only_city.stalled_after)),
        hybrid=hybrid(services),
        claimed=tuple(unverified(services)),
        never_moved=sum(at.points > 0 and at.move is None for at in services),
        hindered=tuple(
            sorted(
                (at for at in services if at.obstacles), key=lambda at: at.service.code
            )
        ),
        silent=tuple(silent_opds(register, figures)),
        milestones=milestones(register, day),
        evaluations=evaluations(register, day),
        late=late_entries(register, week, day),
        revisions=revisions(register, series, week),
        opds=register.opds,
    )


def in_order(
    register: Register, services: Sequence[ServiceAt]
) -> tuple[ServiceAt, ...]:
    """Return services by the code of their OPD, then by their own."""
    return tuple(
        sorted(services, key=lambda at: (register.opds[at.opd].code, at.service.code))
    )


def reporting(register: Register, figures: CityFigures) -> Reporting:
    """Count the OPDs heard from in the week, and in the complete week before it."""
    silent = tuple(silent_opds(register, figures))
    active = [opd for opd in figures.opds if opd.figures.services]
    week_before = figures.week.plus(-1)
    heard = heard_weeks(register, week_before.sunday)
    heard_before = sum(week_before.ordinal in heard.get(opd.key, ()) for opd in active)
    return Reporting(len(active) - len(silent), len(active), heard_before, silent)


def kinds(reading: WeekReading) -> tuple[KindFigures, ...]:
    """Return the figures of each kind of OPD that has services, in the kinds' order."""
    known = {opd.kind for opd in reading.register.opds.values()}
    found = [
        KindFigures(
            kind.value,
            measure_reading(read_scope(reading, Scope("kind", kind.value))),
        )
        for kind in Kind
        if kind in known
    ]
    return tuple(kind for kind in found if kind.figures.services)


def earlier_forecasts(city: Series, rates_week: Week) -> tuple[EarlierForecast, ...]:
    """Return the forecasts that could be made 26 and 13 weeks before the rates week."""
    found = []
    for weeks in EARLIER:
        place = (
            len(city.weeks) - 1 - rates_week.plus(-weeks).until(city.weeks[-1])
            if city.weeks
            else -1
        )
        if place >= 0:
            found.append(EarlierForecast(city.weeks[place], forecast_at(city, place)))
    return tuple(found)


def headlines(before: Standing, now: Standing) -> tuple[Headline, ...]:
    """Return the five figures at the top, from where the city stood and where it stands."""
    return tuple(
        Headline(
            name,
            getattr(now, name) if now.services else None,
            getattr(before, name) if before.services else None,
        )
        for name in HEADLINES
    )


def unmoved(figures: CityFigures) -> tuple[OPDFigures, ...]:
    """Choose the OPDs with steps left whose forecast has the reason ``no_progress``, the most steps first."""
    found = [
        opd
        for opd in figures.opds
        if opd.figures.remaining_steps and opd.figures.forecast.reason == "no_progress"
    ]
    return tuple(
        sorted(found, key=lambda opd: (-opd.figures.remaining_steps, opd.code))
    )


def trend(
    series: Series, weeks: int = TREND_WEEKS
) -> tuple[tuple[Week, float | None], ...]:
    """Return the index at the end of each of the last weeks."""
    places = range(max(0, len(series.weeks) - weeks), len(series.weeks))
    return tuple((series.weeks[place], series.index(place)) for place in places)


def hybrid(services: Sequence[ServiceAt]) -> tuple[ServiceAt, ...]:
    """Choose the services past the counter that still want a visit to an office, by code."""
    found = [at for at in services if at.points and at.visits]
    return tuple(sorted(found, key=lambda at: at.service.code))


def milestones(register: Register, day: date) -> tuple[Milestone, ...]:
    """Return the milestones of the trend's weeks and every method break up to ``day``, the latest first."""
    since = day - timedelta(weeks=TREND_WEEKS)
    found = [
        m
        for m in register.milestones.values()
        if m.on <= day and (m.method_break or m.on > since)
    ]
    return tuple(
        sorted(found, key=lambda milestone: (milestone.on, milestone.id), reverse=True)
    )


def evaluations(register: Register, day: date) -> tuple[Evaluation, ...]:
    """Return the outside evaluations up to the year of ``day``, by instrument and year."""
    found = [
        evaluation
        for evaluation in register.evaluations.values()
        if evaluation.year <= day.year
    ]
    return tuple(
        sorted(found, key=lambda evaluation: (evaluation.instrument, evaluation.year))
    )


def improvement(
    evaluation: Evaluation, all_of_them: Sequence[Evaluation]
) -> float | None:
    """Return an evaluation's improvement: as published, else its score less that of the year before."""
    if evaluation.improvement is not None or evaluation.score is None:
        return evaluation.improvement
    scores: Mapping[int, float | None] = {
        other.year: other.score
        for other in all_of_them
        if other.instrument == evaluation.instrument
    }
    before = scores.get(evaluation.year - 1)
    return None if before is None else evaluation.score - before
