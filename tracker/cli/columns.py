"""The widths of a table's columns on a narrow terminal.

Nothing is cut: long texts are folded, and a number is never broken.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from msgspec import Struct
from rich.cells import cell_len

GAP = 2
_SHORT = 14
"""Columns of cells up to this width (dates, stages, codes) are folded last."""
_LEAST = 5
_WIDE, _NARROW, _TIGHT = 20, 12, 10
"""The widths to which a column of long texts is folded as the room shrinks."""


@dataclass(frozen=True)
class Column:
    """A column's heading, and the widths of its longest cell and word.

    The cells of a ``whole`` column, such as one of numbers, are never folded.
    """

    heading: str
    longest: int
    word: int
    whole: bool

    @property
    def natural(self) -> int:
        """The width at which nothing is folded."""
        return max(self.longest, cell_len(self.heading))

    def words_width(self) -> int:
        """Return the width with the heading folded between words."""
        short = self.whole or self.longest <= _SHORT
        cells = self.longest if short else min(self.longest, _WIDE)
        return max(cells, _longest_word(self.heading))

    def letters_width(self) -> int:
        """Return the width with the heading folded anywhere."""
        short = self.whole or self.longest <= _SHORT
        return max(self.longest if short else _NARROW, _LEAST)

    def least_width(self) -> int:
        """Return the width below which a text could not be read any more."""
        cells = self.longest if self.whole else min(self.word, _TIGHT + GAP)
        return max(cells, _LEAST)


def measure_column(
    heading: str,
    cells: Sequence[str],
    *,
    whole: bool,
) -> Column:
    """Measure a column's heading and cells."""
    return Column(
        heading,
        longest=max(map(cell_len, cells), default=0),
        word=max(map(_longest_word, cells), default=0),
        whole=whole,
    )


def fit_columns(columns: Sequence[Column], room: int) -> tuple[list[int], int]:
    """Return the columns' widths and the gap between them.

    They fit into ``room`` cells of the terminal, as far as that is possible.
    """
    widths = [column.natural for column in columns]
    steps: Collection[tuple[Callable[[Column], int], int]] = (
        (Column.words_width, GAP),
        (Column.letters_width, GAP),
        (Column.letters_width, 1),
        (Column.least_width, 1),
    )
    gap = GAP
    for floor, gap in steps:
        available = room - gap * (len(columns) - 1)
        floors = [min(column.natural, floor(column)) for column in columns]
        widths = _narrow_columns(widths, floors, available)
        if sum(widths) <= available:
            break

    return widths, gap


def _narrow_columns(
    widths: Sequence[int],
    floors: Sequence[int],
    available: int,
) -> list[int]:
    """Take cell after cell from the widest column, none below its floor."""
    narrowed = list(widths)
    for _ in range(sum(widths) - available):
        wide = [
            index
            for index, width in enumerate(narrowed)
            if width > floors[index]
        ]
        if not wide:
            break

        widest = max(wide, key=lambda index: narrowed[index])
        narrowed[widest] -= 1

    return narrowed


def _longest_word(text: str) -> int:
    return max(map(cell_len, text.split()), default=0)


class Layout(Struct, frozen=True):
    """The columns of a table as they are printed: widths, gap, and which hold numbers.

    A row takes as many lines as its most folded cell. rich's tables print the same in
    twelve times as long: they render every cell anew.
    """

    widths: Sequence[int]
    gap: int
    numeric: Collection[int]

    def head(self, headings: Sequence[str]) -> Iterator[str]:
        """Yield the lines of the headings, which stand right above the rows."""
        folded = self._fold_cells(headings)
        depth = max(map(len, folded))
        return self._join_cells(
            [[""] * (depth - len(lines)) + lines for lines in folded],
        )

    def lines(self, row: Sequence[str]) -> Iterator[str]:
        """Yield the lines of a row."""
        return self._join_cells(self._fold_cells(row))

    def _fold_cells(self, row: Sequence[str]) -> list[list[str]]:
        return [
            _fold_text(text, width)
            for text, width in zip(row, self.widths, strict=True)
        ]

    def _join_cells(self, folded: Sequence[Sequence[str]]) -> Iterator[str]:
        for pieces in zip_longest(*folded, fillvalue=""):
            padded = []
            for index, (piece, width) in enumerate(
                zip(pieces, self.widths, strict=True),
            ):
                spaces = " " * (width - cell_len(piece))
                is_number = index in self.numeric
                padded.append(spaces + piece if is_number else piece + spaces)
            yield (" " * self.gap).join(padded)


def _fold_text(text: str, width: int) -> list[str]:
    """Return a text in lines of at most ``width`` cells, folded between words if possible."""
    if cell_len(text) <= width and "\n" not in text:
        return [text.rstrip()]

    from rich.console import Console
    from rich.text import Text

    lines = Text(text).wrap(Console(), width, overflow="fold")
    return [line.plain.rstrip() for line in lines]
