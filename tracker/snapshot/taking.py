"""Publish weeks: keep their figures in the register, as no action that could be undone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from tracker.actions.draft import Context, Draft
from tracker.actions.perform import perform
from tracker.errors import Rejected
from tracker.metrics.series import all_series
from tracker.model import StoredSnapshot
from tracker.persistence import Store
from tracker.register import Register
from tracker.snapshot.stored import Rows, first_week, missing_weeks, rows, snapshot_of
from tracker.week import Week


@dataclass(frozen=True)
class TakeSnapshots:
    """Keep the figures of weeks: final for a complete week, provisional for the running one.

    A provisional snapshot gives way to the next; a final one stays as it was published.
    ``weeks`` None takes every complete week that has no final one.
    """

    name: ClassVar[str] = "snapshot take"
    weeks: tuple[Week, ...] | None

    def apply(self, draft: Draft) -> None:
        """Keep the figures; refuse a week that has not begun, or that ended before there was a service."""
        draft.undoable = False
        weeks = (
            missing_weeks(draft.register, draft.today)
            if self.weeks is None
            else self.weeks
        )
        for week in weeks:
            if week.monday > draft.today:
                raise Rejected(
                    "{week} has not begun: choose a week that has.", week=str(week)
                )
        open_weeks = [week for week in weeks if not _is_final(draft, week)]
        for week in open_weeks:
            refuse_empty(draft.register, week, draft.today)
        if not open_weeks:
            return
        series = all_series(draft.register, max(open_weeks), draft.today)
        for week in open_weeks:
            _keep(draft, week, rows(series, week))
        first, last = open_weeks[0], open_weeks[-1]
        draft.why = (
            ", ".join(map(str, open_weeks))
            if len(open_weeks) < 100
            else f"{first} – {last}"
        )


def take(store: Store, week: Week, context: Context) -> StoredSnapshot:
    """Publish a week and return what is now kept of it; of a final week that is what was kept before.

    Raises ``Rejected`` for a week that has not begun or that ended before the first service was registered.
    """
    return _kept(
        perform(store, TakeSnapshots((week,)), context).register.snapshots.values(),
        week,
    )


def take_missing(store: Store, context: Context) -> tuple[StoredSnapshot, ...]:
    """Publish every complete week that was not, in one step; return them, the earliest first."""
    weeks = missing_weeks(store.load(), context.today)
    snapshots = perform(store, TakeSnapshots(None), context).register.snapshots.values()
    return tuple(_kept(snapshots, week) for week in weeks)


def refuse_empty(register: Register, week: Week, today: date) -> None:
    """Raise ``Rejected`` for a complete week that ended before the first service was registered."""
    if not week.is_complete(today):
        return
    first = first_week(register)
    if first is None:
        raise Rejected(
            "There is no service yet, so {week} has no page: register services.",
            week=str(week),
        )
    if week < first:
        raise Rejected(
            "{week} has no page: the first service was registered in {first}. Choose that week or one after.",
            week=str(week),
            first=str(first),
        )


def _kept(snapshots: Iterable[StoredSnapshot], week: Week) -> StoredSnapshot:
    return next(snapshot for snapshot in snapshots if snapshot.week == str(week))


def _is_final(draft: Draft, week: Week) -> bool:
    snapshot = snapshot_of(draft.register, week)
    return snapshot is not None and snapshot.final


def _keep(draft: Draft, week: Week, figures: Rows) -> None:
    as_of, final = week.as_of(draft.today), week.is_complete(draft.today)
    there = snapshot_of(draft.register, week)
    if there is None:
        draft.new(
            StoredSnapshot, week=str(week), as_of=as_of, final=final, figures=figures
        )
    elif (there.as_of, there.final, there.figures) != (as_of, final, figures):
        draft.edit(
            there,
            as_of=as_of,
            final=final,
            figures=figures,
            recorded_at=draft.context.now,
            by=draft.context.by,
        )
