"""Tables as sheets of a workbook that Excel filters; the same tables give the same bytes."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.exchange.writing.files import replacing
from tracker.text import visible

if TYPE_CHECKING:
    from xlsxwriter import Workbook

Cell = str | int | float | date | None

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MADE = datetime(2000, 1, 1)
"""The moment of making that the workbook carries: the real one would change its bytes."""


class Sheet(NamedTuple):
    """A table: its title, a header for each column, their widths, and the rows.

    With ``filtered`` the first row stays in sight and carries the filter's arrows.
    """

    title: str
    headers: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[Cell]]
    filtered: bool = True


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write the sheets as one XLSX file; raises ``Rejected`` where ``path`` cannot be written."""
    data = workbook_bytes(sheets)
    with replacing(path) as beside:
        beside.write_bytes(data)


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as one XLSX file."""
    import xlsxwriter

    data = BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    book.set_properties({"created": _MADE})
    for sheet in sheets:
        _SheetWriter(book).write(sheet)
    book.close()
    return data.getvalue()


class _SheetWriter:
    """Writes one sheet; text stays text whatever it begins with."""

    def __init__(self, book: "Workbook") -> None:
        self.book = book
        self.text = book.add_format({"valign": "top", "text_wrap": True})
        self.quoted = book.add_format(
            {"valign": "top", "text_wrap": True, "quote_prefix": True}
        )
        self.day = book.add_format(
            {"valign": "top", "num_format": "yyyy-mm-dd"}
        )
        self.number = book.add_format({"valign": "top"})
        self.head = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "top",
                "bg_color": "#DDE6F0",
            }
        )

    def write(self, sheet: Sheet) -> None:
        """Add the sheet to the workbook."""
        self.page = self.book.add_worksheet(sheet.title)
        for column, (header, width) in enumerate(
            zip(sheet.headers, sheet.widths, strict=True)
        ):
            self.page.write_string(0, column, header, self.head)
            self.page.set_column(column, column, width)

        for row, cells in enumerate(sheet.rows, start=1):
            for column, value in enumerate(cells):
                self._write_cell(row, column, value)

        if sheet.filtered:
            self.page.freeze_panes(1, 0)
            self.page.autofilter(0, 0, len(sheet.rows), len(sheet.headers) - 1)
            self.page.repeat_rows(0)
        self.page.set_landscape()
        self.page.set_paper(9)  # A4
        self.page.fit_to_pages(1, 0)

    def _write_cell(self, row: int, column: int, value: Cell) -> None:
        if isinstance(value, str):
            text = visible(value, lines=True)
            quoted = text.startswith(_FORMULA_STARTS)
            self.page.write_string(
                row, column, text, self.quoted if quoted else self.text
            )
        elif isinstance(value, date):
            self.page.write_datetime(row, column, value, self.day)
        elif value is not None:
            self.page.write_number(row, column, value, self.number)
