"""The sentences under the verdict: each is true of the facts, on any register."""

import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from tests.depth import examples
from tests.tracker.builder import Builder
from tests.tracker.metrics.histories import History, histories
from tests.tracker.snapshot.cities import TODAY, W18, small_city
from tests.tracker.snapshot.conditions import Case
from tracker.history import opd_at
from tracker.language import LANGUAGES, load_language
from tracker.metrics import measure
from tracker.snapshot import WeekValue, read_week, render, render_chat
from tracker.snapshot.news import news_items
from tracker.snapshot.text_lists import name_some
from tracker.week import Week

EN = load_language("en")
quick = settings(
    max_examples=examples(5, 40),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def read(history: History) -> tuple[WeekValue, Case]:
    asked = (history.register, history.week, history.today)
    return read_week(*asked), Case(*asked)


def told(value: WeekValue, lead: str) -> str:
    """Return the line under ``lead``; nothing where there is none."""
    lines = [led.text for led in news_items(value, EN) if led.lead == lead]
    return lines[0] if lines else ""


def news(city: Builder, lead: str) -> str:
    """Return the line of week 18 under ``lead``."""
    return told(read_week(city.register, W18, TODAY), lead)


def counts(text: str, pattern: str) -> list[int]:
    """Return the numbers of the first place that ``pattern`` fits."""
    found = re.search(pattern, text)
    return (
        [int(number.replace("−", "-")) for number in found.groups()]
        if found
        else []
    )


@quick
@given(histories())
def test_what_moved_is_what_the_moves_of_the_week_add_up_to(
    history: History,
) -> None:
    value, case = read(history)
    text = told(value, "This week:")
    first, last = history.week.monday, case.day
    forward = backward = 0
    for service in history.register.services.values():
        before = service.stage.points
        for move in history.register.moves_of.get(service.id, ()):
            step = move.stage.points - before
            before = move.stage.points
            if first <= move.on <= last and service in case.services(move.on):
                forward, backward = (
                    forward + max(0, step),
                    backward + max(0, -step),
                )
    if text and (forward or backward):
        moved = counts(text, r"^(\d+) steps? forward, (\d+) backward")
        assert moved == [forward, backward]
    elif text:
        assert text.startswith("No service moved to another stage.")


@quick
@given(histories())
def test_the_steps_of_the_pace_are_those_of_its_weeks(history: History) -> None:
    value, case = read(history)
    pattern = r"Last (\d+) complete weeks: (−?\d+) net steps?; \d+ weeks before: (−?\d+)"
    text = told(value, "This week:")
    if "complete weeks:" in text:
        weeks, recent, before = counts(text, pattern)
        assert recent == sum(case.steps(back) for back in range(weeks))
        assert before == sum(
            case.steps(back) for back in range(weeks, 2 * weeks)
        )


@quick
@given(histories())
def test_who_does_well_made_steps_and_does_not_slow_down(
    history: History,
) -> None:
    value, _ = read(history)
    steps = [opd.figures.steps_recent or 0 for opd in value.doing_well]
    assert steps == sorted(steps, reverse=True)
    assert all(one > 0 for one in steps)
    assert bool(told(value, "Going well:")) == bool(steps)


@quick
@given(histories())
def test_who_was_heard_from_reported_or_moved_in_the_week(
    history: History,
) -> None:
    value, case = read(history)
    register = history.register

    def heard(week: Week, active: set[str]) -> int:
        moved = {
            opd_at(register, register.services[move.service], move.on)
            for move in register.moves.values()
            if week.monday <= move.on <= case.day and Week.of(move.on) == week
        }
        said = {
            one.opd
            for one in register.reports.values()
            if one.week == str(week)
        }
        return len(active & (moved | said))

    text = told(value, "Heard from:")
    found = counts(text, r"^(\d+) of (\d+) OPDs?.*: (\d+)\)")
    if text:
        before = history.week.plus(-1)
        then = {
            opd_at(register, one, before.sunday)
            for one in case.services(before.sunday)
        }
        assert found == [
            heard(history.week, case.opds()),
            len(case.opds()),
            heard(before, then),
        ]


@quick
@given(histories())
def test_the_sum_adds_up_to_the_steps_that_the_services_have_made(
    history: History,
) -> None:
    value, case = read(history)
    pattern = r"(\d+) \+ (\d+) joined − (\d+) left \+ (\d+) forward − (\d+) backward = (\d+)"
    text = told(value, "The sum in steps:")
    if text:
        opening, joined, left, forward, backward, closing = counts(
            text, pattern
        )
        eve = history.week.monday - timedelta(days=1)
        assert opening == sum(
            case.points(one, eve) for one in case.services(eve)
        )
        assert opening + joined - left + forward - backward == closing
        assert closing == sum(
            case.points(one, case.day) for one in case.services(case.day)
        )


@quick
@given(histories())
def test_a_forecast_is_told_with_its_chance_or_with_what_it_lacks(
    history: History,
) -> None:
    value, _ = read(history)
    text = told(value, "Forecast:")
    forecast = measure(
        history.register, history.week, history.today
    ).city.forecast
    if text and forecast.p50:
        assert (
            f"done by {EN.date(forecast.p50, 'long')} with a chance of at least 50"
            in text
        )
    elif text:
        assert text.startswith(("none: ", "within five years"))
    assert ("With care" in text) == bool(
        text and forecast.p50 and forecast.caution
    )


@pytest.mark.parametrize(
    ("services", "weeks", "said", "has_care"),
    [
        (12, 12, "of at least 85.", False),
        (1, 1, "of at least 85. ", True),
        (6, 1, "no surer date within five years. ", True),
        (12, 1, "the work is more likely unfinished.", False),
    ],
)
def test_a_forecast_is_taken_with_care_where_it_has_a_date_and_there_is_cause(
    services: int, weeks: int, said: str, has_care: bool
) -> None:
    """That one week made all the steps is a cause, of a date that there is."""
    city = Builder()
    for number in range(services):
        city.service(f"a-{number}", "dinkes", "2025-09-01")
    for number in range(weeks):
        city.move(f"a-{number}", W18.plus(-number).monday, "online")
    text = news(city, "Forecast:")
    assert said in text
    assert ("With care" in text) == has_care


@pytest.mark.parametrize(
    ("opds", "end"), [(6, "opd-5 +1."), (7, "opd-5 +1 and 1 more.")]
)
def test_six_opds_that_moved_are_named_and_the_others_counted(
    opds: int, end: str
) -> None:
    """One whose service came into the stage in which it was has not moved."""
    city = Builder()
    city.service("online", "still", "2026-01-05", "online")
    city.move("online", W18.monday, "online")
    for number in range(opds):
        city.service(f"a-{number}", f"opd-{number}", "2026-01-05")
        city.move(f"a-{number}", W18.monday, "online")
    text = news(city, "This week:")
    assert re.findall(r"opd-\d \+1", text) == [
        f"opd-{number} +1" for number in range(6)
    ]
    assert end in text


def test_a_week_that_ends_without_services_tells_what_moved_before() -> None:
    city = Builder()
    city.service("ktp", "dukcapil", "2026-01-05")
    city.move("ktp", W18.monday, "online")
    city.closure("ktp", W18.sunday)
    text = news(city, "This week:")
    assert text.endswith(": Dinas dukcapil +1. 1 service left.")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("ABC", "A, B, and C"),
        ("ABCD", "A, B, C, and D"),
        ("ABCDE", "A, B, C, and 2 more"),
    ],
)
def test_where_one_more_would_be_counted_it_is_named(
    names: str, said: str
) -> None:
    assert name_some(names, EN) == said


@quick
@given(histories())
def test_every_form_keeps_its_measure(history: History) -> None:
    value, _ = read(history)
    for code in LANGUAGES:
        language = load_language(code)
        assert len(render(value, language, first_page=True).splitlines()) <= 50
        assert len(render_chat(value, language)) <= 900
    rows = [
        line for line in render(value, EN).splitlines() if line.startswith("|")
    ]
    assert all(len(re.findall(r"(?<!\\)\|", row)) <= 8 for row in rows)


def test_the_milestones_of_a_week_are_those_from_its_monday_on() -> None:
    city = small_city()
    for day in ("2026-04-26", "2026-04-27", "2026-05-03", "2026-05-04"):
        city.milestone(day, f"of {day}")
    value = read_week(city.register, W18, TODAY)
    lines = " ".join(led.text for led in news_items(value, EN))
    assert "Milestone: of 2026-04-27; of 2026-05-03." in lines
