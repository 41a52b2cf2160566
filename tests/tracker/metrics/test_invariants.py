"""What holds of the figures of any history."""

import random
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as with_fields

from tests.depth import examples
from tests.tracker.metrics.histories import History, histories
from tracker.history import is_active, opd_at
from tracker.metrics import (
    CITY,
    Figures,
    Scope,
    Series,
    WeekReading,
    measure,
    measure_reading,
    measure_scope,
    read_all_series,
    read_scope,
    read_scope_series,
)
from tracker.metrics.attention import (
    find_due_soon,
    find_overdue,
    find_silent_opds,
    find_stalled,
    find_unverified,
)
from tracker.metrics.burden import measure_completeness, missing_facts
from tracker.metrics.flow import find_movements_in_week
from tracker.metrics.membership import find_spells
from tracker.metrics.point_in_time import services_at
from tracker.model import TABLES, Kind
from tracker.register import Register
from tracker.week import Week

QUICK = settings(
    max_examples=examples(5, 120),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
SUMMED = (
    "services",
    "conventional",
    "online",
    "integrated",
    "remaining_steps",
    "stalled",
    "newly_stalled",
    "wanted",
    "filled",
    "overdue",
    "due_soon",
)


def add_up(parts: list[Figures], whole: Figures) -> None:
    for name in SUMMED:
        assert sum(getattr(part, name) for part in parts) == getattr(
            whole, name
        ), name
    for name in ("opening", "forward", "backward", "closing"):
        assert sum(getattr(part.flow, name) for part in parts) == getattr(
            whole.flow, name
        ), name
    net = sum(part.flow.joined - part.flow.left for part in parts)
    assert net == whole.flow.joined - whole.flow.left
    for factor, load in whole.obstacles.items():
        loads = [part.obstacles[factor] for part in parts]
        assert sum(part.open for part in loads) == load.open
        assert sum(part.blocked_days for part in loads) == load.blocked_days
    for stage, times in whole.stage_times.items():
        stays = [part.stage_times[stage] for part in parts]
        counted = sum(part.at_risk + part.unknown_start for part in stays)
        assert counted == times.at_risk + times.unknown_start


@QUICK
@given(histories())
def test_the_opds_and_the_kinds_add_up_to_the_city(history: History) -> None:
    register, _, week, today = history
    city = measure(register, week, today)
    kinds = [
        measure_scope(register, Scope("kind", kind), week, today)
        for kind in Kind
    ]

    add_up([opd.figures for opd in city.opds], city.city)
    add_up(kinds, city.city)


@QUICK
@given(histories())
def test_what_is_listed_as_missing_is_what_the_figures_miss(
    history: History,
) -> None:
    services = list(services_at(history.register, history.week.sunday))
    counted = measure_completeness(services)
    listed = sum(len(missing_facts(at)) for at in services)
    assert listed == counted.wanted - counted.filled


@QUICK
@given(histories())
def test_every_week_reconciles(history: History) -> None:
    for series in read_all_series(
        history.register, history.week, history.today
    ).values():
        for place in range(len(series.weeks)):
            gained = series.joined[place] + series.forward[place]
            lost = series.left[place] + series.backward[place]
            assert series.points(place - 1) + gained - lost == series.points(
                place
            )
            assert (
                min(
                    series.conventional[place],
                    series.online[place],
                    series.integrated[place],
                )
                >= 0
            )
            assert series.steps(place) in (
                None,
                series.forward[place] - series.backward[place],
            )


@QUICK
@given(histories())
def test_a_scope_alone_is_the_scope_among_all(history: History) -> None:
    register, _, week, today = history
    together, series = (
        measure(register, week, today),
        read_all_series(register, week, today),
    )

    assert measure_scope(register, CITY, week, today) == together.city
    assert read_scope_series(register, CITY, week, today) == series.pop("city")
    for key, known in series.items():
        assert (
            read_scope_series(register, Scope("opd", key), week, today) == known
        )
    for opd in together.opds:
        alone = read_scope(
            WeekReading(register, week, today), Scope("opd", opd.key)
        )
        assert measure_reading(alone) == opd.figures


@QUICK
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_the_facts_in_the_file_changes_nothing(
    history: History, shuffle: random.Random
) -> None:
    register, _, week, today = history
    tables: dict[str, Any] = {}
    for name in TABLES:
        facts = list(register.table(name).items())
        shuffle.shuffle(facts)
        tables[name] = dict(facts)
    shuffled = with_fields(register, **tables)

    assert measure(shuffled, week, today) == measure(register, week, today)


def known_by(register: Register, day: date) -> Register:
    """The register without what took effect after ``day``."""
    kept: dict[str, Any] = {
        "services": {
            k: s for k, s in register.services.items() if s.registered_on <= day
        },
        "moves": {
            k: with_fields(
                m,
                verified_on=m.verified_on
                if m.verified_on and m.verified_on <= day
                else None,
            )
            for k, m in register.moves.items()
            if m.on <= day
        },
        "transfers": {
            k: t for k, t in register.transfers.items() if t.on <= day
        },
        "closures": {
            k: with_fields(
                c, until=c.until if c.until and c.until <= day else None
            )
            for k, c in register.closures.items()
            if c.start <= day
        },
        "obstacles": {
            k: with_fields(
                o,
                resolved_on=o.resolved_on
                if o.resolved_on and o.resolved_on <= day
                else None,
            )
            for k, o in register.obstacles.items()
            if o.opened_on <= day
        },
        "reports": {
            k: r
            for k, r in register.reports.items()
            if Week.parse(r.week) <= Week.of(day)
        },
    }
    return with_fields(register, **kept)


@QUICK
@given(histories())
def test_what_comes_later_changes_no_figure(history: History) -> None:
    register, _, week, today = history
    known = known_by(register, week.as_of(today))

    assert measure(known, week, today) == measure(register, week, today)


@QUICK
@given(histories())
def test_a_complete_week_reads_the_same_ever_after(history: History) -> None:
    register, now, week, _ = history
    later = now + timedelta(days=400)
    assert measure(register, week, later) == measure(
        register, week, week.sunday + timedelta(days=1)
    )

    last = Week.of(later)
    for key, longer in read_all_series(register, last, later).items():
        shorter = read_all_series(register, week, later)[key]
        assert row_of(longer, len(shorter.weeks)) == row_of(
            shorter, len(shorter.weeks)
        )


def row_of(series: Series, weeks: int) -> list[list[Any]]:
    return [
        values[:weeks]
        for values in (
            series.weeks,
            series.conventional,
            series.online,
            series.integrated,
            series.joined,
            series.left,
            series.forward,
            series.backward,
            series.joined_remaining,
        )
    ]


@QUICK
@given(histories())
def test_the_lists_are_as_long_as_the_counts(history: History) -> None:
    register, _, week, today = history
    city = measure(register, week, today)
    scopes = [
        (CITY, city.city),
        *((Scope("opd", opd.key), opd.figures) for opd in city.opds),
    ]

    for scope, figures in scopes:
        services = services_at(register, city.as_of, scope)
        assert (
            len(find_stalled(services, register.only_city.stalled_after))
            == figures.stalled
        )
        assert len(find_overdue(services)) == figures.overdue
        assert len(find_due_soon(services)) == figures.due_soon
        moved = figures.online + figures.integrated
        claims = len(find_unverified(services))
        assert figures.verified_share == (
            (moved - claims) / moved if moved else None
        )
        made = [
            movement.steps
            for movement in find_movements_in_week(register, week, today, scope)
        ]
        assert sum(step for step in made if step > 0) == figures.flow.forward
        assert -sum(step for step in made if step < 0) == figures.flow.backward
    active = sum(opd.figures.services > 0 for opd in city.opds)
    silent = len(find_silent_opds(register, city))
    assert city.reporting_share == (
        (active - silent) / active if active else None
    )


@QUICK
@given(histories())
def test_spells_tell_of_every_day_what_the_history_tells(
    history: History,
) -> None:
    register = history.register
    for service in register.services.values():
        found = find_spells(register, service)
        days = [
            service.registered_on + timedelta(days=n) for n in range(-2, 320)
        ]
        for day in days:
            there = [
                spell.opd
                for spell in found
                if spell.start <= day.toordinal() < spell.end
            ]
            wanted = (
                [opd_at(register, service, day)]
                if is_active(register, service, day)
                else []
            )
            assert there == wanted
