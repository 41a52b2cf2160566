"""An XLSX file is an archive: what it says to hold is looked at before any of it is unpacked."""

import re
import zlib
from collections.abc import Sequence
from lzma import LZMAError
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from tracker.errors import Refused

MAX_UNPACKED = 300_000_000
_MAX_PARTS = 5_000
_MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]+\d+:[A-Z]+\d+)"')
_CHUNK = 1 << 20
_OVERLAP = 200
_WIDEST_ROW = 4 << 20
_MOST_TEXTS = 50 << 20
_TEXTS = re.compile(rb"<(?:\w+:)?sst\b")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ROW_END = re.compile(rb"</(?:\w+:)?(?:row|sheetData)\s*>")
_DECLARATION = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")


def check_archive(path: Path) -> None:
    """Raise ``Refused`` where the archive is damaged or would unpack to more than is sensible."""
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
            _check_sizes(path, parts)
            sound = all(_is_sensible(archive, part) for part in parts)
    except (BadZipFile, zlib.error, LZMAError, OSError, EOFError, ValueError, RuntimeError):
        sound = False
    if not sound:
        raise Refused("{file} is damaged, or no spreadsheet.", file=path.name)


def _check_sizes(path: Path, parts: Sequence[ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED or len(parts) > _MAX_PARTS:
        raise Refused(
            "{file} would unpack to {size} MB, and at most {limit} MB are read: it is not opened.",
            file=path.name,
            size=unpacked // 1_000_000,
            limit=MAX_UNPACKED // 1_000_000,
        )


def _is_sensible(archive: ZipFile, part: ZipInfo) -> bool:
    """Tell whether a part declares no entities and holds no row, and no table of texts, without end."""
    with archive.open(part) as file:
        start = file.read(_CHUNK)
        if _DECLARATION.search(start) or (part.file_size > _MOST_TEXTS and _TEXTS.search(start)):
            return False
        return part.file_size < _WIDEST_ROW or _has_rows(start, file)


def _has_rows(start: bytes, file: IO[bytes]) -> bool:
    """Tell whether rows end: one of millions of cells would be held in memory as a whole."""
    length, chunk = 0, start
    while chunk:
        opened = max((found.start() for found in _ROW.finditer(chunk)), default=-1)
        closed = max((found.start() for found in _ROW_END.finditer(chunk)), default=-1)
        if opened > closed:
            length = len(chunk) - opened
        elif closed >= 0:
            length = 0
        elif length:
            length += len(chunk)
        if length > _WIDEST_ROW:
            return False
        chunk = file.read(_CHUNK)
    return True


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
