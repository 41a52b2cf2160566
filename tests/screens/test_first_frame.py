"""What the first frame waits for: modules loaded and style sheets read, counted without a clock."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tracker.builder import Builder
from tracker.store.file import FileStore

ROOT = Path(__file__).parents[2]
PROGRAM = """
import asyncio, json, sys
from collections import Counter
from datetime import date
from pathlib import Path
from screens import open_app
from tests.calls import counting_calls
from tracker.language import load_language
from tracker.store.file import FileStore

async def main():
    app = open_app(FileStore(Path(sys.argv[1])), lambda: date(2026, 11, 19), "Sari", load_language("id"))
    with counting_calls() as calls:
        async with app.run_test() as pilot:
            while not app.state.measured:
                await pilot.pause()
    print(json.dumps([sorted(sys.modules), calls]))

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def started(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[set[str], dict[str, int]]:
    """The modules that the screens have loaded once figures are seen, and the calls until then."""
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
    modules, calls = json.loads(done.stdout)
    return set(modules), calls


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
    room: str, started: tuple[set[str], dict[str, int]]
) -> None:
    modules, _ = started
    assert "screens.overview.screen" in modules
    assert room not in modules


def test_style_sheets_are_read_once(
    started: tuple[set[str], dict[str, int]],
) -> None:
    _, calls = started
    assert calls["Stylesheet.parse"] >= 1
    assert "Stylesheet.reparse" not in calls
    assert "App.refresh_css" not in calls
