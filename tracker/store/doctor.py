"""Examine a register, report what is wrong, and repair what has one right answer."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from tracker.changes import UnreadableFact, last_documents_before, read_before
from tracker.errors import Rejected, Unreadable, UserError
from tracker.limits import check_fact
from tracker.log_chain import find_broken_links, seal_entries
from tracker.model import TABLES, LogEntry, StoredSnapshot
from tracker.permissions import check_coordinator
from tracker.persistence import Store
from tracker.register import Register
from tracker.rules import check_register
from tracker.store.backups import (
    PAGES,
    REPAIR,
    RESTORE,
    Backup,
    backups_of,
    explain_hindrance,
    list_backups,
)
from tracker.store.faults import refuse_newer
from tracker.store.file import FileStore
from tracker.store.pages import keep_page, pages_of, read_page
from tracker.store.replace import find_leftovers
from tracker.store.salvage import salvage_register

CheckSnapshots = Callable[[Register], list[UserError]]
"""Compares the stored snapshots with recomputed ones and says which differ."""

_UNTOLD = {"city", "snapshots", "log"}
"""The tables whose facts need no log entry."""


class Finding(Struct, frozen=True):
    """A problem, the table and key of its entry, and whether ``repair_register`` mends it."""

    problem: UserError
    entry: str = ""
    mendable: bool = False


def examine_register(
    store: FileStore,
    today: date,
    check_snapshots: CheckSnapshots = lambda register: [],
) -> list[Finding]:
    """Return every problem of a register, its backups and leftovers; nothing is changed.

    Raises ``Unreadable`` if there is no file.
    """
    try:
        register = store.load()
    except Unreadable as error:
        if not os.path.exists(store.path):
            raise
        return [
            *_describe_damage(store, error),
            *_find_unfinished_files(store),
            *_check_backups(store),
        ]
    return [
        *_find_unfinished_files(store),
        *map(Finding, store.warnings()),
        *_check_backups(store),
        *_examine_facts(register, today, check_snapshots),
        *_find_lost_pages(store, register),
    ]


def examine_server(
    store: Store,
    place: str,
    today: date,
    check_snapshots: CheckSnapshots = lambda register: [],
) -> list[Finding]:
    """Return every problem of a register on a server, as ``examine_register`` of a file.

    Raises ``Unreadable`` if it cannot be read: nothing on a server is mended from here.
    """
    register = store.load()
    return [
        *map(Finding, store.warnings()),
        *_examine_facts(register, today, check_snapshots),
        *(
            Finding(_lost_page_error(snapshot, form, place), f"snapshots {key}")
            for key, snapshot in register.snapshots.items()
            for form, digest in snapshot.pages.items()
            if store.page(digest) is None
        ),
    ]


def _examine_facts(
    register: Register,
    today: date,
    check_snapshots: CheckSnapshots,
) -> Iterator[Finding]:
    """Find what is wrong with the facts themselves, wherever they are kept."""
    yield from _find_beyond_limits(register)
    for problem in check_register(register, today):
        yield _locate_problem(register, problem.as_rejection())
    yield from _check_log(register)
    for said in check_snapshots(register):
        yield _locate_problem(register, said)


def repair_register(
    store: FileStore,
    *,
    by: str,
    now: datetime,
) -> list[UserError]:
    """Repair what has one right answer, and return what was done; the original becomes a backup.

    An unreadable file is replaced by what can be read of it, and what is lost is listed. Raises
    ``Unreadable`` if nothing can be read, or if the file is too new for this program.
    """
    done: list[UserError] = [
        Rejected("The unfinished file {name} was removed.", name=leftover.name)
        for leftover in store.clean_up()
    ]
    try:
        store.load()
    except Unreadable:
        done += _reassemble_file(store, by, now)
    return [*done, *_mend_pages(store, store.load())]


def _reassemble_file(
    store: FileStore,
    by: str,
    now: datetime,
) -> list[UserError]:
    lost: list[UserError] = []

    def make() -> Register | None:
        with suppress(Unreadable):
            store.load()
            return None  # somebody else has repaired it meanwhile
        salvaged = salvage_register(store.path, store.migrations)
        check_coordinator(salvaged.register, by)
        lost[:] = salvaged.lost
        number = salvaged.register.next_number
        entry = LogEntry(
            id=salvaged.register.key(number),
            recorded_at=now,
            by=by,
            action=REPAIR,
        )
        check_fact(entry)
        (sealed,) = seal_entries(salvaged.register.log, [entry])
        return salvaged.register.changed(
            {"log": {entry.id: sealed}},
            number + 1,
        )

    kept = store.replace_register(make, REPAIR)
    if kept is None:
        return []
    return [
        Rejected(
            "The register was put together again; the damaged file is kept as {path}.",
            path=str(kept),
        ),
        *lost,
        *(_point_to_backup(store) if lost else ()),
    ]


def _point_to_backup(store: FileStore) -> Iterator[UserError]:
    """Point to the latest backup from before the damage, which may hold what is lost."""
    backup = _latest_sound_backup(store)
    if backup is not None:
        yield Rejected(
            "What is lost may be in {path}: “restore --dry-run” shows what that would change.",
            path=str(backup.path),
        )


def _latest_sound_backup(store: FileStore) -> Backup | None:
    """Return the latest backup, except those made by a repair or a restore: they may hold the damage."""
    found = list_backups(store.path, store.plan)
    return next(
        (backup for backup in found if backup.why not in (REPAIR, RESTORE)),
        None,
    )


def _find_lost_pages(store: FileStore, register: Register) -> Iterator[Finding]:
    """Find published texts that are missing or damaged; a backup's copy mends them."""
    saved = backups_of(store.path, store.plan) / PAGES
    for key, snapshot in register.snapshots.items():
        for form, digest in snapshot.pages.items():
            if _read_kept(pages_of(store.path), digest) is None:
                yield Finding(
                    _lost_page_error(snapshot, form, str(pages_of(store.path))),
                    f"snapshots {key}",
                    mendable=_read_kept(saved, digest) is not None,
                )


