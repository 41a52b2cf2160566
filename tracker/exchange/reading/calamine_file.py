"""Workbooks of other formats than XLSX: XLS, XLSB and ODS, read by calamine.

Calamine gives values alone. A cell's number format, which makes ``0.25`` a percentage or ``1`` the code
``0001``, and the errors of formulas are lost, so that XLSX is read by openpyxl.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from tracker.errors import Rejected
from tracker.exchange.account import Remark
from tracker.exchange.parsing.values import Cell
from tracker.exchange.progress import Progress
from tracker.exchange.reading.archive import check_archive
from tracker.exchange.reading.file_type import FileType
from tracker.exchange.reading.grid import Contents, Grid, Numbered, is_filled
from tracker.exchange.reading.merged_cells import MergedCells
from tracker.exchange.reading.sheet_choice import (
    choose_sheets,
    is_export,
    unread_sheet,
)
from tracker.exchange.sheets.answers import read_returned
from tracker.language import N_

_ARCHIVES = (FileType.ODS, FileType.XLSB)
_FORMATS = N_(
    "Formats and failed formulas are not known in a file of this kind: a percentage is read as a share, "
    "0001 as 1, #REF! as empty. If that matters, save it as XLSX."
)


def read_workbook(
    path: Path, file_type: FileType, sheet: str | None, progress: Progress
) -> Contents:
    """Read the sheets to read of an XLS, XLSB or ODS file; ``Rejected`` if it is damaged or protected."""
    import python_calamine as calamine

    if file_type in _ARCHIVES:
        check_archive(path)
    try:
        with (
            path.open(
                "rb"
            ) as file,  # by its path it would be known by its ending
            calamine.CalamineWorkbook.from_filelike(file) as book,
        ):
            return _contents(book, path, sheet, progress)
    except calamine.PasswordError:
        raise Rejected(
            "{file} is protected by a password: open it, save it without one, and import that.",
            file=path.name,
        ) from None
    except (calamine.CalamineError, OSError, ValueError):
        raise Rejected(
            "{file} is damaged, or no spreadsheet.", file=path.name
        ) from None


def _contents(
    book: Any, path: Path, sheet: str | None, progress: Progress
) -> Contents:
    names = book.sheet_names
    visible = [
        one.name
        for one in book.sheets_metadata
        if str(one.visible).endswith(".Visible")
    ]
    every = {}
    for done, name in enumerate(names, start=1):
        title = name if len(names) > 1 else ""
        every[name] = _grid(book.get_sheet_by_name(name), path, title)
        progress.tell(done, len(names))
    returned = (
        read_returned([*every.values()], path.name) if sheet is None else None
    )
    if returned is not None:
        return returned
    chosen = choose_sheets(path.name, names, visible, sheet)
    of_export = sheet is None and is_export(names)
    grids = [
        replace(every[name], kind=name if of_export else None)
        for name in chosen
    ]
    unread = []
    for name in (name for name in names if name not in chosen):
        count = sum(
            len(every[name].filled_places(*row)) for row in every[name].rows
        )
        hidden = name not in visible
        if count:
            unread.append(
                unread_sheet(path.name, name, count, is_hidden=hidden)
            )
    remarks = (Remark(path.name, _FORMATS),)
    return Contents(grids, unread=tuple(unread), remarks=remarks)


def _grid(sheet: Any, path: Path, title: str) -> Grid:
    rows: Numbered = []
    merged = MergedCells(sheet.merged_cell_ranges or ())
    for number, row in enumerate(
        sheet.to_python(skip_empty_area=False), start=1
    ):
        cells = [_value(cell) for cell in row]
        merged.fill(number, cells)
        if any(is_filled(cell) for cell in cells):
            rows.append((number, cells))
    return Grid(path.name, rows, title, copied=frozenset(merged.copied))


def _value(cell: Any) -> Cell:
    if cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, time | timedelta):
        return str(cell)
    if isinstance(cell, str | bool | int | float | date | datetime):
        return cell
    return str(cell)
