"""The register as a spreadsheet, one sheet a kind: dates are dates, numbers numbers, text never runs."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from tracker.exchange.columns import ColumnType
from tracker.exchange.parsing.values import join_items
from tracker.exchange.progress import Progress
from tracker.exchange.writing.files import replacing
from tracker.exchange.writing.rows import Table
from tracker.text import uncell, visible

_TOLD_APART = ("=", "+", "-", "@", "'", "#")
"""With these a text begins that a spreadsheet, or its writer, could take for something else."""

_WIDTHS = {
    ColumnType.LINES: 40,
    ColumnType.LIST: 24,
    ColumnType.TEXT: 32,
    ColumnType.MOMENT: 30,
}


def write_xlsx(
    tables: Sequence[Table], path: Path, progress: Progress
) -> list[Path]:
    """Write every table as a sheet of one workbook and return its file."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    total, done = sum(table.size for table in tables), 0
    for table in tables:
        sheet = book.create_sheet(table.kind)
        sheet.freeze_panes = "A2"
        _tell_size(sheet, len(table.columns), table.size + 1)
        for place, column in enumerate(table.columns, start=1):
            sheet.column_dimensions[
                get_column_letter(place)
            ].width = _WIDTHS.get(column.holds, 16)
        header = [WriteOnlyCell(sheet, value=name) for name in table.names]
        for cell in header:
            cell.font = Font(bold=True)
        sheet.append(header)
        for row in table.rows:
            sheet.append([typed_cell(sheet, value) for value in row.values()])
            done += 1
            progress.tell(done, total)
        sheet.close()
    with replacing(path) as beside:
        book.save(beside)
    return [path]


def _tell_size(sheet: Any, columns: int, rows: int) -> None:
    """Let a sheet say how large it is: a reader who is not told looks through all of it first."""
    from openpyxl.utils import get_column_letter

    sheet.calculate_dimension = lambda: f"A1:{get_column_letter(columns)}{rows}"


def typed_cell(sheet: Any, value: Any) -> Any:
    """Return a value as a cell of the right type; text that looks like a formula stays text."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str | tuple):
        return text_cell(
            sheet,
            visible(
                value if isinstance(value, str) else join_items(value),
                lines=True,
            ),
        )
    return value


def text_cell(sheet: Any, value: str) -> Any:
    """Return a text as a cell that stays text, whatever the text begins with."""
    from openpyxl.cell import WriteOnlyCell

    if not value.startswith(_TOLD_APART):
        return value
    cell = WriteOnlyCell(sheet)
    keep_text(cell, value)
    return cell


def keep_text(cell: Any, value: str) -> None:
    """Put a text into a cell as text; one that reading would take for another is told apart."""
    value = visible(value, lines=True)
    cell.value = (
        "'" + value if uncell(value) != value or value == "-" else value
    )
    cell.data_type = "s"
    cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
