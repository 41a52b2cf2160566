"""The quick figures against a slow reading of their definitions, over random histories."""

import math
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from tests.depth import examples
from tests.tracker.builder import Builder
from tests.tracker.metrics.histories import TAGS, History, histories
from tests.tracker.metrics.marches import marches
from tests.tracker.metrics.reference import Reading, reference
from tracker.metrics import WeekReading, measure, measure_scope, read_scope
from tracker.metrics.later import work_out
from tracker.metrics.measure import find_reporting_share
from tracker.metrics.values import CITY, Scope
from tracker.model import Kind
from tracker.register import Register
from tracker.rules import check_register
from tracker.week import Week

TODAY = date(2026, 3, 2)


def plain(figures: Any) -> Any:
    """Return figures as nested dicts and lists, dates left as they are."""
    return msgspec.to_builtins(
        figures, builtin_types=(date,), enc_hook=work_out
    )


def differences(wanted: Any, found: Any, where: str = "") -> list[str]:
    """List where figures differ: counts, words and dates must be equal, others to 1e-9 of their size."""
    if isinstance(wanted, dict):
        if wanted.keys() != found.keys():
            apart = sorted(wanted.keys() ^ found.keys())
            return [f"{where}: only one of them has {apart}"]
        return [
            line
            for key in wanted
            for line in differences(wanted[key], found[key], f"{where}.{key}")
        ]
    if isinstance(wanted, list | tuple) and isinstance(found, list | tuple):
        if len(wanted) != len(found):
            return [f"{where}: wanted {wanted}, found {found}"]
        return [
            line
            for place, (one, other) in enumerate(
                zip(wanted, found, strict=True)
            )
            for line in differences(one, other, f"{where}[{place}]")
        ]
    if isinstance(wanted, Fraction):
        same = found is not None and math.isclose(
            wanted, found, rel_tol=1e-9, abs_tol=0
        )
    else:
        same = type(wanted) is type(found) and wanted == found
    return [] if same else [f"{where}: wanted {wanted}, found {found}"]


def scope_differences(history: History, scope: Scope) -> list[str]:
    """List the differences of one scope's figures, measured alone."""
    register, _, week, today = history
    wanted = reference(register, scope, week, today)
    for beside in ("silent_weeks", "goal_outcome", "on_course"):
        wanted.pop(beside, None)
    part = read_scope(WeekReading(register, week, today), scope)
    share = find_reporting_share(part.week, part.services)
    found = plain(measure_scope(register, scope, week, today))
    return differences(wanted, {**found, "reporting_share": share}, str(scope))


def city_differences(history: History) -> list[str]:
    """List the differences of the city and of all its OPDs, measured together."""
    register, _, week, today = history
    found = measure(register, week, today)
    wanted = reference(register, CITY, week, today)
    head = {name: wanted.pop(name) for name in HEAD}
    lines = differences(
        head, {name: plain(getattr(found, name)) for name in HEAD}
    )
    lines += differences(wanted, plain(found.city), "city")
    for opd in found.opds:
        wanted = reference(
            register, Scope("opd", opd.key), week, today, with_record=False
        )
        beside = {name: wanted.pop(name) for name in BESIDE}
        shown = {name: getattr(opd, name) for name in BESIDE}
        lines += differences(beside, shown, opd.code)
        lines += differences(wanted, plain(opd.figures), opd.code)
    return lines


HEAD = ("reporting_share", "goal_outcome", "on_course")
BESIDE = ("silent_weeks", "reporting_share")
ROW = ("services", "index", "steps", "progress", "scope_effect")
WORKED_EXAMPLE = {
    "2026-W02": (2, 0, None, None, None),
    "2026-W03": (2, 25, 1, 25, 0),
    "2026-W04": (2, 25, 0, 0, 0),
    "2026-W05": (2, 50, 1, 25, 0),
    "2026-W06": (2, 50, 0, 0, 0),
    "2026-W07": (2, 75, 1, 25, 0),
    "2026-W08": (3, Fraction(200, 3), 0, 0, Fraction(-25, 3)),
}
POINTS = {"W02": 0, "W03": 1, "W04": 1, "W05": 2, "W06": 2, "W07": 3, "W08": 4}


def worked_example() -> Register:
    """The definitions' worked example."""
    city = Builder()
    city.service("a", "dinas", "2026-01-05")
    city.service("b", "dinas", "2026-01-05")
    city.move("a", "2026-01-14", "online")
    city.move("a", "2026-01-28", "integrated")
    city.move("b", "2026-02-11", "online")
    city.service("c", "dinas", "2026-02-17", "online")
    return city.register


@pytest.mark.parametrize("week", WORKED_EXAMPLE)
def test_the_reading_gives_the_worked_example(week: str) -> None:
    figures = reference(worked_example(), CITY, Week.parse(week), TODAY)
    assert tuple(figures[name] for name in ROW) == WORKED_EXAMPLE[week]
    assert figures["online"] + 2 * figures["integrated"] == POINTS[week[5:]]


@pytest.mark.parametrize(
    ("week", "velocity"),
    [
        ("2026-W05", None),
        ("2026-W06", 12.5),
        ("2026-W07", 12.5),
        ("2026-W08", 12.5),
    ],
)
def test_the_reading_gives_the_velocities_of_the_worked_example(
    week: str, velocity: float | None
) -> None:
    assert (
        reference(worked_example(), CITY, Week.parse(week), TODAY)["velocity"]
        == velocity
    )


