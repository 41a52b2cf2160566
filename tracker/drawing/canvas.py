"""A sheet of character cells, and the rows of coloured segments that it is read out as."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Literal

from rich.cells import cell_len, set_cell_size

Role = Literal[
    "conventional",
    "online",
    "integrated",
    "good",
    "bad",
    "warn",
    "quiet",
    "goal",
    "forecast",
    "integrated/online",
    "integrated/conventional",
    "online/conventional",
    "online/",
    "conventional/",
]
"""What a piece of a drawing stands for; a screen gives each role a colour.

A role with a stroke is that of a cell in which a stage ends under another one, or under nothing: each
is drawn as light as the shade that it is filled with elsewhere.
"""

Segment = tuple[str, Role]
Row = tuple[Segment, ...]
Drawing = tuple[Row, ...]
Label = Callable[[float], str]
"""Writes a value of the upright axis as the reader's language does."""

BLANK: Segment = (" ", "quiet")


def plain_row(row: Row) -> str:
    """Return a row as text, without space at its end."""
    return "".join(text for text, _ in row).rstrip()


def plain_text(drawing: Drawing) -> str:
    """Return a drawing as lines of text."""
    return "\n".join(map(plain_row, drawing))


def row_width(row: Row) -> int:
    """Count the cells of a row."""
    return sum(len(text) for text, _ in row)


def join_drawings(cells: Iterable[Segment]) -> Row:
    """Return cells as a row, neighbours of one role in one segment."""
    return tuple(
        ("".join(text for text, _ in run), role)
        for role, run in groupby(cells, lambda c: c[1])
    )


class Canvas:
    """``width`` by ``height`` cells; row 0 is the lowest, what falls outside is not drawn."""

    def __init__(self, width: int, height: int) -> None:
        self.width = max(0, width)
        self.height = max(0, height)
        self._cells = [[BLANK] * self.width for _ in range(self.height)]

    def put(
        self,
        column: int,
        row: int,
        character: str,
        role: Role,
    ) -> None:
        """Draw one character over what is there."""
        if 0 <= column < self.width and 0 <= row < self.height:
            self._cells[row][column] = (character, role)

    def at(self, column: int, row: int) -> str:
        """Return the character that is drawn in a cell; a space outside."""
        inside = 0 <= column < self.width and 0 <= row < self.height
        return self._cells[row][column][0] if inside else " "

    def put_if_blank(
        self,
        column: int,
        row: int,
        character: str,
        role: Role,
    ) -> None:
        """Draw one character if its cell is blank."""
        if (
            0 <= column < self.width
            and 0 <= row < self.height
            and self._cells[row][column] == BLANK
        ):
            self._cells[row][column] = (character, role)

    def write(
        self,
        column: int,
        row: int,
        text: str,
        role: Role,
    ) -> None:
        """Draw a text from a cell on to the right; a wide character takes two cells."""
        for character in text:
            size = cell_len(character)
            if size:
                self.put(column, row, character, role)
            if size == 2:
                self.put(column + 1, row, "", role)
            column += size

    def write_if_free(
        self,
        column: int,
        row: int,
        text: str,
        role: Role,
    ) -> None:
        """Draw a text if its cells are blank, and one on either side of it."""
        size = cell_len(text)
        around = range(column - 1, column + size + 1)
        inside = column >= 0 and column + size <= self.width
        if inside and all(self.at(place, row) == " " for place in around):
            self.write(column, row, text, role)

    def drawing(self) -> Drawing:
        """Return what has been drawn, the highest row first."""
        return tuple(join_drawings(cells) for cells in reversed(self._cells))


def fit_text(text: str, width: int) -> str:
    """Return as much of a text as ``width`` cells hold, with a sign where something is left out."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…"


def gutter_width(width: int, texts: Iterable[str]) -> int:
    """Return the width of a vertical axis for its texts; 0 if the chart has no room for one."""
    needed = max((len(text) for text in texts), default=0) + 2
    return needed if width >= 3 * needed else 0


def with_gutter(
    drawing: Drawing,
    texts: Sequence[str],
    width: int,
) -> Drawing:
    """Put a vertical axis of ``width`` cells, with a text or none for each row, before a drawing."""
    if width < 3:
        return drawing
    return tuple(
        ((f"{text:>{width - 2}} {'┤' if text else '│'}", "quiet"), *row)
        for text, row in zip(texts, drawing, strict=True)
    )
