from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracker.metrics.weeks import series_of
from tracker.metrics import Forecast, fan_at, forecast, forecast_at, forecast_fan
from tracker.metrics.forecast import weeks_ahead
from tracker.week import Week

LAST = Week(2026, 10)
SUNDAY = date(2026, 3, 8)


def after(weeks: int) -> date:
    return SUNDAY + timedelta(weeks=weeks)


def exact_chances(
    steps: Sequence[int], remaining: int, services: int, weeks: int
) -> list[dict[int, Fraction]]:
    """Carry the chance of every remaining count in exact fractions: slow, and plainly right."""
    now = {remaining: Fraction(1)}
    found = []
    for _ in range(weeks):
        later: Counter[int] = Counter()
        for count, chance in now.items():
            for step in steps:
                reached = 0 if not count else min(2 * services, max(0, count - step))
                later[reached] += chance / len(steps)  # type: ignore[assignment]
        now = dict(later)  # type: ignore[arg-type]
        found.append(now)
    return found


def test_weeks_all_alike_leave_nothing_to_chance() -> None:
    assert forecast([2] * 12, 11, 10, LAST) == Forecast(
        p50=after(6), p85=after(6), p95=after(6)
    )


def test_a_coin_for_the_last_step() -> None:
    found = forecast([1, 0, 1, 0, 1, 0], 1, 10, LAST)

    assert found == Forecast(p50=after(1), p85=after(3), p95=after(5))


def test_only_the_last_twelve_weeks_are_drawn_from() -> None:
    assert forecast([50] * 3 + [1] * 12, 10, 10, LAST).p50 == after(10)


@pytest.mark.parametrize(
    ("steps", "remaining", "services", "reason"),
    [
        ([1] * 12, 0, 0, "no_service"),
        ([1] * 12, 0, 4, "done"),
        ([1] * 2, 0, 4, "done"),
        ([1] * 5, 4, 4, "too_little_history"),
        ([0] * 5, 4, 4, "too_little_history"),
        ([0] * 6, 4, 4, "no_progress"),
        ([0, -1, 0, 0, -2, 0], 4, 4, "no_progress"),
    ],
)
def test_the_reason_why_there_is_no_forecast(
    steps: list[int], remaining: int, services: int, reason: str
) -> None:
    found = forecast(steps, remaining, services, LAST, joined_remaining=100)

    assert (found.p50, found.p85, found.p95) == (None, None, None)
    assert found.reason == reason
    assert found.caution == ()


def test_six_weeks_are_enough() -> None:
    assert forecast([1] * 6, 4, 4, LAST).p95 == after(4)


def test_what_is_reached_before_the_horizon_stands() -> None:
    steps = [1, *[0] * 11]
    found = forecast(steps, 19, 20, LAST)

    assert found.p50 == after(224)
    assert (found.p85, found.p95, found.reason) == (None, None, "beyond_horizon")


def test_the_last_week_of_the_horizon_counts() -> None:
    assert forecast([1] * 6, 260, 130, LAST).p95 == after(260)
    assert forecast([1] * 6, 261, 131, LAST).reason == "beyond_horizon"


def test_one_week_dominates_with_more_than_half_of_the_forward_steps() -> None:
    assert forecast([5, 1, 1, 1, 1, 1], 9, 20, LAST).caution == ()
    assert forecast([6, 1, 1, 1, 1, 1], 9, 20, LAST).caution == ("one_week_dominates",)


def test_forward_steps_count_alone_not_less_what_went_backward() -> None:
    steps, forward = [3, 0, 0, 1, 0, 0], [3, 2, 2, 1, 0, 0]

    assert forecast(steps, 9, 20, LAST, forward=forward).caution == ()
    assert forecast(steps, 9, 20, LAST).caution == ("one_week_dominates",)


def test_the_scope_grows_when_joining_services_bring_more_than_a_quarter_of_the_steps() -> (
    None
):
    assert forecast([2] * 6, 9, 20, LAST, joined_remaining=3).caution == ()
    assert forecast([2] * 6, 9, 20, LAST, joined_remaining=4).caution == (
        "growing_scope",
    )


def test_both_cautions_may_hold() -> None:
    found = forecast([6, 1, 0, 0, 0, 0], 9, 20, LAST, joined_remaining=4)

    assert found.caution == ("one_week_dominates", "growing_scope")


