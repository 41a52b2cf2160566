"""The dialog of a merge: a copy is named, contradictions are asked one by one, then it is entered."""

import shutil
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from screens.app import TrackerApp
from screens.dialogs.base import FormDialog
from screens.dialogs.merging import MergeDialog
from screens.importing.screen import ImportScreen
from tests.depth import one_in
from tests.screens.harness import TODAY, settled, until
from tests.tracker.actions.world import NOW
from tests.tracker.builder import Builder
from tracker.actions.draft import Action, Context
from tracker.actions.moves import MoveServices
from tracker.actions.perform import perform
from tracker.actions.services import AddService, EditService
from tracker.language import load_language
from tracker.model import Stage
from tracker.store.file import FileStore


def act(path: Path, by: str, action: Action) -> None:
    perform(FileStore(path), action, Context(by, NOW, TODAY))


@pytest.fixture
def app(tmp_path: Path, city: Builder) -> TrackerApp:
    """The app on a register beside which lies a copy that another computer changed."""
    path = FileStore.create(tmp_path / "register.json", city.register).path
    act(path, "Sari", EditService("kk", {"owner": "Kepala dinas"}))
    copy = tmp_path / "register (Budi's conflicted copy).json"
    shutil.copy(path, copy)
    act(copy, "Budi", MoveServices(("akta",), Stage.ONLINE, TODAY))
    act(copy, "Budi", EditService("akta", {"owner": "Pak Adi"}))
    act(path, "Sari", EditService("akta", {"owner": "Bu Sri"}))
    store = FileStore(path)
    return TrackerApp(store, lambda: TODAY, "Sari", load_language("en"))


async def open_dialog(pilot: Pilot[None]) -> MergeDialog:
    await settled(pilot)
    assert isinstance(pilot.app, TrackerApp)
    pilot.app.run_command("merge")
    await until(pilot, lambda: isinstance(pilot.app.screen, MergeDialog))
    dialog = pilot.app.screen
    assert isinstance(dialog, MergeDialog)
    await until(pilot, lambda: dialog.is_mounted and len(dialog.rows) == 2)
    await until(pilot, lambda: dialog.result is not None)
    return dialog


def is_asked(
    pilot: Pilot[None], dialog: MergeDialog, but: FormDialog[str] | None = None
) -> bool:
    """Tell whether a question is on the screen, another one than ``but``."""
    screen = pilot.app.screen
    return isinstance(screen, FormDialog) and screen not in {dialog, but}


async def answer(
    pilot: Pilot[None], dialog: MergeDialog, presses: int
) -> FormDialog[str]:
    """Choose an answer by its place, and return the question; the first comes by saving."""
    if not is_asked(pilot, dialog):
        await pilot.press("f2")
        await until(pilot, lambda: is_asked(pilot, dialog))
    question = pilot.app.screen
    assert isinstance(question, FormDialog)
    await pilot.press(*["right"] * presses, "f2")
    return question


async def answer_and_enter(pilot: Pilot[None], dialog: MergeDialog) -> str:
    """Take what is there where both changed a fact, and merge; return the question."""
    question = await answer(pilot, dialog, 2)
    await until(
        pilot,
        lambda: dialog.report is not None and bool(dialog.report.action),
    )
    await pilot.press("f2")
    await until(pilot, lambda: not dialog.is_attached)
    return question.form.about


async def test_a_conflicted_copy_is_offered_asked_about_and_entered(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = await open_dialog(pilot)
        path = str(dialog.rows[0].filled.value)
        assert path.endswith("(Budi's conflicted copy).json")
        question = await answer_and_enter(pilot, dialog)
        assert "“Bu Sri” here (Sari" in question
        assert "“Pak Adi” there (Budi" in question
        service = app.state.register.service_codes["akta"]
        assert service.owner == "Pak Adi"
        assert len(app.state.register.moves_of[service.id]) == 1
        assert app.state.register.moves_of[service.id][0].by == "Budi"
        said = "\n".join(one.message for one in app._notifications)
        assert "2 actions were brought in from register (Budi" in said

        await pilot.press("u")
        await until(pilot, lambda: "akta" in app.state.register.service_codes)
        assert app.state.register.service_codes["akta"].owner == "Bu Sri"
        assert not app.state.register.moves_of.get(service.id)


async def test_an_answer_about_one_copy_settles_nothing_of_another(
    app: TrackerApp, tmp_path: Path
) -> None:
    first = next(tmp_path.glob("register*conflicted*.json"))
    second = tmp_path / "dari-citra.json"
    shutil.copy(first, second)
    act(second, "Citra", EditService("akta", {"owner": "Pak Citra"}))
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = await open_dialog(pilot)
        await answer(pilot, dialog, 2)
        await until(pilot, lambda: dialog.report is not None)

        entry = dialog.rows[0].entry
        assert isinstance(entry, Input)
        entry.value = str(second)
        await until(pilot, lambda: dialog.report is None)
        await until(pilot, lambda: dialog.result is not None)
        await pilot.press("f2")
        await until(pilot, lambda: is_asked(pilot, dialog))
        question = app.screen
        assert isinstance(question, FormDialog)
        assert "“Pak Citra” there (Citra" in question.form.about


async def test_without_an_answer_nothing_is_entered(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = await open_dialog(pilot)
        before = app.state.register
        await pilot.press("f2")
        await until(
            pilot,
            lambda: (
                isinstance(app.screen, FormDialog) and app.screen is not dialog
            ),
        )
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is dialog)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is not dialog)
        assert app.state.register is before


async def test_a_register_that_is_to_be_imported_is_merged(
    app: TrackerApp, tmp_path: Path
) -> None:
    copy = tmp_path / "dari-budi.json"
    shutil.move(next(tmp_path.glob("register*conflicted*.json")), copy)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("I")
        assert isinstance(app.active_screen, ImportScreen)
        app.active_screen.path.value = str(copy)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MergeDialog))
        dialog = app.screen
        assert isinstance(dialog, MergeDialog)
        await until(pilot, lambda: dialog.result is not None)
        assert dialog.rows[0].filled.value == str(copy)
        await answer_and_enter(pilot, dialog)
        service = app.state.register.service_codes["akta"]
        assert service.owner == "Pak Adi"


@pytest.mark.parametrize(("presses", "count"), one_in(2, [(1, 1), (2, 2)]))
async def test_what_may_be_one_is_asked_about(
    app: TrackerApp, tmp_path: Path, presses: int, count: int
) -> None:
    copy = next(tmp_path.glob("register*conflicted*.json"))
    act(copy, "Budi", AddService("dukcapil", "KTP anak", TODAY, "el-ktp"))
    act(
        tmp_path / "register.json",
        "Sari",
        AddService("dukcapil", "KTP Anak", TODAY, "kia"),
    )
    async with app.run_test(size=(80, 24)) as pilot:
        # The file was changed after the program had read it.
        await until(pilot, lambda: "kia" in app.state.register.service_codes)
        dialog = await open_dialog(pilot)
        asked = await answer(pilot, dialog, presses)
        assert asked.form.title == "One or two?"
        assert "“KTP Anak” (kia, dukcapil)" in asked.form.about
        assert "“KTP anak” (el-ktp, dukcapil) there" in asked.form.about
        await until(pilot, lambda: is_asked(pilot, dialog, asked))
        await answer_and_enter(pilot, dialog)
        names = [
            one.name.casefold() for one in app.state.register.services.values()
        ]
        assert names.count("ktp anak") == count
