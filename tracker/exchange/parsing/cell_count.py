"""Which values of one sheet are taken, and which columns and rows are not read."""

from collections import Counter
from collections.abc import Container

from tracker.exchange.account import Account, Part, Unread, row_ranges
from tracker.exchange.parsing.headers import Header
from tracker.exchange.parsing.values import Cell
from tracker.exchange.reading.grid import Grid
from tracker.exchange.reading.sheet_marks import column_letters
from tracker.language import N_

ABOVE = N_("above the header")
INACTIVE = N_("marked as not active")
SKIPPED = N_("left out by the mapping")
REPEATED = N_("the header once more")
TOTALS = N_("a total of other rows")
NUMBERING = N_("the numbers of the columns")
NOTES = N_("a note or a heading")
NUMERIC = N_("a number where names stand")
LEFT_OUT = N_("left out by an answer")
_CHOSEN = frozenset((INACTIVE, SKIPPED, TOTALS, NOTES, NUMERIC, LEFT_OUT))


class CellCount:
    """Counts the values of a sheet row by row, and adds what came of it to an account."""

    def __init__(self, grid: Grid, header: Header) -> None:
        self._grid, self._header = grid, header
        self._read = header.read_places
        self._taken = 0
        self._left: Counter[int] = Counter()
        self._rows: dict[str, list[int]] = {}
        self._in_rows: Counter[str] = Counter()

    def take(
        self,
        number: int,
        cells: list[Cell],
        left_empty: Container[int] = (),
    ) -> None:
        """Count a row that is read: its values in read columns are taken.

        ``left_empty`` are the places whose values are not read, by an answer about their column.
        """
        for place in self._grid.filled_places(number, cells):
            if place in self._read and place not in left_empty:
                self._taken += 1
            else:
                self._left[place] += 1

    def leave(
        self,
        number: int,
        cells: list[Cell],
        reason: str,
    ) -> None:
        """Count a row that is not read, with the msgid of the reason."""
        self._rows.setdefault(reason, []).append(number)
        self._in_rows[reason] += len(self._grid.filled_places(number, cells))

    def add_to(self, account: Account) -> None:
        """Add the counts of all rows: those above the header too; the header's own titles are taken."""
        for number, cells in self._grid.rows:
            if number < self._header.row:
                self.leave(number, cells, ABOVE)
            elif number == self._header.row and not self._grid.exact:
                self._taken += len(self._grid.filled_places(number, cells))
        account.taken[self._grid.name] += self._taken
        account.unread += map(self._rows_left, self._rows)
        account.unread += [
            self._column(place) for place in self._unread_places()
        ]

    def take_from(self, account: Account) -> None:
        """Take out the rows left out, where all values of the sheet were counted as taken already."""
        account.taken[self._grid.name] -= self._in_rows.total()
        account.unread += map(self._rows_left, self._rows)

    def _rows_left(self, reason: str) -> Unread:
        return Unread(
            Part.ROWS,
            self._grid.name,
            row_ranges(self._rows[reason]),
            self._in_rows[reason],
            reason,
            is_chosen=reason in _CHOSEN,
        )

    def _unread_places(self) -> list[int]:
        titled = {
            place for place, title in enumerate(self._header.titles) if title
        }
        return sorted((titled - self._read) | self._left.keys())

    def _column(self, place: int) -> Unread:
        titles = self._header.titles
        return Unread(
            Part.COLUMN,
            self._grid.name,
            titles[place] if place < len(titles) else "",
            self._left[place],
            N_("column {letter}, which has no title"),
            {"letter": column_letters(place + 1)},
            is_chosen=place in self._header.aside or place in self._read,
        )
