"""What tests of the screens share: the day it is, hostile text, waiting and looking."""

import asyncio
from collections.abc import Callable
from datetime import date
from time import monotonic
from typing import Any

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


async def wait_for_quiet(
    min_sleep: float = 0.02, max_sleep: float = 10, soon: float = 0
) -> None:
    """Wait until the event loop has nothing left to run, now or within ``soon`` seconds.

    Textual takes a process that uses little of a processor for one that has
    finished; on a busy machine it has only not begun yet.
    """
    started = monotonic()
    loop = asyncio.get_running_loop()
    waited = 0.0
    while True:
        # Longer than the 1/60 s after which a screen is drawn again.
        await asyncio.sleep(0.02 if waited == 0 else 0.004)
        waited = monotonic() - started
        if waited >= min_sleep and not _has_more_to_do(loop, soon):
            return
        if waited >= max_sleep:
            return


async def wait_for_redraw(min_sleep: float = 0.02) -> None:
    """Wait until nothing is left to run, and no screen is drawn again within a frame."""
    await wait_for_quiet(min_sleep, soon=0.02)


def _has_more_to_do(loop: asyncio.AbstractEventLoop, soon: float) -> bool:
    """Tell whether anything is to run now, or within ``soon`` seconds."""
    if loop._ready:  # type: ignore[attr-defined]
        return True
    last = loop.time() + soon
    timers = loop._scheduled  # type: ignore[attr-defined]
    return any(not one.cancelled() and one.when() <= last for one in timers)


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
