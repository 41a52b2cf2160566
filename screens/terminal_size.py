"""The classes that say how large the terminal is, for the style sheets."""

from typing import Any

from textual.app import App
from textual.screen import Screen


def begin_in_size(screen: Screen[Any], app: App[Any]) -> None:
    """Give a new screen the classes of the terminal's size before it is drawn.

    Textual gives them once it has drawn the screen without them; it then has to
    style it, lay it out and draw it a second time.
    """
    width, height = app.size
    columns = screen.HORIZONTAL_BREAKPOINTS or app.HORIZONTAL_BREAKPOINTS
    lines = screen.VERTICAL_BREAKPOINTS or app.VERTICAL_BREAKPOINTS
    for length, breakpoints in ((width, columns), (height, lines)):
        reached = [
            breakpoint
            for breakpoint in breakpoints or ()
            if breakpoint[0] <= length
        ]
        if reached:
            screen.add_class(max(reached)[1])
