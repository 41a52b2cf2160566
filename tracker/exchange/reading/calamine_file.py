"""Workbooks of other formats than XLSX: XLS, XLSB and ODS, read by calamine.

A cell's number format, which makes ``0.25`` a percentage or ``1`` the code ``0001``, and the errors of
formulas are lost, as are hidden rows and columns.
"""

from dataclasses import replace
from pathlib import Path

from tracker.errors import Rejected
from tracker.exchange.account import Remark
from tracker.exchange.progress import Progress
from tracker.exchange.reading.archive import check_archive
from tracker.exchange.reading.calamine_sheet import CalamineSheet
from tracker.exchange.reading.file_type import FileType
from tracker.exchange.reading.grid import Contents
from tracker.exchange.reading.workbook import Workbook
from tracker.language import N_

_ARCHIVES = (FileType.ODS, FileType.XLSB)
_FORMATS = N_(
    "Formats, failed formulas and what is hidden are not known in a file of this kind: a percentage is read "
    "as a share, 0001 as 1, #REF! as empty, hidden rows as any others. If that matters, save it as XLSX.",
)


def read_workbook(
    path: Path,
    file_type: FileType,
    sheet: str | None,
    progress: Progress,
) -> Contents:
    """Read the sheets to read of an XLS, XLSB or ODS file; ``Rejected`` if it is damaged or protected."""
    import python_calamine as calamine

    if file_type in _ARCHIVES:
        check_archive(path)
    try:
        with (
            path.open(
                "rb",
            ) as file,  # by its path it would be known by its ending
            calamine.CalamineWorkbook.from_filelike(file) as book,
        ):
            visible = calamine.SheetVisibleEnum.Visible
            sheets = [
                CalamineSheet(book, one.name, is_visible=one.visible == visible)
                for one in book.sheets_metadata
            ]
            contents = Workbook(path.name, sheets).read(sheet, progress)
    except calamine.PasswordError:
        raise Rejected(
            "{file} is protected by a password: open it, save it without one, and import that.",
            file=path.name,
        ) from None
    except (calamine.CalamineError, OSError, ValueError):
        raise Rejected(
            "{file} is damaged, or no spreadsheet.",
            file=path.name,
        ) from None
    remarks = *contents.remarks, Remark(path.name, _FORMATS)
    return replace(contents, remarks=remarks)
