"""Every use of what Textual 8.2 keeps private, each with the reason; look at them again when it is updated."""

import asyncio
import sys
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable
from functools import partial
from typing import Any

from textual.app import App
from textual.driver import Driver
from textual.screen import Screen


def start_in_mode(app: App[Any], mode: str) -> None:
    """Start an app in another mode than its class's; call it before ``App.__init__``.

    ``App.__init__`` reads ``DEFAULT_MODE``, which is meant to be set on the class alone. Switching
    the mode afterwards would build the first screen only to throw it away.
    """
    vars(app)["DEFAULT_MODE"] = mode


def let_tasks_wait_their_turn() -> None:
    """Let tasks begin when it is their turn, as under Python 3.11; call it before the first screen.

    From 3.12 on Textual lets them begin at once: the widgets of a first screen that is a mode's
    then look for the screen before it is there, and the app ends
    (https://github.com/Textualize/textual/issues/6444). Its pilot leaves them waiting, too.
    """
    asyncio.get_running_loop().set_task_factory(None)


def mark_styles_current(screen: Screen[Any]) -> None:
    """Record that a screen has the app's current styles.

    A new screen counts as having none, and Textual then parses every style sheet again, 0.1 s each
    time a page opens. All of ours are loaded with the app (``SanitizingApp.CSS_PATH``).
    """
    screen._css_update_count = screen.app._css_update_count


def style_app(app: App[Any]) -> None:
    """Give an app its own styles before its first screen is there.

    Textual would give them with the first screen, and parse every style sheet twice more.
    """
    app.stylesheet.apply(app)


def tolerate_invalid_bytes(driver: type[Driver]) -> None:
    """Make a driver replace typed or pasted bytes that are not UTF-8, instead of ending the program.

    The driver's input thread creates a strict decoder itself; there is no way to pass another.
    """
    names = vars(sys.modules[driver.__module__])
    if "getincrementaldecoder" in names:
        names["getincrementaldecoder"] = _lenient_decoder


def _lenient_decoder(encoding: str) -> Callable[[], IncrementalDecoder]:
    return partial(getincrementaldecoder(encoding), errors="replace")
