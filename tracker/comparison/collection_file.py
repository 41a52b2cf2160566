"""The file of collected weeks: opened to be added to, tried in memory, or only read."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tracker.comparison.collected import Collection
from tracker.comparison.layout import LAYOUT
from tracker.errors import Rejected
from tracker.os_errors import reason_of
from tracker.paths import require_ordinary_file

TABLE_FILE = "cities.db"
"""What the table is called that is kept beside the settings."""

_FORMAT = 0x4F50444B
"""The file's application id: no other SQLite file is taken for one of ours."""

_VERSION = 1
_MAGIC = b"SQLite format 3\0"
_FORMAT_AT = slice(68, 72)
"""Where the head of an SQLite file holds its application id."""


def is_collection(path: Path) -> bool:
    """Tell whether a file is a table of collected weeks, whatever its name; an unreadable one is none."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            head = file.read(100)
    except OSError:
        return False
    format_id = int.from_bytes(head[_FORMAT_AT], "big")
    return head.startswith(_MAGIC) and format_id == _FORMAT


@contextmanager
def open_collection(path: Path) -> Iterator[Collection]:
    """Open the table, made anew where there is none; what is done in it is kept whole or not at all.

    Raises ``Rejected`` for a file that is damaged or holds something else, and where the disk fails.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            require_ordinary_file(path)
        with closing(_connect(path, "rwc")) as link:
            link.execute("begin immediate")
            (tables,) = link.execute(
                "select count(*) from sqlite_master",
            ).fetchone()
            if not tables and not _read_format(link):
                _lay_out(link)
            _require_ours(link, path)
            yield Collection(link)
            link.execute("commit")
    except (sqlite3.Error, OSError, ValueError) as error:
        # A ValueError: from a value that is none of ours, or a message that is no text.
        raise Rejected(
            "{path} cannot be used for collected weeks ({reason}): choose another with --to.",
            path=str(path),
            reason=reason_of(error),
        ) from error


@contextmanager
def try_collection() -> Iterator[Collection]:
    """Open an empty table in memory: to see whether all can be taken before a file is made of it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as link:
        _lay_out(link)
        yield Collection(link)


@contextmanager
def read_collection(path: Path) -> Iterator[Collection]:
    """Open the table for reading, all of it as of one moment; nothing is written, nor need it be possible.

    Raises ``Rejected`` for a file that is missing, damaged or holds something else.
    """
    try:
        require_ordinary_file(path)
        with closing(_connect_to_read(path)) as link:
            _require_ours(link, path)
            yield Collection(link)
    except (sqlite3.Error, OSError, ValueError) as error:
        raise Rejected(
            "{path} cannot be read as a table of collected weeks: {reason}.",
            path=str(path),
            reason=reason_of(error),
        ) from error


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, timeout=10, isolation_level=None, uri=True)


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a file for reading; one that a killed program left half written is brought back first."""
    try:
        return _begin_reading(_connect(path, "ro"))
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
            raise
    return _begin_reading(_connect(path, "rw"))


def _begin_reading(link: sqlite3.Connection) -> sqlite3.Connection:
    try:
        link.execute("begin")
        link.execute("select count(*) from sqlite_master").fetchone()
    except sqlite3.Error:
        link.close()
        raise
    return link


def _read_format(link: sqlite3.Connection) -> int:
    (found,) = link.execute("pragma application_id").fetchone()
    return int(found)


def _lay_out(link: sqlite3.Connection) -> None:
    for statement in LAYOUT:
        link.execute(statement)
    link.execute(f"pragma application_id = {_FORMAT}")
    link.execute(f"pragma user_version = {_VERSION}")


def _require_ours(link: sqlite3.Connection, path: Path) -> None:
    """Raise ``Rejected`` for a file of anything else."""
    (version,) = link.execute("pragma user_version").fetchone()
    if _read_format(link) != _FORMAT or version != _VERSION:
        raise Rejected(
            "{path} holds no collected weeks of this program: name another file.",
            path=str(path),
        )
