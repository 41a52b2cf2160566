"""Work beside the import's screen: stopped, left alone, or overtaken."""

import asyncio
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.worker import Worker

from screens.app import TrackerApp
from screens.commands.registry import COMMANDS
from screens.importing.screen import ImportScreen
from tests.depth import one_in
from tests.screens.harness import settled, shown
from tests.screens.importing.files import GOOD, file, opened, read
from tracker.store.file import FileStore


async def test_reading_is_stopped_by_escape_and_changes_nothing(
    app: TrackerApp, tmp_path: Path
) -> None:
    rows = "".join(
        f"dinkes,Layanan nomor {number},Daring\n" for number in range(20_000)
    )
    path = file(tmp_path, "opd,name,stage\n" + rows)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(app, pilot)
        before = app.state.register
        screen.choose(path)
        await pilot.press("escape")
        await settled(pilot)
        assert screen.seen is None
        assert screen.job is None
        assert app.state.register is before
        assert [n.message for n in app._notifications] == [
            "Stopped; nothing was changed."
        ]


async def test_entering_is_stopped_by_escape_until_it_is_written(
    app: TrackerApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(
        f"dinkes,Layanan nomor {number},Daring\n" for number in range(3_000)
    )
    path = file(tmp_path, "opd,name,stage\n" + rows)
    begun, go_on, shares = Event(), Event(), []

    def tell(
        self: ImportScreen,
        worker: Worker[None],
        end: float,
        done: int,
        total: int,
    ) -> None:
        shares.append(done / total)
        begun.set()
        go_on.wait(10)
        real(self, worker, end, done, total)

    real = ImportScreen.hook
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await read(app, pilot, path)
        before = app.state.register
        monkeypatch.setattr(ImportScreen, "hook", tell)
        await pilot.press("f2")
        await asyncio.to_thread(begun.wait, 10)
        await pilot.press("escape")
        go_on.set()
        await settled(pilot)
        assert app.state.register is before
        assert app.store.load() is before
        assert [n.message for n in app._notifications] == [
            "Stopped; nothing was changed."
        ]
        assert not app.is_importing
        assert not screen.disabled_reason(
            next(c for c in COMMANDS if c.id == "apply")
        )
        await pilot.press("f2")
        await settled(pilot)
        assert len(app.state.register.services) == len(before.services) + 3_000
        assert shares == [1.0, 1.0]


@pytest.mark.parametrize("key", one_in(3, ["q", "2", "u"]))
async def test_other_keys_leave_what_is_being_entered_alone(
    app: TrackerApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    begun, go_on = Event(), Event()

    def wait(self: ImportScreen, *told: Any) -> None:
        begun.set()
        go_on.wait(10)

    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await read(app, pilot, file(tmp_path, GOOD))
        monkeypatch.setattr(ImportScreen, "hook", wait)
        await pilot.press("f2")
        await asyncio.to_thread(begun.wait, 10)
        await pilot.press(key)
        app.watcher.check_for_changes()
        go_on.set()
        await settled(pilot)
        said = [n.message for n in app._notifications]
        assert "Vaksin calon jemaah" in {
            s.name for s in app.state.register.services.values()
        }
        assert sum("Vaksin calon jemaah" in message for message in said) == 1
        assert not any(
            "has changed the register" in message for message in said
        )
        assert ("It is being entered." in said) is (key != "2")


async def test_leaving_by_the_screens_own_number_stops_it_and_says_so(
    app: TrackerApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = Event(), Event()

    def wait(self: ImportScreen, *told: Any) -> None:
        begun.set()
        go_on.wait(10)
        real(self, *told)

    real = ImportScreen.hook
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await read(app, pilot, file(tmp_path, GOOD))
        before = app.state.register
        monkeypatch.setattr(ImportScreen, "hook", wait)
        await pilot.press("f2")
        await asyncio.to_thread(begun.wait, 10)
        await pilot.press("1")
        await pilot.pause()
        go_on.set()
        await settled(pilot)
        assert app.store.load() is before
        assert [n.message for n in app._notifications] == [
            "Stopped; nothing was changed."
        ]


async def test_what_was_read_but_stopped_before_it_was_shown_is_not_taken(
    app: TrackerApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(self: ImportScreen, worker: Worker[None], *came: Any) -> None:
        app.call_from_thread(self.do_back)
        real(self, worker, *came)

    real = ImportScreen.hand_over
    monkeypatch.setattr(ImportScreen, "hand_over", late)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await read(app, pilot, file(tmp_path, GOOD))
        assert screen.seen is None
        assert screen.job is None
        await pilot.press("f2")
        assert [n.message for n in app._notifications][
            -1
        ] == "Choose a file first."


async def test_another_reading_that_is_stopped_leaves_the_one_there_is(
    app: TrackerApp, tmp_path: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await read(app, pilot, file(tmp_path, GOOD))
        there, job = screen.seen, screen.job
        assert job is not None
        screen._plan(job.read_as(replace(job.reading, create_opds=True)))
        screen.do_back()
        await pilot.pause(0.1)
        assert screen.seen is there
        assert screen.job is job


async def test_what_is_being_written_is_not_stopped_and_that_is_said(
    app: TrackerApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = Event(), Event()

    def write(self: FileStore, *what: Any) -> None:
        begun.set()
        go_on.wait(10)
        real(self, *what)

    real = FileStore._write
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await read(app, pilot, file(tmp_path, GOOD))
        monkeypatch.setattr(FileStore, "_write", write)
        await pilot.press("f2")
        await asyncio.to_thread(begun.wait, 10)
        await pilot.pause()
        assert "It is being written." in shown(pilot)
        await pilot.press("escape")
        assert [n.message for n in app._notifications] == [
            "It is being entered; u takes it back afterwards."
        ]
        go_on.set()
        await settled(pilot)
        assert "Vaksin calon jemaah" in {
            s.name for s in app.state.register.services.values()
        }
