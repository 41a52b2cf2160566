"""What the collector of garbage passes by while the screens are open."""

import subprocess
import sys
from pathlib import Path

from screens.app import TrackerApp
from tests.screens.harness import settled, until
from tests.tracker.builder import Builder
from tracker.actions.moves import MoveServices
from tracker.model import Stage
from tracker.store.file import FileStore

ROOT = Path(__file__).parents[2]
PROGRAM = """
import asyncio, gc, sys
from datetime import date
from pathlib import Path
from screens import open_app
from tracker.language import load_language
from tracker.store.file import FileStore

async def main():
    app = open_app(FileStore(Path(sys.argv[1])), lambda: date(2026, 11, 19), "Sari", load_language("en"))
    assert gc.isenabled()
    loaded = gc.get_freeze_count()
    async with app.run_test() as pilot:
        while not app.state.measured:
            await pilot.pause()
        await pilot.pause()
        print(loaded, gc.get_freeze_count())

asyncio.run(main())
"""


def test_modules_and_first_figures_are_passed_by(
    city: Builder, tmp_path: Path
) -> None:
    path = tmp_path / "register.json"
    FileStore.create(path, city.register)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    loaded, with_figures = map(int, done.stdout.split())
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
