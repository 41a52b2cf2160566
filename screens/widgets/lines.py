"""Lists of lines that can be marked, clicked and opened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec import Struct
from textual import events
from textual.message import Message

from screens.navigation import Destination
from screens.widgets.cursor import CursorView
from screens.widgets.marks import Marks
from screens.widgets.paint import Line, Piece, spread, width_of, wrap_text


class LineView(CursorView):
    """Lines that can be marked and clicked; ``Opened`` says what to open."""

    @dataclass
    class Opened(Message):
        """A line was opened: by Enter or a second click."""

        view: "LineView"
        key: Destination

        @property
        def control(self) -> "LineView":
            """The list."""
            return self.view

    @dataclass
    class Moved(Message):
        """The cursor is on another line, or other lines are marked."""

        view: "LineView"
        key: Destination | None

        @property
        def control(self) -> "LineView":
            """The list."""
            return self.view

    def __init__(
        self,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.marks: Marks[Destination] = Marks()

    def is_marked(self, key: Destination) -> bool:
        """Return whether the line that opens ``key`` is marked."""
        return key in self.marks

    def chosen_keys(self) -> list[Destination]:
        """Return the keys of the marked lines, else that of the line under the cursor."""
        if self.marks:
            return self.marks.select(self.keys())
        return [self.key] if self.key is not None else []

    def lines_changed(self, key: Destination | None = None) -> None:
        """Draw the changed lines; forget the marks of lines that are gone."""
        if self.marks:
            self.marks.keep_only(self.keys())
        super().lines_changed(key)

    def cursor_moved(self) -> None:
        """Extend an open range of marks to the cursor."""
        if self.key is not None and self.marks.in_range:
            self.marks.extend_to(self.key, self.keys())
        self.post_message(self.Moved(self, self.key))

    def mark(self) -> None:
        """Mark the line under the cursor, or unmark it, and go on to the next."""
        if self.key is not None:
            self.marks.toggle(self.key)
            self.action_move(1)
            self._marks_changed()

    def mark_range(self) -> None:
        """Begin a range of marks here, or end it."""
        if self.key is not None:
            self.marks.begin(self.key, self.keys())
            self._marks_changed()

    def mark_all(self) -> None:
        """Mark every line, or none."""
        self.marks.toggle_all(self.keys())
        self._marks_changed()

    def unmark(self) -> bool:
        """Unmark everything; return whether anything was marked."""
        if not self.marks:
            return False

        self.marks.clear()
        self._marks_changed()
        return True

    def _marks_changed(self) -> None:
        self.refresh()
        self.post_message(self.Moved(self, self.key))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the click; a second click opens, one with ctrl marks."""
        offset = event.get_content_offset(self)
        if offset is None:
            return

        event.stop()
        if offset.y < self.head:
            self.head_clicked(offset.x)
            return

        index = self.first_line_of(offset.y - self.head + round(self.scroll_y))
        if index >= self.count() or self.destination_at(index) is None:
            return

        again = index == self.cursor and event.chain > 1
        self.move_to(index)
        if event.ctrl and self.key is not None:
            self.marks.toggle(self.key)
            self._marks_changed()
        elif again and self.key is not None:
            self.post_message(self.Opened(self, self.key))

    def first_line_of(self, index: int) -> int:
        """Return the first of the lines that belong to the one at ``index``."""
        return index

    def head_clicked(self, x: int) -> None:
        """React to a click on the head, at cell ``x``."""


class Item(Struct, frozen=True):
    """A line of a list: its pieces, what it opens, and the pieces at its right end."""

    pieces: tuple[Piece, ...]
    opens: Destination | None = None
    end: tuple[Piece, ...] = ()


EMPTY_LINE = Item((("", ""),))


def text_item(
    text: str,
    role: str = "",
    opens: Destination | None = None,
) -> Item:
    """Return a line of one text in one role."""
    return Item(((text, role),), opens)


def wrap_after_sign(
    text: str,
    width: int,
    sign: str,
    role: str,
) -> Iterator[Item]:
    """Yield a long text as lines, the first after a sign."""
    start = sign
    for part in wrap_text(text, width - len(sign) - 1):
        yield text_item(start + part, role)
        start = " " * len(sign)


def fit_ending(
    pieces: tuple[Piece, ...],
    opens: Destination | None,
    ends: Sequence[tuple[Piece, ...]],
    width: int,
) -> Item:
    """Return a line with the first of ``ends`` that fits beside its pieces.

    If none fits, it is the last one, and the pieces are clipped.
    """
    room = width - width_of(pieces)
    fitting = [end for end in ends if width_of(end) <= room]
    return Item(pieces, opens, (fitting or ends[-1:])[0])


class LineList(LineView):
    """A list of given lines."""

    def __init__(
        self,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.items: Sequence[Item] = ()

    def show(self, items: Sequence[Item]) -> None:
        """Show other lines; the cursor stays on its line if it is still there."""
        key, self.items = self.key, items
        self.lines_changed(key)

    def count(self) -> int:
        """Count the lines."""
        return len(self.items)

    def destination_at(self, index: int) -> Destination | None:
        """Return what a line opens."""
        return self.items[index].opens

    def line_at(self, index: int, width: int) -> Line:
        """Return the pieces of a line, its end at the right."""
        item = self.items[index]
        pieces = item.pieces
        if item.opens is not None and item.opens in self.marks:
            # The sign takes the place of the line's first space.
            (text, role), *rest = pieces
            pieces = (("◉", "key"), (text.removeprefix(" "), role), *rest)

        return spread(pieces, item.end, width) if item.end else pieces
