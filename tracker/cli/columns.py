"""The widths of a table's columns on a narrow terminal.

Nothing is cut: long texts are folded, and a number is never broken.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

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
    heading: str, cells: Sequence[str], *, whole: bool
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
    widths: Sequence[int], floors: Sequence[int], available: int
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
