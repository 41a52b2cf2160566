from datetime import date

import pytest

from tests.tracker.builder import Builder
from tracker.metrics import CITY, Figures, Scope, measure_scope
from tracker.metrics.point_in_time import services_at
from tracker.week import Week

W09 = Week(2026, 9)
SUNDAY = date(2026, 3, 1)
TODAY = date(2026, 4, 1)


def figures(city: Builder, scope: Scope = CITY) -> Figures:
    return measure_scope(city.register, scope, W09, TODAY)


def test_counts_shares_and_index() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.service("b", "one", "2026-01-05", "online")
    city.service("c", "one", "2026-01-05", "integrated")
    city.service("d", "two", "2026-01-05", "integrated")
    found = figures(city)

    assert (
        found.services,
        found.conventional,
        found.online,
        found.integrated,
    ) == (
        4,
        1,
        1,
        2,
    )
    assert (found.digital_share, found.single_door_share, found.index) == (
        0.75,
        0.5,
        62.5,
    )
    assert found.remaining_steps == 3


def test_the_index_runs_from_0_to_100() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.service("b", "two", "2026-01-05", "integrated")

    assert figures(city, Scope("opd", city.key("opds", "one"))).index == 0
    assert figures(city, Scope("opd", city.key("opds", "two"))).index == 100


def test_an_empty_scope_has_counts_and_no_shares() -> None:
    found = figures(Builder(goal="2027-01-01"))

    assert (
        found.services,
        found.remaining_steps,
        found.stalled,
        found.overdue,
    ) == (
        0,
        0,
        0,
        0,
    )
    assert (found.digital_share, found.single_door_share, found.index) == (
        None,
        None,
        None,
    )
    assert (found.index_by_volume, found.volume_coverage) == (None, None)
    assert (found.visit_free_share, found.visit_coverage) == (None, None)
    assert (found.visits_avoided, found.days_saved) == (0, 0)
    assert (
        found.steps,
        found.progress,
        found.index_change,
        found.scope_effect,
    ) == (None,) * 4
    assert (
        found.velocity,
        found.acceleration,
        found.steps_per_week,
        found.pace,
    ) == (None,) * 4
    assert (
        found.required_velocity,
        found.pace_ratio,
        found.verified_share,
    ) == (None,) * 3
    assert found.forecast.reason == "no_service"


def test_the_index_by_volume_weighs_the_services_whose_volume_is_known() -> (
    None
):
    city = Builder()
    city.service("a", "one", "2026-01-05", volume=300)
    city.service("b", "one", "2026-01-05", "integrated", volume=100)
    city.service("c", "one", "2026-01-05", "integrated")
    city.service("d", "one", "2026-01-05", "integrated", volume=0)
    found = figures(city)

    assert (found.index_by_volume, found.volume_coverage) == (25, 0.75)


@pytest.mark.parametrize(("volume", "coverage"), [(None, 0), (0, 1)])
def test_there_is_no_index_by_volume_without_requests(
    volume: int | None, coverage: float
) -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05", "integrated", volume=volume)
    found = figures(city)

    assert (found.index_by_volume, found.volume_coverage) == (None, coverage)


def test_visits_hold_until_a_move_states_others() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05", visits=3, volume=10)
    city.move("a", "2026-01-13", "online", visits=1)
    city.move("a", "2026-01-20", "integrated")
    city.service("b", "one", "2026-01-05", visits=2, volume=100)
    city.move("b", "2026-01-13", "online", visits=2.5)
    city.move("b", "2026-01-13", "online", visits=0)
    city.service("c", "one", "2026-01-05")
    found = figures(city)

    assert found.visit_free_share == 0.5
    assert found.visit_coverage == pytest.approx(2 / 3)
    assert found.visits_avoided == 10 * 2 + 100 * 2


def test_what_is_avoided_needs_all_three_known_and_is_never_negative() -> None:
    city = Builder()
    city.service("no-volume", "one", "2026-01-05", visits=3, days=3)
    city.move("no-volume", "2026-01-13", "online", visits=0, days=0)
    city.service("no-baseline", "one", "2026-01-05", volume=10)
    city.move("no-baseline", "2026-01-13", "online", visits=0, days=0)
    city.service("worse", "one", "2026-01-05", volume=10, visits=1, days=1)
    city.move("worse", "2026-01-13", "online", visits=2, days=4)
    city.service("better", "one", "2026-01-05", volume=10, visits=1, days=7)
    city.move("better", "2026-01-13", "online", visits=0.5, days=2.5)
    found = figures(city)

    assert (found.visits_avoided, found.days_saved) == (5, 45)
    assert (found.visit_free_share, found.visit_coverage) == (0.5, 1)


