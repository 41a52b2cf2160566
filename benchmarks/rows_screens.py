"""The screens, beside a bare table of the same library: each start is a process of its own."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from time import monotonic

from textual.pilot import Pilot

from benchmarks.changes import (
    ROUNDS,
    open_clock,
    settle,
    time_card_moved,
    time_change,
    time_foreign_change,
)
from benchmarks.city import TODAY, register
from benchmarks.timing import Samples
from tracker.store.file import FileStore

ROOT = Path(__file__).parents[1]
START_OF = "BENCHMARK_BEGAN"
"""Holds the moment at which a started process was asked for."""

HEAD = f"""
import asyncio, json, os, resource, sys
from time import monotonic
began = float(os.environ["{START_OF}"])

def told(frame):
    now = monotonic()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps([1000 * (frame - began), 1000 * (now - began), memory]))
"""
OURS = (
    HEAD
    + """
from datetime import date
from pathlib import Path
from screens import open_app
from tracker.language import load_language
from tracker.store.file import FileStore

async def main():
    store = FileStore(Path(sys.argv[1]))
    day = date.fromisoformat(sys.argv[2])
    app = open_app(store, lambda: day, "Sari", load_language("id"))
    frames, display = [], app._display

    def timed_display(screen, renderable):
        display(screen, renderable)
        frames.append(monotonic())

    app._display = timed_display
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        told(frames[0])

asyncio.run(main())
"""
)
BARE = (
    HEAD
    + """
from textual.app import App
from textual.widgets import DataTable

class Bare(App):
    frame = 0.0
    def compose(self):
        yield DataTable()
    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("OPD", "Layanan", "Tahap", "Sejak", "Hari")
        for number in range(int(sys.argv[1])):
            table.add_row("Dinas", f"Layanan {number}", "daring", "2026", "5")
    def _display(self, screen, renderable):
        super()._display(screen, renderable)
        self.frame = self.frame or monotonic()

async def main():
    app = Bare()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        told(app.frame)

asyncio.run(main())
"""
)


def start(program: str, *words: str, rounds: int = 7) -> list[Samples]:
    """Return the first frame, the settled screen (milliseconds) and the memory (MB) of starts."""
    runs = []
    for _ in range(rounds + 1):
        environment = {**os.environ, START_OF: str(monotonic())}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        done = subprocess.run(
            [sys.executable, "-c", program, *words],
            check=True,
            capture_output=True,
            text=True,
            env=environment,
            cwd=ROOT,
        )
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    return [Samples(list(values)) for values in zip(*runs[1:], strict=True)]


def _start_both(
    services: int, folder: Path, rows: int, rounds: int = 7
) -> tuple[list[Samples], list[Samples]]:
    path = folder / "register.json"
    if not path.exists():
        FileStore.create(path, register(services))
    ours = start(OURS, str(path), TODAY.isoformat(), rounds=rounds)
    return ours, start(BARE, str(rows), rounds=rounds)


def time_first_frame(services: int, folder: Path) -> dict[str, Samples]:
    """Time the first frame, from the start of the process."""
    ours, bare = _start_both(services, folder, 1000)
    return {"ours": ours[0], "bare table of 1,000 rows": bare[0]}


def time_figures_seen(services: int, folder: Path) -> dict[str, Samples]:
    """Time until the figures are seen, from the start of the process."""
    ours, bare = _start_both(services, folder, 1000)
    return {"ours": ours[1], "bare table of 1,000 rows": bare[1]}


def weigh_screens(services: int, folder: Path) -> dict[str, Samples]:
    """Return the most memory that the screens have taken, in MB."""
    # Memory hardly differs between runs: few are enough where each takes long.
    rounds = 7 if services <= 10_000 else 2
    ours, bare = _start_both(services, folder, services, rounds)
    return {"ours": ours[2], "bare table of as many rows": bare[2]}


def time_card(services: int, folder: Path) -> dict[str, Samples]:
    """Time a card moved on the board: until it is painted, and the CPU until all is settled."""
    store = FileStore.create(folder / "register.json", register(services))
    moved, undone = asyncio.run(time_card_moved(store))
    return {
        "ours": Samples([moved.paint]),
        "its CPU": Samples([moved.cpu]),
        "taken back": Samples([undone.paint]),
    }


def time_first_visit(services: int, folder: Path) -> dict[str, Samples]:
    """Time the CPU of screen 7, from its key until all is settled, when it was not open before."""
    store = FileStore.create(folder / "register.json", register(services))
    took = [asyncio.run(_visit(store, "7")) for _ in range(3)]
    return {"ours": Samples(took)}


async def _visit(store: FileStore, key: str) -> float:
    app = open_clock(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        return (await time_change(pilot, lambda: pilot.press(key))).cpu


def time_foreign(services: int, folder: Path) -> dict[str, Samples]:
    """Time the CPU that an open board takes for another program's move."""
    path = folder / "register.json"
    FileStore.create(path, register(services))
    cost = asyncio.run(time_foreign_change(path, "3"))
    return {"ours": Samples([cost.cpu])}


def time_dialog(services: int, folder: Path) -> dict[str, Samples]:
    """Time the dialog of a move and the palette, until all is settled."""
    store = FileStore.create(folder / "register.json", register(services))
    opened = asyncio.run(_open_dialogs(store))
    return {"ours": opened[0], "the palette": opened[1]}


async def _open_dialogs(store: FileStore) -> list[Samples]:
    app = open_clock(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("4")
        return [await _open_again(pilot, key) for key in ("m", "ctrl+p")]


async def _open_again(pilot: Pilot[None], key: str) -> Samples:
    """Return what opening costs, the first time left out, in which modules are loaded."""
    took = []
    for _ in range(ROUNDS + 1):
        cost = await time_change(pilot, lambda: pilot.press(key))
        took.append(cost.cpu)
        await pilot.press("escape")
    return Samples(took[1:])
