"""The demonstration's published weeks, one of them revised by an entry that came late."""

from datetime import UTC, date, datetime, time

from tracker.demo.phrases import COORDINATOR
from tracker.demo.writer import Writer
from tracker.metrics.series import read_all_series
from tracker.model import Move, StoredSnapshot
from tracker.snapshot.stored import make_rows
from tracker.week import Week, last_complete

LATE_WEEK, LATE_ENTRY = Week(2026, 40), date(2026, 11, 3)
"""A published week, and the day on which one of its moves was entered late."""


def publish(writer: Writer, today: date) -> None:
    """Keep a final snapshot of every complete week but the last, each as it was known on its Monday."""
    late = _enter_late(writer)
    register = writer.register()
    last = last_complete(Week.of(today), today).plus(-1)
    without_late = register.changed({"moves": {late.id: None}})
    known = read_all_series(register, last, today)
    unaware = read_all_series(without_late, last, today)
    for week in known["city"].weeks:
        monday = week.plus(1).monday
        series = unaware if monday <= LATE_ENTRY else known
        writer.enter(
            StoredSnapshot,
            monday,
            "snapshot take",
            COORDINATOR,
            week=str(week),
            as_of=week.sunday,
            final=True,
            figures=make_rows(series, week),
        )


def _enter_late(writer: Writer) -> Move:
    moves = writer.tables["moves"].values()
    move: Move = next(
        move for move in reversed(moves) if Week.of(move.on) == LATE_WEEK
    )
    return writer.amend(
        move,
        recorded_at=datetime.combine(LATE_ENTRY, time(3), tzinfo=UTC),
    )
