from datetime import date
from fractions import Fraction

import pytest

from tests.tracker.metrics.weeks import series_of
from tracker.metrics import Pace
from tracker.metrics.rates import (
    acceleration_at,
    pace_at,
    pace_ratio,
    progress_at,
    required_velocity_at,
    steps_per_week_at,
    velocity_at,
)

GOAL = date(2026, 12, 31)


def test_progress_is_in_index_points() -> None:
    assert progress_at(series_of([3], services=10), 1) == 15


def test_progress_is_missing_in_the_first_week_and_without_services() -> None:
    series = series_of([3, 0], services=10)
    series.conventional[2] = series.online[2] = series.integrated[2] = 0

    assert progress_at(series, 0) is None
    assert progress_at(series, 2) is None


def test_velocity_is_the_mean_of_four_weeks() -> None:
    series = series_of([1, 2, 0, 4, 6], services=10)

    assert velocity_at(series, 3) is None
    assert velocity_at(series, 4) == Fraction(35, 4)
    assert velocity_at(series, 5) == 15


def test_a_week_without_services_makes_the_velocity_null_and_leaves_the_steps() -> None:
    series = series_of([1, 0, 2, 1, 0, 0], services=10)
    series.conventional[2] = series.online[2] = series.integrated[2] = 0

    assert velocity_at(series, 4) is None
    assert velocity_at(series, 5) is None
    assert velocity_at(series, 6) == Fraction(15, 4)
    assert steps_per_week_at(series, 4) == 1


def test_steps_per_week_needs_four_weeks() -> None:
    series = series_of([1, 2, 0, 4], services=10)

    assert steps_per_week_at(series, 3) is None
    assert steps_per_week_at(series, 4) == Fraction(7, 4)


def test_acceleration_compares_with_four_weeks_before_and_needs_eight() -> None:
    series = series_of([1, 1, 1, 1, 2, 2, 2, 2], services=10)

    assert acceleration_at(series, 7) is None
    assert acceleration_at(series, 8) == 5


@pytest.mark.parametrize(
    ("steps", "pace"),
    [
        ([1] * 7, Pace.NEW),
        ([0] * 7, Pace.NEW),
        ([1, 1, 1, 1, 1, 0, -1, -1], Pace.REGRESSING),
        ([5, 5, 5, 5, 0, 0, 0, 0], Pace.STALLED),
        ([5, 5, 5, 5, 2, -1, 0, -1], Pace.STALLED),
        ([1, 1, 1, 1, 1, 1, 1, 2], Pace.ACCELERATING),
        ([0, 0, 0, 0, 0, 0, 0, 1], Pace.ACCELERATING),
        ([-1, -1, -1, -1, 0, 0, 0, 1], Pace.ACCELERATING),
        ([2, 2, 2, 2, 1, 1, 1, 1], Pace.SLOWING),
        ([1, 1, 1, 1, 1, 1, 1, 1], Pace.STEADY),
        ([5, 5, 5, 5, 5, 5, 6, 6], Pace.STEADY),
        ([5, 5, 5, 5, 5, 6, 6, 6], Pace.ACCELERATING),
        ([5, 5, 5, 5, 5, 5, 4, 4], Pace.STEADY),
        ([5, 5, 5, 5, 5, 4, 4, 4], Pace.SLOWING),
    ],
)
def test_the_pace_in_a_word(steps: list[int], pace: Pace) -> None:
    assert pace_at(series_of(steps, services=100, points=50), len(steps)) is pace


def test_a_change_of_exactly_a_tenth_is_steady_whatever_the_number_of_services() -> (
    None
):
    for services in range(30, 200):
        assert (
            pace_at(series_of([5] * 4 + [5, 5, 6, 6], services=services), 8)
            is Pace.STEADY
        )


def test_steps_that_cancel_out_stand_still_also_while_services_are_fewer() -> None:
    series = series_of([1, 1, 1, 1, 1, 0, 0, -3], services=3, points=2)
    series.conventional[8] += 6

    assert velocity_at(series, 8) == 0
    assert pace_at(series, 8) is Pace.STALLED


def test_done_comes_before_all_words_but_null() -> None:
    assert pace_at(series_of([2], services=1), 1) is Pace.DONE
    assert pace_at(series_of([], services=0), 0) is None
    assert pace_at(series_of([1], services=1), -1) is None


def test_a_hair_of_velocity_four_weeks_ago_counts_as_a_hundredth() -> None:
    before = [1, 0, 0, 0]

    assert pace_at(series_of([*before, 1, 0, 0, 0], services=100_000), 8) is Pace.STEADY
    assert pace_at(series_of([*before, 9, 0, 0, 0], services=100_000), 8) is Pace.STEADY
    assert (
        pace_at(series_of([*before, 10, 0, 0, 0], services=100_000), 8)
        is Pace.ACCELERATING
    )


def test_the_required_velocity_reaches_the_goal() -> None:
    series = series_of([10], services=10)

    assert required_velocity_at(series, 1, date(2026, 12, 17), GOAL) == 25
    assert required_velocity_at(series, 1, date(2026, 12, 30), GOAL) == 350


def test_there_is_no_required_velocity_without_a_goal_to_come_or_services() -> None:
    assert required_velocity_at(series_of([10], services=10), 1, GOAL, GOAL) is None
    assert (
        required_velocity_at(series_of([10], services=10), 1, date(2026, 1, 1), None)
        is None
    )
    assert (
        required_velocity_at(series_of([], services=0), 0, date(2026, 1, 1), GOAL)
        is None
    )


def test_the_pace_ratio_is_one_where_the_goal_is_met() -> None:
    assert pace_ratio(Fraction(25), Fraction(25)) == 1
    assert pace_ratio(Fraction(-5), Fraction(25)) == Fraction(-1, 5)
    assert pace_ratio(None, Fraction(25)) is None
    assert pace_ratio(Fraction(25), None) is None
    assert pace_ratio(Fraction(0), Fraction(0)) is None
