"""The screens: a program for the terminal over the same register and figures as the command line."""

import os
import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.language import Language
    from tracker.settings import Settings
    from tracker.store.protocol import Store

NO_TERMINAL = -1
"""What ``run`` returns where there is no terminal to draw on."""


def has_terminal() -> bool:
    """Tell whether there is a terminal that screens can be drawn on."""
    return (
        sys.stdin is not None
        and sys.stdout is not None
        and sys.stdin.isatty()
        and sys.stdout.isatty()
        and os.environ.get("TERM", "xterm") not in {"", "dumb", "unknown"}
    )


def run(
    store: "Store",
    today: Callable[[], date],
    by: str,
    spoken: "Language",
    settings: "Settings | None" = None,
    memory: "Path | None" = None,
) -> int:
    """Open the screens on a register; return the exit code, ``NO_TERMINAL`` where nothing can be drawn.

    ``today`` is asked again while the screens are open: a day may end meanwhile. ``memory`` is the file
    in which it is kept where one was, to open there again. Raises what ``store.load`` raises where the
    register cannot be read.
    """
    if not has_terminal():
        return NO_TERMINAL
    from screens.app import TrackerApp
    from screens.memory import read_place, write_place

    app = TrackerApp(store, today, by, spoken, settings, read_place(memory, store.load().prefix))
    app.run()
    if not app.return_code:
        write_place(memory, store.load().prefix, app.left_at)
    return app.return_code or 0
