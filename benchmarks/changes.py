"""What a change costs on open screens.

CPU times are of the whole process, threads included, which a loaded machine blurs less
than times on the clock. Each figure is the median of several rounds.
"""

import asyncio
import statistics
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, NamedTuple

import msgspec
from textual.pilot import Pilot

from benchmarks.city import TODAY
from screens.app import TrackerApp
from tracker.actions.draft import Context
from tracker.actions.moves import MoveServices
from tracker.actions.perform import perform
from tracker.collection import pass_by_present_objects
from tracker.history import is_active, stage_at
from tracker.language import load_language
from tracker.metrics import CityFigures, WeekReading, measure_week
from tracker.metrics.touched import find_touched_services
from tracker.model import Stage
from tracker.persistence import Store
from tracker.register import Register
from tracker.store.file import FileStore
from tracker.week import Week

ROUNDS = 5


class Cost(NamedTuple):
    """Milliseconds until the change was first painted, and of CPU until all was settled."""

    paint: float
    cpu: float


class PaintClock(TrackerApp):
    """The program's screens, noting when they first paint a register."""

    painted_at = 0.0
    _painted: Register | None = None

    def _display(self, screen: Any, renderable: Any) -> None:
        """Paint; Textual has no public hook at which a frame is out."""
        super()._display(screen, renderable)
        if self.state.register is not self._painted:
            self._painted = self.state.register
            self.painted_at = perf_counter()


def open_clock(store: Store) -> PaintClock:
    """Return the screens on a store, with garbage looked for as in the program."""
    app = PaintClock(store, lambda: TODAY, "Sari", load_language("id"))
    pass_by_present_objects()
    app.after_first_figures = pass_by_present_objects
    return app


async def settle(pilot: Pilot[None]) -> None:
    """Wait until the threads are done and what they brought is drawn."""
    await asyncio.gather(
        *(worker.wait() for worker in pilot.app.workers),
        return_exceptions=True,
    )
    await pilot.pause()


async def time_change(
    pilot: Pilot[None], change: Callable[[], Awaitable[object]]
) -> Cost:
    """Return what a change costs until it is painted and settled."""
    app = pilot.app
    assert isinstance(app, PaintClock)
    await settle(pilot)
    began, cpu = perf_counter(), process_time()
    await change()
    await settle(pilot)
    return Cost(1000 * (app.painted_at - began), 1000 * (process_time() - cpu))


def median_of(costs: list[Cost]) -> Cost:
    """Return the medians, the first round left out, in which modules are loaded."""
    return Cost(*map(statistics.median, zip(*costs[1:], strict=True)))


async def time_card_moved(store: Store) -> tuple[Cost, Cost]:
    """Return what a card moved on the board costs, and taking it back."""
    app = open_clock(store)
    moved, undone = [], []
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("3")
        for _ in range(ROUNDS):
            moved.append(
                await time_change(pilot, lambda: pilot.press("shift+right"))
            )
            undone.append(await time_change(pilot, lambda: pilot.press("u")))
    return median_of(moved), median_of(undone)


async def time_foreign_change(path: Path, screen: str) -> Cost:
    """Return what another program's move costs on the screen with this key."""
    app = open_clock(FileStore(path))
    other, costs = FileStore(path), []
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(screen)
        for action in other_stages(other.load()):
            perform(other, action, Context("Budi", datetime.now(UTC), TODAY))

            async def look() -> None:
                app.watcher.pause = 0.0
                app.watcher.check_for_changes()
                app.watcher.pause = inf  # nor does it look by itself

            costs.append(await time_change(pilot, look))
    return median_of(costs)


def other_stages(city: Register) -> list[MoveServices]:
    """Return a move to another stage of each of the first active services."""
    active = [
        service
        for service in city.services.values()
        if is_active(city, service, TODAY)
    ]
    return [
        MoveServices(
            (service.code,),
            Stage.ONLINE
            if stage_at(city, service, TODAY) is Stage.INTEGRATED
            else Stage.INTEGRATED,
            TODAY,
        )
        for service in active[:ROUNDS]
    ]


def measure_everything(reading: WeekReading) -> CityFigures:
    """Work out all figures of a week, the forecasts that nobody has looked at yet among them."""
    found = measure_week(reading)
    for figures in (found.city, *(opd.figures for opd in found.opds)):
        _ = figures.forecast
    return found


def time_update_of_figures(city: Register) -> float:
    """Return the CPU of all figures brought up to date after a move."""
    reading = WeekReading(city, Week.of(TODAY), TODAY)
    measure_everything(reading)

    move = next(iter(city.moves.values()))
    again = msgspec.structs.replace(
        move, id=city.key(city.next_number), on=TODAY
    )
    after = city.changed({"moves": {again.id: again}})
    began = process_time()
    touched = find_touched_services(city, after)
    measure_everything(reading.with_register(after, touched))
    return 1000 * (process_time() - began)
