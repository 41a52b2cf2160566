"""The register in a TinyDB file: read again after another program's change, written one action at a time."""

import contextlib
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from tracker.collection import pause_collection
from tracker.errors import Conflict, Rejected, UserError
from tracker.model import TABLES
from tracker.paths import path_as_typed
from tracker.persistence import Decide
from tracker.register import Changes, Register
from tracker.store.backups import (
    BESIDE,
    IMPORT,
    MIGRATION,
    DaysFirst,
    Plan,
    backups_of,
    has_backups,
    keep_backup,
)
from tracker.store.changing import check_keys, put_changes
from tracker.store.conflicts import conflicted_copies
from tracker.store.faults import (
    backup_error,
    newer_error,
    refuse_newer,
    unreadable_error,
    unwritable_error,
)
from tracker.store.lock import WriteLock
from tracker.store.migrations import MIGRATIONS, Migration, migrate
from tracker.store.pages import (
    keep_page,
    page_path,
    pages_of,
    read_page,
    share_pages,
)
from tracker.store.reading import Damaged, Known, Meta, meta_of, register_of
from tracker.store.replace import (
    Changed,
    Stamp,
    find_leftovers,
    make_folder,
    remove_leftovers,
    stamp_in,
    stamp_of,
    take_group,
)
from tracker.store.storage import AtomicStorage

T = TypeVar("T")

_TRIES = 5
"""How often a change is tried anew when a program without the lock has written meanwhile."""


class _Undecided(Exception):
    """What decides on a change failed, not the register's own file."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(str(cause))
        self.cause = cause


def _decide(decide: Callable[[], T]) -> T:
    """Keep an ``OSError`` of the caller's apart from those of the register's file."""
    try:
        return decide()
    except OSError as error:
        raise _Undecided(error) from error


def _kept_changing_error(path: Path) -> Conflict:
    return Conflict(
        "Another program keeps changing {path}: close it and try again.",
        path=str(path),
    )


def local_now() -> datetime:
    """Return the moment on this machine's clock, with its zone."""
    return datetime.now().astimezone()


