"""Publish weeks: keep figures and pages. What is published is not undone."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import ClassVar

from tracker.actions.draft import Context, Draft
from tracker.actions.perform import perform
from tracker.errors import Rejected
from tracker.language import Language
from tracker.log_chain import find_log_head
from tracker.metrics.measure import measure_week
from tracker.metrics.reading import WeekReading
from tracker.model import StoredSnapshot
from tracker.persistence import Store
from tracker.register import Register
from tracker.snapshot.forms import render_forms
from tracker.snapshot.stored import (
    Rows,
    first_week,
    make_rows,
    missing_weeks,
    snapshot_of,
)
from tracker.snapshot.week import read_page_of
from tracker.week import Week

Hook = Callable[[int, int], None]
"""Called with how much is done and the total; what it raises stops the work."""


@dataclass(frozen=True)
class TakeSnapshots:
    """Publish weeks: a complete week is final, the running one is provisional.

    A provisional snapshot is replaced by the next; a final one stays as it was published.
    The pages are kept in ``language``; without one only the figures that are compared
    later are kept.
    """

    name: ClassVar[str] = "snapshot take"
    weeks: tuple[Week, ...]
    language: Language | None = None

    def apply(self, draft: Draft) -> None:
        """Keep the weeks.

        Raises ``Rejected`` for a week that has not begun, or that ended before the first
        service was registered.
        """
        draft.undoable = False
        for week in self.weeks:
            refuse_future(week, draft.today)

        weeks = []
        for week in self.weeks:
            snapshot = snapshot_of(draft.register, week)
            if snapshot is None or not snapshot.final:
                weeks.append(week)
        for week in weeks:
            refuse_empty(draft.register, week, draft.today)
        if not weeks:
            return

        register = draft.register
        for week in weeks:
            reading = WeekReading(register, week, draft.today)
            pages = self._keep_pages(draft, reading)
            _keep_snapshot(draft, week, make_rows(reading.series, week), pages)
        draft.why = _list_weeks(weeks)

    def _keep_pages(self, draft: Draft, reading: WeekReading) -> dict[str, str]:
        if self.language is None:
            return {}
        forms = render_forms(
            reading.register,
            read_page_of(reading, measure_week(reading)),
            draft.today,
            self.language,
        )
        return {form: draft.keep_page(text) for form, text in forms.items()}


def take(
    store: Store,
    week: Week,
    context: Context,
    language: Language | None = None,
    ready: Callable[[], None] | None = None,
) -> StoredSnapshot:
    """Publish a week and return what is kept of it; a final week stays as it was published.

    ``ready`` is called when nothing is left but to keep it (``perform``).

    Raises ``Rejected`` for a week that has not begun, or that ended before the first service
    was registered.
    """
    register = perform(
        store,
        TakeSnapshots((week,), language),
        context,
        ready=ready,
    ).register
    return next(
        snapshot
        for snapshot in register.snapshots.values()
        if snapshot.week == str(week)
    )


def take_missing(
    store: Store,
    context: Context,
    language: Language | None = None,
    hook: Hook | None = None,
    ready: Callable[[Week], None] | None = None,
) -> Iterator[StoredSnapshot]:
    """Publish every complete week that was not, and yield each as soon as it is kept.

    A hundred weeks of a large city take minutes: each is a step of its own, so that others
    can write in between, and whoever stops keeps the weeks that were taken and goes on
    later. ``hook`` is called with the weeks done and their total, ``ready`` with each week
    when nothing is left but to keep it.
    """
    weeks = missing_weeks(store.load(), context.today)
    for done, week in enumerate(weeks, 1):
        keep = None if ready is None else partial(ready, week)
        yield take(store, week, context, language, keep)
        if hook is not None:
            hook(done, len(weeks))


def refuse_future(week: Week, today: date) -> None:
    """Raise ``Rejected`` for a week that has not begun."""
    if week.monday > today:
        raise Rejected(
            "{week} has not begun: choose a week that has.",
            week=str(week),
        )


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


def _keep_snapshot(
    draft: Draft,
    week: Week,
    figures: Rows,
    pages: dict[str, str],
) -> None:
    as_of, final = week.as_of(draft.today), week.is_complete(draft.today)
    kept = snapshot_of(draft.register, week)
    if kept is None:
        draft.new(
            StoredSnapshot,
            week=str(week),
            as_of=as_of,
            final=final,
            figures=figures,
            pages=pages,
            log_head=find_log_head(draft.before.log),
        )
    elif (kept.as_of, kept.final, kept.figures, kept.pages) != (
        as_of,
        final,
        figures,
        pages,
    ):
        draft.edit(
            kept,
            as_of=as_of,
            final=final,
            figures=figures,
            pages=pages,
            log_head=find_log_head(draft.before.log),
            recorded_at=draft.context.now,
            by=draft.context.by,
        )


def _list_weeks(weeks: Sequence[Week]) -> str:
    """Return the weeks for the log, which keeps at most some hundred characters of them."""
    if len(weeks) < 100:
        return ", ".join(map(str, weeks))
    return f"{weeks[0]} – {weeks[-1]}"
