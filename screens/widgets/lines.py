"""Lists drawn line by line: only what is in sight is drawn, so that any length opens at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message

from screens.navigation import Destination
from screens.widgets.cursor import CursorView
from screens.widgets.marks import Marks
from screens.widgets.paint import Line, Piece, spread, width_of


class LineView(CursorView):
    """Lines that can be marked and clicked, and that say what is to be opened."""

    @dataclass
    class Opened(Message):
        """A line was asked to open: Enter, or a second click."""

        view: "LineView"
        key: Destination

        @property
        def control(self) -> "LineView":
            """The list."""
            return self.view

    @dataclass
    class Moved(Message):
        """The cursor stands on another line, or other lines are marked."""

        view: "LineView"
        key: Destination | None

        @property
        def control(self) -> "LineView":
            """The list."""
            return self.view

    def __init__(
        self, *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.marks: Marks[Destination] = Marks()

    def is_marked(self, key: Destination) -> bool:
        """Tell whether the line that opens ``key`` is marked."""
        return key in self.marks

    def chosen_keys(self) -> list[Destination]:
        """Return what a command is meant for: the marked lines, else the one under the cursor."""
        if self.marks:
            return self.marks.select(self.keys())
        return [self.key] if self.key is not None else []

    def lines_changed(self, key: Destination | None = None) -> None:
        """Draw anew after the lines have changed; marks on those that are gone are forgotten."""
        if self.marks:
            self.marks.keep_only(self.keys())
        super().lines_changed(key)

    def cursor_moved(self) -> None:
        """Let a range that is being made follow the cursor."""
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
        """Unmark everything; tell whether there was anything to unmark."""
        had = bool(self.marks)
        self.marks.clear()
        if had:
            self._marks_changed()
        return had

    def _marks_changed(self) -> None:
        self.refresh()
        self.post_message(self.Moved(self, self.key))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where it was clicked; a second click there opens, one with ctrl marks."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        if offset.y < self.head:
            self.head_clicked(offset.x)
            return
        place = self.first_line_of(offset.y - self.head + round(self.scroll_y))
        if place >= self.count() or self.key_at(place) is None:
            return
        again = place == self.cursor and event.chain > 1
        self.move_to(place)
        if event.ctrl and self.key is not None:
            self.marks.toggle(self.key)
            self._marks_changed()
        elif again and self.key is not None:
            self.post_message(self.Opened(self, self.key))

    def first_line_of(self, index: int) -> int:
        """Return the line that stands for the one at ``place``, where several lines belong together."""
        return index

    def head_clicked(self, x: int) -> None:
        """A line that stays in place was clicked at a column."""


@dataclass(frozen=True)
class Item:
    """A line of a list: its pieces, what it opens if anything, and what stands at its end."""

    pieces: tuple[Piece, ...]
    opens: Destination | None = None
    end: tuple[Piece, ...] = ()


def fit_ending(
    pieces: tuple[Piece, ...],
    opens: Destination | None,
    ends: Sequence[tuple[Piece, ...]],
    width: int,
) -> Item:
    """Return a line with the first of some ends that leaves its own pieces whole, else the last."""
    room = width - width_of(pieces)
    return Item(
        pieces,
        opens,
        next((end for end in ends if width_of(end) <= room), ends[-1]),
    )


class LineList(LineView):
    """A list of lines that are given as they are to be shown."""

    def __init__(
        self, *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.items: Sequence[Item] = ()

    def show(self, items: Sequence[Item]) -> None:
        """Show other lines, the cursor on the same one where it is still there."""
        key, self.items = self.key, items
        self.lines_changed(key)

    def count(self) -> int:
        """Count the lines."""
        return len(self.items)

    def key_at(self, index: int) -> Destination | None:
        """Return what a line opens."""
        return self.items[index].opens

    def line_at(self, index: int, width: int) -> Line:
        """Return the pieces of a line, its end at the right."""
        item = self.items[index]
        pieces = (
            _mark_pieces(item.pieces)
            if item.opens is not None and item.opens in self.marks
            else item.pieces
        )
        return spread(pieces, item.end, width) if item.end else pieces


def _mark_pieces(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Put the sign of a mark in the place of a line's first space."""
    (text, role), *rest = pieces
    return (("◉", "key"), (text.removeprefix(" "), role), *rest)
