"""The register as a spreadsheet, one sheet a kind: dates are dates, numbers numbers, text never runs."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.errors import Rejected, Term
from tracker.exchange.labels import kind_word
from tracker.exchange.parsing.numbers import plain_number
from tracker.exchange.parsing.values import join_items
from tracker.exchange.progress import Progress
from tracker.exchange.writing.files import replacing
from tracker.exchange.writing.rows import Table
from tracker.fields import ValueType
from tracker.text import uncell, visible

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_FORMULA_STARTS = ("=", "+", "-", "@")
_LONGEST_TEXT = 32_767

_WIDTHS = {
    ValueType.LINES: 40,
    ValueType.LIST: 24,
    ValueType.TEXT: 32,
    ValueType.MOMENT: 30,
}


def write_xlsx(
    tables: Sequence[Table], path: Path, progress: Progress
) -> list[Path]:
    """Write every table as a sheet of one workbook and return its file.

    Raises ``Rejected`` if it cannot be written, or a text is longer than a cell can hold.
    """
    import xlsxwriter

    total, done = sum(table.size for table in tables), 0
    with replacing(path) as beside:
        # Packed in memory first: on a full disk the library would hide the system's
        # error behind its own, and its archive would fail once more when it is freed.
        packed = BytesIO()
        book = xlsxwriter.Workbook(packed, {"constant_memory": True})
        for table in tables:
            sheet = _Sheet(book, table)
            for number, row in enumerate(table.rows, start=1):
                for place, value in enumerate(row.values()):
                    sheet.write_cell(number, place, value)
                done += 1
                progress.tell(done, total)
        book.close()
        beside.write_bytes(packed.getbuffer())
    return [path]


class _Sheet:
    """One sheet being written, row by row; text that looks like a formula stays text."""

    def __init__(self, book: "Workbook", table: Table) -> None:
        self._sheet = book.add_worksheet(table.kind)
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._quoted = book.add_format({"quote_prefix": True})
        self._kind = table.kind

        self._sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for place, column in enumerate(table.columns):
            width = _WIDTHS.get(column.holds, 16)
            self._sheet.set_column(place, place, width)
            self._sheet.write_string(0, place, column.name, bold)

    def write_cell(self, row: int, place: int, value: Any) -> None:
        """Write a value as a cell of the right type."""
        if value is None:
            return
        if type(value) is str:  # most cells are; an enumeration is one too
            self._write_text(row, place, value)
        elif isinstance(value, Enum):
            self._sheet.write_string(row, place, str(value.value))
        elif isinstance(value, datetime):
            self._sheet.write_string(row, place, value.isoformat())
        elif isinstance(value, date):
            self._sheet.write_datetime(row, place, value, self._day)
        elif isinstance(value, bool):
            self._sheet.write_boolean(row, place, value)
        elif isinstance(value, int | float):
            self._write_number(row, place, value)
        else:
            self._write_text(row, place, join_items(value))

    def _write_number(self, row: int, place: int, number: float) -> None:
        # 16 digits are written: a number that needs more of them goes as text.
        if float(f"{number:.16G}") == number:
            self._sheet.write_number(row, place, number)
        else:
            self._sheet.write_string(row, place, plain_number(float(number)))

    def _write_text(self, row: int, place: int, text: str) -> None:
        if not text:
            return
        text = quote_text(visible(text, lines=True))
        if len(text) > _LONGEST_TEXT:
            raise Rejected(
                "A text of {kind} is longer than the {limit} characters that a spreadsheet's cell holds: "
                "export as JSON or CSV.",
                kind=Term(kind_word(self._kind)),
                limit=_LONGEST_TEXT,
            )
        is_quoted = text.startswith(_FORMULA_STARTS)
        self._sheet.write_string(
            row, place, text, self._quoted if is_quoted else None
        )


def quote_text(text: str) -> str:
    """Return a text with an apostrophe before it if reading would take it for another one."""
    return "'" + text if uncell(text) != text or text == "-" else text
