from datetime import date

import pytest

from tests.tracker.builder import Builder
from tracker.metrics import CITY, Pace, Scope, measure, measure_scope
from tracker.week import Week

W09 = Week(2026, 9)
TODAY = date(2026, 3, 2)


def test_a_complete_week_is_read_as_of_its_sunday() -> None:
    found = measure(Builder().register, W09, TODAY)

    assert (found.week, found.as_of, found.complete, found.rates_week) == (
        W09,
        date(2026, 3, 1),
        True,
        W09,
    )


@pytest.mark.parametrize("today", [date(2026, 2, 23), date(2026, 3, 1)])
def test_a_running_week_is_read_as_of_today_with_the_rates_of_the_week_before(
    today: date,
) -> None:
    found = measure(Builder().register, W09, today)

    assert (found.as_of, found.complete, found.rates_week) == (
        today,
        False,
        Week(2026, 8),
    )


def test_opds_come_by_code_and_only_those_that_ever_had_a_service() -> None:
    city = Builder()
    for code, kind in (
        ("c", "badan"),
        ("b", "dinas"),
        ("a", "kecamatan"),
        ("never", "dinas"),
    ):
        city.opd(code, kind)
    city.service("s", "c", "2026-01-05")
    city.transfer("s", "2026-02-02", "b")
    city.service("t", "a", "2026-03-02")
    found = measure(city.register, W09, TODAY).opds

    assert [(opd.code, opd.kind, opd.name) for opd in found] == [
        ("b", "dinas", "Dinas b"),
        ("c", "badan", "Dinas c"),
    ]
    assert [opd.figures.services for opd in found] == [1, 0]
    assert [
        opd.code for opd in measure(city.register, W09.plus(1), TODAY).opds
    ] == [
        "a",
        "b",
        "c",
    ]


def test_an_opd_that_lost_its_services_has_a_flow_and_no_index() -> None:
    city = Builder()
    city.service("s", "one", "2026-01-05", "online")
    city.transfer("s", "2026-02-24", "two")
    one = measure(city.register, W09, TODAY).opds[0].figures

    assert (
        one.index,
        one.pace,
        one.progress,
        one.velocity,
        one.forecast.reason,
    ) == (
        None,
        None,
        None,
        None,
        "no_service",
    )
    assert (one.flow.opening, one.flow.left, one.flow.closing, one.steps) == (
        1,
        1,
        0,
        0,
    )


def test_the_running_week_enters_no_rate() -> None:
    city = Builder()
    for code in ("a", "b", "c", "d", "e"):
        city.service(code, "one", "2026-01-05")
    for code, on in (
        ("a", "2026-01-13"),
        ("b", "2026-01-20"),
        ("c", "2026-01-27"),
        ("d", "2026-02-03"),
    ):
        city.move(code, on, "online")
    city.move("e", "2026-02-09", "integrated")
    week = Week(2026, 7)
    running = measure_scope(city.register, CITY, week, date(2026, 2, 9))
    before = measure_scope(city.register, CITY, Week(2026, 6), date(2026, 2, 9))
    complete = measure_scope(city.register, CITY, week, date(2026, 2, 16))

    assert running.velocity == before.velocity == 10
    assert complete.velocity == 12.5
    assert (running.steps, running.steps_per_week, complete.steps_per_week) == (
        2,
        1,
        1.25,
    )
    assert running.forecast == before.forecast


def test_the_pace_is_judged_at_the_end_of_the_rates_week() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05", "online")
    city.move("a", "2026-02-23", "integrated")
    running = measure_scope(city.register, CITY, W09, date(2026, 2, 24))

    assert (running.index, running.pace, running.forecast.reason) == (
        100,
        Pace.NEW,
        "no_progress",
    )
    assert measure_scope(city.register, CITY, W09, TODAY).pace is Pace.DONE
    assert (
        measure_scope(city.register, CITY, W09, TODAY).forecast.reason == "done"
    )


