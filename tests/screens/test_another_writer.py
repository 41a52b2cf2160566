"""Another process writes to the register while somebody works at the screens."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

import screens
from screens.app import TrackerApp
from screens.dialogs.base import FormDialog
from tests.screens.harness import TODAY, paste, settled, until
from tests.tracker.builder import Builder
from tracker.cli.init import SCREENS_WAIT, open_program
from tracker.cli.session import Session
from tracker.language import load_language
from tracker.register import Register
from tracker.store.file import FileStore
from tracker.store.memory import MemoryStore

ROOT = Path(__file__).parent.parent.parent
SOON = 5.0
"""Half the seconds that a command waits for another: more than the screens may, however busy the machine."""
HOLDER = """
import sys
from tracker.store.file import FileStore

def decide(register):
    print("held", flush=True)
    sys.stdin.read()
    raise SystemExit

FileStore(sys.argv[1]).commit(decide)
"""


@contextmanager
def held(path: Path) -> Iterator[int]:
    """Let another process hold the register for writing, and give its number."""
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder.pid


@pytest.fixture
def file(tmp_path: Path, city: Builder) -> Path:
    return FileStore.create(tmp_path / "register.json", city.register).path


@pytest.fixture
def app(file: Path) -> TrackerApp:
    """The app on a register as ``open_program`` opens it."""
    store = FileStore(file, wait=SCREENS_WAIT)
    return TrackerApp(store, lambda: TODAY, "Sari", load_language("en"))


def toasts(pilot: Pilot[None]) -> str:
    return "\n".join(
        notification.message for notification in pilot.app._notifications
    )


async def test_a_dialog_says_who_is_writing_and_keeps_what_was_typed(
    app: TrackerApp, file: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("4", "b", "tab")
        await paste(pilot, "tidak ada petugas")
        dialog = app.screen
        assert isinstance(dialog, FormDialog)
        dialog.rows[1].entry.focus()
        await pilot.press("right", "right")
        with held(file) as process:
            start = time.monotonic()
            await pilot.press("f2")
            await pilot.pause()
            assert time.monotonic() - start < SOON
            said = str(dialog.query_one("#says").render())
            assert "has been writing to the register since" in said
            assert str(process) in said
            assert "Nothing was recorded. Try again in a moment." in said
            assert dialog.is_current
            assert "tidak ada petugas" in str(dialog.rows[2].filled.value)
        before = len(app.state.register.obstacles)
        await pilot.press("f2")
        await pilot.pause()
        assert not dialog.is_current
        assert len(app.state.register.obstacles) == before + 1


async def test_a_key_says_who_is_writing_and_changes_nothing(
    app: TrackerApp, file: Path
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("4", "m", "f2")
        await pilot.pause()
        moved = app.state.register
        with held(file) as process:
            await pilot.press("u")
            await pilot.pause()
            assert app.state.register is moved
            assert str(process) in toasts(pilot)
            assert "Nothing was recorded. Try again in a moment." in toasts(
                pilot
            )
        await pilot.press("u")
        await pilot.pause()
        assert len(app.state.register.moves) == len(moved.moves) - 1


def test_the_screens_are_opened_on_a_store_that_does_not_wait_long(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[FileStore] = []

    def run(store: FileStore, *_: object) -> int:
        opened.append(store)
        return 0

    monkeypatch.setattr(screens, "has_terminal", lambda: True)
    monkeypatch.setattr(screens, "run", run)
    open_program(Session(load_language("en"), db=file, given_by="Sari"))
    (store,) = opened
    with held(file):
        start = time.monotonic()
        with pytest.raises(Exception, match="writing to the register"):
            store.keep_backup("by hand")
        assert time.monotonic() - start < SOON


class SlowStore(MemoryStore):
    """A register in memory whose reading takes as long as a test wants."""

    def __init__(self, register: Register) -> None:
        super().__init__(register)
        self.loads = 0
        self.may_read = Event()
        self.may_read.set()

    def load(self) -> Register:
        self.loads += 1
        self.may_read.wait(30)
        return super().load()


async def test_a_slow_look_for_changes_is_not_begun_again_and_shows_them(
    city: Builder,
) -> None:
    store = SlowStore(city.register)
    app = TrackerApp(store, lambda: TODAY, "Sari", load_language("en"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        shown = app.state.register
        store.may_read.clear()
        before = store.loads
        app.watcher.check_regularly()
        await until(pilot, lambda: store.loads > before)
        for _ in range(3):
            app.watcher.check_regularly()
            await pilot.pause(0.05)
        assert store.loads == before + 1

        city.report("dukcapil", "2026-W47")
        store._register = city.register
        store.may_read.set()
        await until(pilot, lambda: app.state.register is not shown)
        assert app.state.register.reports
