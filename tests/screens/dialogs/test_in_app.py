"""In the program itself a dialog keeps what it gives, and keys typed into it are no commands."""

from datetime import UTC, datetime
from pathlib import Path

from textual.widgets import Static

from screens.action_runner import open_dialog
from screens.app import TrackerApp
from screens.commands.registry import BY_ID
from screens.dialogs.base import FormDialog
from tests.screens.dialogs.host import world
from tests.screens.harness import TODAY, settled, until
from tracker.actions.draft import Context
from tracker.actions.moves import MoveServices
from tracker.actions.perform import perform
from tracker.language import load_language
from tracker.model import Stage
from tracker.store.file import FileStore


def program(tmp_path: Path) -> tuple[TrackerApp, FileStore]:
    store = FileStore.create(
        tmp_path / "register.json", world().builder.register
    )
    return TrackerApp(store, lambda: TODAY, "Sari", load_language("en")), store


async def test_letters_that_are_keys_elsewhere_are_typed_and_kept(
    tmp_path: Path,
) -> None:
    app, store = program(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.run_command("add_milestone")
        await pilot.pause()
        await pilot.press("q", "1", "u", "question_mark", "slash", "f2")
        await until(pilot, lambda: not isinstance(app.screen, FormDialog))
    assert [m.text for m in store.load().milestones.values()] == [
        "Perwal baru",
        "q1u?/",
    ]


async def test_what_another_changed_is_told_in_the_dialog(
    tmp_path: Path,
) -> None:
    app, store = program(tmp_path)
    city = world()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        open_dialog(app, BY_ID["move"], city.selection(services="kk"))
        await pilot.pause()
        other = Context("Budi", datetime(2026, 11, 19, tzinfo=UTC), TODAY)
        perform(
            store,
            MoveServices((city.keys["kk"],), Stage.CONVENTIONAL, TODAY),
            other,
        )
        await pilot.press("f2")
        await pilot.pause()
        assert isinstance(app.screen, FormDialog)
        assert "Budi changed this" in str(
            app.screen.query_one("#says", Static).content
        )
        await until(pilot, lambda: app.state.register is store.load())
        await pilot.press("f2")
        await until(pilot, lambda: not isinstance(app.screen, FormDialog))
    assert [move.by for move in store.load().moves_of[city.keys["kk"]]] == [
        "uji",
        "Budi",
        "Sari",
    ]


async def test_a_key_struck_twice_enters_it_once(tmp_path: Path) -> None:
    app, store = program(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.run_command("add_milestone")
        await pilot.pause()
        await pilot.press(*"Perda")
        dialog = app.screen
        assert isinstance(dialog, FormDialog)
        dialog.action_confirm()
        dialog.action_confirm()
        await until(pilot, lambda: app.screen is not dialog)
    assert [m.text for m in store.load().milestones.values()] == [
        "Perwal baru",
        "Perda",
    ]


async def test_a_message_does_not_cover_what_a_dialog_says(
    tmp_path: Path,
) -> None:
    app, _ = program(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("4", "m")
        await settled(pilot)
        app.show_message("Recorded\nOne service was moved")
        await until(pilot, lambda: any(app.screen.query("Toast").results()))
        await until(pilot, lambda: bool(app.screen.query_one("Toast").region))
        toast = app.screen.query_one("Toast").region
        says = app.screen.query_one("#says").region
        assert not toast.overlaps(says)