def test_a_closed_service_does_not_count_and_a_reopened_one_does() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05", "online")
    city.service("b", "one", "2026-01-05", "online")
    city.service("c", "one", "2026-01-05", "online")
    city.closure("a", "2026-03-01")
    city.closure("b", "2026-02-01", "2026-03-01")
    city.closure("c", "2026-03-02")

    assert [at.service.code for at in services_at(city.register, SUNDAY)] == [
        "b",
        "c",
    ]


@pytest.mark.parametrize(
    ("entered", "stalled"), [("2025-12-07", 1), ("2025-12-08", 0)]
)
def test_a_service_stalls_after_84_days_in_its_stage(
    entered: str, stalled: int
) -> None:
    city = Builder()
    city.service("a", "one", entered)
    city.service("b", "one", "2025-01-06")
    city.move("b", entered, "online")
    city.service("c", "one", "2025-01-06", "integrated")

    assert figures(city).stalled == 2 * stalled


def test_days_closed_are_not_days_in_a_stage() -> None:
    city = Builder()
    city.service("a", "one", "2025-12-07")
    city.closure("a", "2026-01-05", "2026-01-06")

    assert services_at(city.register, SUNDAY)[0].days_in_stage == 83
    assert figures(city).stalled == 0


def test_a_move_to_the_same_stage_does_not_restart_its_time() -> None:
    city = Builder(stalled_after=50)
    city.service("a", "one", "2026-01-05")
    city.move("a", "2026-02-25", "conventional")

    assert figures(city).stalled == 1


def test_the_threshold_is_a_setting() -> None:
    city = Builder(stalled_after=56)
    city.service("a", "one", "2026-01-05")

    assert figures(city).stalled == 0
    assert measure_scope(city.register, CITY, W09.plus(1), TODAY).stalled == 1


@pytest.mark.parametrize(
    ("due_on", "overdue", "due_soon"),
    [
        ("2026-02-28", 1, 0),
        ("2026-03-01", 0, 1),
        ("2026-03-28", 0, 1),
        ("2026-03-29", 0, 0),
    ],
)
def test_a_target_is_due_soon_and_then_overdue(
    due_on: str, overdue: int, due_soon: int
) -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05", "online")
    city.target("a", due_on)
    found = figures(city)

    assert (found.overdue, found.due_soon) == (overdue, due_soon)


def test_a_target_reached_or_passed_is_neither() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05", "integrated")
    city.target("a", "2026-02-01", "online")
    city.target("a", "2026-03-02", "integrated")
    found = figures(city)

    assert (found.overdue, found.due_soon) == (0, 0)


def test_a_service_with_several_targets_counts_once_in_each_list() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.target("a", "2026-01-31", "online")
    city.target("a", "2026-02-28", "online")
    city.target("a", "2026-03-10", "integrated")
    found = figures(city)

    assert (found.overdue, found.due_soon) == (1, 1)


def test_a_target_of_a_closed_service_does_not_count() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.target("a", "2026-02-01")
    city.closure("a", "2026-02-20")

    assert figures(city).overdue == 0


def test_a_claim_past_conventional_counts_once_verified() -> None:
    city = Builder()
    for code in "abcde":
        city.service(code, "one", "2026-01-05")
    city.move("a", "2026-02-02", "online", verified="2026-03-01")
    city.move("b", "2026-02-02", "online", verified="2026-03-02")
    city.move("c", "2026-02-02", "online", verified="2026-02-03")
    city.move("c", "2026-02-04", "online")
    city.move("d", "2026-02-02", "online")
    city.move("d", "2026-02-03", "conventional")
    city.service("f", "one", "2026-01-05", "integrated")

    assert figures(city).verified_share == 0.5


def test_obstacles_by_factor() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.service("b", "one", "2026-01-05", "online")
    city.service("c", "one", "2026-01-05")
    city.obstacle("a", "2026-02-02", "people")
    city.obstacle("a", "2026-02-03", "people")
    city.obstacle("b", "2026-03-01", "people", resolved_on="2026-03-02")
    city.obstacle("b", "2026-02-02", "leadership", resolved_on="2026-03-01")
    city.obstacle("b", "2026-03-02", "application")
    city.obstacle("c", "2026-02-02", "infrastructure")
    city.closure("c", "2026-02-20")
    found = figures(city).obstacles

    assert list(found) == [
        "infrastructure",
        "people",
        "application",
        "leadership",
    ]
    assert (
        found["people"].open,
        found["people"].services,
        found["people"].remaining_steps,
    ) == (3, 2, 3)
    for factor in ("infrastructure", "application", "leadership"):
        assert (
            found[factor].open,
            found[factor].services,
            found[factor].remaining_steps,
        ) == (0, 0, 0)
