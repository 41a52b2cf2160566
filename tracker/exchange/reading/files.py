"""One file or folder read, whatever its format; what is too big is refused in words."""

import errno
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tracker.collection import pause_collection
from tracker.errors import Rejected
from tracker.exchange.account import Part, Remark, Unread
from tracker.exchange.columns import KINDS
from tracker.exchange.progress import Progress
from tracker.exchange.reading.file_type import WORKBOOKS, FileType, detect_type
from tracker.exchange.reading.grid import Contents
from tracker.language import N_
from tracker.os_errors import reason_for, reason_of

MAX_BYTES = 200_000_000
READABLE = frozenset(
    {
        ".csv",
        ".tsv",
        ".txt",
        ".xlsx",
        ".xlsm",
        ".xls",
        ".xlsb",
        ".ods",
        ".json",
    },
)
_TABLES = frozenset({".csv", ".tsv"})
_FEW = 5
_EXPORT_NAMES = frozenset(f"{kind}.csv" for kind in KINDS)
_HELP = {
    FileType.PROTECTED: N_(
        "{file} is protected by a password: open it, save it without one, and import that.",
    ),
    FileType.MARKUP: N_(
        "{file} is a web page or XML, whatever its name: open it in a spreadsheet program and save it as XLSX.",
    ),
    FileType.PDF: N_(
        "{file} is a PDF, which holds no table that can be read: ask for the spreadsheet it was made from.",
    ),
    FileType.IMAGE: N_(
        "{file} is a picture: ask for the spreadsheet, or copy its rows into one.",
    ),
    FileType.ARCHIVE: N_(
        "{file} is an archive: unpack it and import the folder.",
    ),
    FileType.OTHER: N_(
        "{file} is not of a kind that can be read: save it as XLSX or CSV.",
    ),
}
"""What can be done about a file that is not read."""
_NO_TABLE = N_("{file} does not end in .csv or .xlsx: import it by itself")


@dataclass(frozen=True)
class FilesFound:
    """The files of a folder: those to read, and those that are not read or passed over."""

    files: list[Path]
    unread: tuple[Unread, ...] = ()
    remarks: tuple[Remark, ...] = ()


def find_files(path: Path) -> FilesFound:
    """Return the files to read: the file itself, or those of a folder that hold tables, by name.

    A folder that an export has written is that export alone. What an office program keeps beside an open
    file (``~$…``) and hidden files are passed over, which is said; every other file and folder is named as
    not read. Raises ``Rejected`` if the folder cannot be opened or holds nothing to read.
    """
    if not path.is_dir():
        return FilesFound([path])
    try:
        inside = sorted(path.iterdir())
        export = [
            one for one in inside if one.name in _EXPORT_NAMES and one.is_file()
        ]
        files = export or [one for one in inside if _holds_table(one)]
    except OSError as error:
        raise Rejected(
            "{file} cannot be read: {reason}.",
            file=str(path),
            reason=reason_of(error),
        ) from None
    others = [one for one in inside if one not in files]
    passed_over = [one for one in others if _is_passed_over(one)]
    unread = [
        _account_unread(one, of_export=bool(export))
        for one in others
        if one not in passed_over
    ]
    if not files:
        raise Rejected(
            "{file} holds no CSV or XLSX file: {others}.",
            file=path.name,
            others=", ".join(one.name for one in others[:_FEW]) or "–",
        )
    remarks = []
    if passed_over:
        names = ", ".join(one.name for one in passed_over)
        msgid = N_(
            "Passed over, as files of open programs or hidden ones: {files}",
        )
        remarks.append(Remark(path.name, msgid, {"files": names}))
    return FilesFound(files, tuple(unread), tuple(remarks))


def _holds_table(path: Path) -> bool:
    if _is_passed_over(path) or not path.is_file():
        return False
    return path.suffix.lower() in _TABLES or detect_type(path) in WORKBOOKS


def _is_passed_over(path: Path) -> bool:
    return path.name.startswith((".", "~$"))


def _account_unread(path: Path, *, of_export: bool) -> Unread:
    """Return that a folder's file is not read; one that may hold a table may list what seems missing."""
    if of_export:
        reason = N_("{file} is not part of the export that the folder holds")
    elif path.is_dir():
        reason = N_("{file} is a folder in the folder: import it by itself")
    else:
        reason = _HELP.get(detect_type(path), _NO_TABLE)
    return Unread(Part.FILE, path.name, reason=reason, may_list=not of_export)


def is_readable(name: str) -> bool:
    """Tell by its name whether a file may be one to import."""
    return Path(name).suffix.lower() in READABLE and not name.startswith("~$")


def names_of(paths: Iterable[Path]) -> dict[Path, str]:
    """Return each file once, with what it is called: its name, or its path where two have that name."""
    files: dict[str, Path] = {}
    for path in paths:
        files.setdefault(os.path.realpath(path), path)
    often = Counter(path.name for path in files.values())
    return {
        path: path.name if often[path.name] == 1 else path.as_posix()
        for path in files.values()
    }


@pause_collection()
def read_file(path: Path, sheet: str | None, progress: Progress) -> Contents:
    """Read one file by what it is; ``Rejected`` if it holds no table that can be read, or is too big."""
    try:
        file_type = detect_type(path)
        size = path.stat().st_size
    except OSError as error:
        raise Rejected(
            "{file} cannot be read: {reason}.",
            file=str(path),
            reason=reason_of(error),
        ) from None
    if size > MAX_BYTES:
        raise Rejected(
            "{file} is too big: {size} MB, and at most {limit} MB are read. Split it.",
            file=path.name,
            size=size // 1_000_000,
            limit=MAX_BYTES // 1_000_000,
        )
    if file_type in _HELP:
        raise Rejected(_HELP[file_type], file=path.name)
    try:
        return _read_by_type(path, file_type, sheet, progress)
    except MemoryError:
        reason = reason_for(errno.ENOMEM)
        raise Rejected(
            "{file} cannot be read: {reason}.",
            file=path.name,
            reason=reason,
        ) from None


def _read_by_type(
    path: Path,
    file_type: FileType,
    sheet: str | None,
    progress: Progress,
) -> Contents:
    if file_type is FileType.XLSX:
        from tracker.exchange.reading.xlsx_file import read_xlsx

        return read_xlsx(path, sheet, progress)
    if file_type in WORKBOOKS:
        from tracker.exchange.reading.calamine_file import read_workbook

        return read_workbook(path, file_type, sheet, progress)
    if file_type is FileType.JSON:
        from tracker.exchange.reading.json_file import read_json

        return read_json(path, sheet)
    from tracker.exchange.reading.csv_file import read_csv
    from tracker.exchange.sheets.answers import read_returned

    grid = read_csv(path, progress)
    return read_returned([grid], path.name) or Contents([grid])
