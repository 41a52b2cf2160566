"""The screens: a program for the terminal over the same register and figures as the command line."""

import os
import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
) -> int:
    """Open the screens on a register; return the exit code, ``NO_TERMINAL`` where nothing can be drawn.

    ``today`` is asked again while the screens are open: a day may end meanwhile. Raises what
    ``store.load`` raises where the register cannot be read.
    """
    if not has_terminal():
        return NO_TERMINAL
    from screens.app import TrackerApp

    app = TrackerApp(store, today, by, spoken, settings)
    app.run()
    return app.return_code or 0
