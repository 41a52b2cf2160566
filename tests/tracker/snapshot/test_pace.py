"""What is said of pace, forecast and goal."""

import re
from dataclasses import replace
from datetime import date

import msgspec
import pytest

from tests.tracker.builder import Builder
from tests.tracker.snapshot.cities import TODAY, W18, small_city
from tracker.language import load_language
from tracker.metrics import Forecast, Pace
from tracker.metrics.values import Reason
from tracker.snapshot import WeekValue, render, week_of
from tracker.snapshot.pace import (
    forecast_sentence,
    goal_sentences,
    pace_sentence,
    unmoved_sentence,
)
from tracker.week import Week

EN = load_language("en")
NEAR, LATER, LAST = date(2026, 9, 6), date(2026, 12, 6), date(2027, 3, 7)


def week(goal: date = date(2026, 12, 31), **figures: object) -> WeekValue:
    value = week_of(small_city().register, W18, TODAY)
    value = replace(value, city=msgspec.structs.replace(value.city, goal=goal))
    city = msgspec.structs.replace(value.figures.city, **figures)
    return replace(value, figures=msgspec.structs.replace(value.figures, city=city))


@pytest.mark.parametrize("pace", list(Pace))
def test_every_pace_is_said_in_a_sentence(pace: Pace) -> None:
    said = pace_sentence(week(pace=pace).figures.city, EN)
    assert said.endswith(".")
    assert "{" not in said


def test_a_pace_says_the_steps_of_the_windows_that_it_compares() -> None:
    value = week(
        pace=Pace.ACCELERATING, window_weeks=12, steps_recent=30, steps_before=9
    )
    said = pace_sentence(value.figures.city, EN)
    assert "30 steps net in the last 12 weeks, 9 in the 12 before." in said


@pytest.mark.parametrize(
    ("forecast", "said"),
    [
        (
            Forecast(reason="no_service"),
            "at the end of the last complete week there was no service",
        ),
        (Forecast(reason="done"), ""),
        (
            Forecast(reason="too_little_history"),
            "six complete weeks in which moves are counted, and so far",
        ),
        (
            Forecast(reason="no_progress"),
            "None of the last 9 complete weeks brought the work forward",
        ),
        (
            Forecast(reason="beyond_horizon"),
            "the work is more likely unfinished than finished in five years.",
        ),
        (
            Forecast(p50=NEAR, reason="beyond_horizon"),
            "by 6 September 2026; a surer date lies over five years",
        ),
        (
            Forecast(p50=NEAR, p85=LATER, p95=LAST),
            "by 6 September 2026; by 6 December 2026 it is 85 in 100",
        ),
    ],
)
def test_a_forecast_is_said_or_why_there_is_none(forecast: Forecast, said: str) -> None:
    assert said in forecast_sentence(forecast, 9, EN)


@pytest.mark.parametrize(
    ("forecast", "said"),
    [
        (
            Forecast(p50=NEAR, p85=NEAR, p95=NEAR),
            "is met with a chance of at least 95 in 100",
        ),
        (
            Forecast(p50=NEAR, p85=LATER, p95=LAST),
            "is met with a chance of 85 to 95 in 100",
        ),
        (
            Forecast(p50=NEAR, p85=LAST, p95=LAST),
            "is met with a chance of 50 to 85 in 100",
        ),
        (
            Forecast(p50=LAST, p85=LAST, p95=LAST),
            "more likely missed than met: its chance is under 50",
        ),
        (
            Forecast(p50=NEAR, reason="beyond_horizon"),
            "is met with a chance of 50 to 85 in 100",
        ),
        (
            Forecast(reason="beyond_horizon"),
            "more likely missed than met: its chance is under 50",
        ),
    ],
)
def test_the_goal_is_set_against_the_forecast(forecast: Forecast, said: str) -> None:
    assert said in goal_sentences(week(forecast=forecast), EN)


@pytest.mark.parametrize(
    ("forecast", "said"),
    [
        (Forecast(reason="beyond_horizon"), "lies further ahead than the five years"),
        (
            Forecast(p50=NEAR, reason="beyond_horizon"),
            "with a chance of at least 50 in 100",
        ),
        (
            Forecast(p50=NEAR, p85=LATER, p95=LAST),
            "with a chance of at least 95 in 100",
        ),
    ],
)
def test_no_more_is_said_of_a_goal_beyond_the_horizon_than_is_known(
    forecast: Forecast, said: str
) -> None:
    assert said in goal_sentences(week(goal=date(2040, 12, 31), forecast=forecast), EN)


@pytest.mark.parametrize(
    "reason", ["no_service", "too_little_history", "no_progress", "done"]
)
def test_without_a_forecast_nothing_is_concluded_about_the_goal(reason: Reason) -> None:
    value = week(
        forecast=Forecast(reason=reason), velocity=None, required_velocity=None
    )
    assert (
        goal_sentences(value, EN)
        == "Whether the goal of 31 December 2026 will be met cannot be told yet."
    )


