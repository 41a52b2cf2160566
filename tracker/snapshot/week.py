"""Read a week of a register as the value from which every form of its page is made."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from operator import attrgetter

from tracker.decisions.proposals import propose_decisions
from tracker.decisions.status import (
    DecisionNews,
    decisions_since,
    open_decisions,
)
from tracker.log_chain import find_log_head
from tracker.metrics.attention import (
    find_due_soon,
    find_overdue,
    find_silent_opds,
    find_stalled,
    find_unverified,
)
from tracker.metrics.forecast import forecast_at
from tracker.metrics.measure import measure_reading, measure_week
from tracker.metrics.opening import read_opening
from tracker.metrics.point_in_time import ServiceAt
from tracker.metrics.reading import WeekReading, read_scope
from tracker.metrics.values import CityFigures, Figures, Scope, Series
from tracker.model import Decision, Evaluation, Kind, Milestone
from tracker.register import Register
from tracker.snapshot.due_dates import find_due_dates
from tracker.snapshot.key_figures import read_key_figures
from tracker.snapshot.late import late_entries
from tracker.snapshot.opds_in_need import choose_doing_well, rank_need
from tracker.snapshot.ranks import rank_opds
from tracker.snapshot.stored import find_revisions_until
from tracker.snapshot.values import (
    EarlierForecast,
    KindFigures,
    Reporting,
    WeekValue,
)
from tracker.snapshot.verdict import Evidence, choose_findings
from tracker.snapshot.week_changes import (
    find_joined,
    find_left,
    find_passed,
    group_by_opd,
)
from tracker.week import Week

TREND_WEEKS = 52
"""Weeks of the index that the page draws, and of which it tells the milestones."""

EARLIER = (26, 13)
"""Weeks before the rates week whose forecasts the page tells."""


def read_week(register: Register, week: Week, today: date) -> WeekValue:
    """Return everything that a page shows of ``week``; a running week is read as of ``today``."""
    reading = WeekReading(register, week, today)
    return read_page_of(reading, measure_week(reading))


def read_page_of(reading: WeekReading, figures: CityFigures) -> WeekValue:
    """Return everything that a page shows of the week of a reading; ``figures`` are its own."""
    register, week = reading.register, reading.week
    series, services = reading.series, reading.services
    first, day, city = week.monday, figures.as_of, series["city"]
    deadlines, kinds = (
        find_due_dates(reading, figures),
        measure_kinds(reading, figures),
    )
    opening = read_opening(register, day) if reading.city.in_opening else None
    evidence = Evidence(register.only_city, figures, deadlines, kinds, opening)
    outcomes = find_outcomes(register, week, day)
    return WeekValue(
        city=register.only_city,
        week=week,
        figures=figures,
        findings=choose_findings(evidence),
        key_figures=read_key_figures(reading, figures.city),
        deadlines=deadlines,
        asked=choose_asked(register, day, outcomes),
        proposals=tuple(propose_decisions(reading)),
        outcomes=outcomes,
        in_need=rank_need(register, figures),
        doing_well=choose_doing_well(figures),
        reporting=count_reporting(reading, figures),
        kinds=kinds,
        earlier_forecasts=read_earlier_forecasts(city, figures.rates_week),
        services=sort_services(register, services),
        trend=read_trend(city),
        moved=group_by_opd(register, reading.movements),
        joined=find_joined(register, first, day),
        left=find_left(register, first, day),
        passed=find_passed(register, first, day),
        ranks=rank_opds(figures),
        overdue=tuple(find_overdue(services)),
        due_soon=tuple(find_due_soon(services)),
        stalled=tuple(find_stalled(services, register.only_city.stalled_after)),
        hybrid=find_hybrid(services),
        claimed=tuple(find_unverified(services)),
        hindered=tuple(at for at in services if at.obstacles),
        milestones=choose_milestones(register, day),
        evaluations=choose_evaluations(register, day),
        late=late_entries(register, week, day),
        revisions=find_revisions_until(register, series, week),
        opds=register.opds,
        log_head=find_log_head(register.log),
    )


def find_outcomes(
    register: Register,
    week: Week,
    day: date,
) -> tuple[DecisionNews, ...]:
    """Return what became by ``day`` of the decisions that the last page before ``week`` asked for."""
    pages = [s.as_of for s in register.snapshots.values() if s.week < str(week)]
    return tuple(decisions_since(register, max(pages, default=None), day))


def choose_asked(
    register: Register,
    day: date,
    outcomes: Sequence[DecisionNews],
) -> tuple[Decision, ...]:
    """Return the decisions still expected that the last page did not ask for."""
    told = {news.decision.id for news in outcomes}
    return tuple(
        one for one in open_decisions(register, day) if one.id not in told
    )


def sort_services(
    register: Register,
    services: Sequence[ServiceAt],
) -> tuple[ServiceAt, ...]:
    """Return services by the code of their OPD, then by their own."""
    # Sorted twice by one value each: that is faster than once by pairs.
    by_code = sorted(services, key=attrgetter("service.code"))
    return tuple(sorted(by_code, key=lambda at: register.opds[at.opd].code))


def count_reporting(reading: WeekReading, figures: CityFigures) -> Reporting:
    """Count the OPDs with services heard from in the week, and in the complete week before it."""
    register = reading.register
    silent = tuple(find_silent_opds(register, figures, reading.heard))
    active = sum(opd.figures.services > 0 for opd in figures.opds)
    before = figures.week.plus(-1)
    heard_before = sum(
        before.ordinal in reading.heard.get(opd, ())
        for opd in register.opds
        if (series := reading.series[opd]).services(series.position_of(before))
    )
    return Reporting(active - len(silent), active, heard_before, silent)


def measure_kinds(
    reading: WeekReading,
    figures: CityFigures,
) -> tuple[KindFigures, ...]:
    """Return the figures of each kind of OPD that has services, in the kinds' order.

    ``figures`` are those of the reading: what those of the OPDs add up to is not counted again.
    """
    opds_of: dict[str, list[Figures]] = defaultdict(list)
    for opd in figures.opds:
        opds_of[opd.kind].append(opd.figures)
    found = [
        KindFigures(
            kind,
            measure_reading(
                read_scope(reading, Scope("kind", kind)),
                opds_of[kind],
            ),
        )
        for kind in (*map(str, Kind), *reading.city.kinds)
        if kind in opds_of
    ]
    return tuple(kind for kind in found if kind.figures.services)


def read_earlier_forecasts(
    city: Series,
    rates_week: Week,
) -> tuple[EarlierForecast, ...]:
    """Return the forecasts made at the ends of the weeks `EARLIER` before the rates week."""
    found = []
    for weeks in EARLIER:
        position = city.position_of(rates_week.plus(-weeks))
        if position >= 0:
            forecast = forecast_at(city, position)
            found.append(EarlierForecast(city.weeks[position], forecast))
    return tuple(found)


def read_trend(
    series: Series,
    weeks: int = TREND_WEEKS,
) -> tuple[tuple[Week, float | None], ...]:
    """Return the index at the end of each of the last weeks."""
    places = range(max(0, len(series.weeks) - weeks), len(series.weeks))
    return tuple((series.weeks[place], series.index(place)) for place in places)


def find_hybrid(services: Sequence[ServiceAt]) -> tuple[ServiceAt, ...]:
    """Choose the services past the counter that still want a visit to an office, by code."""
    found = [at for at in services if at.points and at.visits]
    return tuple(sorted(found, key=lambda at: at.service.code))


def choose_milestones(register: Register, day: date) -> tuple[Milestone, ...]:
    """Return the milestones of the trend's weeks and every method break up to ``day``, the latest first."""
    since = day - timedelta(weeks=TREND_WEEKS)
    found = [
        m
        for m in register.milestones.values()
        if m.on <= day and (m.method_break or m.on > since)
    ]
    return tuple(
        sorted(
            found,
            key=lambda milestone: (milestone.on, milestone.id),
            reverse=True,
        ),
    )


def choose_evaluations(register: Register, day: date) -> tuple[Evaluation, ...]:
    """Return the outside evaluations up to the year of ``day``, by instrument and year."""
    found = [
        evaluation
        for evaluation in register.evaluations.values()
        if evaluation.year <= day.year
    ]
    return tuple(
        sorted(
            found,
            key=lambda evaluation: (evaluation.instrument, evaluation.year),
        ),
    )


def compute_improvement(
    evaluation: Evaluation,
    all_of_them: Sequence[Evaluation],
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
