from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import islice
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.calls import count_calls
from tests.depth import examples
from tests.tracker.metrics.slow_outlook import (
    chance_by,
    first_weeks,
    sums_by_draws,
)
from tests.tracker.metrics.weeks import series_of
from tracker.metrics import Forecast, Series, fan_at, forecast_at, outlook_at
from tracker.metrics.urn import TOLERANCE
from tracker.metrics.values import Caution

FURTHER: tuple[Caution, ...] = ("parts_stand_still", "promises_broken")


def scope(
    steps: Sequence[int], remaining: int, **fields: Sequence[int]
) -> Series:
    """Return a scope that made ``steps`` and has so much left of a hundred services."""
    return series_of(steps, 100, points=200 - remaining - sum(steps), **fields)


def forecast(steps: Sequence[int], remaining: int) -> Forecast:
    return forecast_at(scope(steps, remaining), len(steps))


def after(series: Series, weeks: int) -> date:
    return series.weeks[-1].sunday + timedelta(weeks=weeks)


def test_weeks_all_alike_leave_nothing_to_chance() -> None:
    series = scope([2] * 12, 11)
    sunday = after(series, 6)

    assert forecast_at(series, 12) == Forecast(
        p50=sunday, p85=sunday, p95=sunday
    )


def test_half_of_the_weeks_bring_the_last_step() -> None:
    """The chance that t draws all miss is 3·4·5 / ((t + 3)(t + 4)(t + 5))."""
    series = scope([1, 0, 1, 0, 1, 0], 1)

    assert forecast_at(series, 6) == Forecast(
        p50=after(series, 1), p85=after(series, 4), p95=after(series, 7)
    )


def test_only_the_last_twelve_weeks_are_in_the_urn() -> None:
    series = scope([5] * 3 + [1] * 12, 10)

    assert forecast_at(series, 15).p50 == after(series, 10)


@pytest.mark.parametrize(
    ("steps", "remaining", "reason"),
    [
        ([1] * 12, 0, "done"),
        ([1] * 2, 0, "done"),
        ([1] * 5, 4, "too_little_history"),
        ([0] * 5, 4, "too_little_history"),
        ([0] * 6, 4, "no_progress"),
        ([0, -1, 0, 0, -2, 0], 4, "no_progress"),
    ],
)
def test_the_reason_why_there_is_no_forecast(
    steps: list[int], remaining: int, reason: str
) -> None:
    found = forecast_at(
        scope(steps, remaining, joined_remaining=[9] * 3), len(steps)
    )

    assert (found.p50, found.p85, found.p95) == (None, None, None)
    assert found.reason == reason
    assert found.caution == ()


def test_a_scope_without_services_has_no_forecast() -> None:
    assert forecast_at(series_of([], services=0), 0).reason == "no_service"
    assert forecast_at(series_of([], services=0), -1).reason == "no_service"


def test_six_weeks_are_enough() -> None:
    series = scope([1] * 6, 4)

    assert forecast_at(series, 6).p95 == after(series, 4)


def test_what_is_reached_before_the_horizon_stands() -> None:
    series = scope([1, *[0] * 11], 10)
    found = forecast_at(series, 12)

    even = next(
        t for t in range(261) if 2 * comb(t + 1, 11) >= comb(t + 11, 11)
    )
    assert found.p50 == after(series, even)
    assert (found.p85, found.p95, found.reason) == (
        None,
        None,
        "beyond_horizon",
    )
    assert found.caution == ("one_week_dominates",)


def test_the_last_week_of_the_horizon_counts() -> None:
    series = series_of([1] * 6, 133)
    assert forecast_at(series, 6).p95 == after(series, 260)
    assert forecast_at(series_of([1] * 6, 134), 6).reason == "beyond_horizon"


def test_one_week_dominates_with_more_than_half_of_the_forward_steps() -> None:
    assert forecast([5, 1, 1, 1, 1, 1], 9).caution == ()
    assert forecast([6, 1, 1, 1, 1, 1], 9).caution == ("one_week_dominates",)


def test_forward_steps_count_alone_not_less_what_went_backward() -> None:
    series = scope([3, 0, 0, 1, 0, 0], 9)
    assert forecast_at(series, 6).caution == ("one_week_dominates",)
    series.forward[2] = series.backward[2] = 2

    assert forecast_at(series, 6).caution == ()


