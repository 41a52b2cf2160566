"""A sheet of an XLSX workbook read by openpyxl: slow, and right for every form of its XML."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from tracker.exchange.parsing.values import Cell, CellError, MissingResult
from tracker.exchange.reading.number_format import format_number
from tracker.exchange.reading.sheet_marks import SheetMarks
from tracker.exchange.reading.strict_xlsx import open_workbook_file
from tracker.exchange.reading.xlsx_scan import SheetScan, scan_sheet


class OpenpyxlSheet:
    """One worksheet of a workbook that openpyxl has opened to be read row by row."""

    def __init__(self, path: Path, sheet: Any) -> None:
        self._path, self._sheet = path, sheet
        self.name = str(sheet.title)
        self.is_visible = sheet.sheet_state == "visible"
        self.length = int(sheet.max_row or 0)

    @cached_property
    def _scan(self) -> SheetScan:
        with ZipFile(self._path) as archive:
            return scan_sheet(archive, self._sheet._worksheet_path)

    def read_marks(self) -> SheetMarks:
        """Return its merged ranges, and its hidden rows and columns."""
        return self._scan.marks

    def read_rows(self, most: int | None = None) -> Iterator[list[Cell]]:
        """Yield its rows, a formula without a stored result as ``MissingResult``.

        Such a formula is told from an empty cell by reading the sheet once more.
        """
        self._sheet.reset_dimensions()
        formulas = self._formulas() if self._scan.lacks_results else iter(())
        for row in self._sheet.iter_rows(max_row=most):
            cells = [_convert_value(cell) for cell in row]
            for place, formula in enumerate(next(formulas, ())):
                is_cell = place < len(cells) and cells[place] is None
                if formula is not None and is_cell:
                    cells[place] = MissingResult(formula)
            yield cells

    def _formulas(self) -> Iterator[list[str | None]]:
        """Yield the formulas of each row."""
        from openpyxl import load_workbook

        with open_workbook_file(self._path) as file:
            again = load_workbook(file, read_only=True)[self.name]
            again.reset_dimensions()
            for row in again.iter_rows():
                formulas = []
                for cell in row:
                    formula = None
                    if cell.data_type == "f":
                        # An array formula is an object that holds its text.
                        formula = getattr(cell.value, "text", "") or cell.value
                    formulas.append(formula and str(formula))
                yield formulas


def _convert_value(cell: Any) -> Cell:
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
