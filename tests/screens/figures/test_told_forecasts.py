"""What is said of a forecast fits how the scope stands now, not only at the last week's end."""

from datetime import date, timedelta

import pytest
from msgspec import structs

from screens.figures.brief import brief_lines
from screens.figures.standing import standing_lines
from screens.figures.weeks import Weeks
from screens.widgets.paint import Line
from tests.tracker.builder import Builder
from tracker.cli.figures_lines import figure_lines
from tracker.language import load_language
from tracker.metrics import WeekReading, measure_week
from tracker.register import Register
from tracker.snapshot import read_week, render, render_chat
from tracker.week import Week

EN = load_language("en")
TODAY = date(2026, 5, 6)
"""A Wednesday: the figures rest on the weeks up to the Sunday before."""
WEEK = Week.of(TODAY)
GOAL = date(2027, 12, 31)


def moving_city(finished: int) -> Builder:
    """A city of ten services, of which one a week got integrated, ``finished`` in all."""
    city = Builder(goal=GOAL)
    for number in range(10):
        city.service(f"s{number}", "dinkes", "2026-01-05", "online")
    for number in range(finished):
        day = WEEK.plus(number - finished).monday
        city.move(f"s{number}", day, "integrated")
    return city


def done_today() -> Register:
    city = moving_city(9)
    city.move("s9", TODAY, "integrated")
    return city.register


def joined_today() -> Register:
    city = moving_city(10)
    city.service("new", "dinkes", TODAY)
    return city.register


def forms(register: Register) -> dict[str, str]:
    """Return every form that tells a forecast, as text."""
    value = read_week(register, WEEK, TODAY)
    reading = WeekReading(register, WEEK, TODAY)
    figures = measure_week(reading).city
    weeks = Weeks(reading.series["city"], TODAY)
    lines = figure_lines(figures, EN)
    return {
        "page": render(value, EN),
        "chat": render_chat(value, EN),
        "command": "\n".join(": ".join(line) for line in lines),
        "screen": text_of(standing_lines(figures, GOAL, EN, 200, weeks)),
        "brief": text_of(brief_lines(figures, GOAL, EN, 200, weeks)),
    }


def text_of(lines: list[Line]) -> str:
    return "\n".join("".join(text for text, _ in line) for line in lines)


@pytest.mark.parametrize("form", ["page", "chat", "command", "screen", "brief"])
def test_of_what_got_done_this_week_no_date_is_told(form: str) -> None:
    said = forms(done_today())[form]
    assert " 50%" not in said
    assert "in 100" not in said.split("## Annex")[0]
    assert "every service is behind the single door" in said or (
        "all services are integrated" in said
    )


@pytest.mark.parametrize("form", ["page", "chat", "command", "screen", "brief"])
def test_what_was_done_is_not_said_to_be_while_something_remains(
    form: str,
) -> None:
    said = forms(joined_today())[form]
    assert "at the end of the last complete week" in said
    assert "all services are integrated" not in said


def test_a_kind_that_got_done_this_week_is_not_late() -> None:
    city = moving_city(3)
    city.opd("cibiru", kind="kecamatan")
    city.service("domisili", "cibiru", "2026-01-05", "online")
    late = city.register
    assert "As a kind these are more likely late" in render(
        read_week(late, WEEK, TODAY), EN
    )
    city.move("domisili", TODAY - timedelta(days=1), "integrated")
    assert "As a kind these are more likely late" not in render(
        read_week(city.register, WEEK, TODAY), EN
    )


@pytest.mark.parametrize(
    ("days", "is_told"), [(1, True), (0, False), (-1, False)]
)
def test_no_chance_is_told_once_the_day_of_the_goal_has_come(
    days: int, is_told: bool
) -> None:
    """The last complete week still lies before it."""
    goal = TODAY + timedelta(days=days)
    city = moving_city(5)
    [only] = city.register.city.values()
    named = {only.id: structs.replace(only, goal=goal)}
    register = structs.replace(city.register, city=named)
    reading = WeekReading(register, WEEK, TODAY)
    [opd] = measure_week(reading).opds
    assert opd.figures.goal_chance == 0
    weeks = Weeks(reading.series[opd.key], TODAY)
    screen = text_of(standing_lines(opd.figures, goal, EN, 200, weeks))
    command = "\n".join(
        ": ".join(line) for line in figure_lines(opd.figures, EN)
    )
    assert ("chance 0 in 100" in screen) is is_told
    assert ("Chance to meet the goal" in command) is is_told
    annex = render(read_week(register, WEEK, TODAY), EN).split("### B.")[1]
    row = next(one for one in annex.splitlines() if "Dinas dinkes" in one)
    assert row.endswith("      0 |" if is_told else "      – |")
