"""The screens: a program for the terminal over the same register and figures as the command line."""

import os
import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from tracker.collection import (
    collect_as_usual,
    pass_by_present_objects,
    pause_collection,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screens.app import TrackerApp
    from screens.dialogs.personal import NewRegister
    from screens.session_state import UserPaths
    from tracker.language import Language
    from tracker.persistence import Store
    from tracker.settings import Settings

NO_TERMINAL = -1
"""What ``run`` returns if there is no terminal to draw on."""


def has_terminal() -> bool:
    """Return whether there is a terminal that screens can be drawn on."""
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
    language: "Language",
    settings: "Settings | None" = None,
    home: "UserPaths | None" = None,
) -> int:
    """Open the screens on a register; return the exit code, ``NO_TERMINAL`` where nothing can be drawn.

    ``today`` is asked again while the screens are open: a day may end meanwhile. ``home`` says where a
    person's settings and place are kept; without it nothing is. Raises what ``store.load`` raises where
    the register cannot be read.
    """
    if not has_terminal():
        return NO_TERMINAL

    app = open_app(store, today, by, language, settings, home)
    app.run()
    if not app.return_code:
        app.save_view_state()
    return app.return_code or 0


def open_app(
    store: "Store",
    today: Callable[[], date],
    by: str,
    language: "Language",
    settings: "Settings | None" = None,
    home: "UserPaths | None" = None,
) -> "TrackerApp":
    """Return the screens on a register, where the user last left them, for ``run`` to show.

    Nothing that is loaded for them is let go before the program ends, nor are the
    first figures: the collector of garbage is kept away from both.
    """
    with pause_collection():
        from screens.app import TrackerApp
        from screens.session_state import read_view_state

        register = store.load().prefix
        place = read_view_state(home.view_states, register) if home else None
        app = TrackerApp(store, today, by, language, settings, place, home)
        # Within: the collector would look through all of it once as soon as it may.
        pass_by_present_objects()
    collect_as_usual()
    app.after_first_figures = pass_by_present_objects
    return app


def run_new_register(
    today: date,
    language: "Language",
    catalogues: "Sequence[str]",
    theme: str = "",
    create: "Callable[[NewRegister], object] | None" = None,
) -> "NewRegister | None":
    """Ask for the contents of a new register; return None if the dialog was left.

    ``create`` creates it while the dialog is still open, which shows why it was rejected.

    It needs a terminal (``has_terminal``). ``catalogues`` are the names of those that ship.
    """
    from screens.new_register import NewRegisterApp

    chosen: NewRegister | None = NewRegisterApp(
        today,
        language,
        catalogues,
        theme,
        create,
    ).run()
    return chosen
