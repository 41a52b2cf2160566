"""What tests of the screens share: the day it is, hostile text, waiting and looking."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

TODAY = date(2026, 11, 19)
HOSTILE = (
    "[/x]",
    "[@click=app.quit]x[/]",
    "[bold red]merah[/bold red]",
    "Layanan [baru]",
    "\u202egnusrev",
    "\x1b[31mmerah",
    "日本語サービス",
)
"""Names that would be orders, or break a line, if anything obeyed them."""


FRAME = 0.02
"""A little longer than the 1/60 s after which Textual draws a changed screen."""


async def wait_for_quiet(min_sleep: float = 0, max_sleep: float = 10) -> None:
    """Wait a frame, then until the event loop has nothing left to run, now or within another.

    Textual takes a process that uses little of a processor for one that has
    finished; on a busy machine it has only not begun yet.
    """
    loop = asyncio.get_running_loop()
    started = loop.time()
    wait: float | None = max(min_sleep, FRAME)
    while wait is not None and loop.time() - started < max_sleep:
        await asyncio.sleep(wait)
        wait = _time_to_next(loop)


def _time_to_next(loop: asyncio.AbstractEventLoop) -> float | None:
    """Return after how long there is something to run, if that is within a frame."""
    if loop._ready:  # type: ignore[attr-defined]
        return 0
    timers = loop._scheduled  # type: ignore[attr-defined]
    waits = [one.when() - loop.time() for one in timers if not one.cancelled()]
    soonest = min(waits, default=FRAME)
    return max(soonest, 0) if soonest < FRAME else None


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until the figures are worked out and shown, and those that a screen then asked for too."""
    await _finished(pilot)
    while any(
        worker.group.startswith("beside") for worker in pilot.app.workers
    ):
        await _finished(pilot)


async def _finished(pilot: Pilot[Any]) -> None:
    """Wait for the workers, also for those that take a cancelled one's place."""
    cancelled = True
    while cancelled:
        try:
            await pilot.app.workers.wait_for_complete()
            cancelled = False
        except WorkerCancelled:
            pass
        await pilot.pause()


async def paste(pilot: Pilot[Any], text: str) -> None:
    """Put a text where the keys go in one piece: a pilot waits for each key that it presses."""
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


async def until(pilot: Pilot[Any], holds: Callable[[], bool]) -> None:
    """Wait for what happens beside the screens, such as a look at the file."""
    async with asyncio.timeout(90):
        while not holds():
            await pilot.pause(0.05)


def shown(pilot: Pilot[Any]) -> str:
    """Return what the top screen says, line by line."""
    return "\n".join(
        strip.text.rstrip()
        for strip in pilot.app.screen._compositor.render_strips()
    )
