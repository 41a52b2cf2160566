"""What stands in a folder and in a register, without the moments at which it was written."""

import io
import json
import re
import sqlite3
import zipfile
import zlib
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tracker.errors import Unreadable
from tracker.exchange.writing.output_folder import LEDGER
from tracker.model import TABLES
from tracker.persistence import Store
from tracker.store.reading import document_of
from tracker.text import content_digest

Files = dict[str, str]
"""The files of a folder: what stands in each, by its name."""

_OF_ONE_RUN = {"recorded_at", "chain", "log_head"}
_KEY = re.compile(r'"[a-z2-7]{5}(-\d+)?"')
_MOMENT = re.compile(
    r"20\d\d-\d\d-\d\d_\d{6}(_\d+)?|\b\d\d[:.]\d\d([:.]\d\d)?\b"
)
_LEFTOVER = re.compile(r".*\.tmp|\..*\.holder|.*-journal|.*-wal|.*-shm")
_LOCK = re.compile(r"\..*\.lock")


def read_facts(store: Store) -> str | None:
    """Return all facts and the log of a register; None where there is none that can be read."""
    try:
        register = store.load()
    except Unreadable:
        return None
    facts = {
        table: {
            key: document_of(fact)
            for key, fact in register.table(table).items()
        }
        for table in TABLES
    }
    return _without_prefix(json.dumps(_without_moments(facts), default=str))


def read_files(root: Path) -> Files:
    """Return what stands in the files of a folder, leftovers of writing left out."""
    return {
        _MOMENT.sub("MOMENT", name): _read_content(root / name)
        for name in _names_in(root)
        if not _LEFTOVER.fullmatch(Path(name).name)
    }


def find_leftovers(root: Path) -> list[str]:
    """Return the files that only writing needs, and that should go with it."""
    return [n for n in _names_in(root) if _LEFTOVER.fullmatch(Path(n).name)]


def _names_in(root: Path) -> list[str]:
    return sorted(
        str(path.relative_to(root))
        for path in root.rglob("*")
        if path.is_file() and not _LOCK.fullmatch(path.name)
    )


def _read_content(path: Path) -> str:
    """Return what a file says; of one that is not whole, its bytes."""
    data = path.read_bytes()
    with suppress(ValueError, zipfile.BadZipFile, zlib.error, sqlite3.Error):
        return _READERS.get(path.suffix, _read_plain)(path, data)
    return f"not whole: {data[:60]!r} … {len(data)}"


def _read_plain(_: Path, data: bytes) -> str:
    return _MOMENT.sub("MOMENT", data.decode())


def _read_json(path: Path, data: bytes) -> str:
    document = json.loads(data)
    if path.name == LEDGER:
        # It tells how far the writing of its folder came.
        return "digests"
    return _without_prefix(json.dumps(_without_moments(document)))


def _without_prefix(text: str) -> str:
    """Return a text without the random prefix of a new register's keys."""
    return _KEY.sub(r'"KEY\1"', text)


def _without_moments(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _without_moments(found)
            for key, found in value.items()
            if key not in _OF_ONE_RUN
        }
    if isinstance(value, list | tuple):
        return [_without_moments(found) for found in value]
    return value


def _read_parts(_: Path, data: bytes) -> str:
    """Return the parts of a workbook but for the one that says when it was made."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {
            name: archive.read(name)
            for name in archive.namelist()
            if name != "docProps/core.xml"
        }
    return repr(parts)


def _read_text(path: Path, data: bytes) -> str:
    """Return a kept text, which its name is the digest of."""
    text = zlib.decompress(data).decode()
    if content_digest(text) != path.stem:
        raise ValueError(path.stem)
    return text


def _read_tables(path: Path, _: bytes) -> str:
    """Return what a database holds, once what a dead writer left undone is taken back."""
    with TemporaryDirectory() as folder:
        for file in path.parent.glob(f"{path.name}*"):
            (Path(folder) / file.name).write_bytes(file.read_bytes())
        with closing(sqlite3.connect(Path(folder) / path.name)) as link:
            (sound,) = link.execute("pragma integrity_check").fetchone()
            return f"{sound}\n" + "\n".join(link.iterdump())


_READERS = {
    ".json": _read_json,
    ".xlsx": _read_parts,
    ".z": _read_text,
    ".db": _read_tables,
}
