"""Strict Open XML, which openpyxl does not know: the same workbook under other namespaces."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMESPACES = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
}
"""The strict namespaces and those that openpyxl knows (ISO/IEC 29500, annex A)."""


@contextmanager
def open_workbook_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a workbook's file, a strict one under the namespaces that openpyxl knows.

    A file and not its path: openpyxl refuses a path by its ending.
    """
    with path.open("rb") as file:
        if not _is_strict(path):
            yield file
            return
        with TemporaryFile() as copy:
            _translate(path, copy)
            copy.seek(0)
            yield copy


def _is_strict(path: Path) -> bool:
    with ZipFile(path) as archive:
        return any(
            _STRICT in archive.read(name)
            for name in archive.namelist()
            if name.endswith("workbook.xml")
        )


def _translate(path: Path, into: IO[bytes]) -> None:
    with (
        ZipFile(path) as archive,
        ZipFile(into, "w", ZIP_DEFLATED, compresslevel=1) as copy,
    ):
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith((".xml", ".rels")):
                for strict, usual in _NAMESPACES.items():
                    data = data.replace(strict, usual)
            copy.writestr(name, data)
