"""XLSX opened by calamine, where the XML of the workbook is in the form that spreadsheet programs write.

Number formats (``25%``, ``0001``) and errors of formulas, which calamine loses, are found in the XML and
laid over its values.
"""

from collections.abc import Sequence
from functools import partial
from io import BytesIO
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree
from zipfile import ZipFile

from tracker.exchange.parsing.values import Cell, CellError
from tracker.exchange.reading.calamine_sheet import CalamineSheet, Overlay
from tracker.exchange.reading.number_format import (
    BUILT_IN_FORMATS,
    changes_numbers,
    format_number,
)
from tracker.exchange.reading.xlsx_scan import SheetScan, scan_sheet

_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_TEXTS = "xl/sharedStrings.xml"
_MOST_TEXT = 50 << 20
_CHUNK = 1 << 20


def open_fast(path: Path) -> Sequence[CalamineSheet] | None:
    """Return the worksheets of an XLSX file, or None if it must be read in the slow way.

    Every part that calamine will read is unpacked here first, which finds damage and false sizes. Raises
    what unpacking, parsing and calamine raise for a damaged file.
    """
    with ZipFile(path) as archive:
        if not {_BOOK, _RELATIONS} <= set(archive.namelist()):
            return None
        small = {
            name: archive.read(name)
            for name in (_BOOK, _RELATIONS, _STYLES)
            if name in archive.namelist()
        }
        if any(b"<!DOCTYPE" in part for part in small.values()):
            return None
        if not _texts_are_usual(archive):
            return None
        formats = _read_formats(small.get(_STYLES, b""))
        scans = {
            name: scan_sheet(archive, part, formats)
            for name, part in _parts_of_sheets(small).items()
        }
    for scan in scans.values():
        if not scan.is_usual or scan.lacks_results:
            return None
    return _list_sheets(path, scans, formats)


def _texts_are_usual(archive: ZipFile) -> bool:
    """Tell whether the table of texts is of a sensible size and declares no entities."""
    if _TEXTS not in archive.namelist():
        return True
    if archive.getinfo(_TEXTS).file_size > _MOST_TEXT:
        return False
    with archive.open(_TEXTS) as file:
        start = file.read(_CHUNK)
        while file.read(_CHUNK):
            pass
    return b"<!DOCTYPE" not in start


def _read_formats(styles: bytes) -> dict[int, str]:
    """Return the number formats that change how a number is shown, by the number of their style."""
    if not styles:
        return {}
    root = ElementTree.fromstring(styles)
    codes = dict(BUILT_IN_FORMATS)
    for one in root.iterfind("{*}numFmts/{*}numFmt"):
        codes[int(one.get("numFmtId", 0))] = one.get("formatCode", "")
    of_style = [
        codes.get(int(style.get("numFmtId", 0)), "")
        for style in root.iterfind("{*}cellXfs/{*}xf")
    ]
    return {
        style: code
        for style, code in enumerate(of_style)
        if changes_numbers(code)
    }


def _parts_of_sheets(parts: dict[str, bytes]) -> dict[str, str]:
    """Return the worksheets of a workbook by name, each with the part of the archive that holds it."""
    targets = {
        one.get("Id"): one.get("Target", "")
        for one in ElementTree.fromstring(parts[_RELATIONS])
        if one.get("Type", "").endswith("/worksheet")
    }
    found = {}
    book = ElementTree.fromstring(parts[_BOOK])
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        relation = next(
            (value for key, value in sheet.items() if key.endswith("}id")),
            "",
        )
        if relation in targets:
            target = targets[relation]
            place = PurePosixPath("/xl", target).as_posix().lstrip("/")
            found[sheet.get("name", "")] = place
    return found


def _list_sheets(
    path: Path,
    scans: dict[str, SheetScan],
    formats: dict[int, str],
) -> list[CalamineSheet] | None:
    """Open the workbook; None where calamine does not have the sheets that its XML lists."""
    import python_calamine as calamine

    # Not by its path, by whose ending calamine would tell the format.
    file = BytesIO(path.read_bytes())
    book = calamine.CalamineWorkbook.from_filelike(file)
    known = {one.name: one for one in book.sheets_metadata}
    if not scans or not scans.keys() <= known.keys():
        return None
    visible = calamine.SheetVisibleEnum.Visible
    return [
        CalamineSheet(
            book,
            name,
            scan.marks,
            _overlay(scan, formats),
            is_visible=known[name].visible == visible,
        )
        for name, scan in scans.items()
    ]


def _overlay(scan: SheetScan, formats: dict[int, str]) -> Overlay:
    errors = {
        place: partial(_as_error, error) for place, error in scan.errors.items()
    }
    numbers = {
        place: partial(_as_shown, formats[style])
        for place, style in scan.styles.items()
    }
    return {**numbers, **errors}


def _as_error(error: str, _: Cell) -> Cell:
    return CellError(error)


def _as_shown(number_format: str, cell: Cell) -> Cell:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return format_number(cell, number_format)
    return cell
