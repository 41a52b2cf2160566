"""The register as a spreadsheet, one sheet a kind: dates are dates, numbers numbers, text never runs."""

from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from tracker.exchange.columns import KINDS, Holds
from tracker.exchange.meaning.values import join_items
from tracker.exchange.progress import Progress
from tracker.exchange.writing.files import replacing
from tracker.exchange.writing.rows import rows_of
from tracker.register import Register
from tracker.text import uncell

_WIDTHS = {Holds.LINES: 40, Holds.LIST: 24, Holds.TEXT: 32, Holds.MOMENT: 30}


def write_xlsx(register: Register, path: Path, progress: Progress) -> list[Path]:
    """Write every kind as a sheet of one workbook and return its file."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    total, done = sum(len(register.table(kind)) for kind in KINDS), 0
    for kind, columns in KINDS.items():
        sheet = book.create_sheet(kind)
        sheet.freeze_panes = "A2"
        for place, column in enumerate(columns, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(column.holds, 16)
        header = [WriteOnlyCell(sheet, value=column.name) for column in columns]
        for cell in header:
            cell.font = Font(bold=True)
        sheet.append(header)
        for row in rows_of(register, kind):
            sheet.append([typed_cell(sheet, value) for value in row.values()])
            done += 1
            progress.tell(done, total)
    with replacing(path) as beside:
        book.save(beside)
    return [path]


def typed_cell(sheet: Any, value: Any) -> Any:
    """Return a value as a cell of the right type; text that looks like a formula stays text."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, bool | int | float | None):
        return value
    if isinstance(value, Enum):
        value = str(value.value)
    elif isinstance(value, tuple):
        value = join_items(value)
    elif isinstance(value, datetime):
        value = value.isoformat()
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = "yyyy-mm-dd"
        return cell
    return text_cell(WriteOnlyCell(sheet), value)


def text_cell(cell: Any, value: str) -> Any:
    """Put a text into a cell as text, whatever it begins with."""
    cell.value = "'" + value if uncell(value) != value else value
    cell.data_type = "s"
    if value[:1] in {"=", "+", "-", "@"}:
        cell.style = "Normal"
        cell.quotePrefix = True
    return cell