def test_a_scope_that_starts_in_the_running_week_has_no_pace_yet() -> None:
    city = Builder()
    city.service("a", "one", "2026-02-23")
    found = measure_scope(city.register, CITY, W09, date(2026, 2, 24))

    assert (found.services, found.pace, found.steps, found.forecast.reason) == (
        1,
        None,
        None,
        "no_service",
    )


def test_a_week_before_all_history_is_empty_and_no_error() -> None:
    city = Builder()
    city.service("a", "one", "2026-02-23")
    found = measure(city.register, Week(2026, 2), TODAY)

    assert (found.city.services, found.city.index, found.opds) == (0, None, ())


def test_a_week_still_to_come_is_read_as_of_today() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.move("a", "2026-02-24", "online")
    found = measure(city.register, Week(2026, 12), TODAY)

    assert (found.as_of, found.complete, found.rates_week) == (
        TODAY,
        False,
        W09,
    )
    assert (found.city.services, found.city.index, found.city.steps) == (
        1,
        50,
        0,
    )
    assert (
        found.city.velocity == measure(city.register, W09, TODAY).city.velocity
    )


def test_against_the_goal() -> None:
    city = Builder(goal="2026-03-15")
    city.service("a", "one", "2026-01-05")
    city.service("b", "one", "2026-01-05")
    city.move("a", "2026-02-10", "integrated")
    found = measure_scope(city.register, CITY, W09, TODAY)

    assert (found.index, found.velocity) == (50, 12.5)
    assert (found.required_velocity, found.pace_ratio) == (25, 0.5)


def test_in_a_running_week_todays_index_meets_the_last_complete_weeks_velocity() -> (
    None
):
    city = Builder(goal="2026-03-09")
    city.service("a", "one", "2026-01-05")
    city.service("b", "one", "2026-01-05")
    city.move("a", "2026-02-10", "integrated")
    city.move("b", "2026-02-23", "online")
    found = measure_scope(city.register, CITY, W09, date(2026, 2, 23))

    assert (found.index, found.velocity) == (75, 12.5)
    assert (found.required_velocity, found.pace_ratio) == (12.5, 1)


def test_a_goal_reached_or_past_asks_for_nothing() -> None:
    done, past = Builder(goal="2026-03-15"), Builder(goal="2026-03-01")
    for city in (done, past):
        city.service("a", "one", "2026-01-05", "integrated")
    reached = measure_scope(done.register, CITY, W09, TODAY)
    missed = measure_scope(past.register, CITY, W09, TODAY)

    assert (reached.required_velocity, reached.pace_ratio) == (0, None)
    assert (missed.required_velocity, missed.pace_ratio) == (None, None)


def test_an_unknown_scope_is_empty() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")

    for scope in (
        Scope("opd", "x"),
        Scope("kind", "badan"),
        Scope("tag", "wajib"),
        Scope("app", "x"),
    ):
        assert measure_scope(city.register, scope, W09, TODAY).services == 0


def test_a_moves_progress_and_a_goal_cross_the_turn_of_the_year() -> None:
    city = Builder()
    city.service("a", "one", "2025-12-22")
    city.service("b", "one", "2025-12-22")
    city.move("a", "2025-12-31", "online")
    city.move("a", "2026-01-01", "integrated")
    found = measure_scope(city.register, CITY, Week(2026, 1), TODAY)

    assert (found.steps, found.progress) == (2, 50)
    assert measure_scope(city.register, CITY, Week(2026, 2), TODAY).steps == 0


@pytest.mark.parametrize(
    ("stage", "caution"),
    [("conventional", ("parts_stand_still",)), ("integrated", ())],
)
def test_an_opd_with_work_left_that_stands_still_is_told_of_the_city(
    stage: str, caution: tuple[str, ...]
) -> None:
    city = Builder()
    city.service("idle", "two", "2026-01-05", stage)
    for number in range(14):
        city.service(f"s{number}", "one", "2026-01-05")
    for number in range(8):
        day = W09.plus(number - 7).monday
        city.move(f"s{number}", str(day), "online")
    found = measure_scope(city.register, CITY, W09, TODAY)
    assert found.forecast.reason is None
    assert found.forecast.caution == caution
