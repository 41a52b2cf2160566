"""The XML of an XLSX sheet, scanned for what a fast reader of values does not give.

A search for patterns is many times faster than a parser. It relies on the XML that spreadsheet programs
write; XML in any other form is told apart, and then read by openpyxl.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from zipfile import ZipFile

from tracker.exchange.reading.merged_cells import Corner
from tracker.exchange.reading.sheet_marks import SheetMarks, column_number

_CHUNK = 1 << 20
_OVERLAP = 20_000
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_MOST_CELLS = 15_000_000
"""So many cells, blank ones between them too, a fast reader may hold in memory at once."""

_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"',
)
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*\bhidden=\"(?:1|true)\"[^>]*>")
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*\bhidden=\"(?:1|true)\"[^>]*>")
_SPAN = re.compile(rb'\b(min|max)="(\d+)"')
_NO_RESULT = re.compile(
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>",
)

_CELL = re.compile(
    rb'<c r="(?P<column>[A-Z]{1,3})(?P<row>[0-9]{1,7})"(?: s="(?P<style>\d+)")?'
    rb'(?: t="(?P<type>s|n|b|str|inlineStr|e)")?/?>',
)
_Sign = tuple[bytes, bytes]
"""A few bytes of XML, and one of them that is rare in plain sheets: looking for that first is fast."""
_FORMULA: _Sign = b"<f", b"f"
_FOREIGN: tuple[_Sign, ...] = ((b":c r=", b":"), (b"<!", b"!"))
"""What no spreadsheet program writes: by patterns, cells would be missed, or found in texts."""
_LONG_NUMBER = re.compile(rb"<v>-?\d{16}")
"""A whole number that a floating-point number may not hold exactly."""
_ERROR = re.compile(
    rb"\s*(?:<f\b(?:[^>]*/>|[^>]*>[^<]*</f>))?\s*<v>(#[^<]*)</v>",
)
_ROW_START = b'<row r="'
_ROW_OF_ROW = re.compile(rb'<row r="(\d{1,7})"')
_FURTHER_COLUMN = re.compile(rb'<c r="([A-Z]{2,3})\d')
_LAST_LETTERS = 2


@dataclass
class SheetScan:
    """What a sheet's XML holds besides its values.

    ``styles`` and ``errors`` have cells by row and column, counted from 0: those of the styles looked
    for, and those that show an error.
    """

    marks: SheetMarks = field(default_factory=SheetMarks)
    lacks_results: bool = False
    """Whether a formula has no stored result."""
    is_usual: bool = True
    """Whether the scan has seen every cell, and a fast reader reads every value rightly."""
    styles: dict[Corner, int] = field(default_factory=dict)
    errors: dict[Corner, str] = field(default_factory=dict)


def scan_sheet(
    archive: ZipFile,
    part: str,
    styles: Collection[int] = (),
) -> SheetScan:
    """Scan the sheet that an archive holds as ``part``; cells of ``styles`` are looked for."""
    scan = SheetScan()
    size = _Size()
    usual_style = _pattern_of_style(styles)
    ranges: set[tuple[bytes, ...]] = set()

    for window, is_last in _read_windows(archive, part):
        if b"mergeCell" in window:
            ranges.update(_MERGED.findall(window))
        _scan_hidden(window, scan.marks)
        if _holds(window, _FORMULA) or not scan.is_usual:
            scan.lacks_results |= _NO_RESULT.search(window) is not None
        if scan.is_usual:
            scan.is_usual = (
                not any(_holds(window, sign) for sign in _FOREIGN)
                and _LONG_NUMBER.search(window) is None
                and size.grow(window)
                and _scan_cells(window, is_last, usual_style, size, scan)
            )

    if scan.is_usual:
        scan.is_usual = 0 < size.rows <= _LAST_ROW and size.is_small
    for left, top, right, bottom in ranges:
        first = int(top) - 1, column_number(left.decode()) - 1
        last = int(bottom) - 1, column_number(right.decode()) - 1
        scan.marks.merged.append((first, last))
    return scan


def _read_windows(archive: ZipFile, part: str) -> Iterator[tuple[bytes, bool]]:
    """Yield a part piece by piece, each with the end of the one before it, and whether it is the last."""
    with archive.open(part) as file:
        tail, chunk = b"", file.read(_CHUNK)
        while chunk:
            window = tail + chunk
            chunk = file.read(_CHUNK)
            yield window, not chunk
            tail = window[-_OVERLAP:]


def _holds(window: bytes, sign: _Sign) -> bool:
    whole, rare = sign
    return rare in window and whole in window


def _scan_hidden(window: bytes, marks: SheetMarks) -> None:
    if b"hidden=" not in window:
        return
    for tag in _ROW.findall(window):
        number = _ROW_NUMBER.search(tag)
        if number:
            marks.hidden_rows.add(int(number[1]))
    for tag in _COLUMN.findall(window):
        span = {name: int(value) for name, value in _SPAN.findall(tag)}
        last = min(span.get(b"max", 0), _LAST_COLUMN)
        marks.hidden_columns.update(range(span.get(b"min", 1), last + 1))


def _pattern_of_style(looked_for: Collection[int]) -> str:
    """Return a pattern of a cell's style, if it has one, that is none of those that are looked for."""
    others = "".join(f'(?!{style}")' for style in sorted(looked_for))
    return rf'(?: s="{others}[0-9]+")?'


