"""A sheet read by calamine, which gives values fast and without their formats."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from tracker.exchange.parsing.values import Cell
from tracker.exchange.reading.merged_cells import Corner
from tracker.exchange.reading.sheet_marks import SheetMarks

Overlay = Mapping[Corner, Callable[[Cell], Cell]]
"""What to make of the values of some cells, by row and column, counted from 0."""
_EXACT = 2.0**53
"""Up to here a floating-point number without decimals is one whole number and no other."""


class CalamineSheet:
    """One worksheet of a workbook that calamine has opened; values of ``overlay`` are mended."""

    def __init__(
        self,
        book: Any,
        name: str,
        marks: SheetMarks | None = None,
        overlay: Overlay | None = None,
        *,
        is_visible: bool,
    ) -> None:
        self._book, self._marks = book, marks
        self._overlay: dict[int, dict[int, Callable[[Cell], Cell]]] = {}
        for (row, column), mend in (overlay or {}).items():
            self._overlay.setdefault(row, {})[column] = mend
        self.name = name
        self.is_visible = is_visible

    @cached_property
    def _sheet(self) -> Any:
        return self._book.get_sheet_by_name(self.name)

    @property
    def length(self) -> int:
        """How many rows it has."""
        return int(self._sheet.total_height)

    def read_marks(self) -> SheetMarks:
        """Return its merged ranges, and its hidden rows and columns as far as they are known."""
        if self._marks is not None:
            return self._marks
        return SheetMarks(merged=[*(self._sheet.merged_cell_ranges or ())])

    def read_rows(self, most: int | None = None) -> Iterator[list[Cell]]:
        """Yield its rows from the first one on."""
        rows = self._sheet.to_python(skip_empty_area=False, nrows=most)
        for place, cells in enumerate(rows):
            # Most are texts and whole numbers, in which calamine sees floats: a call for each takes long.
            for column, cell in enumerate(cells):
                if cell.__class__ is float:
                    if -_EXACT < cell < _EXACT and cell.is_integer():
                        cells[column] = int(cell)
                elif not cell or cell.__class__ is not str or "\r" in cell:
                    cells[column] = _convert_value(cell)
            for column, mend in self._overlay.get(place, {}).items():
                if column < len(cells):
                    cells[column] = mend(cells[column])
            yield cells


def _convert_value(cell: Any) -> Cell:
    """Return a cell other than a number as this program reads it: a blank as None."""
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").replace("\r", "\n") or None
    if isinstance(cell, time | timedelta):
        return str(cell)
    assert isinstance(cell, bool | int | date | datetime)
    return cell
