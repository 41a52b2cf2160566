from screens.log.screen import LogScreen
from screens.navigation import LogLine
from screens.service.screen import ServiceScreen
from screens.widgets.lines import LineList
from tests.screens.conftest import MakeApp
from tests.screens.harness import HOSTILE, TODAY, settled, shown
from tests.tracker.builder import Builder
from tracker.actions.moves import MoveServices
from tracker.actions.opds import EditOPD
from tracker.model import Stage


async def test_the_log_says_who_did_what_and_opens_what_it_was_about(
    make_app: MakeApp, city: Builder
) -> None:
    app = make_app(city.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        key = city.register.service_codes["akta"].id
        app.try_action(
            MoveServices((key,), Stage.ONLINE, TODAY, evidence="Surat 9")
        )
        await pilot.press("L")
        await settled(pilot)
        screen = app.active_screen
        assert isinstance(screen, LogScreen)
        said = shown(pilot)
        assert "Sari" in said
        assert "Move akta" in said
        assert "› Log" in said
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.active_screen, ServiceScreen)
        assert app.active_screen.key == key
        await pilot.press("escape")
        assert app.screen_name == "log"


async def test_what_was_done_last_is_taken_back_from_the_log(
    make_app: MakeApp, city: Builder
) -> None:
    app = make_app(city.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        key = city.register.service_codes["akta"].id
        app.try_action(MoveServices((key,), Stage.ONLINE, TODAY))
        await pilot.press("L", "u")
        await settled(pilot)
        assert not app.state.register.moves_of.get(key)
        entries = app.active_screen.query_one("#log", LineList).keys()
        assert len(entries) == len(app.state.register.log)
        assert all(isinstance(line, LogLine) for line in entries)


async def test_hostile_names_are_shown_in_the_log_and_not_obeyed(
    make_app: MakeApp, hostile: Builder
) -> None:
    app = make_app(hostile.register)
    async with app.run_test(size=(160, 50)) as pilot:
        await settled(pilot)
        for opd in list(app.state.register.opds):
            app.try_action(EditOPD(opd, {"contact": HOSTILE[1]}))
        await pilot.press("L")
        await settled(pilot)
        assert "[@click=app.quit]" in shown(pilot)


async def test_a_register_without_a_log_says_so(
    make_app: MakeApp, city: Builder
) -> None:
    app = make_app(city.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("L")
        await settled(pilot)
        assert not app.state.register.log
        assert "Nothing has been done yet." in shown(pilot)