def _read_kept(folder: Path, digest: str) -> str | None:
    """Return a kept text; None also where the disk does not give it out."""
    with suppress(OSError):
        return read_page(folder, digest)
    return None


def _lost_page_error(
    snapshot: StoredSnapshot,
    form: str,
    folder: str,
) -> Rejected:
    return Rejected(
        "The text ({form}) that was published for {week} is missing in {folder}.",
        form=form,
        week=snapshot.week,
        folder=folder,
    )


def _mend_pages(store: FileStore, register: Register) -> Iterator[UserError]:
    saved = backups_of(store.path, store.plan) / PAGES
    for snapshot in register.snapshots.values():
        for form, digest in snapshot.pages.items():
            if _read_kept(pages_of(store.path), digest) is not None:
                continue
            text = _read_kept(saved, digest)
            if text is not None:
                keep_page(pages_of(store.path), store.path, text)
                yield Rejected(
                    "The text ({form}) of {week} was brought back from the backups.",
                    form=form,
                    week=snapshot.week,
                )


def _find_unfinished_files(store: FileStore) -> Iterator[Finding]:
    for leftover in find_leftovers(store.path):
        yield Finding(
            Rejected(
                "{name} was left unfinished by a program that was ended.",
                name=leftover.name,
            ),
            mendable=True,
        )


def _describe_damage(store: FileStore, error: Unreadable) -> Iterator[Finding]:
    """Report what is wrong with an unreadable file, and what a repair would lose."""
    try:
        refuse_newer(store.path, store.schema)
        salvaged = salvage_register(store.path, store.migrations)
    except Unreadable as hopeless:
        yield Finding(hopeless)
        return
    yield Finding(error, mendable=True)
    yield from map(Finding, salvaged.lost)


