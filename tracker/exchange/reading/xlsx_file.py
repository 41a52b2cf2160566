"""XLSX as spreadsheets save it: typed cells, percentages, merged cells, several sheets.

Values are read by calamine, a fast reader, and laid over with what it does not give: number formats and
errors of formulas. A workbook for which that does not hold is read by openpyxl, ten times as slow.
"""

import lzma
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

from tracker.errors import Rejected
from tracker.exchange.progress import Progress
from tracker.exchange.reading.archive import check_archive, check_sizes
from tracker.exchange.reading.fast_xlsx import open_fast
from tracker.exchange.reading.grid import Contents
from tracker.exchange.reading.openpyxl_sheet import OpenpyxlSheet
from tracker.exchange.reading.strict_xlsx import open_workbook_file
from tracker.exchange.reading.workbook import Sheet, Workbook

_DAMAGE = (
    *(
        BadZipFile,
        zlib.error,
        lzma.LZMAError,
        struct.error,
        OSError,
        EOFError,
        SyntaxError,
        AssertionError,
    ),
    *(
        ValueError,
        TypeError,
        AttributeError,
        LookupError,
        ArithmeticError,
        RuntimeError,
    ),
)
"""What unpacking and openpyxl raise, led astray by a damaged file."""


def read_xlsx(path: Path, sheet: str | None, progress: Progress) -> Contents:
    """Read the sheet that is asked for, else the first one, or every sheet of an export.

    ``Rejected`` if the file is damaged or has no such sheet.
    """
    check_sizes(path)
    try:
        sheets: Sequence[Sheet] | None = open_fast(path)
        if sheets is not None:
            return Workbook(path.name, sheets).read(sheet, progress)
        check_archive(path)
        return _read_by_openpyxl(path, sheet, progress)
    except _DAMAGE:
        raise Rejected(
            "{file} is damaged, or no spreadsheet.",
            file=path.name,
        ) from None


def _read_by_openpyxl(
    path: Path,
    wanted: str | None,
    progress: Progress,
) -> Contents:
    from openpyxl import load_workbook

    with open_workbook_file(path) as file:
        book = load_workbook(file, read_only=True, data_only=True)
        sheets = [OpenpyxlSheet(path, sheet) for sheet in book.worksheets]
        return Workbook(path.name, sheets).read(wanted, progress)
