"""XLSX as spreadsheets save it: typed cells, percentages, merged cells, several sheets."""

import lzma
import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from tracker.errors import Rejected
from tracker.exchange.columns import KINDS
from tracker.exchange.parsing.values import Cell, CellError
from tracker.exchange.progress import Progress
from tracker.exchange.reading.archive import check_archive, merged_ranges
from tracker.exchange.reading.grid import Contents, Grid, Numbered
from tracker.exchange.sheets.answers import answered
from tracker.exchange.sheets.layout import MARKER

_WIDEST, _LONGEST = 200, 1_048_576
_LITERAL = re.compile(r'"[^"]*"|\\.')
_MOST_MERGED = 200_000
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

    ``Rejected`` where the file is damaged or has no such sheet.
    """
    check_archive(path)
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            if sheet is None and MARKER in book.sheetnames:
                return answered(book, path)
            return Contents(_grids(book, path, sheet, progress))
        finally:
            book.close()
    except _DAMAGE:
        raise Rejected(
            "{file} is damaged, or no spreadsheet.", file=path.name
        ) from None


def _grids(book: Any, path: Path, sheet: str | None, progress: Progress) -> list[Grid]:
    if sheet is not None:
        return [_grid(book[_named(book, path, sheet)], path, progress, sheet)]
    names = book.sheetnames
    if all(name in KINDS for name in names):
        parts = [
            (n, progress.part(i / len(names), (i + 1) / len(names)))
            for i, n in enumerate(names)
        ]
        return [_grid(book[name], path, part, name, kind=name) for name, part in parts]
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    first = (visible or book.worksheets)[0]
    return [_grid(first, path, progress, first.title if len(names) > 1 else "")]


def _named(book: Any, path: Path, wanted: str) -> str:
    for name in book.sheetnames:
        if str(name).strip().casefold() == wanted.strip().casefold():
            return str(name)
    raise Rejected(
        "{file} has no sheet “{name}”: it has {sheets}.",
        file=path.name,
        name=wanted,
        sheets=", ".join(book.sheetnames[:20]),
    )


def _grid(
    sheet: Any, path: Path, progress: Progress, title: str, kind: str | None = None
) -> Grid:
    merged = dict(_merged(merged_ranges(path, sheet._worksheet_path)))
    rows: Numbered = []
    total = sheet.max_row or 0
    sheet.reset_dimensions()
    top: dict[tuple[int, int], Cell] = {}
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > _LONGEST:
            raise Rejected(
                "{file} has more rows than a spreadsheet can have.", file=path.name
            )
        cells = [_value(cell) for cell in row[:_WIDEST]]
        if merged:
            _fill_merged(cells, number, merged, top)
        if any(cell is not None for cell in cells):
            rows.append((number, cells))
        progress.tell(number, max(total, number + 1))
    return Grid(path.name, rows, title, kind)


def _value(cell: Any) -> Cell:
    """Return what a cell holds: a share shown in percent as its percentage, an error as one."""
    value = cell.value
    if cell.data_type == "e":
        return CellError(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        shown = _LITERAL.sub("", str(cell.number_format))
        return round(value * 100, 10) if "%" in shown else value
    if value is None or isinstance(value, str | bool | date | datetime):
        return value
    return str(value)


def _merged(ranges: Iterable[str]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Return, for each cell of a range that is merged down its column, the range's first cell."""
    from openpyxl.utils import range_boundaries

    count = 0
    for said in ranges:
        left, top, _, bottom = range_boundaries(said)
        for row in range(top + 1, bottom + 1):
            count += 1
            if count > _MOST_MERGED:
                return
            yield (row, left - 1), (top, left - 1)


def _fill_merged(
    cells: list[Cell],
    number: int,
    merged: dict[tuple[int, int], tuple[int, int]],
    top: dict[tuple[int, int], Cell],
) -> None:
    """Repeat a merged cell's value in each of its rows: it was written once and meant for all."""
    for place, cell in enumerate(cells):
        first = merged.get((number, place))
        if first is not None:
            cells[place] = top.get(first)
        elif cell is not None:
            top[number, place] = cell
