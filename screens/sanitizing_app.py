"""The last safeguard before the terminal: no drawn text can be an escape sequence.

Text of the register is sanitized when it is put into a widget; this catches what was typed or
pasted into a field, and what a widget failed to sanitize.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import App, ReturnType
from textual.color import Color
from textual.dom import DOMNode
from textual.driver import Driver
from textual.filter import LineFilter

from screens.terminal_size import begin_in_size
from screens.textual_workarounds import (
    let_tasks_wait_their_turn,
    tolerate_invalid_bytes,
)
from screens.widgets.contrast import ContrastFilter
from screens.widgets.paint import COMPONENTS
from tracker.text import is_harmful, is_harmless, visible

INSTEAD = "�"


class SanitizingFilter(LineFilter):
    """Puts a sign in the place of every harmful character, as wide as that was."""

    def apply(
        self,
        segments: list[Segment],
        background: Color,
    ) -> list[Segment]:
        """Return the segments, harmless."""
        return [_sanitize(segment) for segment in segments]


def _sanitize(segment: Segment) -> Segment:
    """Return a segment with spaces in place of characters that a terminal would obey."""
    text = segment.text
    if is_harmless(text):
        # Nearly all segments, and this runs for every one that is drawn.
        return segment

    letters = [INSTEAD * cell_len(c) if is_harmful(c) else c for c in text]
    return Segment("".join(letters), segment.style, segment.control)


_NET = SanitizingFilter()
_CONTRAST = ContrastFilter()


class SanitizingApp(App[ReturnType]):
    """An app whose every line passes through the net, and that knows the colours of what is drawn."""

    CSS_PATH: ClassVar[Any] = sorted(Path(__file__).parent.rglob("*.tcss"))
    """Every screen's styles at once: those that came with a screen would have all of them read again."""
    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENTS

    def on_load(self) -> None:
        """Begin as under every version of Python."""
        let_tasks_wait_their_turn()

    def get_screen(self, screen: Any, screen_class: Any = None) -> Any:
        """Return a screen; a new one knows from the start how large the terminal is."""
        found = super().get_screen(screen, screen_class)
        if not found.is_running:
            begin_in_size(found, self)
        return found

    def update_styles(self, node: DOMNode, animate: bool = True) -> None:
        """Style a node that is on a screen: others are styled when they come there."""
        if node.is_attached:
            super().update_styles(node, animate)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return Textual's own filters, the net, and what makes everything readable."""
        return [*super().get_line_filters(), _NET, _CONTRAST]

    def get_driver_class(self) -> type[Driver]:
        """Return Textual's own driver, that a byte which is no UTF-8 does not stop."""
        driver = super().get_driver_class()
        tolerate_invalid_bytes(driver)
        return driver

    def copy_to_clipboard(self, text: str) -> None:
        """Copy what is visible: what is pasted into a shell is no order either."""
        super().copy_to_clipboard(visible(text, lines=True))
