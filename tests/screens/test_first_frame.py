"""What the first frame waits for, and what the collector of garbage then passes by: counted without a clock."""

import asyncio
import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from screens.app import TrackerApp
from tests.screens.harness import settled, until
from tests.tracker.builder import Builder
from tracker.actions.moves import MoveServices
from tracker.model import Stage
from tracker.store.file import FileStore

ROOT = Path(__file__).parents[2]
PROGRAM = """
import asyncio, gc, json, sys
from datetime import date
from pathlib import Path
from screens import open_app
from tests.calls import counting_calls
from tracker.collection import collect_seldom
from tracker.language import load_language
from tracker.store.file import FileStore

READS = "Stylesheet.parse", "Stylesheet.reparse", "App.refresh_css"

async def main():
    usual = gc.get_threshold()
    collect_seldom()
    app = open_app(FileStore(Path(sys.argv[1])), lambda: date(2026, 11, 19), "Sari", load_language("id"))
    assert gc.isenabled()
    assert gc.get_threshold() == usual
    passed_by = [gc.get_freeze_count()]
    with counting_calls() as calls:
        async with app.run_test() as pilot:
            while not app.state.measured:
                await pilot.pause()
            await pilot.pause()
            passed_by.append(gc.get_freeze_count())
    reads = [calls[name] for name in READS]
    print(json.dumps([sorted(sys.modules), reads, passed_by]))

asyncio.run(main())
"""


class Started(NamedTuple):
    """What the screens have done once figures are seen."""

    modules: list[str]
    """Those that are loaded."""
    reads: list[int]
    """How often style sheets were read, read again, and put on anew."""
    passed_by: list[int]
    """How many objects the collector passed by when they opened, and now."""


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Started:
    city = Builder(goal="2027-12-31")
    city.opd("dukcapil")
    city.service("ktp", "dukcapil", "2026-08-03", "online")
    path = tmp_path_factory.mktemp("first-frame") / "register.json"
    FileStore.create(path, city.register)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    return Started(*json.loads(done.stdout))


@pytest.mark.parametrize(
    "room",
    [
        "tracker.snapshot",
        "tracker.exchange",
        "tracker.decisions",
        "tracker.publish",
        "screens.dialogs.base",
        "screens.dialogs.reading",
        "screens.commands.palette",
        "screens.commands.help",
        "screens.board",
    ],
)
def test_rooms_that_no_figure_needs_are_not_loaded(
    room: str, started: Started
) -> None:
    assert find_spec(room)
    assert "screens.overview.screen" in started.modules
    assert room not in started.modules


def test_style_sheets_are_read_once(started: Started) -> None:
    first, *again = started.reads
    assert first >= 1
    assert again == [0, 0]


def test_modules_and_first_figures_are_passed_by_the_collector(
    started: Started,
) -> None:
    loaded, with_figures = started.passed_by
    assert 20_000 < loaded < with_figures


async def test_only_the_first_figures_are_told(app: TrackerApp) -> None:
    told: list[object] = []
    app.after_first_figures = lambda: told.append(app.state.measured)
    async with app.run_test() as pilot:
        await settled(pilot)
        first = app.state.measured
        app.try_action(
            MoveServices(("akta",), Stage.INTEGRATED, app.state.today)
        )
        await until(pilot, lambda: app.state.measured is app.state.facts)
        await settled(pilot)
        assert app.state.measured is not first
        assert told == [first]


async def test_tasks_wait_their_turn_under_every_python(
    app: TrackerApp,
) -> None:
    """Begun at once, as Textual would have it from 3.12 on, a first screen is looked for too early."""

    def begin_somehow(
        loop: asyncio.AbstractEventLoop, work: Any, **named: Any
    ) -> asyncio.Task[Any]:
        return asyncio.Task(work, loop=loop, **named)

    loop = asyncio.get_running_loop()
    loop.set_task_factory(begin_somehow)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert loop.get_task_factory() is None
