from datetime import date
from fractions import Fraction

from tests.tracker.metrics.weeks import series_of
from tracker.metrics.goal import pace_ratio, required_velocity_at
from tracker.metrics.rates import (
    acceleration_at,
    progress_at,
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


def test_a_week_without_services_makes_the_velocity_null_and_leaves_the_steps() -> (
    None
):
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


def test_the_required_velocity_reaches_the_goal() -> None:
    series = series_of([10], services=10)

    assert required_velocity_at(series, 1, date(2026, 12, 17), GOAL) == 25
    assert required_velocity_at(series, 1, date(2026, 12, 30), GOAL) == 350


def test_there_is_no_required_velocity_without_a_goal_to_come_or_services() -> (
    None
):
    assert (
        required_velocity_at(series_of([10], services=10), 1, GOAL, GOAL)
        is None
    )
    assert (
        required_velocity_at(
            series_of([10], services=10), 1, date(2026, 1, 1), None
        )
        is None
    )
    assert (
        required_velocity_at(
            series_of([], services=0), 0, date(2026, 1, 1), GOAL
        )
        is None
    )


def test_the_pace_ratio_is_one_where_the_goal_is_met() -> None:
    assert pace_ratio(Fraction(25), Fraction(25)) == 1
    assert pace_ratio(Fraction(-5), Fraction(25)) == Fraction(-1, 5)
    assert pace_ratio(None, Fraction(25)) is None
    assert pace_ratio(Fraction(25), None) is None
    assert pace_ratio(Fraction(0), Fraction(0)) is None
