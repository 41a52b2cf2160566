"""Kept figures that neither the history as it stands nor as it stood when they were kept bears out."""

from collections.abc import Sequence
from datetime import date, datetime

from tracker.changes import rewind, sort_entries
from tracker.errors import Rejected, UserError
from tracker.fields import REFERENCES
from tracker.metrics.series import read_all_series
from tracker.model import LogEntry, StoredSnapshot
from tracker.register import Changes, Register
from tracker.snapshot.stored import Rows, find_revisions, make_rows
from tracker.snapshot.taking import TakeSnapshots
from tracker.week import Week

HISTORY = ("services", "moves", "transfers", "closures")
"""The tables from which kept figures are worked out."""


def find_unexplained(register: Register, today: date) -> list[UserError]:
    """Say which stored snapshots differ from recomputed ones, though nothing entered since explains it.

    A late entry changes what the history says of a published week, and explains it: the log is taken back to
    where it stood when the snapshot was taken. What an import brought cannot be looked at like that.
    """
    log = sort_entries(register.log.values())
    suspects = [
        revision.snapshot for revision in find_revisions(register, today)
    ]
    suspects += [
        snapshot
        for snapshot in register.snapshots.values()
        if not snapshot.final
    ]
    suspects.sort(key=lambda snapshot: (snapshot.week, snapshot.id))
    imported = {
        key for entry in log for key in entry.changes.get("snapshots", ())
    }
    return [
        Rejected(
            "The figures kept of {week} are not those that the history gave when they were kept: "
            "compare with a backup.",
            week=snapshot.week,
            fact=snapshot.id,
        )
        for snapshot in suspects
        if snapshot.id not in imported
        and not _borne_out(register, log, snapshot)
    ]


def _borne_out(
    register: Register,
    log: Sequence[LogEntry],
    snapshot: StoredSnapshot,
) -> bool:
    taken = _taken_by(log, snapshot)
    # Without the entry moments alone tell what came later, and a clock may have been set back.
    then = (
        _as_recorded(register, snapshot.recorded_at)
        if taken is None
        else rewind(register, taken)
    )
    if not _is_whole(then):
        return False
    week = Week.parse(snapshot.week)
    return _told(snapshot.figures) == _told(
        make_rows(read_all_series(then, week, snapshot.as_of), week),
    )


def _told(figures: Rows) -> Rows:
    """Leave out rows of noughts, which stand for no row."""
    return {key: row for key, row in figures.items() if any(row)}


def _taken_by(
    log: Sequence[LogEntry],
    snapshot: StoredSnapshot,
) -> LogEntry | None:
    """Return the log entry of the taking that kept these figures."""
    moment, action = snapshot.recorded_at, TakeSnapshots.name
    return next(
        (e for e in log if e.action == action and e.recorded_at == moment),
        None,
    )


def _as_recorded(register: Register, moment: datetime) -> Register:
    """Return the register without what was recorded after a moment."""
    later: Changes = {
        table: {
            key: None
            for key, fact in register.table(table).items()
            if fact.recorded_at > moment
        }
        for table in HISTORY
    }
    return register.changed(later)


def _is_whole(register: Register) -> bool:
    return all(
        getattr(fact, field) is None
        or getattr(fact, field) in register.table(target)
        for table, fields in REFERENCES.items()
        for field, target in fields.items()
        for fact in register.table(table).values()
    )
