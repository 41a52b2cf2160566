"""What the filter takes is offered, and what it does not is said."""

import pytest

from screens.app import TrackerApp
from screens.filter_values import complete_filter, describe_unknown
from tests.screens.conftest import MakeApp
from tests.screens.harness import settled
from tests.tracker.builder import Builder


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("ta", "tahap:"),
        ("tahap:da", "tahap:daring"),
        ("stage:ter", "stage:terintegrasi"),
        ("ktp opd:dink", "ktp opd:dinkes"),
        ("tag:wa", "tag:wajib"),
        ("laju:mel", "laju:melambat"),
        ("terl", "terlambat"),
        ("zzz", None),
        ("warna:m", None),
        ("tahap:daring", None),
        ('"kartu ke', None),
        ("", None),
    ],
)
def test_the_last_word_is_completed(
    make_app: MakeApp, city: Builder, typed: str, completed: str | None
) -> None:
    state = make_app(city.register, "id").state
    assert complete_filter(typed, state) == completed


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("colour:red", "“colour:” is not a field"),
        ("stage:finished", "conventional, online, integrated"),
        ("pace:quick", "“pace:quick”"),
        ("opd:dinzzz", "dinkes, dukcapil"),
        ("tag:none", "wajib"),
    ],
)
def test_what_does_not_exist_is_said(
    app: TrackerApp, typed: str, said: str
) -> None:
    (message,) = describe_unknown(f"ktp {typed}", app.state)
    assert said in message


@pytest.mark.parametrize(
    "typed",
    [
        *("ktp", '"stage:finished"', "opd:dinkes", "opd:kesehatan", "tag:waj"),
        *("stage:on", "status:stalled", "overdue", "Surat: pengantar", ""),
    ],
)
def test_nothing_is_said_of_what_exists_and_of_words(
    app: TrackerApp, typed: str
) -> None:
    assert describe_unknown(typed, app.state) == []


async def test_tab_completes_and_enter_tells_what_is_unknown(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("slash", *"stage:onl", "tab", "enter")
        await settled(pilot)
        assert app.state.filter.text == "stage:online"
        await pilot.press("slash", "end", "space", *"warna:biru", "enter")
        await settled(pilot)
        messages = [note.message for note in app._notifications]
        assert any("“warna:” is not a field" in said for said in messages)
