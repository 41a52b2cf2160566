from screens.app import TrackerApp
from screens.navigation import OPDPage
from screens.reminders.screen import RemindersScreen
from tests.screens.harness import settled, shown


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
