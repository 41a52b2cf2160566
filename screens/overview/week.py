"""The open tasks of a week: reports, unverified claims, snapshot, due dates."""

from collections.abc import Callable, Iterator, Sequence

from screens.filter import filter_by_flag
from screens.navigation import Destination, FilteredList, WeekLine
from screens.overview.groups import Group
from screens.overview.lines import (
    claim_order,
    due_order,
    service_pieces,
    silent_line,
    since_phrase,
    soon_order,
)
from screens.rows import ServiceRow
from screens.state import DayView, State
from screens.widgets.lines import Item, text_item
from screens.widgets.paint import Piece
from tracker.language import Language
from tracker.narration.counts import count_opds

_BAR = 12
"""Cells of the bar of OPDs that have reported."""


def week_title(facts: DayView, language: Language) -> Item:
    """Return the line that names the week and the day."""
    week = facts.week
    said = language.text(
        "Week {number}, {day}",
        number=week.number,
        day=language.date(facts.today, "weekday"),
    )
    return text_item(f" {said}", "title")


def week_groups(
    rows: Sequence[ServiceRow],
    state: State,
    facts: DayView,
    width: int,
) -> Iterator[Group]:
    """Yield what is still to do in the week; each matter opens its list."""
    language = state.language
    yield from _report_group(state, facts)
    yield from _service_group(
        rows,
        "unverified",
        claim_order,
        language,
        lambda n: language.plural(
            "{n} claim unchecked",
            "{n} claims unchecked",
            n,
        ),
        width,
    )
    yield from _snapshot_group(facts, language)
    yield from _service_group(
        rows,
        "overdue",
        due_order,
        language,
        lambda n: language.plural(
            "{n} service overdue",
            "{n} services overdue",
            n,
        ),
        width,
    )
    yield from _service_group(
        rows,
        "due_soon",
        soon_order,
        language,
        lambda n: language.plural(
            "{n} service due within 4 weeks",
            "{n} services due within 4 weeks",
            n,
        ),
        width,
    )


def _want_item(
    pieces: Sequence[Piece],
    opens: Destination,
    end: Sequence[Piece] = (),
) -> Item:
    return Item((("  ", ""), *pieces), opens, tuple(end))


def _report_group(state: State, facts: DayView) -> Iterator[Group]:
    language = state.language
    asked = [opd for opd in state.filtered_opds() if opd.figures.services]
    keys = {opd.key for opd in asked}
    silent = [opd for opd in facts.silent if opd.key in keys]
    if not asked:
        return

    heard = len(asked) - len(silent)
    said = language.text(
        "{heard} of {every} heard from",
        heard=language.number(heard, 0),
        every=count_opds(len(asked), language),
    )
    cells = _BAR * heard // len(asked)
    pieces: list[Piece] = [
        (f"{said}  ", "strong"),
        ("█" * cells, "good"),
        ("░" * (_BAR - cells), "quiet"),
    ]
    if silent:
        missing = language.text(
            "{n} not yet",
            n=language.number(len(silent), 0),
        )
        pieces.append((f"  {missing}", "warn"))
    heading = _want_item(pieces, FilteredList("opds", filter_by_flag("silent")))
    yield Group(
        heading,
        len(silent),
        lambda index: silent_line(silent[index], language),
        0,
    )


def _service_group(
    rows: Sequence[ServiceRow],
    flag: str,
    order: Callable[[ServiceRow], float],
    language: Language,
    title: Callable[[int], str],
    width: int,
) -> Iterator[Group]:
    found = sorted((row for row in rows if flag in row.flags), key=order)
    if not found:
        return

    def line(index: int) -> Item:
        row = found[index]
        end: Piece = (f" {since_phrase(row, flag, language)} ", "quiet")
        pieces = service_pieces(row, (end,), width)
        return Item(pieces, row.page, (end,))

    heading = _want_item(
        [(title(len(found)), "strong")],
        FilteredList("services", filter_by_flag(flag)),
    )
    yield Group(heading, len(found), line, 0)


def _snapshot_group(facts: DayView, language: Language) -> Iterator[Group]:
    """Yield a line if the page of the last complete week has not been taken for good."""
    last = facts.week.plus(-1)
    first = facts.series["city"].start
    if first is None or facts.series["city"].weeks[first] > last:
        return
    taken = {
        snapshot.week
        for snapshot in facts.register.snapshots.values()
        if snapshot.final
    }
    if str(last) in taken:
        return

    title = language.text("Snapshot {week} not taken", week=str(last))
    heading = _want_item([(title, "strong")], WeekLine(str(last)))
    yield Group(heading, 0, lambda index: heading, 0)
