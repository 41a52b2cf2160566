"""An XLSX file is an archive: what it says to hold is looked at before any of it is unpacked."""

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from tracker.errors import Refused

MAX_UNPACKED = 600_000_000
_MAX_PARTS = 5_000
_MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]+\d+:[A-Z]+\d+)"')
_CHUNK = 1 << 20
_OVERLAP = 200


def check_archive(path: Path) -> None:
    """Raise ``Refused`` where the archive is damaged or would unpack to more than is sensible."""
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
    except (BadZipFile, OSError, ValueError):
        raise Refused("{file} is damaged, or no spreadsheet.", file=path.name) from None
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED or len(parts) > _MAX_PARTS:
        raise Refused(
            "{file} would unpack to {size} MB, and at most {limit} MB are read: it is not opened.",
            file=path.name,
            size=unpacked // 1_000_000,
            limit=MAX_UNPACKED // 1_000_000,
        )


def merged_ranges(path: Path, part: str) -> list[str]:
    """Return the merged ranges (``A2:A5``) of the sheet stored as ``part``."""
    found: dict[str, None] = {}
    with ZipFile(path) as archive, archive.open(part) as file:
        tail = b""
        while chunk := file.read(_CHUNK):
            window = tail + chunk
            found.update(dict.fromkeys(match[1].decode() for match in _MERGED.finditer(window)))
            tail = window[-_OVERLAP:]
    return list(found)
