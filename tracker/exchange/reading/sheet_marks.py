"""What a sheet marks besides its values: merged ranges, hidden rows and columns."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tracker.exchange.account import Remark, row_ranges
from tracker.exchange.reading.merged_cells import Corner
from tracker.language import N_


@dataclass
class SheetMarks:
    """The merged ranges of a sheet, and its hidden rows and columns, counted from 1."""

    merged: list[tuple[Corner, Corner]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def remarks(self, sheet: str) -> Iterator[Remark]:
        """Yield what the reader of a sheet should know: hidden rows and columns are read too."""
        if self.hidden_rows:
            yield Remark(
                sheet,
                N_(
                    "rows {rows} are hidden or filtered out there; they are read",
                ),
                {"rows": row_ranges(self.hidden_rows)},
            )
        if self.hidden_columns:
            letters = map(column_letters, sorted(self.hidden_columns))
            yield Remark(
                sheet,
                N_("columns {columns} are hidden there; they are read"),
                {"columns": ", ".join(letters)},
            )


def column_letters(number: int) -> str:
    """Return what spreadsheets call a column: A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column by its letters: 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
