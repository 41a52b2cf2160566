"""Tables as sheets of a workbook that Excel filters; the same tables give the same bytes."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.exchange.writing.files import replace_file
from tracker.exchange.writing.xlsx_cells import CellWriter

if TYPE_CHECKING:
    from xlsxwriter import Workbook

Cell = str | int | float | date | None

_LOOK = {"valign": "top", "text_wrap": True}
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
    with replace_file(path) as beside:
        beside.write_bytes(data)


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as one XLSX file."""
    import xlsxwriter

    data = BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    book.set_properties({"created": _MADE})
    for sheet in sheets:
        _add_sheet(book, sheet)
    book.close()
    return data.getvalue()


def _add_sheet(book: "Workbook", sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.title)
    head = book.add_format({**_LOOK, "bold": True, "bg_color": "#DDE6F0"})
    columns = zip(sheet.headers, sheet.widths, strict=True)
    for column, (header, width) in enumerate(columns):
        page.write_string(0, column, header, head)
        page.set_column(column, column, width)

    writer = CellWriter(book, page, sheet.title, _LOOK)
    for row, cells in enumerate(sheet.rows, start=1):
        for column, value in enumerate(cells):
            writer.write(row, column, value)

    if sheet.filtered:
        page.freeze_panes(1, 0)
        page.autofilter(
            0,
            0,
            len(sheet.rows),
            len(sheet.headers) - 1,
        )
        page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
