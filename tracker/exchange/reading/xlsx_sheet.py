"""What the XML of an XLSX sheet says besides its values: merged, hidden, and computed nowhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZipFile

from tracker.exchange.account import Remark, row_ranges
from tracker.exchange.reading.merged_cells import Corner
from tracker.language import N_

_CHUNK = 1 << 20
_OVERLAP = 20_000
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]+\d+:[A-Z]+\d+)"'
)
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*\bhidden=\"(?:1|true)\"[^>]*>")
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*\bhidden=\"(?:1|true)\"[^>]*>")
_SPAN = re.compile(rb'\b(min|max)="(\d+)"')
_FORMULA = re.compile(
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_WIDEST = 16_384


@dataclass
class SheetMarks:
    """What a sheet's XML marks: merged ranges, hidden rows and columns, formulas without a result."""

    merged: list[tuple[Corner, Corner]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    lacks_results: bool = False

    def remarks(self, sheet: str) -> Iterator[Remark]:
        """Yield what the reader of a sheet should know: hidden rows and columns are read too."""
        if self.hidden_rows:
            yield Remark(
                sheet,
                N_(
                    "rows {rows} are hidden or filtered out there; they are read"
                ),
                {"rows": row_ranges(self.hidden_rows)},
            )
        if self.hidden_columns:
            from openpyxl.utils import get_column_letter

            letters = ", ".join(
                map(get_column_letter, sorted(self.hidden_columns))
            )
            yield Remark(
                sheet,
                N_("columns {columns} are hidden there; they are read"),
                {"columns": letters},
            )


def read_marks(path: Path, part: str) -> SheetMarks:
    """Read the marks of the sheet that is stored in an archive as ``part``."""
    from openpyxl.utils import range_boundaries

    marks, ranges = SheetMarks(), set()
    for window in _windows(path, part):
        ranges.update(_MERGED.findall(window))
        marks.lacks_results |= _FORMULA.search(window) is not None
        for tag in _ROW.findall(window):
            number = _ROW_NUMBER.search(tag)
            marks.hidden_rows.update({int(number[1])} if number else ())
        for tag in _COLUMN.findall(window):
            span = {name: int(value) for name, value in _SPAN.findall(tag)}
            last = min(span.get(b"max", 0), _WIDEST)
            marks.hidden_columns.update(range(span.get(b"min", 1), last + 1))
    for said in ranges:
        left, top, right, bottom = range_boundaries(said.decode())
        marks.merged.append(((top - 1, left - 1), (bottom - 1, right - 1)))
    return marks


def _windows(path: Path, part: str) -> Iterator[bytes]:
    """Yield a part piece by piece, each with the end of the one before it."""
    with ZipFile(path) as archive, archive.open(part) as file:
        tail = b""
        while chunk := file.read(_CHUNK):
            window = tail + chunk
            yield window
            tail = window[-_OVERLAP:]
