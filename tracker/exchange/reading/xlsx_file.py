"""XLSX as spreadsheets save it: typed cells, percentages, merged cells, several sheets."""

import lzma
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from tracker.errors import Rejected
from tracker.exchange.account import Part, Remark, Unread
from tracker.exchange.parsing.values import Cell, CellError, MissingResult
from tracker.exchange.progress import Progress
from tracker.exchange.reading.archive import check_archive
from tracker.exchange.reading.grid import Contents, Grid, Numbered, is_filled
from tracker.exchange.reading.merged_cells import MergedCells
from tracker.exchange.reading.number_format import format_number
from tracker.exchange.reading.sheet_choice import (
    choose_sheets,
    is_export,
    unread_sheet,
)
from tracker.exchange.reading.strict_xlsx import open_workbook_file
from tracker.exchange.reading.xlsx_sheet import SheetMarks, read_marks
from tracker.exchange.sheets.answers import is_returned, read_returned
from tracker.language import N_

_WIDEST, _LONGEST = 200, 1_048_576
_FIRST_ROWS = 40
_DAMAGE = (
    *(
        BadZipFile,
        zlib.error,
        lzma.LZMAError,
        struct.error,
        OSError,
        EOFError,
        SyntaxError,
        AssertionError,
    ),
    *(
        ValueError,
        TypeError,
        AttributeError,
        LookupError,
        ArithmeticError,
        RuntimeError,
    ),
)
"""What unpacking and openpyxl raise, led astray by a damaged file."""


def read_xlsx(path: Path, sheet: str | None, progress: Progress) -> Contents:
    """Read the sheet that is asked for, else the first one, or every sheet of an export.

    ``Rejected`` if the file is damaged or has no such sheet.
    """
    check_archive(path)
    from openpyxl import load_workbook

    try:
        with open_workbook_file(path) as file:
            book = load_workbook(file, read_only=True, data_only=True)
            return _Workbook(book, path).read(sheet, progress)
    except _DAMAGE:
        raise Rejected(
            "{file} is damaged, or no spreadsheet.", file=path.name
        ) from None


class _Workbook:
    """A workbook being read: its sheets as grids, and what of it is not read."""

    def __init__(self, book: Any, path: Path) -> None:
        self.path = path
        self.sheets = {str(sheet.title): sheet for sheet in book.worksheets}
        self.visible = [
            name
            for name, sheet in self.sheets.items()
            if sheet.sheet_state == "visible"
        ]
        self.unread: list[Unread] = []
        self.remarks: list[Remark] = []

    def read(self, wanted: str | None, progress: Progress) -> Contents:
        """Read the sheets that are wanted, or what an OPD has filled in; count the values of the others."""
        if wanted is None and is_returned(
            [*map(self._first_rows, self.sheets)]
        ):
            every = [self._grid(name, Progress(), None) for name in self.sheets]
            returned = read_returned(every, self.path.name)
            if returned is not None:
                return replace(returned, remarks=tuple(self.remarks))
        names = list(self.sheets)
        chosen = choose_sheets(self.path.name, names, self.visible, wanted)
        of_export = wanted is None and is_export(names)
        grids = []
        for done, name in enumerate(names):
            part = progress.part(done / len(names), (done + 1) / len(names))
            if name in chosen:
                kind = name if of_export else None
                grids.append(self._grid(name, part, kind))
            else:
                self._leave(name)
        return Contents(
            grids, unread=tuple(self.unread), remarks=tuple(self.remarks)
        )

    def _first_rows(self, name: str) -> Grid:
        """Return the first rows of a sheet, enough to know what it is."""
        rows: Numbered = [
            (number, list(row))
            for number, row in enumerate(
                self.sheets[name].iter_rows(
                    max_row=_FIRST_ROWS, values_only=True
                ),
                1,
            )
        ]
        return Grid(self.path.name, rows, name)

    def _leave(self, name: str) -> None:
        sheet = self.sheets[name]
        marks = read_marks(self.path, sheet._worksheet_path)
        sheet.reset_dimensions()
        rows = _values(sheet, self.path, marks)
        count = sum(is_filled(value) for row in rows for value in row)
        if count:
            is_hidden = name not in self.visible
            self.unread.append(
                unread_sheet(self.path.name, name, count, is_hidden=is_hidden)
            )

    def _grid(self, name: str, progress: Progress, kind: str | None) -> Grid:
        sheet = self.sheets[name]
        marks = read_marks(self.path, sheet._worksheet_path)
        merged = MergedCells(marks.merged)
        rows: Numbered = []
        total = sheet.max_row or 0
        sheet.reset_dimensions()
        beyond = 0
        for number, cells in enumerate(
            _values(sheet, self.path, marks), start=1
        ):
            beyond += sum(map(is_filled, cells[_WIDEST:]))
            del cells[_WIDEST:]
            merged.fill(number, cells)
            if any(cell is not None for cell in cells):
                rows.append((number, cells))
            progress.tell(number, max(total, number + 1))
        title = name if len(self.sheets) > 1 else ""
        grid = Grid(
            self.path.name, rows, title, kind, copied=frozenset(merged.copied)
        )
        self.remarks += marks.remarks(grid.name)
        if beyond:
            self.unread.append(_beyond(grid.name, beyond))
        return grid


def _beyond(sheet: str, count: int) -> Unread:
    reason = N_(
        "the columns after the {limit}th: delete columns that are not needed"
    )
    values = {"limit": str(_WIDEST)}
    return Unread(Part.COLUMN, sheet, "", count, reason, values)


def _values(sheet: Any, path: Path, marks: SheetMarks) -> Iterator[list[Cell]]:
    """Yield the rows of a sheet as cells; ``Rejected`` if there are more than a spreadsheet can have.

    A formula whose result is not stored is told from an empty cell by reading the sheet once more.
    """
    formulas = _formulas(sheet, path) if marks.lacks_results else iter(())
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > _LONGEST:
            raise Rejected(
                "{file} has more rows than a spreadsheet can have.",
                file=path.name,
            )
        cells = [_value(cell) for cell in row]
        for place, formula in enumerate(next(formulas, ())):
            if (
                formula is not None
                and place < len(cells)
                and cells[place] is None
            ):
                cells[place] = MissingResult(formula)
        yield cells


def _formulas(sheet: Any, path: Path) -> Iterator[list[str | None]]:
    """Yield the formulas of each row."""
    from openpyxl import load_workbook

    with open_workbook_file(path) as file:
        again = load_workbook(file, read_only=True)[sheet.title]
        again.reset_dimensions()
        for row in again.iter_rows():
            yield [
                _formula(cell.value) if cell.data_type == "f" else None
                for cell in row
            ]


def _formula(value: Any) -> str:
    return str(getattr(value, "text", None) or value)


def _value(cell: Any) -> Cell:
    """Return what a cell holds: a number as it is shown, an error as one."""
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "e":
        return CellError(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return format_number(value, str(cell.number_format))
    if isinstance(value, str):
        return _decode(value) if "_x" in value else value
    if isinstance(value, bool | date | datetime):
        return value
    return str(value)


def _decode(text: str) -> str:
    """Decode characters that XML cannot hold, which are written as ``_x000D_``."""
    from openpyxl.utils.escape import unescape

    return str(unescape(text)).replace("\r\n", "\n").replace("\r", "\n")
