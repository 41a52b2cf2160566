"""What changed between the ends of two weeks."""

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.history import is_active, opd_at, stage_at
from tracker.metrics.point_in_time import measure_standing, services_at
from tracker.metrics.series import read_all_series
from tracker.metrics.values import Flow, Series
from tracker.model import OPD, City, Service, Stage
from tracker.register import Register
from tracker.snapshot.headlines import read_headlines
from tracker.snapshot.stored import find_revisions_until
from tracker.snapshot.values import Crossing, Headline, Passing, Revision
from tracker.snapshot.week_changes import find_joined, find_left, find_passed
from tracker.week import Week


@dataclass(frozen=True)
class OPDChange:
    """How an OPD stood at both ends, and the steps that it made between."""

    opd: OPD
    index_before: float | None
    index_now: float | None
    steps: int


@dataclass(frozen=True)
class StageChange:
    """A service that stands in another stage at the later end; ``opd`` has it then."""

    service: Service
    opd: OPD
    before: Stage
    after: Stage


@dataclass(frozen=True)
class Diff:
    """Everything that the comparison of two weeks says; ``flow`` is the reconciliation between their ends."""

    city: City
    first: Week
    last: Week
    complete: bool
    headlines: tuple[Headline, ...]
    services: tuple[int, int]
    flow: Flow
    opds: tuple[OPDChange, ...]
    stages: tuple[StageChange, ...]
    joined: tuple[Crossing, ...]
    left: tuple[Crossing, ...]
    passed: tuple[Passing, ...]
    revisions: tuple[Revision, ...]
    names: dict[str, OPD]


def compare_weeks(
    register: Register,
    w1: Week,
    w2: Week,
    today: date,
) -> Diff:
    """Compare the ends of two weeks, the earlier first; a running week is read as of ``today``."""
    first, last = min(w1, w2), max(w1, w2)
    before, now = first.as_of(today), last.as_of(today)
    since = before + timedelta(days=1)
    series = read_all_series(register, last, today)
    then = measure_standing(services_at(register, before))
    here = measure_standing(services_at(register, now))
    return Diff(
        city=register.only_city,
        first=first,
        last=last,
        complete=last.is_complete(today),
        headlines=read_headlines(then, here),
        services=(then.services, here.services),
        flow=flow_between(series["city"], first, last),
        opds=_find_opd_changes(register, series, first, last),
        stages=_find_stage_changes(register, before, now),
        joined=find_joined(register, since, now),
        left=find_left(register, since, now),
        passed=find_passed(register, since, now),
        revisions=tuple(
            r
            for r in find_revisions_until(register, series, last)
            if r.week in {first, last}
        ),
        names=dict(register.opds),
    )


def flow_between(series: Series, first: Week, last: Week) -> Flow:
    """Return the reconciliation of the weeks after ``first`` up to ``last``, taken together."""
    start = _position_or_before(series, first)
    end = _position_or_before(series, last)
    weeks = slice(start + 1, end + 1)
    return Flow(
        opening=series.points(start),
        joined=sum(series.joined[weeks]),
        left=sum(series.left[weeks]),
        forward=sum(series.forward[weeks]),
        backward=sum(series.backward[weeks]),
        closing=series.points(end),
    )


def _position_or_before(series: Series, week: Week) -> int:
    """Return the position of a week in a series, -1 before its first."""
    return max(-1, series.position_of(week))


def _find_opd_changes(
    register: Register,
    series: dict[str, Series],
    first: Week,
    last: Week,
) -> tuple[OPDChange, ...]:
    changes = [
        _compare_opd(opd, series[opd.id], first, last)
        for opd in register.opds.values()
    ]
    moved = [
        change
        for change in changes
        if change.steps or change.index_before != change.index_now
    ]
    return tuple(sorted(moved, key=_most_moved))


def _compare_opd(
    opd: OPD,
    series: Series,
    first: Week,
    last: Week,
) -> OPDChange:
    start = _position_or_before(series, first)
    end = _position_or_before(series, last)
    flow = flow_between(series, first, last)
    return OPDChange(
        opd,
        series.index(start),
        series.index(end),
        flow.forward - flow.backward,
    )


def _most_moved(change: OPDChange) -> tuple[int, float, str]:
    return (
        -abs(change.steps),
        -abs((change.index_now or 0) - (change.index_before or 0)),
        change.opd.code,
    )


def _find_stage_changes(
    register: Register,
    before: date,
    now: date,
) -> tuple[StageChange, ...]:
    found = []
    services = register.services.values()
    for service in sorted(services, key=lambda service: service.code):
        if service.id not in register.moves_of:
            continue
        if not is_active(register, service, before):
            continue
        if not is_active(register, service, now):
            continue
        stage_then = stage_at(register, service, before)
        stage_now = stage_at(register, service, now)
        if stage_then != stage_now:
            opd = register.opds[opd_at(register, service, now)]
            found.append(StageChange(service, opd, stage_then, stage_now))
    return tuple(found)
