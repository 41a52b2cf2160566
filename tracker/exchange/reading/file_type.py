"""What a file is, told by its content: endings are renamed, lost and made up by mail programs."""

import re
from enum import Enum
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from tracker.paths import require_ordinary_file

_OLE = b"\xd0\xcf\x11\xe0"
_START = 4096
_CHUNK = 1 << 20
_ARRAY = re.compile(rb"\s*\[\s*[{\]]")
_MARKUP = re.compile(
    rb"\s*<(!doctype|html|table|\?xml|head|meta|style)",
    re.IGNORECASE,
)


class FileType(Enum):
    """What a file's content is."""

    TEXT = "text"
    JSON = "json"
    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    PROTECTED = "protected"
    MARKUP = "markup"
    PDF = "pdf"
    IMAGE = "image"
    ARCHIVE = "archive"
    OTHER = "other"


_SIGNS = {
    b"%PDF": FileType.PDF,
    b"\x89PNG": FileType.IMAGE,
    b"\xff\xd8\xff": FileType.IMAGE,
    b"GIF8": FileType.IMAGE,
    b"II*\0": FileType.IMAGE,
    b"MM\0*": FileType.IMAGE,
    b"Rar!": FileType.ARCHIVE,
    b"7z\xbc\xaf": FileType.ARCHIVE,
    b"\x1f\x8b": FileType.ARCHIVE,
}
WORKBOOKS = frozenset(
    (FileType.XLSX, FileType.XLSB, FileType.XLS, FileType.ODS),
)


def detect_type(path: Path) -> FileType:
    """Return what a file is. Raises ``OSError`` if it cannot be opened, ``Rejected`` if it is no file."""
    with require_ordinary_file(path).open("rb") as file:
        start = file.read(_START)
    if start.startswith(b"PK"):
        return _type_of_archive(path)
    if start.startswith(_OLE):
        return _type_of_compound(path)
    for signs, file_type in _SIGNS.items():
        if start.startswith(signs):
            return file_type
    return _type_of_text(
        start.removeprefix(b"\xef\xbb\xbf"),
        path.suffix.lower(),
    )


def _type_of_text(start: bytes, ending: str) -> FileType:
    is_json = (
        start.lstrip()[:1] == b"{" or _ARRAY.match(start) or ending == ".json"
    )
    if is_json:
        return FileType.JSON
    return FileType.MARKUP if _MARKUP.match(start) else FileType.TEXT


def _type_of_archive(path: Path) -> FileType:
    """Return what a ZIP archive is; a damaged one counts as the workbook that it most likely was."""
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                with archive.open("mimetype") as part:
                    is_ods = b"opendocument.spreadsheet" in part.read(_START)
                return FileType.ODS if is_ods else FileType.OTHER
    except (
        BadZipFile,
        OSError,
        EOFError,
        ValueError,
        RuntimeError,
        NotImplementedError,
    ):
        return FileType.XLSX
    if any(name.lower().endswith("workbook.bin") for name in names):
        return FileType.XLSB
    if any(name.startswith("xl/") for name in names):
        return FileType.XLSX
    is_office = "[Content_Types].xml" in names
    return FileType.OTHER if is_office else FileType.ARCHIVE


def _type_of_compound(path: Path) -> FileType:
    """Return what an OLE file is by the names of its streams."""
    tail, found = b"", FileType.OTHER
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            window = tail + chunk
            if _stream("EncryptedPackage") in window:
                return FileType.PROTECTED
            if _stream("Workbook") in window or _stream("Book") in window:
                found = FileType.XLS
            tail = window[-64:]
    return found


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le")