def test_a_scopes_forecast_rests_on_the_twelve_weeks_after_its_start() -> None:
    series = series_of(
        [12, *[1] * 12], services=20, joined_remaining=[40, *[0] * 12, 4]
    )

    assert forecast_at(series, 13) == Forecast(
        p50=series.weeks[13].sunday + timedelta(weeks=16),
        p85=series.weeks[13].sunday + timedelta(weeks=16),
        p95=series.weeks[13].sunday + timedelta(weeks=16),
        caution=("growing_scope",),
    )
    assert forecast_at(series, 12).caution == ("one_week_dominates",)
    assert forecast_at(series, 8).caution == ("one_week_dominates",)
    assert forecast_at(series, 5).reason == "too_little_history"
    assert forecast_at(series, 6).reason is None
    assert forecast_at(series_of([], services=0), 0).reason == "no_service"
    assert forecast_at(series, -1).reason == "no_service"


def test_a_scopes_forward_steps_are_counted_apart_from_what_went_backward() -> None:
    series = series_of([3, 0, 0, 1, 0, 0], services=20)
    series.forward[2] = series.backward[2] = 2

    assert forecast_at(series, 6).caution == ()


STEPS = st.lists(st.integers(-4, 5), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(STEPS, st.integers(1, 12), st.data())
def test_the_chances_are_those_of_exact_fractions(
    steps: list[int], services: int, data: st.DataObject
) -> None:
    remaining = data.draw(st.integers(1, 2 * services))
    exact = exact_chances(steps, remaining, services, 40)

    for chances, known in zip(
        weeks_ahead(steps, remaining, services), exact, strict=False
    ):
        assert chances.done == pytest.approx(float(known.get(0, 0)), abs=1e-13)


@settings(max_examples=60, deadline=None)
@given(
    STEPS.filter(lambda steps: len(steps) > 5 and max(steps) > 0),
    st.integers(1, 12),
    st.data(),
)
def test_the_fan_is_that_of_exact_fractions(
    steps: list[int], services: int, data: st.DataObject
) -> None:
    remaining = data.draw(st.integers(1, 2 * services))
    fan = forecast_fan(steps, remaining, services, 30, levels=(0.1, 0.5, 0.9))

    assert fan[0] == (remaining,) * 3
    for quantiles, known in zip(
        fan[1:], exact_chances(steps, remaining, services, 30), strict=False
    ):
        for level, quantile in zip((0.1, 0.5, 0.9), quantiles, strict=True):
            below = sum(chance for count, chance in known.items() if count <= quantile)
            short = sum(chance for count, chance in known.items() if count < quantile)
            assert below >= level - 1e-9
            assert short < level


@settings(max_examples=100, deadline=None)
@given(
    STEPS.filter(lambda steps: len(steps) > 5 and max(steps) > 0),
    st.integers(1, 30),
    st.data(),
)
def test_the_fan_reaches_zero_on_the_forecasts_dates(
    steps: list[int], services: int, data: st.DataObject
) -> None:
    remaining = data.draw(st.integers(1, 2 * services))
    fan = forecast_fan(steps, remaining, services, 260, levels=(0.5, 0.85, 0.95))
    found = forecast(steps, remaining, services, LAST)

    for place, reached in enumerate((found.p50, found.p85, found.p95)):
        weeks = next(
            (t for t, quantiles in enumerate(fan) if not quantiles[place]), None
        )
        assert reached == (None if weeks is None else after(weeks))


def test_no_chance_is_lost_over_the_longest_and_widest_forecast() -> None:
    steps = [-300, 310, -250, 260, -100, 120, -50, 60, 10, -20, 30, 400]
    *_, chances = islice(weeks_ahead(steps, 4000, 2000), 260)
    exact = _floats_ahead(steps, 4000, 2000, 260)

    assert chances.done == pytest.approx(exact, abs=1e-11)


def _floats_ahead(
    steps: Sequence[int], remaining: int, services: int, weeks: int
) -> float:
    """Carry the chances as plain floats, a list of all counts at a time."""
    now = [0.0] * (2 * services + 1)
    now[remaining] = 1.0
    for _ in range(weeks):
        later = [0.0] * len(now)
        later[0] = now[0]
        for step in steps:
            for count in range(1, len(now)):
                if now[count]:
                    later[min(len(now) - 1, max(0, count - step))] += now[count] / len(
                        steps
                    )
        now = later
    return now[0]


def test_a_fan_ends_with_its_weeks_or_when_all_is_done() -> None:
    assert forecast_fan([1] * 6, 2, 4, 10) == [(2,) * 5, (1,) * 5, (0,) * 5]
    assert len(forecast_fan([1] * 6, 20, 40, 10)) == 11
    assert forecast_fan([0] * 6, 2, 4, 10) == []
    assert forecast_fan([1] * 5, 2, 4, 10) == []
    assert fan_at(series_of([1] * 6, services=4), 6, 10, levels=(0.5,)) == [
        (2,),
        (1,),
        (0,),
    ]
    assert fan_at(series_of([], services=0), 0, 10) == []