def test_with_too_little_history_the_speeds_stand_side_by_side_and_nothing_is_made_of_them() -> (
    None
):
    value = week(
        forecast=Forecast(reason="too_little_history"),
        velocity=2.0,
        required_velocity=1.0,
    )
    assert goal_sentences(value, EN).endswith(
        "It takes 1.00 index points a week; the last four weeks alone made 2.00."
    )


def test_the_pace_is_set_against_the_one_that_the_goal_takes() -> None:
    assert "which is enough" in goal_sentences(
        week(velocity=1.0, required_velocity=1.0), EN
    )
    assert "which is too little" in goal_sentences(
        week(velocity=0.9, required_velocity=1.0), EN
    )


def test_a_city_that_was_done_before_a_service_joined_is_not_said_to_be_done() -> None:
    assert pace_sentence(
        week(pace=Pace.DONE, remaining_steps=2).figures.city, EN
    ).startswith("At the end of")
    assert pace_sentence(
        week(pace=Pace.DONE, remaining_steps=0).figures.city, EN
    ).startswith("Every service")


def uneven_city() -> Builder:
    """Two OPDs of which one moves every week, and the other never."""
    city = Builder(goal="2026-12-31")
    for number in range(30):
        city.service(f"a-{number}", "moves", "2026-01-05")
    for number in range(3):
        city.service(f"b-{number}", "rests", "2026-01-05", stage="online")
    for number in range(15):
        city.move(f"a-{number}", Week(2026, 3 + number).monday, "online")
    return city


def test_what_lies_with_opds_that_do_not_move_is_told() -> None:
    value = week_of(uneven_city().register, W18, TODAY)
    assert unmoved_sentence(value, EN) == (
        "But 1 OPD made no progress in any of the last 12 complete weeks (Dinas rests): 3 steps left there, "
        "without which the work is not done."
    )
    assert unmoved_sentence(value, EN) in render(value, EN)
    assert re.search(
        r"OPDs without progress in the last 12 complete weeks:\n\n.*\n.*\n\| Dinas rests +\| +3 \| +3 \|\n\n",
        render(value, EN),
    )


def test_an_opd_that_is_done_or_has_just_moved_all_it_had_is_not_held_against_the_city() -> (
    None
):
    city = uneven_city()
    for number in range(3):
        city.move(f"b-{number}", TODAY, "integrated")
    assert unmoved_sentence(week_of(city.register, Week.of(TODAY), TODAY), EN) == ""


def test_where_there_is_no_forecast_there_is_nothing_to_hold_against_it() -> None:
    value = week_of(uneven_city().register, Week(2026, 5), TODAY)
    assert value.figures.city.forecast.reason == "too_little_history"
    assert unmoved_sentence(value, EN) == ""


def caution_line(city: Builder) -> str:
    page = render(week_of(city.register, W18, TODAY), EN, first_page=True)
    assert "If the coming weeks are like the last" in page
    return next((line for line in page.splitlines() if "with care" in line), "")


def test_a_forecast_that_rests_on_one_week_says_so_where_it_is_made() -> None:
    city = Builder()
    for number in range(9):
        city.service(f"a-{number}", "dinkes", "2026-01-05", stage="online")
    for number in range(5):
        city.move(f"a-{number}", "2026-04-28", "integrated")
    assert (
        "with care: one week made over half of the recent steps forward."
        in caution_line(city)
    )


def test_a_city_that_went_backward_and_that_nothing_joined_is_not_said_to_grow() -> (
    None
):
    city = Builder()
    for code in "ab":
        city.service(code, "dinkes", "2026-01-05", stage="integrated")
    city.move("a", "2026-03-31", "conventional")
    city.move("a", "2026-04-14", "online")
    value = week_of(city.register, W18, TODAY)
    assert value.figures.city.forecast.caution == ("one_week_dominates",)
    city.service("c", "dinkes", "2026-04-14", stage="online")
    value = week_of(city.register, W18, TODAY)
    assert "growing_scope" in value.figures.city.forecast.caution


def test_where_no_date_is_given_there_is_nothing_to_take_with_care() -> None:
    city = Builder()
    for number in range(40):
        city.service(f"a-{number}", "dinkes", "2026-01-05")
    city.move("a-0", "2026-03-31", "integrated")
    for number in range(5):
        city.move(f"a-{number}", "2026-04-07", "online")
        city.move(f"a-{number}", "2026-04-14", "conventional")
    assert week_of(city.register, W18, TODAY).figures.city.forecast.p50 is None
    assert week_of(city.register, W18, TODAY).figures.city.forecast.caution
    assert caution_line(city) == ""
