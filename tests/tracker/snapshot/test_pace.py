"""What is said of pace, forecast and goal."""

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from tests.tracker.snapshot.cities import TODAY, W18, small_city
from tracker.language import language
from tracker.metrics import Forecast, Pace
from tracker.snapshot import WeekValue, week_of
from tracker.snapshot.pace import forecast_sentence, goal_sentences, pace_sentence

EN = language("en")
NEAR, LATER, LAST = date(2026, 9, 6), date(2026, 12, 6), date(2027, 3, 7)


def week(**figures: object) -> WeekValue:
    value = week_of(small_city().register, W18, TODAY)
    city = msgspec.structs.replace(value.figures.city, **figures)
    return replace(value, figures=msgspec.structs.replace(value.figures, city=city))


@pytest.mark.parametrize("pace", list(Pace))
def test_every_pace_is_said_in_a_sentence(pace: Pace) -> None:
    said = pace_sentence(week(pace=pace).figures.city, EN)
    assert said.endswith(".")
    assert "{" not in said


def test_a_pace_says_how_fast_it_was_four_weeks_ago() -> None:
    said = pace_sentence(week(pace=Pace.ACCELERATING, velocity=1.5, acceleration=0.5).figures.city, EN)
    assert "1.50 index points a week over the last four weeks, after 1.00 in the four weeks before" in said


@pytest.mark.parametrize(
    ("forecast", "said"),
    [
        (Forecast(reason="no_service"), ""),
        (Forecast(reason="done"), ""),
        (Forecast(reason="too_little_history"), "six complete weeks"),
        (Forecast(reason="no_progress"), "The last 9 weeks brought no progress"),
        (Forecast(reason="beyond_horizon"), "over five years more"),
        (
            Forecast(p50=NEAR, reason="beyond_horizon"),
            "by 6 September 2026; a surer date lies over five years",
        ),
        (Forecast(p50=NEAR, p85=LATER, p95=LAST), "by 6 September 2026; by 6 December 2026 it is 85 in 100"),
    ],
)
def test_a_forecast_is_said_or_why_there_is_none(forecast: Forecast, said: str) -> None:
    assert said in forecast_sentence(forecast, 9, EN)


@pytest.mark.parametrize(
    ("forecast", "said"),
    [
        (Forecast(p50=NEAR, p85=NEAR, p95=NEAR), "is as good as certain"),
        (Forecast(p50=NEAR, p85=LATER, p95=LAST), "will most likely be met"),
        (Forecast(p50=NEAR, p85=LAST, p95=LAST), "can be met, but that is far from sure"),
        (Forecast(p50=LAST, p85=LAST, p95=LAST), "will be missed"),
        (Forecast(reason="no_progress"), "will be missed"),
        (Forecast(reason="too_little_history"), "The goal is 31 December 2026."),
    ],
)
def test_the_goal_is_set_against_the_forecast(forecast: Forecast, said: str) -> None:
    assert said in goal_sentences(week(forecast=forecast), EN)[0]


def test_the_pace_is_set_against_the_one_that_the_goal_takes() -> None:
    assert "which is enough" in goal_sentences(week(velocity=1.0, required_velocity=1.0), EN)[1]
    assert "which is too little" in goal_sentences(week(velocity=0.9, required_velocity=1.0), EN)[1]