def _check_backups(store: FileStore) -> Iterator[Finding]:
    """Check that backups can be written, and that the latest one is readable."""
    reason = explain_hindrance(store.path, store.plan)
    if reason:
        folder = str(backups_of(store.path, store.plan))
        yield Finding(
            Rejected(
                "No backup can be kept in {folder} ({reason}).",
                folder=folder,
                reason=reason,
            ),
        )
        return
    latest = _latest_sound_backup(store)
    if latest is None:
        return
    try:
        FileStore(latest.path, migrations=store.migrations).load()
    except Unreadable:
        yield Finding(
            Rejected(
                "The latest backup, {name}, cannot be read.",
                name=latest.path.name,
            ),
        )


def _locate_problem(register: Register, said: UserError) -> Finding:
    key = said.values.get("fact", "")
    table = next((name for name in TABLES if key in register.table(name)), "")
    return Finding(said, f"{table} {key}" if table else "")


def _find_beyond_limits(register: Register) -> Iterator[Finding]:
    for name in TABLES:
        for key, fact in register.table(name).items():
            try:
                check_fact(fact)
            except Rejected as error:
                yield Finding(error, f"{name} {key}")


def _check_log(register: Register) -> Iterator[Finding]:
    """Check that the log is readable, refers to existing entries, and covers every fact."""
    for key, entry in register.log.items():
        for other in (entry.undoes, entry.redoes):
            if other is not None and other not in register.log:
                yield Finding(
                    Rejected(
                        "The log entry {other} that it refers to is missing.",
                        other=other,
                    ),
                    f"log {key}",
                )
        for table, facts in entry.changes.items():
            if all(_is_readable(table, before) for before in facts.values()):
                continue
            yield Finding(
                Rejected(
                    "What stood there before cannot be read: it cannot be undone.",
                ),
                f"log {key}",
            )
    yield from _check_chain(register)
    yield from _compare_with_log(register)


def _check_chain(register: Register) -> Iterator[Finding]:
    """Find entries that were altered or taken out after they were written."""
    for entry in find_broken_links(register.log):
        yield Finding(
            Rejected(
                "This entry of the log does not fit the one before it: one of them was altered, or an "
                "entry between them was taken out. Compare with a backup.",
            ),
            f"log {entry.id}",
        )

    chain = {entry.chain for entry in register.log.values()}
    brought = {
        key
        for entry in register.log.values()
        for key in entry.changes.get("snapshots", ())
    }
    for key, snapshot in register.snapshots.items():
        head = snapshot.log_head
        if head and head not in chain and key not in brought:
            yield Finding(
                Rejected(
                    "The log no longer holds the entry {head} that was its last when {week} was published: "
                    "compare with a backup.",
                    head=head,
                    week=snapshot.week,
                ),
                f"snapshots {key}",
            )


def _compare_with_log(register: Register) -> Iterator[Finding]:
    """Compare the facts with the log; what came before a repair may be missing from it."""
    since = max(
        (
            key
            for key, entry in register.log.items()
            if entry.action == REPAIR and not entry.origin
        ),
        default="",
    )
    told = last_documents_before(register.log)
    there = [
        (name, key)
        for name in TABLES
        if name not in _UNTOLD
        for key in register.table(name)
    ]
    untold = [
        key for name, key in there if key > since and (name, key) not in told
    ]
    gone = [
        key
        for (name, key), before in told.items()
        if before is None
        and key > since
        and name in TABLES
        and key not in register.table(name)
    ]
    if gone:
        yield Finding(
            Rejected(
                "The log tells of entries that are missing: {count}, {key} among them.",
                count=len(gone),
                key=gone[0],
            ),
        )
    if untold:
        yield Finding(
            Rejected(
                "There are entries that the log does not tell of: {count}, {key} among them.",
                count=len(untold),
                key=untold[0],
            ),
        )


def _is_readable(table: str, document: object) -> bool:
    try:
        read_before(table, document)
    except UnreadableFact:
        return False
    return True