def test_the_scope_grows_by_more_than_a_quarter_of_the_steps() -> None:
    few = scope([2] * 6, 9, joined_remaining=[0, 3])
    many = scope([2] * 6, 9, joined_remaining=[0, 4])

    assert forecast_at(few, 6).caution == ()
    assert forecast_at(many, 6).caution == ("growing_scope",)


def test_a_scope_that_nothing_joined_does_not_grow_however_it_goes_backward() -> (
    None
):
    series = scope([1, 1, 1, -2, -2, 0], 9)

    assert forecast_at(series, 6).caution == ()


def test_a_method_break_in_the_urns_weeks_asks_for_care() -> None:
    series = scope([1] * 14, 9)
    first, last = series.weeks[3], series.weeks[14]

    for week, caution in (
        (first.plus(-1), ()),
        (first, ("method_break",)),
        (last, ("method_break",)),
        (last.plus(1), ()),
    ):
        assert outlook_at(series, 14, None, {week}).forecast.caution == caution


@pytest.mark.parametrize(
    ("steps", "remaining", "known", "added"),
    [
        ([2] * 12, 11, (), FURTHER),
        ([0] * 5 + [1], 199, ("one_week_dominates",), FURTHER),
        ([1] * 12, 0, (), ()),
        ([1] * 5, 4, (), ()),
        ([0] * 6, 4, (), ()),
    ],
    ids=["ahead", "beyond", "done", "young", "standing still"],
)
def test_a_further_caution_is_added_only_to_a_forecast_that_looks_ahead(
    steps: list[int],
    remaining: int,
    known: tuple[Caution, ...],
    added: tuple[Caution, ...],
) -> None:
    series = scope(steps, remaining)

    found = outlook_at(series, len(steps), cautions=FURTHER).forecast
    assert found.caution == (*known, *added)


def test_the_urn_holds_the_weeks_after_the_scopes_first() -> None:
    series = series_of([1] * 6, services=20, joined_remaining=[40])

    assert forecast_at(series, 5).reason == "too_little_history"
    assert forecast_at(series, 6).reason is None
    assert forecast_at(series, 6).caution == ()


GOALS = [
    (timedelta(0), None),
    (timedelta(days=6), 0.0),
    (timedelta(days=7), 1 / 2),
    (timedelta(days=13), 1 / 2),
    (timedelta(days=14), 1 - 3 * 4 / (6 * 7)),
    (timedelta(days=1820), 1 - 3 * 4 * 5 / (263 * 264 * 265)),
    (timedelta(days=1821), None),
]


@pytest.mark.parametrize(("left", "chance"), GOALS)
def test_the_chance_to_be_done_by_the_goal_counts_whole_weeks(
    left: timedelta, chance: float | None
) -> None:
    series = scope([1, 0, 1, 0, 1, 0], 1)
    goal = series.weeks[6].sunday + left

    found = outlook_at(series, 6, goal).goal_chance
    assert found == (
        None if chance is None else pytest.approx(chance, rel=1e-12)
    )


@pytest.mark.parametrize(
    ("steps", "remaining", "chance"),
    [([1] * 5, 4, None), ([0] * 6, 4, 0.0), ([1] * 5, 0, 1.0)],
)
def test_the_chance_of_a_scope_without_dates(
    steps: list[int], remaining: int, chance: float | None
) -> None:
    series = scope(steps, remaining)
    goal = after(series, 10)

    assert outlook_at(series, len(steps), goal).goal_chance == chance
    assert outlook_at(series, len(steps), None).goal_chance is None
    assert outlook_at(series_of([], services=0), 0, goal).goal_chance is None


@pytest.mark.parametrize("weeks", [0, 1, 25, 26, 27, 52, 53, 259, 260])
def test_the_chance_is_that_of_the_goals_week_near_and_far(weeks: int) -> None:
    """The chance that t draws all miss is 3·4·5 / ((t + 3)(t + 4)(t + 5))."""
    series = scope([1, 0, 1, 0, 1, 0], 1)
    goal = after(series, weeks) + timedelta(days=weeks == 0)

    found = outlook_at(series, 6, goal).goal_chance
    missed = 60 / ((weeks + 3) * (weeks + 4) * (weeks + 5))
    assert found == pytest.approx(1 - missed, rel=1e-12)


