"""What is asked of the leadership, on the screens: suggested, asked for, carried out."""

from typing import Any

import pytest
from textual.pilot import Pilot

from screens.app import TrackerApp
from screens.decisions.screen import DecisionsScreen
from tests.screens.conftest import MakeApp
from tests.screens.harness import settled, shown
from tests.tracker.builder import Builder
from tracker.actions.members import SetMember
from tracker.model import Decision, Role


@pytest.fixture
def matter(city: Builder) -> Builder:
    """The small city with one decision asked for and two matters to suggest."""
    city.decision("Satu SK untuk surat kecamatan", "2026-11-02", "2026-11-16")
    for words in ("syarat rekomendasi", "anggaran"):
        city.obstacle("izin", "2026-08-10", "leadership", description=words)
    return city


async def on_decisions(pilot: Pilot[None]) -> DecisionsScreen:
    await settled(pilot)
    await pilot.press("7")
    await settled(pilot)
    await pilot.press("K")
    await settled(pilot)
    screen: Any = pilot.app.screen
    assert isinstance(screen, DecisionsScreen)
    return screen


def decisions(app: TrackerApp) -> list[Decision]:
    return sorted(app.state.register.decisions.values(), key=lambda one: one.id)


async def go_to(
    pilot: Pilot[None], screen: DecisionsScreen, words: str
) -> None:
    place = next(
        index
        for index in range(screen.list.count())
        if words in screen.list.text_at(index)
    )
    screen.list.move_to(place)
    await pilot.pause()


async def test_what_is_asked_and_what_is_suggested_stand_side_by_side(
    make_app: MakeApp, matter: Builder
) -> None:
    app = make_app(matter.register)
    async with app.run_test(size=(120, 30)) as pilot:
        await on_decisions(pilot)
        screen = shown(pilot)
        assert "Asked for 1" in screen
        assert "late" in screen
        assert "Suggested 3" in screen
        assert "“anggaran”" in screen


async def test_marked_suggestions_are_asked_for_with_one_key_and_taken_back(
    make_app: MakeApp, matter: Builder
) -> None:
    app = make_app(matter.register)
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await on_decisions(pilot)
        await go_to(pilot, screen, "“anggaran”")
        await pilot.press("space", "space", "plus")
        await settled(pilot)
        assert len(decisions(app)) == 3
        assert "Suggested 1" in shown(pilot)
        await pilot.press("u")
        await settled(pilot)
        assert len(decisions(app)) == 1
        assert "Suggested 3" in shown(pilot)


async def test_marks_stay_on_suggestions_that_may_not_be_asked_for(
    make_app: MakeApp, matter: Builder
) -> None:
    app = make_app(matter.register)
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await on_decisions(pilot)
        app.try_action(SetMember(app.state.by, Role.COORDINATOR))
        app.try_action(SetMember("Tamu", Role.READER))
        app.state.by = "Tamu"
        await settled(pilot)
        await go_to(pilot, screen, "“anggaran”")
        await pilot.press("space", "plus")
        await settled(pilot)
        assert len(decisions(app)) == 1
        assert len(screen.list.marks) == 1


async def test_a_suggestion_is_worded_before_it_is_asked_for(
    make_app: MakeApp, matter: Builder
) -> None:
    app = make_app(matter.register)
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await on_decisions(pilot)
        await go_to(pilot, screen, "“anggaran”")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("tab", "end", "exclamation_mark", "f2")
        await settled(pilot)
        new = decisions(app)[-1]
        assert "“anggaran”" in new.text
        assert new.owner.endswith("!")
        assert new.proposal == "leadership:anggaran"


async def test_a_decision_is_carried_out_dropped_and_edited(
    make_app: MakeApp, matter: Builder
) -> None:
    app = make_app(matter.register)
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await on_decisions(pilot)
        await go_to(pilot, screen, "Satu SK")
        await pilot.press("r")
        await pilot.pause()
        await pilot.press("f2")
        await settled(pilot)
        assert decisions(app)[0].done_on is not None
        assert "Closed 1" in shown(pilot)
        await pilot.press("u")
        await settled(pilot)
        await go_to(pilot, screen, "Satu SK")
        await pilot.press("x")
        await pilot.pause()
        await pilot.press(*"lama", "f2")
        await settled(pilot)
        assert decisions(app)[0].outcome == "lama"


async def test_nothing_asked_and_nothing_suggested_is_said(
    make_app: MakeApp,
) -> None:
    city = Builder()
    city.service("a", "dinas", "2026-08-03")
    app = make_app(city.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_decisions(pilot)
        assert "Nothing is asked of the leadership" in shown(pilot)
