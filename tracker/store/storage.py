"""A TinyDB storage that replaces its file as a whole, and writes all tables of one transaction at once."""

import errno
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from tinydb.storages import Storage

from tracker.paths import require_ordinary_file
from tracker.store.replace import Stamp, replace_file, stamp_in, stamp_of
from tracker.store.tables import Tables

MAX_BYTES = 200_000_000
"""Twice what a register of 100,000 services with three moves each takes."""
MAX_VALUES = 20_000_000
MAX_GROUPS = 5_000_000
_SMALL = 20_000_000
"""Bytes up to which a file cannot grow beyond a few hundred megabytes in memory."""
_PAUSE = 0.02
"""Seconds to wait for a program that is overwriting the file in place."""


class Empty(ValueError):
    """The file exists but is empty."""


class AtomicStorage(Storage):
    """TinyDB tables in a JSON file that is always whole.

    A missing file is an error, and so is an empty one, unless ``begin`` was called. Reading is without a
    lock; writers hold one outside of this class. ``keep_old`` is called before the file is replaced.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(os.path.realpath(path))
        self.stamp: Stamp | None = None
        self.keep_old: Callable[[], None] = lambda: None
        self._tables: Tables | None = None
        self._in_transaction = False
        self._touched = False

    def start_empty(self, seen: Stamp | None = None) -> None:
        """Start without tables, to make a new file or to replace the whole of the one that was ``seen``."""
        self._tables, self.stamp = Tables(), seen

    def read(self) -> Any:
        """Return the tables, read again only if the file has changed."""
        return self.tables()

    def tables(self) -> Tables:
        """Return the tables of the file, or of the current transaction.

        Raises OSError, ``Empty``, ``msgspec.MsgspecError`` or RecursionError.
        """
        if self._tables is None or (
            not self._in_transaction and stamp_of(self.path) != self.stamp
        ):
            self._tables, self.stamp = _read_whole(self.path)
        return self._tables

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Store ``data``: at once, or at the end of the current transaction.

        Raises ValueError for NaN if it writes at once; a transaction's owner checks that itself.
        """
        if self._tables is None or data is not self._tables:
            self._tables = Tables()
            self._tables.update(
                {name: dict(table) for name, table in data.items()},
            )
        self._touched = True
        if not self._in_transaction:
            with self.transaction():
                self._tables.check_numbers()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Collect what is written and write it in one step at the end, or nothing after an error.

        Works on what was last read; raises ``Changed`` if the file has changed since.
        """
        if self._tables is None:
            self.tables()
        self._in_transaction = True
        try:
            yield
            if self._touched and self._tables is not None:
                pieces = list(self._tables.encode_in_pieces())
                self.stamp = replace_file(
                    self.path,
                    pieces,
                    self.stamp,
                    self.keep_old,
                )
        except BaseException:
            self.drop_cache()
            raise
        finally:
            self._in_transaction = self._touched = False

    @property
    def known_tables(self) -> Tables | None:
        """The tables that were last read or written; None once they are dropped."""
        return self._tables

    def drop_cache(self) -> None:
        """Forget what was read: the next access reads the file."""
        self._tables, self.stamp = None, None


def bytes_of(path: Path) -> bytes:
    """Return a file's bytes; raise OSError if it is missing or far too large for a register."""
    with require_ordinary_file(path).open("rb") as file:
        return _all_of(file)


def _all_of(file: BinaryIO) -> bytes:
    if os.fstat(file.fileno()).st_size > MAX_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    data = file.read()
    check_values(data)
    return data


def check_values(data: bytes) -> None:
    """Raise OSError for JSON with so many values that reading it would take gigabytes.

    Both limits are more than four times what 100,000 services with three moves each come to. What is
    small is not looked at: it cannot grow beyond a few hundred megabytes.
    """
    if len(data) <= _SMALL:
        return
    groups = data.count(b"[") + data.count(b"{")
    if groups > MAX_GROUPS or groups + data.count(b",") > MAX_VALUES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))


def _read_whole(path: Path) -> tuple[Tables, Stamp]:
    """Read the file, again if it changes meanwhile: some programs overwrite files in place."""
    for last in (False, False, False, False, True):
        with require_ordinary_file(path).open("rb") as file:
            stamp = stamp_in(os.fstat(file.fileno()))
            data = _all_of(file)
            # Stock TinyDB and editors write in place: half of a file may be the new one.
            rested = stamp_in(os.fstat(file.fileno())) == stamp
        if not (rested or last):
            continue
        try:
            if not data:
                raise Empty(str(path))
            return Tables.decode(data), stamp
        except (ValueError, RecursionError):
            time.sleep(_PAUSE)
            if last or stamp_of(path) == stamp:
                raise
    raise AssertionError
