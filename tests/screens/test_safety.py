"""What goes wrong around a register is told on the screens, and what others write is shown there."""

import os
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from screens.app import TrackerApp
from tests.screens.conftest import MakeApp
from tests.screens.harness import TODAY, settled, shown
from tests.tracker.builder import Builder
from tests.tracker.store.processes import end_of, fork
from tracker.actions.draft import Context
from tracker.actions.moves import CorrectFact
from tracker.actions.opds import ReportOPDs
from tracker.actions.perform import perform
from tracker.store.backups import backups_of
from tracker.store.file import FileStore

WRITERS = 4


def messages(app: TrackerApp) -> list[str]:
    return [notification.message for notification in app._notifications]


async def test_a_days_backup_that_fails_is_told_after_each_change(
    app: TrackerApp,
) -> None:
    assert isinstance(app.store, FileStore)
    backups_of(app.store.path).write_text("a file where the folder should be")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        for key in ("dukcapil", "dinkes"):
            app.try_action(ReportOPDs((key,), app.state.facts.week.plus(-1)))
            await settled(pilot)
        assert (
            sum(
                "backup could not be kept" in message
                for message in messages(app)
            )
            == 2
        )
        assert len(app.state.register.reports) == 3


async def test_another_computers_copy_is_told_once_at_the_start_and_when_it_comes(
    app: TrackerApp,
) -> None:
    assert isinstance(app.store, FileStore)
    path = app.store.path
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        assert messages(app) == []
        path.with_name("register (1).json").write_bytes(path.read_bytes())
        for _ in range(2):
            app.watcher.check_for_changes()
            await settled(pilot)
        assert [
            ("register (1).json" in message) for message in messages(app)
        ] == [True]


def write_often(path: Path, writer: int, actions: int, begin: int) -> None:
    """Give one service a new name again and again, as soon as the screen stands."""
    os.read(begin, 1)
    store = FileStore(path, wait=120)
    key = list(store.load().services)[writer]
    for number in range(1, actions + 1):
        context = Context(f"penulis-{writer}", datetime.now(UTC), TODAY)
        perform(
            store,
            CorrectFact(key, {"name": f"Layanan {writer} nomor {number}"}),
            context,
        )


@pytest.mark.parametrize(
    "actions", [15, pytest.param(100, marks=pytest.mark.thorough)]
)
async def test_a_screen_shows_in_the_end_what_four_others_wrote(
    make_app: MakeApp, city: Builder, actions: int
) -> None:
    app = make_app(city.register)
    assert isinstance(app.store, FileStore)
    path, (read, write) = app.store.path, os.pipe()
    entries = len(app.state.register.log)
    children = [
        fork(partial(write_often, path, writer, actions, read))
        for writer in range(WRITERS)
    ]
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("4")
        os.write(write, b"begin"[:WRITERS])
        seen = set()
        give_up = time.monotonic() + 240
        while (
            len(app.state.register.log) < entries + WRITERS * actions
            and time.monotonic() < give_up
        ):
            await pilot.pause(0.1)
            seen.add(len(app.state.register.log))
        assert [end_of(child) for child in children] == [0] * WRITERS
        await settled(pilot)
        page = shown(pilot)
        assert all(
            f"Layanan {writer} nomor {actions}" in page
            for writer in range(WRITERS)
        )
        log = list(app.state.register.log.values())[entries:]
        assert [entry.by for entry in log].count("penulis-0") == actions
        assert len(log) == WRITERS * actions
        assert len(seen) > 1
