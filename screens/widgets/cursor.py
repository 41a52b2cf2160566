"""A cursor over lines, of which only the visible ones are drawn."""

import re
from contextlib import suppress
from itertools import chain
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.navigation import Destination
from screens.widgets.paint import Line, Painted, clip


class CursorView(ScrollView, Painted, can_focus=True):
    """Lines with a cursor that stops on those that can be opened.

    A subclass implements ``count``, ``destination_at`` (what a line opens) and ``line_at`` (how
    it is drawn). The ``head`` lines on top do not scroll.

    No method may be called ``key_`` and the name of a key: Textual would call it for that
    key, such as ``key_at`` for ``@``.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "jump(0)", show=False),
        Binding("end", "jump(-1)", show=False),
    ]
    head = 0
    """Number of lines on top that do not scroll."""

    def __init__(
        self,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.cursor = 0
        self.drawn_width = 0
        """The cells of a line while lines are drawn."""

    def count(self) -> int:
        """Count the lines, without the head."""
        raise NotImplementedError

    def destination_at(self, index: int) -> Destination | None:
        """Return what a line opens; None if the cursor skips it."""
        raise NotImplementedError

    def line_at(self, index: int, width: int) -> Line:
        """Return the pieces of a line."""
        raise NotImplementedError

    def text_at(self, index: int) -> str:
        """Return a line as plain text for the clipboard, with tabs between columns."""
        width = max(200, self.scrollable_size.width)
        pieces = self.line_at(index, width)
        text = "".join(text for text, _ in pieces)
        return re.sub(r"\s{2,}", "\t", text.strip())

    def head_at(self, y: int, width: int) -> Line:
        """Return the pieces of a line of the head."""
        return ()

    @property
    def key(self) -> Destination | None:
        """What the line under the cursor opens."""
        if 0 <= self.cursor < self.count():
            return self.destination_at(self.cursor)
        return None

    def keys(self) -> list[Destination]:
        """Return what can be opened, in the order of the lines."""
        keys = map(self.destination_at, range(self.count()))
        return [key for key in keys if key is not None]

    def index_of(self, key: Destination) -> int:
        """Return the index of the line that opens ``key``; raise ``ValueError`` if none does."""
        for index in range(self.count()):
            if self.destination_at(index) == key:
                return index
        raise ValueError(key)

    def is_marked(self, key: Destination) -> bool:
        """Return whether the line that opens ``key`` is marked."""
        return False

    def lines_changed(self, key: Destination | None = None) -> None:
        """Draw the changed lines, with the cursor on ``key`` or where it was.

        If so few lines are left that it was far below them, it goes to the first.
        """
        count = self.count()
        self.virtual_size = Size(0, count + self.head)

        index = self.cursor if self.cursor <= count + 1 else 0
        if key:
            with suppress(ValueError):
                index = self.index_of(key)

        self.cursor = self._nearest_openable(index)
        self._scroll_to_line(self.cursor)
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return some lines of cells; Textual works out anew at each call how wide they are."""
        self.drawn_width = self.scrollable_size.width
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Return one line of cells."""
        width = self.drawn_width
        if y < self.head:
            line = clip(self.head_at(y, width), width)
            style = self.component_style("lines--head")
            return self.create_strip(line, width, style)

        index = y - self.head + round(self.scroll_y)
        if not 0 <= index < self.count():
            return self.create_strip((), width)

        line = clip(self.line_at(index, width), width)
        return self.create_strip(line, width, self._line_style(index))

    def _line_style(self, index: int) -> Style | None:
        """Return the style of the cursor's line and of marked ones."""
        key = self.destination_at(index)
        if key is None:
            return None
        if index == self.cursor and self.shows_cursor:
            return self.component_style("lines--cursor")
        if self.is_marked(key):
            return self.component_style("lines--marked")
        return None

    @property
    def shows_cursor(self) -> bool:
        """Whether the cursor is drawn: it is if keys move it."""
        return self.has_focus or not self.can_focus

    def move_to(self, index: int) -> None:
        """Put the cursor on a line, or on the nearest that can be opened."""
        before = self.cursor
        self.cursor = self._nearest_openable(index)
        self._scroll_to_line(self.cursor)
        self.refresh()
        if self.cursor != before:
            self.cursor_moved()

    def cursor_moved(self) -> None:
        """React to the cursor's being on another line."""

    def key_after_cursor(self) -> Destination | None:
        """Return what the next line that can be opened opens; None at the end."""
        for index in range(self.cursor + 1, self.count()):
            key = self.destination_at(index)
            if key is not None:
                return key
        return None

    def move_to_key(self, key: Destination) -> bool:
        """Put the cursor on the line that opens ``key``; return whether there is one."""
        try:
            index = self.index_of(key)
        except ValueError:
            return False
        self.move_to(index)
        return True

    def _nearest_openable(self, index: int, step: int = 0) -> int:
        """Return the nearest line that can be opened, first in the direction of ``step``."""
        last = self.count() - 1
        if last < 0:
            return 0

        index = max(0, min(index, last))
        below = range(index, last + 1)
        above = range(index, -1, -1)
        order = (below, above) if step >= 0 else (above, below)
        for candidate in chain(*order):
            if self.destination_at(candidate) is not None:
                return candidate
        return index

    def _scroll_to_line(self, index: int) -> None:
        """Scroll until a line is visible.

        Headings over the first line and notes under the last one come with it: the
        cursor cannot go there. Under a line that is both, notes are scrolled to by hand.
        """
        last = self.count() - 1
        start = end = index
        if index == self._nearest_openable(0):
            start = 0
        elif index == self._nearest_openable(last, -1):
            end = last

        height = max(1, self.size.height - self.head)
        top = round(self.scroll_y)
        if start < top:
            self.scroll_to(y=start, animate=False, immediate=True)
        elif end >= top + height:
            y = min(index, end - height + 1)
            self.scroll_to(y=y, animate=False, immediate=True)

    def action_move(self, step: int) -> None:
        """Go to the next line that can be opened, or scroll if there is none."""
        if not self.has_openable():
            self.scroll_relative(y=step, animate=False)
            return

        before = self.cursor
        last = self.count() - 1
        wanted = max(0, min(before + step, last))
        index = self._nearest_openable(wanted, step)
        is_forward = (index - before) * step > 0
        self.move_to(index if is_forward else before)
        if self.cursor == before:
            self.scroll_relative(y=step, animate=False)

    def has_openable(self) -> bool:
        """Return whether any line can be opened."""
        if not self.count():
            return False
        nearest = self._nearest_openable(self.cursor)
        return self.destination_at(nearest) is not None

    def action_page(self, direction: int) -> None:
        """Go a page up or down."""
        height = max(1, self.size.height - self.head - 1)
        if not self.has_openable():
            self.scroll_relative(y=direction * height, animate=False)
            return

        wanted = self.cursor + direction * height
        self.move_to(self._nearest_openable(wanted, direction))

    def action_jump(self, index: int) -> None:
        """Go to the first line (index 0) or the last one (-1)."""
        wanted = 0 if index == 0 else self.count() - 1
        if not self.has_openable():
            self.scroll_to(y=wanted, animate=False)
            return

        step = 1 if index == 0 else -1
        self.move_to(self._nearest_openable(wanted, step))

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor visible."""
        self._scroll_to_line(self.cursor)
        self.refresh()
