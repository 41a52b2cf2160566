from pathlib import Path

from screens.app import TrackerApp
from screens.session_state import UserPaths
from tests.screens.conftest import MakeApp
from tests.screens.harness import paste, settled, shown, until
from tests.tracker.builder import Builder
from tracker.settings import load_settings


async def test_a_key_is_changed_and_kept_unless_it_is_taken(
    make_app: MakeApp, city: Builder, tmp_path: Path
) -> None:
    home = UserPaths(tmp_path / "settings.toml", tmp_path / "views.json")
    app = make_app(city.register, home=home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p")
        await paste(pilot, "give an action another")
        await pilot.press("enter")
        await settled(pilot)
        await paste(pilot, "take back your last")
        await pilot.press("enter")
        await settled(pilot)
        assert "Key of “Undo”" in shown(pilot)

        await pilot.press("m")
        await settled(pilot)
        assert "m is already the key of “Move”." in shown(pilot)
        await pilot.press("j")
        await settled(pilot)
        assert "j means something else everywhere" in shown(pilot)

        await pilot.press("U")
        await until(pilot, lambda: app.screen is app.active_screen)
        assert load_settings(home.settings).keys == {"undo": "U"}
        assert app.keymap_of_user == {"undo": "U"}


async def test_a_changed_key_works_at_once_and_can_be_given_back(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("question_mark")
        await paste(pilot, "forecasting nothing")
        await settled(pilot)
        await pilot.press("escape", "question_mark")
        await paste(pilot, "services by stage")
        await pilot.press("f2")
        await settled(pilot)
        await pilot.press("B")
        await settled(pilot)
        assert "B  " in shown(pilot)

        await pilot.press("escape", "B")
        await until(pilot, lambda: app.screen_name == "board")

        await pilot.press("question_mark")
        await paste(pilot, "services by stage")
        await pilot.press("f2")
        await settled(pilot)
        await pilot.press("delete", "escape")
        await until(pilot, lambda: app.screen is app.active_screen)
        assert app.keymap_of_user == {}
        await pilot.press("1", "3")
        await until(pilot, lambda: app.screen_name == "board")
