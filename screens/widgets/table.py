"""A table drawn line by line: columns that make room for each other, sorting, cursor, marks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from screens.navigation import Destination
from screens.widgets.lines import LineView
from screens.widgets.paint import Line, Piece, fit

R = TypeVar("R")
GAP = 1
EARLY = 5
"""From this ``drop`` on a column is left out also if another would only like more room."""


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column: its cells, the width it needs and how far it may grow.

    If not all columns fit, those with the greatest ``drop`` are left out first, but never
    the one sorted by. ``order`` returns what to sort by (None last); ``down`` is set if the
    first sort should show the greatest on top.
    """

    id: str
    label: str
    cell: Callable[[R, int], Line]
    width: int
    grow: int = 0
    align: str = "left"
    drop: int = 0
    order: Callable[[R], Any] | None = None
    down: bool = False
    full_name: str = ""
    wish: int = 0
    """The width it would like: columns dropped early (from ``EARLY``) are left out for it too."""

    @property
    def name(self) -> str:
        """What the column is called if there is more room than over its cells."""
        return self.full_name or self.label


Widths = list[tuple[Column[R], int]]
"""The columns that are shown, and how wide each is."""


def shared_widths(
    columns: Sequence[Column[R]],
    width: int,
    wanted: str | None = None,
) -> Widths[R]:
    """Return the columns that fit into ``width`` and their widths; the ``wanted`` one stays."""
    shown = _columns_that_fit(columns, width, wanted)
    spare = max(0, width - _needed_width(shown))
    growth = sum(column.grow for column in shown) or 1

    widths = []
    for column in shown:
        growing = spare * column.grow // growth
        widths.append((column, column.width + growing))
    return widths


def _columns_that_fit(
    columns: Sequence[Column[R]],
    width: int,
    wanted: str | None,
) -> list[Column[R]]:
    """Leave out columns, the greatest ``drop`` first, until the others fit."""

    def drop_of(column: Column[R]) -> int:
        return 0 if column.id == wanted else column.drop

    shown = list(columns)
    wishes = sum(max(0, column.wish - column.width) for column in columns)
    while len(shown) > 1:
        worst = max(shown, key=drop_of)
        needed = _needed_width(shown)
        if worst.drop >= EARLY:
            needed += wishes
        if needed <= width or drop_of(worst) == 0:
            break
        shown.remove(worst)
    return shown


def _needed_width(columns: Sequence[Column[R]]) -> int:
    return sum(column.width + GAP for column in columns) + 1


class Table(LineView, Generic[R]):
    """Rows under a head of columns; ``key_of`` identifies a row when other rows are shown."""

    head = 1

    def __init__(
        self,
        key_of: Callable[[R], Destination],
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.key_of = key_of
        self.columns: Sequence[Column[R]] = ()
        self.children_of: Callable[[R], Sequence[R]] | None = None
        """Gives the rows that follow a row whatever the order, such as a family's members."""
        self.rows: list[R] = []
        self._unsorted: Sequence[R] = ()
        self.sorted_by: str | None = None
        self.reversed = False
        self._widths: tuple[tuple[int, str | None], Widths[R]] | None = None
        """The widths last computed, with the width and the sort they are for."""

    def show(
        self,
        rows: Sequence[R],
        columns: Sequence[Column[R]] | None = None,
    ) -> None:
        """Show other rows, sorted as before; the cursor stays on its row if it is still there."""
        key = self.key
        if columns is not None:
            self.columns = columns
            self._widths = None
        self._unsorted = rows
        self.rows = self._sort_rows()
        self.lines_changed(key)

    def sort_by(self, id: str | None, down: bool | None = None) -> None:
        """Sort by a column; the same column again reverses the order.

        The cursor stays on its row, unless it was at the top: then the user looks for what
        comes first.
        """
        column = self._find_column(id)
        if down is not None:
            self.reversed = down
        elif id == self.sorted_by:
            self.reversed = not self.reversed
        else:
            self.reversed = bool(column and column.down)
        self.sorted_by = id

        before = self.key
        self.rows = self._sort_rows()
        self.lines_changed(before if self.cursor else None)
        if self.key != before:
            self.post_message(self.Moved(self, self.key))

    def sort_beside(self, step: int) -> None:
        """Sort by a column ``step`` columns from the present one, also by one that is left out."""
        ids = [column.id for column in self.columns if column.order]
        if not ids:
            return

        index = 0
        if self.sorted_by in ids:
            index = ids.index(self.sorted_by) + step
        self.sort_by(ids[index % len(ids)])

    def sort_reverse(self) -> None:
        """Reverse the order."""
        self.sort_by(self.sorted_by, not self.reversed)

    def _find_column(self, id: str | None) -> Column[R] | None:
        for column in self.columns:
            if column.id == id:
                return column
        return None

    def _sort_rows(self) -> list[R]:
        """Sort the rows as they were given, so that ties do not depend on the sort before."""
        rows = list(self._unsorted)
        column = self._find_column(self.sorted_by)
        if column is not None and column.order is not None:
            order = column.order
            known = [row for row in rows if order(row) is not None]
            unknown = [row for row in rows if order(row) is None]
            known.sort(key=order, reverse=self.reversed)
            rows = known + unknown

        if self.children_of is None:
            return rows

        with_children = []
        for row in rows:
            with_children += [row, *self.children_of(row)]
        return with_children

    @property
    def row(self) -> R | None:
        """The row under the cursor."""
        if 0 <= self.cursor < len(self.rows):
            return self.rows[self.cursor]
        return None

    def count(self) -> int:
        """Count the rows."""
        return len(self.rows)

    def destination_at(self, index: int) -> Destination | None:
        """Return the key of a row."""
        return self.key_of(self.rows[index])

    def _fitting_columns(self, width: int) -> Widths[R]:
        fitted_for = width, self.sorted_by
        if self._widths is None or self._widths[0] != fitted_for:
            widths = shared_widths(self.columns, width, self.sorted_by)
            self._widths = fitted_for, widths
        return self._widths[1]

    def line_at(self, index: int, width: int) -> Line:
        """Return a row: a sign if it is marked, then its cells."""
        row = self.rows[index]
        mark = "◉" if self.key_of(row) in self.marks else " "
        pieces: list[Piece] = [(mark, "key")]
        for column, size in self._fitting_columns(width):
            pieces.append((" " * GAP, ""))
            pieces += fit(column.cell(row, size), size, column.align)
        return pieces

    def head_at(self, y: int, width: int) -> Line:
        """Return the columns' labels, with a sign at the one sorted by."""
        arrow = "▼" if self.reversed else "▲"
        pieces: list[Piece] = [(" ", "")]
        for column, size in self._fitting_columns(width):
            label = column.label
            if column.id == self.sorted_by:
                label += arrow
            pieces.append((" " * GAP, ""))
            pieces += fit([(label, "title")], size, column.align)
        return pieces

    def head_clicked(self, x: int) -> None:
        """Sort by the column that was clicked."""
        left = 2
        for column, size in self._fitting_columns(self.scrollable_size.width):
            if left <= x < left + size and column.order:
                self.sort_by(column.id)
            left += size + GAP