class FileStore:
    """A register in a file that TinyDB can open: the protocol ``Store``.

    ``wait`` is how many seconds a writer waits for another, ``clock`` dates the lock's note and
    the backups, ``plan`` says where backups are kept and for how long.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        wait: float = 10.0,
        clock: Callable[[], datetime] = local_now,
        plan: Plan = BESIDE,
        migrations: Sequence[Migration] = MIGRATIONS,
    ) -> None:
        self._storage = AtomicStorage(path)
        self.path = self._storage.path
        self.place = ""
        self._storage.keep_old = self._days_first = DaysFirst(
            self.path,
            clock,
            plan,
        )
        self.plan = plan
        self.clock = clock
        self.migrations = migrations
        self.schema = len(migrations) + 1
        self._lock = WriteLock(self.path, wait, clock)
        self._guard = threading.RLock()
        self._known: tuple[Stamp | None, Register] | None = None
        self._found_schema = self.schema
        self._warnings: list[UserError] = []
        self._tidied = False
        self.has_written = False
        """Whether anything was written through this store."""

    @classmethod
    def create(
        cls,
        path: str | Path,
        register: Register,
        *,
        mode: int = 0o600,
        wait: float = 10.0,
        clock: Callable[[], datetime] = local_now,
        plan: Plan = BESIDE,
        pages: Iterable[str] = (),
    ) -> "FileStore":
        """Write ``register`` with its published texts to a new file with the permissions ``mode``.

        If others may use it, they are those of its folder's group.

        Raises ``Rejected`` if a register, or backups of one, are already there.
        """
        store = cls(path, wait=wait, clock=clock, plan=plan)
        try:
            make_folder(store.path.parent, 0o700)
            with store._lock.held():
                store._check_free()
                store._keep_pages(pages)
                store._write_whole(register, None)
                if mode != 0o600:
                    take_group(store.path, store.path.parent)
                    store.path.chmod(mode)
                    share_pages(store.path)
        except OSError as error:
            raise unwritable_error(store.path, error) from error
        return store

    def load(self) -> Register:
        """Return the current register: the same object as long as the file is unchanged.

        Raises ``Unreadable`` if the file is missing, empty, damaged or too new for this program.
        """
        known = self._known
        if known is not None and self._current_stamp() == known[0]:
            return known[1]
        with self._guard:
            self._clean_up_once()
            return self._read_if_changed()

    def commit(self, decide: Decide) -> Register:
        """Store what ``decide`` returns in one write while nobody else can write; return the new register.

        Before an import a backup is made. Raises what ``decide`` raises, ``InUse`` if another
        process holds the lock too long, ``Unreadable``, and ``Rejected`` if the disk fails; nothing
        is stored then.
        """
        self._current_stamp()
        try:
            self._check_writable()
            with self._lock.held(), self._guard:
                return self._commit_locked(decide)
        except _Undecided as undecided:
            raise undecided.cause from None
        except OSError as error:
            raise unwritable_error(self.path, error) from error

    def page(self, digest: str) -> str | None:
        """Return the kept text with ``digest``; None if it is missing or damaged.

        Raises ``Unreadable`` if the disk fails: what was published is then not known.
        """
        folder = pages_of(self.path)
        try:
            return read_page(folder, digest)
        except OSError as error:
            place = page_path(folder, digest)
            raise unreadable_error(place, self.plan, error) from error

    def replace_register(
        self,
        make: Callable[[], Register | None],
        why: str,
    ) -> Path | None:
        """Replace the whole register in the file, after a backup of the current one.

        ``make`` is called while nobody else can write; it returns None to leave the file alone.
        Returns the backup, None if there was nothing to back up; raises as ``commit`` does.
        """
        if not self.path.parent.is_dir():
            raise unreadable_error(self.path, self.plan, FileNotFoundError())
        try:
            self._check_writable()
            with self._lock.held(), self._guard:
                return self._replace_locked(make, why)
        except _Undecided as undecided:
            raise undecided.cause from None
        except OSError as error:
            raise unwritable_error(self.path, error) from error

    def keep_backup(self, why: str) -> Path | None:
        """Back the register up before a large change; raise ``Rejected`` if the disk fails."""
        try:
            with self._lock.held():
                return self._keep_backup(why)
        except OSError as error:
            raise unwritable_error(self.path, error) from error

    def clean_up(self) -> list[Path]:
        """Remove and return the files that killed writers left beside the register."""
        try:
            with self._lock.held():
                return remove_leftovers(self.path)
        except OSError as error:
            raise unwritable_error(self.path, error) from error

    def warnings(self) -> list[UserError]:
        """Return what the user should know at the start, though the register is open."""
        found: list[UserError] = [
            Rejected(
                "“{name}” looks like another computer's copy of this register: what was entered there "
                "is missing here. Bring it in: `opd-tracker merge {path}`, on the screens “Merge copies” (^P); "
                "then move the copy away.",
                name=copy.name,
                path=path_as_typed(copy),
            )
            for copy in conflicted_copies(self.path)
        ]
        if self._found_schema > self.schema:
            found.append(newer_error(self.path, readable=True))
        if self._days_first.failure:
            found.append(
                Rejected(
                    "Today's backup could not be kept ({reason}).",
                    reason=self._days_first.failure,
                ),
            )
        return found + self._warnings

    def remember_warning(self, warning: UserError) -> None:
        """Let ``warnings`` tell also of this, which came up while the register was written."""
        self._warnings.append(warning)

    def _commit_locked(self, decide: Decide) -> Register:
        for _ in range(_TRIES):
            register = self._read_if_changed()
            decided = _decide(partial(decide, register))
            changes = decided.changes_with_entry
            if not any(changes.values()):
                return register
            self._check_schema()
            check_keys(register, changes, decided.next_number)
            if decided.entry is not None and decided.entry.action == IMPORT:
                self._keep_backup(IMPORT)
            # Pages first: one that nothing refers to is harmless, a missing one is a loss.
            try:
                self._keep_pages(decided.pages.values())
                self._write(register, changes, decided.next_number)
            except Changed:
                continue
            self.has_written = True
            # Reading the file back would take most of an action's time; what was written is known.
            after = register.changed(changes, decided.next_number)
            self._known = (self._storage.stamp, after)
            return after
        raise _kept_changing_error(self.path)

    def _keep_pages(self, texts: Iterable[str]) -> None:
        for text in texts:
            keep_page(pages_of(self.path), self.path, text)

    def _replace_locked(
        self,
        make: Callable[[], Register | None],
        why: str,
    ) -> Path | None:
        for _ in range(_TRIES):
            seen = stamp_of(self.path)
            refuse_newer(self.path, self.schema)
            register = _decide(make)
            if register is None:
                return None
            kept = self._keep_backup(why)
            try:
                self._write_whole(register, seen)
            except Changed:
                continue
            self.has_written = True
            return kept
        raise _kept_changing_error(self.path)

    def _keep_backup(self, why: str) -> Path | None:
        try:
            return keep_backup(self.path, why, self.clock(), self.plan)
        except OSError as error:
            raise backup_error(
                backups_of(self.path, self.plan),
                error,
            ) from error

    def _read_if_changed(self) -> Register:
        """Read the file if it has changed since last time."""
        stamp = self._current_stamp()
        if self._known is not None and self._known[0] == stamp:
            return self._known[1]
        before = self._known_before()
        self._known = None
        self._storage.drop_cache()
        try:
            with pause_collection():
                register = self._read_register(before)
        except (ValueError, RecursionError, OSError) as error:
            self._storage.drop_cache()
            raise unreadable_error(self.path, self.plan, error) from error
        self._known = (self._storage.stamp, register)
        return register

    def _known_before(self) -> Known | None:
        """Return what was last read or written, from which unchanged facts can be taken over."""
        tables = self._storage.known_tables
        if self._known is None or tables is None:
            return None
        return Known(tables, self._known[1])

    def _read_register(self, before: Known | None) -> Register:
        tables = self._storage.tables()
        self._found_schema = meta_of(tables).schema
        try:
            migrate(tables, self._found_schema, self.migrations)
            return register_of(tables, before)
        except Damaged as error:
            if self._found_schema > self.schema:
                raise newer_error(self.path, readable=False) from error
            raise

    def _current_stamp(self) -> Stamp:
        try:
            return stamp_in(os.stat(self.path))
        except OSError as error:
            raise unreadable_error(self.path, self.plan, error) from error

    def _check_writable(self) -> None:
        """Reject a file that its owner set read-only, although it could be replaced."""
        if self.path.exists() and not (
            os.access(self.path, os.W_OK) and self.path.stat().st_mode & 0o222
        ):
            raise Rejected(
                "{path} is read-only: nothing was changed.",
                path=str(self.path),
            )

    def _check_free(self) -> None:
        if stamp_of(self.path) is not None:
            raise Rejected(
                "{path} is already there: choose another file.",
                path=str(self.path),
            )
        if has_backups(self.path, self.plan):
            raise Rejected(
                "{folder} holds the backups of a register that was here: bring one back with “restore”, "
                "or choose another file.",
                folder=str(backups_of(self.path, self.plan)),
            )

    def _check_schema(self) -> None:
        """Reject a layout that is too new; back up one that is too old before it is migrated."""
        if self._found_schema > self.schema:
            raise newer_error(self.path, readable=True)
        if self._found_schema < self.schema:
            self._keep_backup(MIGRATION)
            self._found_schema = self.schema

    def _write(
        self,
        register: Register,
        changes: Changes,
        next_number: int,
    ) -> None:
        try:
            with self._storage.transaction():
                tables = self._storage.tables()
                meta = Meta(self.schema, register.prefix, next_number)
                put_changes(tables, register, changes, meta)
                self._storage.write(tables)
        except BaseException:
            self._known = None
            raise

    def _write_whole(self, register: Register, seen: Stamp | None) -> None:
        self._known = None
        self._storage.start_empty(seen)
        facts: Changes = {
            name: dict(register.table(name))
            for name in TABLES
            if register.table(name)
        }
        self._write(Register(register.prefix), facts, register.next_number)

    def _clean_up_once(self) -> None:
        if not self._tidied:
            self._tidied = True
            if any(find_leftovers(self.path)):
                with (
                    contextlib.suppress(OSError, UserError),
                    self._lock.held(wait=0),
                ):
                    remove_leftovers(self.path)
