"""The register as a spreadsheet, one sheet a kind: dates are dates, numbers numbers, text never runs."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import Term
from tracker.exchange.labels import kind_word
from tracker.exchange.progress import Progress
from tracker.exchange.writing.files import replace_file
from tracker.exchange.writing.rows import Table
from tracker.exchange.writing.xlsx_cells import CellWriter, quote_text
from tracker.fields import ValueType

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_WIDTHS = {
    ValueType.LINES: 40,
    ValueType.LIST: 24,
    ValueType.TEXT: 32,
    ValueType.MOMENT: 30,
}


def write_xlsx(
    tables: Sequence[Table],
    path: Path,
    progress: Progress,
) -> list[Path]:
    """Write every table as a sheet of one workbook and return its file.

    Raises ``Rejected`` if it cannot be written, or a text is longer than a cell can hold.
    """
    import xlsxwriter

    total = sum(table.size for table in tables)
    done = 0
    with replace_file(path) as beside:
        # Packed in memory first: on a full disk the library would hide the system's
        # error behind its own, and its archive would fail once more when it is freed.
        packed = BytesIO()
        book = xlsxwriter.Workbook(packed, {"constant_memory": True})
        for table in tables:
            writer = _add_sheet(book, table)
            for number, row in enumerate(table.rows, start=1):
                for place, value in enumerate(row.values()):
                    writer.write(number, place, value)
                done += 1
                progress.tell(done, total)
        book.close()
        beside.write_bytes(packed.getbuffer())
    progress.tell(1, 1)
    return [path]


def _add_sheet(book: "Workbook", table: Table) -> CellWriter:
    """Add a sheet with a table's header; return what writes its rows."""
    sheet = book.add_worksheet(table.kind)
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for place, column in enumerate(table.columns):
        width = _WIDTHS.get(column.holds, 16)
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, column.name, bold)
    title = Term(kind_word(table.kind))
    return CellWriter(book, sheet, title, prepare_text=quote_text)
