"""How wide the columns of a table are where room is short: nothing is cut, numbers are never broken."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

GAP = 2
_SHORT = 14
"""A column of cells no longer than this is folded last: dates, stages, codes of a few letters."""
_LEAST = 5
_WIDE, _NARROW, _TIGHT = 20, 12, 10
"""To how few signs a column of long texts is folded, at first and as the room gets shorter."""


@dataclass(frozen=True)
class Column:
    """What a column has to hold: its heading, its longest cell and word; ``whole`` cells are never folded."""

    heading: str
    longest: int
    word: int
    whole: bool

    @property
    def natural(self) -> int:
        """The width at which nothing is folded."""
        return max(self.longest, cell_len(self.heading))

    def words_width(self) -> int:
        """Return the width at which the heading is folded between words, long texts to a wide column."""
        cells = (
            self.longest
            if self.whole or self.longest <= _SHORT
            else min(self.longest, _WIDE)
        )
        return max(cells, _longest_word(self.heading))

    def letters_width(self) -> int:
        """Return the width at which the heading is folded anywhere, long texts to a narrow column."""
        short = self.whole or self.longest <= _SHORT
        return max(self.longest if short else _NARROW, _LEAST)

    def least_width(self) -> int:
        """Return the width below which a number would be broken or a text be no text any more."""
        return max(
            self.longest if self.whole else min(self.word, _TIGHT + GAP), _LEAST
        )


def measure_column(
    heading: str, cells: Sequence[str], *, whole: bool
) -> Column:
    """Look through a column's cells."""
    longest = max(map(cell_len, cells), default=0)
    return Column(
        heading, longest, max(map(_longest_word, cells), default=0), whole
    )


def fit_columns(columns: Sequence[Column], room: int) -> tuple[list[int], int]:
    """Return the columns' widths and the gap between them, within ``room`` signs as far as that can be."""
    widths = [column.natural for column in columns]
    steps: Collection[tuple[Callable[[Column], int], int]] = (
        (Column.words_width, GAP),
        (Column.letters_width, GAP),
        (Column.letters_width, 1),
        (Column.least_width, 1),
    )
    gap = GAP
    for floor, gap in steps:
        floors = [min(column.natural, floor(column)) for column in columns]
        widths = _narrow_columns(
            widths, floors, room - gap * (len(columns) - 1)
        )
        if sum(widths) + gap * (len(columns) - 1) <= room:
            break
    return widths, gap


def _narrow_columns(
    widths: Sequence[int], floors: Sequence[int], room: int
) -> list[int]:
    """Take from the widest column what is too much, sign by sign, none below its floor."""
    narrowed = list(widths)
    for _ in range(sum(widths) - room):
        wide = [
            place
            for place, width in enumerate(narrowed)
            if width > floors[place]
        ]
        if not wide:
            break
        narrowed[max(wide, key=lambda place: narrowed[place])] -= 1
    return narrowed


def _longest_word(text: str) -> int:
    return max(map(cell_len, text.split()), default=0)
