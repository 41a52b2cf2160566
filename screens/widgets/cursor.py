"""A cursor over lines that are drawn one by one, those in sight alone."""

import re
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.navigation import Destination
from screens.widgets.paint import Line, Painted, clip


class CursorView(ScrollView, Painted, can_focus=True):
    """Lines with a cursor that stops on those that can be opened; some lines on top stay in place.

    A subclass says how many lines there are, which can be opened (``key_at``) and how one is drawn.
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
    """How many lines on top stay in place."""

    def __init__(
        self, *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.cursor = 0

    def count(self) -> int:
        """Count the lines, without those that stay in place."""
        raise NotImplementedError

    def key_at(self, index: int) -> Destination | None:
        """Return what the line at a place opens; None where the cursor passes it by."""
        raise NotImplementedError

    def line_at(self, index: int, width: int) -> Line:
        """Return the pieces of a line."""
        raise NotImplementedError

    def text_at(self, index: int) -> str:
        """Return a line as plain text, as it is copied."""
        line = self.line_at(index, max(200, self.scrollable_size.width))
        return re.sub(
            r"\s{2,}", "\t", "".join(text for text, _ in line).strip()
        )

    def head_at(self, y: int, width: int) -> Line:
        """Return the pieces of a line that stays in place."""
        return ()

    @property
    def key(self) -> Destination | None:
        """What the line under the cursor opens."""
        return (
            self.key_at(self.cursor)
            if 0 <= self.cursor < self.count()
            else None
        )

    def keys(self) -> list[Destination]:
        """Return what can be opened, in the order of the lines."""
        return [
            key
            for place in range(self.count())
            if (key := self.key_at(place)) is not None
        ]

    def index_of(self, key: Destination) -> int:
        """Return the index of the line that opens ``key``; raise ``ValueError`` if none does."""
        for index in range(self.count()):
            if self.key_at(index) == key:
                return index
        raise ValueError(key)

    def is_marked(self, key: Destination) -> bool:
        """Tell whether the line that opens ``key`` is marked."""
        return False

    def lines_changed(self, key: Destination | None = None) -> None:
        """Draw anew after the lines have changed, the cursor on ``key`` or where it stood.

        Where the lines have become so few that it stood far below them, it goes to the first.
        """
        self.virtual_size = Size(0, self.count() + self.head)
        place = (
            next(
                (p for p in range(self.count()) if self.key_at(p) == key), None
            )
            if key
            else None
        )
        if place is None:
            place = self.cursor if self.cursor <= self.count() + 1 else 0
        self.cursor = self._nearest_openable(place)
        self._scroll_to_line(self.cursor)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one line of cells."""
        width = self.scrollable_size.width
        if y < self.head:
            return self.create_strip(
                clip(self.head_at(y, width), width),
                width,
                self.component_style("lines--head"),
            )
        place = y - self.head + round(self.scroll_y)
        if not 0 <= place < self.count():
            return self.create_strip((), width)
        key = self.key_at(place)
        over: Style | None = None
        if place == self.cursor and key is not None and self.shows_cursor:
            over = self.component_style("lines--cursor")
        elif key is not None and self.is_marked(key):
            over = self.component_style("lines--marked")
        return self.create_strip(
            clip(self.line_at(place, width), width), width, over
        )

    @property
    def shows_cursor(self) -> bool:
        """Tell whether the cursor is to be seen: where keys go to it."""
        return self.has_focus or not self.can_focus

    def move_to(self, index: int) -> None:
        """Put the cursor on a line, or the nearest that can be opened."""
        before, self.cursor = self.cursor, self._nearest_openable(index)
        self._scroll_to_line(self.cursor)
        self.refresh()
        if self.cursor != before:
            self.cursor_moved()

    def cursor_moved(self) -> None:
        """The cursor stands on another line."""

    def move_to_key(self, key: Destination) -> None:
        """Put the cursor on the line that opens ``key``, if there is one."""
        if key in self.keys():
            self.move_to(self.index_of(key))

    def _nearest_openable(self, index: int, step: int = 0) -> int:
        """Return the place of the nearest line that can be opened, in the direction of ``step`` first."""
        last = self.count() - 1
        if last < 0:
            return 0
        index = max(0, min(index, last))
        ahead = range(index, last + 1) if step >= 0 else range(index, -1, -1)
        behind = range(index, -1, -1) if step >= 0 else range(index, last + 1)
        found = next(
            (p for p in (*ahead, *behind) if self.key_at(p) is not None), None
        )
        return index if found is None else found

    def _scroll_to_line(self, index: int) -> None:
        height = max(1, self.size.height - self.head)
        top = round(self.scroll_y)
        first = 0 if index == self._nearest_openable(0) else index
        last = self.count() - 1
        end = last if index == self._nearest_openable(last, -1) else index
        if first < top:
            self.scroll_to(y=first, animate=False, immediate=True)
        elif end >= top + height:
            self.scroll_to(
                y=min(index, end - height + 1), animate=False, immediate=True
            )

    def action_move(self, step: int) -> None:
        """Go to the next line that can be opened, or scroll where there is none."""
        if not self.has_openable():
            self.scroll_relative(y=step, animate=False)
            return
        before = self.cursor
        place = self._nearest_openable(
            max(0, min(before + step, self.count() - 1)), step
        )
        self.move_to(place if (place - before) * step > 0 else before)
        if self.cursor == before:
            self.scroll_relative(y=step, animate=False)

    def has_openable(self) -> bool:
        """Tell whether any line can be opened."""
        return (
            self.count() > 0
            and self.key_at(self._nearest_openable(self.cursor)) is not None
        )

    def action_page(self, direction: int) -> None:
        """Go a page up or down."""
        height = max(1, self.size.height - self.head - 1)
        if not self.has_openable():
            self.scroll_relative(y=direction * height, animate=False)
        else:
            self.move_to(
                self._nearest_openable(
                    self.cursor + direction * height, direction
                )
            )

    def action_jump(self, index: int) -> None:
        """Go to the first or the last line."""
        last = self.count() - 1
        if not self.has_openable():
            self.scroll_to(y=0 if index == 0 else last, animate=False)
        else:
            self.move_to(
                self._nearest_openable(
                    0 if index == 0 else last, 1 if index == 0 else -1
                )
            )

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in sight."""
        self._scroll_to_line(self.cursor)
        self.refresh()