@pytest.mark.parametrize("week", WORKED_EXAMPLE)
def test_the_figures_agree_on_the_worked_example(week: str) -> None:
    history = History(worked_example(), TODAY, Week.parse(week), TODAY)
    assert city_differences(history) == []


QUICK = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@settings(QUICK, max_examples=examples(3, 100))
@given(histories())
def test_the_histories_are_valid(history: History) -> None:
    assert check_register(history.register, history.now) == []
    assert history.week <= Week.of(history.today) <= Week.of(history.now)


@settings(QUICK, max_examples=examples(3, 100))
@given(histories())
def test_the_weeks_points_reconcile(history: History) -> None:
    flow = reference(history.register, CITY, history.week, history.today)[
        "flow"
    ]
    gained, lost = (
        flow["joined"] + flow["forward"],
        flow["left"] + flow["backward"],
    )
    assert flow["opening"] + gained - lost == flow["closing"]


@settings(QUICK, max_examples=examples(6, 300))
@given(histories())
def test_the_city_and_its_opds_agree_with_the_reading(history: History) -> None:
    assert city_differences(history) == []


@settings(QUICK, max_examples=examples(6, 300))
@given(histories())
def test_any_scope_agrees_with_the_reading(history: History) -> None:
    scopes = [
        CITY,
        *(Scope("kind", kind) for kind in Kind),
        *(Scope("tag", tag) for tag in TAGS),
    ]
    scopes += [Scope("opd", key) for key in history.register.opds]
    scopes += [Scope("app", key) for key in history.register.applications]
    assert [
        line for scope in scopes for line in scope_differences(history, scope)
    ] == []


@settings(QUICK, max_examples=examples(4, 200))
@given(marches())
def test_the_pace_and_the_forecast_agree_with_the_reading(
    history: History,
) -> None:
    assert scope_differences(history, CITY) == []


@settings(QUICK, max_examples=examples(3, 100))
@given(histories())
def test_the_opds_measured_are_those_that_had_a_service_by_then(
    history: History,
) -> None:
    register, _, week, today = history
    found = [opd.code for opd in measure(register, week, today).opds]
    had = [
        opd.code
        for opd in register.opds.values()
        if had_a_service(history, opd.id)
    ]
    assert found == sorted(had)


def had_a_service(history: History, opd: str) -> bool:
    """Tell whether an OPD had an active service on any day up to that as of which the week is read."""
    return (
        Reading(
            history.register, Scope("opd", opd), history.week, history.today
        ).start
        is not None
    )


@pytest.mark.parametrize(
    ("conventional", "online", "p95"),
    [(133, 0, date(2031, 2, 16)), (133, 1, None)],
)
def test_the_forecast_looks_260_weeks_ahead_and_no_further(
    conventional: int, online: int, p95: date | None
) -> None:
    city = Builder()
    for place in range(conventional + online):
        stage = "conventional" if place < conventional else "online"
        city.service(f"s{place}", "dinas", "2026-01-05", stage)
    for week in range(6):
        city.move(
            f"s{week}", date(2026, 1, 14) + timedelta(weeks=week), "online"
        )
    history = History(city.register, TODAY, Week.parse("2026-W08"), TODAY)
    assert (
        measure_scope(city.register, CITY, history.week, TODAY).forecast.p95
        == p95
    )
    assert scope_differences(history, CITY) == []


@pytest.mark.parametrize(
    ("joining", "caution"), [(1, ()), (2, ("growing_scope",))]
)
def test_a_quarter_is_not_yet_a_growing_scope(
    joining: int, caution: tuple[str, ...]
) -> None:
    city = weekly_steps(8, [2, 1, 2, 1, 1, 1])
    for place in range(joining):
        city.service(
            f"new{place}",
            "dinas",
            "2026-01-19",
            "conventional" if place == 0 else "online",
        )
    assert cautions(city) == caution


@pytest.mark.parametrize(
    ("steps", "caution"),
    [([3, 1, 1, 1, 0, 0], ()), ([4, 1, 1, 1, 0, 0], ("one_week_dominates",))],
)
def test_half_of_the_steps_does_not_yet_dominate(
    steps: list[int], caution: tuple[str, ...]
) -> None:
    assert cautions(weekly_steps(8, steps)) == caution


def test_a_chance_of_exactly_half_is_reached() -> None:
    city = weekly_steps(2, [1, 0, 1, 0, 1, 0])
    week = Week.parse("2026-W08")
    assert (
        measure_scope(city.register, CITY, week, TODAY).forecast.p50
        == week.plus(1).sunday
    )
    assert (
        scope_differences(History(city.register, TODAY, week, TODAY), CITY)
        == []
    )


def weekly_steps(services: int, steps: list[int]) -> Builder:
    """Services registered in 2026-W02 and, from the week after on, so many steps a week."""
    city = Builder()
    for place in range(services):
        city.service(f"s{place}", "dinas", "2026-01-05")
    days = [
        date(2026, 1, 14) + timedelta(weeks=week)
        for week, count in enumerate(steps)
        for _ in range(count)
    ]
    for place, day in enumerate(days):
        city.move(
            f"s{place % services}",
            day,
            "online" if place < services else "integrated",
        )
    return city


def cautions(city: Builder) -> tuple[str, ...]:
    """The cautions of 2026-W08, on which both readings agree."""
    week = Week.parse("2026-W08")
    assert (
        scope_differences(History(city.register, TODAY, week, TODAY), CITY)
        == []
    )
    return measure_scope(city.register, CITY, week, TODAY).forecast.caution
