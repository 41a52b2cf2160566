from collections import Counter
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.depth import examples
from tests.tracker.builder import Builder
from tests.tracker.metrics.slow_facts import least_days
from tracker.metrics import CITY, Scope, measure_scope
from tracker.metrics.stage_times import estimate_days
from tracker.metrics.values import StageTime
from tracker.week import Week

W09 = Week(2026, 9)
TODAY = date(2026, 4, 1)
LEVELS = (Fraction(1, 2), Fraction(15, 100))


def begun() -> Builder:
    """Return a city whose history began long before the services that are looked at."""
    city = Builder()
    city.service("old", "one", "2025-01-06", "integrated")
    return city


def times(city: Builder, scope: Scope = CITY) -> tuple[StageTime, StageTime]:
    """Return the times in conventional and in online, as of 2026-03-01."""
    found = measure_scope(city.register, scope, W09, TODAY).stage_times
    assert list(found) == ["conventional", "online"]
    return found["conventional"], found["online"]


def known(
    days: int | None, count: int, at_risk: int, unknown: int = 0
) -> StageTime:
    return StageTime(
        median_days=days,
        p85_days=days,
        count=count,
        at_risk=at_risk,
        unknown_start=unknown,
    )


NONE = known(None, 0, 0)


@pytest.mark.parametrize(
    ("exits", "censored", "median", "p85"),
    [
        ([5], [], 5, 5),
        ([5, 9], [], 5, 9),
        ([9, 5, 7], [], 7, 9),
        ([1, 2, 3, 4, 5, 6, 7], [], 4, 6),
        (list(range(1, 21)), [], 10, 17),
        (list(range(1, 22)), [], 11, 18),
        ([], [4, 5], None, None),
        ([5], [5], 5, None),
        ([5], [4], 5, 5),
        ([5], [9, 9], None, None),
        ([3, 5], [4, 9], 5, None),
    ],
)
def test_the_days_after_which_half_and_85_in_100_have_left(
    exits: list[int], censored: list[int], median: int | None, p85: int | None
) -> None:
    ends = Counter([*exits, *censored])

    assert estimate_days(Counter(exits), ends, LEVELS) == [median, p85]


STAYS = st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=20)


@settings(max_examples=examples(50, 200))
@given(STAYS)
def test_the_estimate_is_that_of_the_definition(
    stays: list[tuple[int, bool]],
) -> None:
    exits = Counter(days for days, exited in stays if exited)
    ends = Counter(days for days, _ in stays)

    wanted = [least_days(stays, level) for level in LEVELS]
    assert estimate_days(exits, ends, LEVELS) == wanted


def test_days_run_from_entering_a_stage_to_leaving_it() -> None:
    city = begun()
    city.service("a", "one", "2026-01-05")
    city.move("a", "2026-01-15", "online")
    city.move("a", "2026-01-20", "online")
    city.move("a", "2026-02-04", "integrated")

    assert times(city) == (known(10, 1, 1), known(20, 1, 1))


def test_a_leap_leaves_the_stage_it_was_in_and_a_step_back_is_no_exit() -> None:
    city = begun()
    city.service("a", "one", "2026-01-05")
    city.move("a", "2026-01-15", "online")
    city.move("a", "2026-01-20", "conventional")
    city.move("a", "2026-01-30", "integrated")

    assert times(city) == (known(10, 2, 2), known(None, 0, 1))


def test_a_stay_that_has_not_ended_counts_as_long_as_it_is() -> None:
    city = begun()
    for code in ("a", "b", "c"):
        city.service(code, "one", "2026-01-05")
    city.move("a", "2026-01-15", "integrated")

    assert times(city)[0] == known(None, 1, 3)


def test_nobody_knows_how_long_the_services_of_the_first_week_were_there() -> (
    None
):
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.service("b", "one", "2026-01-11", "online")
    city.service("c", "one", "2026-01-12")
    city.move("a", "2026-01-22", "online")
    city.move("b", "2026-01-22", "integrated")
    city.move("c", "2026-01-22", "online")

    assert times(city) == (
        known(10, 1, 1, unknown=1),
        known(None, 0, 2, unknown=1),
    )


def test_a_service_that_came_from_another_opd_keeps_its_unknown_beginning() -> (
    None
):
    city = begun()
    city.service("a", "one", "2026-01-05")
    city.transfer("a", "2026-01-20", "two")
    city.move("a", "2026-01-25", "online")

    assert times(city)[0] == known(20, 1, 1)
    two = Scope("opd", city.key("opds", "two"))
    assert times(city, two) == (
        known(None, 0, 0, unknown=1),
        known(None, 0, 1),
    )


def test_moves_after_the_day_do_not_count() -> None:
    city = begun()
    city.service("a", "one", "2026-01-05")
    city.move("a", "2026-03-02", "online")

    assert times(city) == (known(None, 0, 1), NONE)


def test_days_closed_do_not_count() -> None:
    city = begun()
    city.service("a", "one", "2026-01-05")
    city.closure("a", "2026-01-10", "2026-01-15")
    city.move("a", "2026-01-25", "online")

    assert times(city)[0] == known(15, 1, 1)


def test_a_closed_service_stays_until_it_was_closed_where_it_then_was() -> None:
    city = begun()
    city.service("a", "one", "2026-01-05")
    city.closure("a", "2026-01-15")
    city.service("b", "one", "2026-01-05")
    city.move("b", "2026-01-17", "online")
    city.service("c", "one", "2026-01-05")
    city.move("c", "2026-01-18", "online")

    assert times(city)[0].median_days == 12
    assert times(city, Scope("opd", city.key("opds", "one")))[0].at_risk == 3


def test_a_stay_counts_in_the_opd_that_had_it_on_its_last_day() -> None:
    city = begun()
    city.service("x", "two", "2025-01-06", "integrated")
    city.service("a", "one", "2026-01-05")
    city.transfer("a", "2026-01-25", "two")
    city.move("a", "2026-01-25", "online")
    city.transfer("a", "2026-01-26", "one")
    city.closure("a", "2026-02-01")

    one, two = (Scope("opd", city.key("opds", code)) for code in ("one", "two"))
    assert times(city, one) == (NONE, known(None, 0, 1))
    assert times(city, two) == (known(20, 1, 1), NONE)
    assert times(city) == (known(20, 1, 1), known(None, 0, 1))
