from datetime import date
from pathlib import Path

from screens.app import TrackerApp
from screens.navigation import OPDPage, TimelineEntry
from screens.reminders.screen import RemindersScreen, write_reminders_of
from screens.state import DayView
from tests.screens.conftest import MakeApp
from tests.screens.harness import TODAY, settled, shown
from tests.tracker.builder import Builder
from tracker.language import load_language


async def test_what_each_opd_owes_is_shown_and_copied(app: TrackerApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        await pilot.press("R")
        await settled(pilot)
        screen = app.active_screen
        assert isinstance(screen, RemindersScreen)
        assert "Dinas Kesehatan" in shown(pilot)
        assert "1 service past its deadline: Akta kelahiran" in shown(pilot)
        await pilot.press("asterisk", "y")
        assert app.clipboard == "\n\n".join(
            one.text for one in screen.reminders
        )
        assert len(screen.reminders) == 2


async def test_from_an_opds_page_only_its_own_is_shown(app: TrackerApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        key = app.state.register.opd_codes["dinkes"].id
        app.open_destination(OPDPage(key))
        await settled(pilot)
        await pilot.press("R")
        await settled(pilot)
        screen = app.active_screen
        assert isinstance(screen, RemindersScreen)
        assert [one.opd.id for one in screen.reminders] == [key]


async def test_what_is_marked_is_copied_and_recorded_as_sent(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        await pilot.press("R")
        await settled(pilot)
        await pilot.press("asterisk", "s")
        await settled(pilot)
        screen = app.active_screen
        assert isinstance(screen, RemindersScreen)
        sent = app.state.register.reminders.values()
        assert {one.opd for one in sent} == set(app.state.register.opds)
        assert "sent on 19 Nov 2026" in shown(pilot)
        assert screen.reminders[0].text in app.clipboard


async def test_a_reminder_is_withdrawn_on_its_opds_page(
    make_app: MakeApp, city: Builder
) -> None:
    sent = city.reminder("dinkes", "2026-11-18", "head")
    app = make_app(city.register)
    async with app.run_test(size=(100, 60)) as pilot:
        await settled(pilot)
        app.open_destination(OPDPage(city.key("opds", "dinkes")))
        await settled(pilot)
        assert "reminded  to the head of the OPD" in shown(pilot)
        app.active_screen.go_to_line(TimelineEntry(sent, date(2026, 11, 18)))
        await pilot.press("w", *"salah", "f2")
        await settled(pilot)
        assert not app.state.register.reminders


async def test_reminders_are_written_to_files_and_recorded(
    app: TrackerApp, tmp_path: Path
) -> None:
    app.state.folders["reminders"] = str(tmp_path / "pengingat")
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        await pilot.press("R")
        await settled(pilot)
        await pilot.press("e")
        await settled(pilot)
        await pilot.press("f2")
        await settled(pilot)
        names = {path.name for path in (tmp_path / "pengingat").glob("*.txt")}
        assert {"dinkes-2026-W47.txt", "dukcapil-2026-W47.txt"} <= names
        assert len(app.state.register.reminders) == 2


def test_of_an_opd_that_is_gone_there_are_no_reminders_rather_than_all(
    city: Builder,
) -> None:
    facts = DayView(city.register, TODAY)
    language = load_language("en")
    dinkes = city.key("opds", "dinkes")
    [only] = write_reminders_of(facts, ((dinkes, "x-9999"), language))
    assert only.opd.id == dinkes
    assert write_reminders_of(facts, (("x-9999",), language)) == []
    assert len(write_reminders_of(facts, ((), language))) == 2
