"""One file or folder read, whatever its format; what is too big is refused in words."""

import errno
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tracker.errors import Rejected
from tracker.exchange.columns import KINDS
from tracker.exchange.progress import Progress
from tracker.exchange.reading.grid import Contents
from tracker.os_errors import reason_for, reason_of
from tracker.paths import ordinary

MAX_BYTES = 200_000_000
READABLE = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".json"})
_SHEETS = frozenset({".csv", ".tsv", ".xlsx", ".xlsm"})
_OTHERS = {".xls", ".ods", ".doc", ".docx", ".pdf", ".numbers"}


def files_in(path: Path) -> list[Path]:
    """Return the files to read: the file itself, or the CSV and XLSX files of a folder, by name.

    A folder that an export has written is that export alone. Hidden files, and what office programs lay
    beside a file that is open in them (``~$…``), are none.
    """
    if not path.is_dir():
        return [path]
    export = [
        path / f"{kind}.csv" for kind in KINDS if (path / f"{kind}.csv").is_file()
    ]
    try:
        found = export or sorted(one for one in path.iterdir() if _is_meant(one))
    except OSError as error:
        raise Rejected(
            "{file} cannot be read: {reason}.", file=str(path), reason=reason_of(error)
        ) from None
    if not found:
        raise Rejected("{file} holds no CSV or XLSX file.", file=path.name)
    return found


def is_readable(name: str) -> bool:
    """Tell by its name whether a file may be one to import."""
    return Path(name).suffix.lower() in READABLE and not name.startswith("~$")


def _is_meant(path: Path) -> bool:
    sheet = path.suffix.lower() in _SHEETS and is_readable(path.name)
    return sheet and not path.name.startswith(".") and path.is_file()


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


def read_file(path: Path, sheet: str | None, progress: Progress) -> Contents:
    """Read a CSV, XLSX or JSON file; ``Rejected`` where it is none, or is too big."""
    try:
        with ordinary(path).open("rb") as file:
            start = file.read(4)
        size = path.stat().st_size
    except OSError as error:
        raise Rejected(
            "{file} cannot be read: {reason}.", file=str(path), reason=reason_of(error)
        ) from None
    if size > MAX_BYTES:
        raise Rejected(
            "{file} is too big: {size} MB, and at most {limit} MB are read. Split it.",
            file=path.name,
            size=size // 1_000_000,
            limit=MAX_BYTES // 1_000_000,
        )
    try:
        return _read(path, start, sheet, progress)
    except MemoryError:
        reason = reason_for(errno.ENOMEM)
        raise Rejected(
            "{file} cannot be read: {reason}.", file=path.name, reason=reason
        ) from None


def _read(path: Path, start: bytes, sheet: str | None, progress: Progress) -> Contents:
    if start[:2] == b"PK" and path.suffix.lower() not in _OTHERS:
        from tracker.exchange.reading.xlsx_file import read_xlsx

        return read_xlsx(path, sheet, progress)
    if path.suffix.lower() in _OTHERS or start == b"\xd0\xcf\x11\xe0":
        raise Rejected(
            "{file} is not of a kind that can be read: save it as XLSX or CSV.",
            file=path.name,
        )
    if path.suffix.lower() == ".json" or start.lstrip()[:1] == b"{":
        from tracker.exchange.reading.json_file import read_json

        return read_json(path)
    from tracker.exchange.reading.csv_file import read_csv

    return Contents([read_csv(path, progress)])
