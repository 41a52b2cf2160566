"""Restore a backup of a register, after showing what that would change."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tracker.changes import record_before
from tracker.errors import Rejected, Unreadable
from tracker.limits import check_fact
from tracker.log_chain import seal_entries
from tracker.model import TABLES, LogEntry
from tracker.os_errors import is_missing, reason_of
from tracker.permissions import check_coordinator
from tracker.persistence import Commit, Store
from tracker.register import Changes, Register
from tracker.store.backups import (
    PAGES,
    RESTORE,
    backups_of,
    bring_pages_back,
    list_backups,
)
from tracker.store.faults import refuse_newer
from tracker.store.file import FileStore
from tracker.store.fragments import next_number_in
from tracker.store.pages import read_page, read_pages
from tracker.store.storage import bytes_of
from tracker.text import visible


@dataclass(frozen=True)
class TableChange:
    """What a restore would do to one table: how many facts it has now and would have, and how they differ."""

    table: str
    now: int
    then: int
    gone: int
    back: int
    changed: int


def what_would_change(
    current: Register | None,
    backup: Register,
) -> list[TableChange]:
    """Return, table by table, how ``backup`` differs from ``current`` (None if unreadable)."""
    found = []
    for name in TABLES:
        now = {} if current is None else current.table(name)
        then = backup.table(name)
        gone = len(now.keys() - then.keys())
        back = len(then.keys() - now.keys())
        changed = sum(
            1 for key in now.keys() & then.keys() if now[key] != then[key]
        )
        if gone or back or changed:
            change = TableChange(name, len(now), len(then), gone, back, changed)
            found.append(change)
    return found


def load_if_readable(store: Store) -> Register | None:
    """Return the current register, None if it is gone or damaged.

    Raises ``Unreadable`` if the disk does not give it out: it may be whole.
    """
    try:
        return store.load()
    except Unreadable as error:
        cause = error.__cause__
        if isinstance(cause, OSError) and not is_missing(cause):
            raise
        return None


def restore_backup(
    store: FileStore,
    backup: Path,
    *,
    by: str,
    now: datetime,
) -> Register:
    """Replace the register by ``backup``, after a backup of the current one.

    Keys given out since are not given out again, as far as the register, or the backups of an
    unreadable one, show them. The log records the restore. Raises ``Unreadable`` if the backup
    cannot be read, ``Rejected`` if it belongs to another register.
    """
    refuse_newer(backup, store.schema)
    old = FileStore(backup, migrations=store.migrations).load()

    def make() -> Register:
        current = load_if_readable(store)
        if current is not None and current.prefix != old.prefix:
            raise _other_register_error(backup, old, str(store.path))
        # Damage must not open the door: then the backup tells who is a coordinator.
        check_coordinator(current if current is not None else old, by)
        numbers = [old.next_number, _next_number(store.path, old.prefix)]
        if current is None:
            for path in _find_backups(store):
                with suppress(OSError):
                    numbers.append(_next_number(path, old.prefix))
        number = max(numbers)
        entry = LogEntry(
            id=old.key(number),
            recorded_at=now,
            by=by,
            action="restore",
            why=visible(backup.name),
        )
        check_fact(entry)
        (sealed,) = seal_entries(old.log, [entry])
        # Pages first: one that nothing refers to is harmless, a missing one is a loss.
        try:
            bring_pages_back(backup, store.path)
        except OSError as error:
            store.remember_warning(_unfetched_error(error))
        return old.changed({"log": {entry.id: sealed}}, number + 1)

    store.replace_register(make, RESTORE)
    return store.load()


def _find_backups(store: FileStore) -> list[Path]:
    """Return the files of the backups; raise ``Unreadable`` if their folder cannot be read."""
    try:
        return [kept.path for kept in list_backups(store.path, store.plan)]
    except OSError as error:
        raise Unreadable(
            "{path} could not be opened ({reason}).",
            path=str(backups_of(store.path, store.plan)),
            reason=reason_of(error),
        ) from error


def restore_by_action(
    store: Store,
    backup: Path,
    place: str,
    *,
    by: str,
    now: datetime,
) -> Register:
    """Bring the state of a file back into a register that is kept elsewhere.

    It is one action that the log tells whole, so that nothing of the log is lost and one
    undo takes it back. Raises ``Unreadable`` if the file cannot be read, ``Rejected`` if it
    belongs to another register.
    """
    file = FileStore(backup)
    old = file.load()

    def read_text(digest: str) -> str | None:
        return file.page(digest) or read_page(backup.parent / PAGES, digest)

    def decide(current: Register) -> Commit:
        if current.prefix != old.prefix:
            raise _other_register_error(backup, old, place)
        check_coordinator(current, by)
        changes = _find_changes(current, old)
        number = max(old.next_number, current.next_number)
        entry = LogEntry(
            id=old.key(number),
            recorded_at=now,
            by=by,
            action="restore",
            why=visible(backup.name),
            changes=record_before(current, changes),
        )
        check_fact(entry)
        (sealed,) = seal_entries(current.log, [entry])
        return Commit(changes, sealed, number + 1, read_pages(old, read_text))

    return store.commit(decide)


def _find_changes(current: Register, old: Register) -> Changes:
    """Return what makes ``current`` what ``old`` was, but for the log."""
    changes: Changes = {}
    for table in TABLES:
        if table == "log":
            continue
        now, then = current.table(table), old.table(table)
        differing = {
            key: then.get(key)
            for key in {**now, **then}
            if now.get(key) != then.get(key)
        }
        if differing:
            changes[table] = differing
    return changes


def _other_register_error(backup: Path, old: Register, place: str) -> Rejected:
    return Rejected(
        "{backup} is a backup of another register ({other}): it cannot take the place of {path}.",
        backup=backup.name,
        other=old.only_city.name,
        path=place,
    )


def _unfetched_error(error: OSError) -> Rejected:
    return Rejected(
        "Not every published text could be brought back ({reason}): “doctor --repair” tries it again.",
        reason=reason_of(error),
    )


def _next_number(path: Path, prefix: str) -> int:
    """Return the number that the next fact of a file would get, even if it is damaged.

    It is 0 without a file. Raises OSError if the disk does not give the file out.
    """
    try:
        return next_number_in(bytes_of(path), prefix)
    except OSError as error:
        if not is_missing(error):
            raise
        return 0
