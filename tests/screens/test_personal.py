from pathlib import Path

from screens.app import TrackerApp
from screens.dialogs.personal import NewRegister
from screens.new_register import NewRegisterApp
from screens.session_state import UserPaths, ViewState, read_view_state
from tests.screens.conftest import MakeApp
from tests.screens.harness import TODAY, settled, shown, until
from tests.tracker.builder import Builder
from tracker.errors import Rejected
from tracker.language import load_language
from tracker.settings import load_settings


def home(tmp_path: Path, *, asks_name: bool = False) -> UserPaths:
    return UserPaths(
        tmp_path / "home" / "settings.toml",
        tmp_path / "home" / "places.json",
        asks_name,
    )


async def test_the_name_is_asked_once_before_the_first_change_and_kept(
    make_app: MakeApp, city: Builder, tmp_path: Path
) -> None:
    app: TrackerApp = make_app(
        city.register, home=home(tmp_path, asks_name=True)
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "r")
        await pilot.pause()
        assert "Your name" in shown(pilot)
        assert "so that the log tells" in shown(pilot)
        await pilot.press("end", *" Dewi", "f2")
        await settled(pilot)
        assert app.state.by == "Sari Dewi"
        assert (
            load_settings(tmp_path / "home" / "settings.toml").by == "Sari Dewi"
        )
        assert "Report" in shown(pilot)
        await pilot.press("f2")
        await settled(pilot)
        assert len(app.state.register.reports) == 2
        assert {
            report.by for report in app.state.register.reports.values()
        } == {
            "uji",
            "Sari Dewi",
        }


async def test_who_gives_no_name_changes_nothing(
    make_app: MakeApp, city: Builder, tmp_path: Path
) -> None:
    app: TrackerApp = make_app(
        city.register, home=home(tmp_path, asks_name=True)
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "r", "escape")
        assert app.screen is app.active_screen
        assert len(app.state.register.reports) == 1


async def test_preferences_are_in_force_at_once(
    make_app: MakeApp, city: Builder, tmp_path: Path
) -> None:
    app: TrackerApp = make_app(city.register, home=home(tmp_path))
    async with app.run_test(size=(80, 30)) as pilot:
        await settled(pilot)
        app.run_command("preferences")
        await pilot.pause()
        await pilot.press(*"Budi", "f2")
        await settled(pilot)
        assert app.screen is app.active_screen
        assert app.state.by == "Budi"


async def test_marks_are_gone_once_what_they_were_made_for_is_done(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "asterisk", "u", "space")
        assert len(app.active_screen.current_selection().opds) == 1
        await pilot.press("r", "f2")
        await settled(pilot)
        assert app.active_screen.active_list is not None
        assert not app.active_screen.active_list.marks


async def test_the_very_first_screen_asks_for_city_and_portal() -> None:
    app = NewRegisterApp(TODAY, load_language("en"), ["bandung"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*"Cimahi", "tab", *"Satu Cimahi", "f2")
        await pilot.pause()
    assert app.return_value == NewRegister(
        {"name": "Cimahi", "portal": "Satu Cimahi", "timezone": "Asia/Jakarta"}
    )


async def test_what_a_new_register_is_refused_for_is_told_in_its_dialog() -> (
    None
):
    refused: list[NewRegister] = []

    def refuse(new_register: NewRegister) -> None:
        refused.append(new_register)
        raise Rejected("There is no catalogue {name}.", name="Cimahi")

    app = NewRegisterApp(TODAY, load_language("en"), ["bandung"], create=refuse)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*"Cimahi", "tab", *"Satu Cimahi", "f2")
        await until(pilot, lambda: "no catalogue Cimahi" in shown(pilot))
        assert "Satu Cimahi" in shown(pilot)
    assert len(refused) == 1
    assert app.return_value is None


async def test_leaving_the_very_first_screen_begins_nothing() -> None:
    app = NewRegisterApp(TODAY, load_language("en"), ["bandung"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
        await pilot.pause()
    assert app.return_value is None


async def test_where_one_is_is_kept_while_the_screens_are_open(
    make_app: MakeApp, city: Builder, tmp_path: Path
) -> None:
    app: TrackerApp = make_app(city.register, home=home(tmp_path))
    places, prefix = tmp_path / "home" / "places.json", city.register.prefix
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        app.set_filter("macet")
        await pilot.pause(1.1)
        assert read_view_state(places, prefix) == ViewState(
            "board", "macet", app.theme
        )
        assert [path.name for path in places.parent.iterdir()] == [
            "places.json"
        ]


async def test_that_the_place_cannot_be_kept_is_no_reason_to_complain(
    make_app: MakeApp, city: Builder, tmp_path: Path
) -> None:
    (tmp_path / "home").write_text("a file where the folder would be")
    app: TrackerApp = make_app(city.register, home=home(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.save_view_state()
        await pilot.press("2")
        assert app.screen_name == "opds"
