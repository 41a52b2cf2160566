from datetime import date

import pytest

from tests.tracker.builder import Builder
from tracker.metrics import CITY, Scope, measure_scope
from tracker.metrics.stage_times import Exit, stage_times
from tracker.metrics.values import StageTime
from tracker.model import Stage
from tracker.week import Week

W09 = Week(2026, 9)
TODAY = date(2026, 4, 1)
NONE = StageTime(None, None, 0)


def times(city: Builder, scope: Scope = CITY) -> tuple[StageTime, StageTime]:
    """The times in conventional and in online, as of 2026-03-01."""
    found = measure_scope(city.register, scope, W09, TODAY).stage_times
    assert list(found) == ["conventional", "online"]
    return found["conventional"], found["online"]


@pytest.mark.parametrize(
    ("days", "median", "p85"),
    [
        ([5], 5, 5),
        ([5, 9], 5, 9),
        ([9, 5, 7], 7, 9),
        ([1, 2, 3, 4, 5, 6, 7], 4, 6),
        (list(range(1, 21)), 10, 17),
        (list(range(1, 22)), 11, 18),
    ],
)
def test_the_median_and_the_85th_percentile_are_days_that_occurred(
    days: list[int], median: int, p85: int
) -> None:
    found = stage_times(Exit("x", Stage.ONLINE, taken) for taken in days)

    assert found == {"conventional": NONE, "online": StageTime(median, p85, len(days))}


def test_days_run_from_entering_a_stage_to_leaving_it() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.move("a", "2026-01-15", "online")
    city.move("a", "2026-01-20", "online")
    city.move("a", "2026-02-04", "integrated")

    assert times(city) == (StageTime(10, 10, 1), StageTime(20, 20, 1))


def test_a_leap_leaves_the_stage_it_was_in_and_a_step_back_leaves_none() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.move("a", "2026-01-15", "integrated")
    city.move("a", "2026-01-20", "online")
    city.move("a", "2026-01-23", "integrated")

    assert times(city) == (StageTime(10, 10, 1), StageTime(3, 3, 1))


@pytest.mark.parametrize(
    ("left", "counts"), [("2025-08-31", 0), ("2025-09-01", 1), ("2026-03-01", 1)]
)
def test_exits_of_the_last_182_days_count(left: str, counts: int) -> None:
    city = Builder()
    city.service("a", "one", "2025-01-06")
    city.move("a", left, "online")

    assert times(city)[0].count == counts


def test_an_exit_183_days_ago_does_not_count_beside_a_later_one() -> None:
    city = Builder()
    city.service("a", "one", "2025-01-06")
    city.move("a", "2025-08-31", "online")
    city.move("a", "2025-09-10", "integrated")

    assert times(city) == (NONE, StageTime(10, 10, 1))


def test_exits_after_the_day_do_not_count() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.move("a", "2026-03-02", "online")

    assert times(city) == (NONE, NONE)


def test_days_closed_do_not_count() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.closure("a", "2026-01-10", "2026-01-15")
    city.move("a", "2026-01-25", "online")

    assert times(city)[0] == StageTime(15, 15, 1)


def test_an_exit_counts_in_the_opd_that_made_it_also_once_the_service_is_closed() -> (
    None
):
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.transfer("a", "2026-01-25", "two")
    city.move("a", "2026-01-25", "online")
    city.transfer("a", "2026-01-26", "one")
    city.closure("a", "2026-02-01")

    assert times(city, Scope("opd", city.key("opds", "one"))) == (NONE, NONE)
    assert times(city, Scope("opd", city.key("opds", "two"))) == (
        StageTime(20, 20, 1),
        NONE,
    )
    assert times(city) == (StageTime(20, 20, 1), NONE)
