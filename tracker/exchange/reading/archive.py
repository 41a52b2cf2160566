"""Spreadsheets that are archives: what one says to hold is checked before any of it is unpacked."""

import zlib
from collections.abc import Mapping
from lzma import LZMAError
from pathlib import Path
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile, ZipInfo

from tracker.errors import Rejected

MAX_UNPACKED = 300_000_000
_MAX_PARTS = 5_000
_CHUNK = 1 << 20
_WIDEST_ROW = 4 << 20
_MOST_TEXT = 50 << 20
_MOST_HELD = 4_000_000
_DAMAGE = (
    *(BadZipFile, zlib.error, LZMAError),
    *(OSError, EOFError, ValueError, RuntimeError),
)
_ROW = "http://schemas.openxmlformats.org/spreadsheetml/2006/main row"


def check_sizes(path: Path) -> None:
    """Raise ``Rejected`` where the archive is damaged or says that it would unpack to too much."""
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
    except _DAMAGE:
        raise _damaged_error(path) from None
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED or len(parts) > _MAX_PARTS:
        raise Rejected(
            "{file} would unpack to {size} MB, and at most {limit} MB are read: it is not opened.",
            file=path.name,
            size=unpacked // 1_000_000,
            limit=MAX_UNPACKED // 1_000_000,
        )


def check_archive(path: Path) -> None:
    """Raise ``Rejected`` where the archive is damaged or a parser of its XML would hold too much."""
    check_sizes(path)
    try:
        with ZipFile(path) as archive:
            held = 0
            for part in archive.infolist():
                held = _follow_part(archive, part, held)
    except _DAMAGE:
        raise _damaged_error(path) from None


def _damaged_error(path: Path) -> Rejected:
    return Rejected("{file} is damaged, or no spreadsheet.", file=path.name)


def _follow_part(archive: ZipFile, part: ZipInfo, held: int) -> int:
    """Follow a part to its end; return how many elements are held by now. ValueError where it is a bomb."""
    follower = _Follower(held)
    with archive.open(part) as file:
        follower.follow(file)
    return follower.held


class _Follower:
    """Follows a part's XML as openpyxl will, and reckons what that would hold in memory at once.

    openpyxl lets go of a row at its end, and of nothing else before the part ends: elements, their
    attributes and texts stay. What is no XML is not followed; nobody reads it.
    """

    def __init__(self, held: int) -> None:
        self.held = held
        self._let_go = 0
        self._fed = 0
        self._rows: list[tuple[int, int]] = []
        self._parser = ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._on_doctype
        self._parser.StartElementHandler = self._on_start
        self._parser.EndElementHandler = self._on_end
        if hasattr(self._parser, "SetReparseDeferralEnabled"):
            # What it puts off would count as text whose end is not in sight.
            self._parser.SetReparseDeferralEnabled(False)

    def follow(self, file: IO[bytes]) -> None:
        """Read to the end; raise ValueError for entities, a row or a table of texts without end."""
        try:
            while chunk := file.read(_CHUNK):
                self._fed += len(chunk)
                self._parser.Parse(chunk)
                self._check_texts()
            # From 2.6 on Expat puts off a long token, and with it what comes after.
            self._parser.Parse(b"", True)
        except ExpatError:
            return

    def _check_texts(self) -> None:
        """Look at how much text is held, also that of an element whose end is not in sight."""
        unfinished = self._fed - self._parser.CurrentByteIndex
        row = self._fed - self._rows[0][1] if self._rows else 0
        if (
            max(unfinished, row) > _WIDEST_ROW
            or self._fed - row - self._let_go > _MOST_TEXT
        ):
            raise ValueError("texts without end")

    def _on_doctype(self, *declared: object) -> None:
        raise ValueError("declares entities")

    def _on_start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == _ROW:
            self._rows.append((self.held, self._parser.CurrentByteIndex))
        self.held += 1 + len(attributes)
        if self.held > _MOST_HELD:
            raise ValueError("elements without end")

    def _on_end(self, name: str) -> None:
        if name == _ROW:
            held, start = self._rows.pop()
            length = self._parser.CurrentByteIndex - start
            if length > _WIDEST_ROW:
                raise ValueError("a row without end")
            self.held = held + 1
            self._let_go += length if not self._rows else 0
