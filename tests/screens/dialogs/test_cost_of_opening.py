"""What opening a dialog or the palette costs, counted in calls."""

from screens.app import TrackerApp
from screens.dialogs.base import WAIT
from tests.calls import counting_calls
from tests.screens.harness import settled


async def test_a_dialog_is_styled_and_checked_once(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("4")
        await settled(pilot)
        with counting_calls() as calls:
            await pilot.press("m")
            await pilot.pause(2 * WAIT)
        widgets = len(app.screen.query("*"))
        assert calls["Check.evaluate"] == 1
        assert calls["Stylesheet.update_nodes"] <= 6
        assert calls["Compositor.render_full_update"] <= 3
        assert widgets > 15


async def test_a_check_follows_what_is_typed_and_taken_back(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("4", "m", "tab", "tab")
        await pilot.pause(2 * WAIT)
        with counting_calls() as calls:
            await pilot.press("x")
            await pilot.pause(2 * WAIT)
            await pilot.press("backspace")
            await pilot.pause(2 * WAIT)
        assert calls["Check.evaluate"] == 2


async def test_the_palette_looks_at_the_register_once_something_is_typed(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        with counting_calls() as calls:
            await pilot.press("ctrl+p")
            await pilot.press("space", "backspace")
        assert calls["place_items"] == 0
        with counting_calls() as calls:
            await pilot.press("k", "t", "p")
        assert calls["place_items"] == 1


async def test_a_screen_is_in_the_size_of_the_terminal_when_first_styled(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        with counting_calls() as calls:
            await pilot.press("2")
            await settled(pilot)
        assert app.active_screen.has_class("-normal")
        assert app.active_screen.has_class("-high")
        assert calls["Stylesheet.update_nodes"] <= 3