def test_quiet_weeks_one_after_another_share_one_look_ahead() -> None:
    """A hundred weeks that are published at once would look ahead for seventy OPDs each."""
    series = scope([0] * 4 + [11] + [0] * 14, 97)
    goal = after(series, 80)

    calls = count_calls(
        lambda: [outlook_at(series, week, goal) for week in range(12, 17)]
    )
    assert calls["_Urn.draw"] > 0
    assert calls["_Urn.__init__"] == 1


STEPS = st.lists(st.integers(-4, 5), min_size=6, max_size=14).filter(
    lambda steps: max(steps[-12:]) > 0
)


@settings(max_examples=examples(3, 60))
@given(STEPS, st.integers(1, 60), st.integers(0, 80))
def test_the_dates_and_the_chance_are_those_of_plain_counting(
    steps: list[int], remaining: int, weeks: int
) -> None:
    series, urn = scope(steps, remaining), tuple(steps[-12:])
    goal = after(series, weeks) + timedelta(days=1)
    found = outlook_at(series, len(steps), goal)
    dates = (found.forecast.p50, found.forecast.p85, found.forecast.p95)

    wanted = first_weeks(urn, remaining).values()
    assert dates == tuple(
        None if t is None else after(series, t) for t in wanted
    )
    exact = float(chance_by(urn, remaining, weeks))
    assert found.goal_chance == pytest.approx(exact, rel=1e-12)


@settings(max_examples=examples(8, 80))
@given(STEPS, st.integers(1, 60))
def test_the_fan_is_that_of_plain_counting(
    steps: list[int], remaining: int
) -> None:
    levels = (0.1, 0.5, 0.9)
    fan = fan_at(scope(steps, remaining), len(steps), 30, levels)

    assert fan[0] == (remaining,) * 3
    for quantiles, sums in zip(fan, sums_by_draws(steps[-12:]), strict=False):
        every = sum(sums.values())
        left = {
            reached: sum(
                w for total, w in sums.items() if remaining - total <= reached
            )
            for quantile in quantiles
            for reached in (quantile, quantile - 1)
        }
        for level, quantile in zip(levels, quantiles, strict=True):
            least = Fraction(round(10 * level), 10) - TOLERANCE
            assert quantile == 200 or Fraction(left[quantile], every) >= least
            assert not quantile or Fraction(left[quantile - 1], every) < least


@settings(max_examples=examples(8, 80))
@given(STEPS, st.integers(1, 60))
def test_the_fan_reaches_zero_on_the_forecasts_dates(
    steps: list[int], remaining: int
) -> None:
    series = scope(steps, remaining)
    levels = (0.5, 0.85, 0.95)
    fan = fan_at(series, len(steps), 120, levels)
    found = forecast_at(series, len(steps))

    for place, reached in enumerate((found.p50, found.p85, found.p95)):
        weeks = next((t for t, row in enumerate(fan) if not row[place]), None)
        if weeks is None:
            assert reached is None or reached > after(series, len(fan) - 1)
        else:
            assert reached == after(series, weeks)


def test_a_fan_ends_with_its_weeks_or_when_all_is_done() -> None:
    assert fan_at(series_of([1] * 6, services=4), 6, 10) == [
        (2,) * 5,
        (1,) * 5,
        (0,) * 5,
    ]
    assert len(fan_at(scope([1] * 6, 20), 6, 10)) == 11
    assert fan_at(scope([0] * 6, 2), 6, 10) == []
    assert fan_at(scope([1] * 5, 2), 5, 10) == []
    assert fan_at(series_of([], services=0), 0, 10) == []


def test_a_fan_looks_no_further_than_the_forecast() -> None:
    assert len(fan_at(scope([1, *[0] * 11], 150), 12, 400)) == 261


def test_a_long_history_of_big_steps_is_counted_exactly() -> None:
    steps = [-30, 31, -25, 26, -10, 12, -5, 6, 1, -2, 3, 40]
    urn, known = tuple(steps), next(islice(sums_by_draws(steps), 60, None))
    exact = Fraction(
        sum(w for s, w in known.items() if s >= 100), sum(known.values())
    )
    series = scope(steps, 100)

    found = outlook_at(series, 12, after(series, 60)).goal_chance
    assert found == pytest.approx(float(exact), rel=1e-12)
    assert chance_by(urn, 100, 60) == exact
