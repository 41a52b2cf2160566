"""The register in a TinyDB file: read and checked when another has written, changed one action at a time."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import msgspec
from tinydb import TinyDB
from tinydb.table import Document, Table

from tracker.errors import Conflict, Refused
from tracker.model import TABLES, Fact, LogEntry
from tracker.register import Changes, Register
from tracker.store.backups import backups_of
from tracker.store.faults import unreadable, unwritable
from tracker.store.lock import WriteLock
from tracker.store.protocol import Commit, Decide
from tracker.store.reading import META, SCHEMA, Meta, document_of, number_of, register_of
from tracker.store.replace import Changed, Stamp, stamp_of
from tracker.store.storage import AtomicStorage

_TRIES = 5


def local_now() -> datetime:
    """Return the moment on this machine's clock, with its zone."""
    return datetime.now().astimezone()


class FileStore:
    """A register in a file that TinyDB can open: the protocol ``Store``.

    ``wait`` is how many seconds a writer waits for another, ``clock`` tells the moment for lock and backups.
    """

    def __init__(
        self, path: str | Path, *, wait: float = 10.0, clock: Callable[[], datetime] = local_now
    ) -> None:
        self._db = TinyDB(path, storage=AtomicStorage)
        self._storage = cast(AtomicStorage, self._db.storage)
        self.path = self._storage.path
        self._lock = WriteLock(self.path, wait, clock)
        self._guard = threading.RLock()
        self._known: tuple[Stamp | None, Register] | None = None

    @classmethod
    def create(cls, path: str | Path, register: Register, **options: Any) -> "FileStore":
        """Make a new file of ``register`` (see ``founded``); raise ``Refused`` where one already stands."""
        store = cls(path, **options)
        try:
            store.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with store._lock.held():
                if stamp_of(store.path) is not None:
                    raise Refused("{path} is already there: choose another file.", path=str(store.path))
                store._write_first(register)
        except OSError as error:
            raise unwritable(store.path, error) from error
        return store

    def load(self) -> Register:
        """Return the register as it now stands: the same object as long as the file is unchanged.

        Raises ``Unreadable`` where the file is missing, empty, damaged or newer than this program.
        """
        known = self._known
        if known is not None and stamp_of(self.path) == known[0]:
            return known[1]
        with self._guard:
            return self._fresh()

    def commit(self, decide: Decide) -> Register:
        """Ask ``decide`` while nobody else can write, keep what it says in one write, return what stands.

        Raises what ``decide`` raises, ``InUse`` where another does not let go, ``Unreadable``, and
        ``Refused`` where the disk does not take it; nothing is kept then.
        """
        self._look()
        try:
            with self._lock.held(), self._guard:
                return self._commit(decide)
        except OSError as error:
            raise unwritable(self.path, error) from error

    def entries_since(self, key: str) -> Sequence[LogEntry]:
        """Return what was done after the log entry with ``key`` ("": from the start), the earliest first."""
        log = self.load().log
        return [log[later] for later in sorted(log) if later > key]

    def _commit(self, decide: Decide) -> Register:
        for _ in range(_TRIES):
            register = self._fresh()
            decided = decide(register)
            changes = _with_entry(decided)
            if not any(changes.values()):
                return register
            _check_keys(register, changes, decided.next_number)
            try:
                self._write(register, changes, decided.next_number)
            except Changed:
                continue
            after = _in_order(register.changed(changes, decided.next_number), changes)
            self._known = (self._storage.stamp, after)
            return after
        raise Conflict("Another program keeps changing {path}: close it and try again.", path=str(self.path))

    def _fresh(self) -> Register:
        """Read the file where it is another than last time."""
        stamp = self._look()
        if self._known is not None and self._known[0] == stamp:
            return self._known[1]
        self._known = None
        try:
            register = register_of(self._storage.tables())
        except (ValueError, RecursionError, OSError) as error:
            self._storage.forget()
            raise unreadable(self.path, backups_of(self.path), error) from error
        self._known = (self._storage.stamp, register)
        return register

    def _look(self) -> Stamp:
        stamp = stamp_of(self.path)
        if stamp is None:
            raise unreadable(self.path, backups_of(self.path), FileNotFoundError())
        return stamp

    def _write(self, register: Register, changes: Changes, next_number: int) -> None:
        try:
            with self._storage.transaction():
                meta = Meta(SCHEMA, register.prefix, next_number)
                self._db.table(META).truncate()
                self._db.table(META).insert(Document(msgspec.to_builtins(meta), 1))
                for name, facts in changes.items():
                    _put(self._db.table(name), register.table(name), facts)
        except BaseException:
            self._known = None
            raise

    def _write_first(self, register: Register) -> None:
        self._storage.begin()
        facts: Changes = {name: dict(register.table(name)) for name in TABLES}
        self._write(Register(register.prefix), facts, register.next_number)


def _with_entry(decided: Commit) -> Changes:
    if decided.entry is None:
        return decided.changes
    log = {**decided.changes.get("log", {}), decided.entry.id: decided.entry}
    return {**decided.changes, "log": log}


def _check_keys(register: Register, changes: Changes, next_number: int) -> None:
    """Raise ValueError for a key that is not this register's, or that could be given out again."""
    for facts in changes.values():
        for key in facts:
            number = number_of(key)
            if key != register.key(number) or number >= next_number:
                raise ValueError(key)


def _put(table: Table, before: Mapping[str, Fact], facts: Mapping[str, Fact | None]) -> None:
    """Bring one TinyDB table to what ``facts`` say: a pass for new, one for edited, one for removed ones."""
    new = [Document(document_of(f), number_of(k)) for k, f in facts.items() if f and k not in before]
    edited = {k: document_of(f) for k, f in facts.items() if f and k in before}
    gone = [number_of(k) for k, f in facts.items() if f is None and k in before]
    if new:
        table.insert_multiple(new)
    if edited:
        table.update(lambda document: _replace(document, edited), doc_ids=[number_of(k) for k in edited])
    if gone:
        table.remove(doc_ids=gone)


def _replace(document: Any, edited: Mapping[str, dict[str, Any]]) -> None:
    after = edited[document["id"]]
    document.clear()
    document.update(after)


def _in_order(register: Register, changes: Changes) -> Register:
    """Return ``register`` with its keys in order, as a reading gives it, also where an old fact came back."""
    tables: dict[str, Any] = {}
    for name in changes:
        facts = register.table(name)
        keys = sorted(facts)
        if keys != list(facts):
            tables[name] = {key: facts[key] for key in keys}
    return replace(register, **tables) if tables else register