def _scan_cells(
    window: bytes,
    is_last: bool,
    usual_style: str,
    size: "_Size",
    scan: SheetScan,
) -> bool:
    """Note the cells of other styles or with an error; return whether all are in a known form and row."""
    row_number = size.pattern_of_row()
    usual = (
        rf'r="[A-Z]{{1,2}}{row_number}"{usual_style}'
        r'(?: t="(?:s|n|b|str|inlineStr)")?/?>'
    )
    pattern = re.compile(rf"<c(?! {usual})(?:[\s/][^>]*)?>".encode())
    is_row = re.compile(row_number.encode()).fullmatch
    for found in pattern.finditer(window):
        cell = _CELL.fullmatch(found[0])
        if cell is None or not is_row(cell["row"]):
            return False
        row = int(cell["row"]) - 1
        place = row, column_number(cell["column"].decode()) - 1
        if cell["type"] == b"e":
            error = _ERROR.match(window, found.end())
            if error is not None:
                scan.errors[place] = error[1].decode()
            elif is_last or found.start() < len(window) - _OVERLAP:
                return False
        elif cell["style"]:
            scan.styles[place] = int(cell["style"])
    return True


def _find_last_row(window: bytes) -> int:
    """Return the number of the last row that begins in a piece of the XML; 0 if none does."""
    start = window.rfind(_ROW_START)
    while start >= 0:
        # The piece may end in the midst of a tag.
        found = _ROW_OF_ROW.match(window, start)
        if found is not None:
            return int(found[1])
        start = window.rfind(_ROW_START, 0, start)
    return 0


class _Size:
    """How many rows and columns a sheet has, as far as its XML has been seen."""

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 26

    def grow(self, window: bytes) -> bool:
        """Take in a piece of the XML; return False if a cell stands far out."""
        for letters in set(_FURTHER_COLUMN.findall(window)):
            if len(letters) > _LAST_LETTERS:
                return False
            self.columns = max(self.columns, column_number(letters.decode()))
        self.rows = max(self.rows, _find_last_row(window))
        return True

    def pattern_of_row(self) -> str:
        """Return a pattern of the rows that have fewer digits than the last row, or no higher first one."""
        digits = str(self.rows)
        others = len(digits) - 1
        as_long = rf"[0-{digits[0]}][0-9]{{{others}}}"
        return rf"(?:[0-9]{{1,{others}}}|{as_long})" if others else as_long

    @property
    def is_small(self) -> bool:
        """Whether all cells up to the last row and column are few enough to be held in memory."""
        digits = str(self.rows)
        most_rows = (int(digits[0]) + 1) * int("1".ljust(len(digits), "0"))
        return most_rows * self.columns <= _MOST_CELLS
