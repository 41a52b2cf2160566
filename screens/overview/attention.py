"""The lines of what moved and what needs attention; each opens what it is about."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from screens.figures.pieces import with_room
from screens.filter import Filter, filter_by_flag, filter_by_pace
from screens.navigation import FilteredList, OPDPage
from screens.opds.columns import LONG_STILL, weeks_without_step
from screens.overview.first_weeks import next_step_groups
from screens.overview.groups import Group, heading_item, lay_out
from screens.overview.lines import moved_item, service_pieces, since_phrase
from screens.overview.opening import opening_groups
from screens.overview.week import week_groups, week_title
from screens.rows import ServiceRow
from screens.state import DayView, State
from screens.widgets.lines import Item
from screens.widgets.paint import Piece, safe_line, width_of
from tracker.language import N_, Language
from tracker.metrics.values import OPDFigures, Pace


def attention_items(
    state: State,
    facts: DayView,
    least: int,
    width: int,
    height: int = 0,
) -> list[Item]:
    """Return the overview's lines: the tasks of the week, moves, what stands still.

    Each group has at least ``least`` lines, and more if they fit the height.
    """
    rows = state.filtered_services()
    tasks = [
        *next_step_groups(facts, state.language),
        *opening_groups(facts, state.language),
        *week_groups(rows, state, facts, width),
    ]
    groups = [
        *tasks,
        _moved_group(rows, state, facts, width, now=True),
        *_opd_groups(state, facts, width),
        *_stalled_group(rows, state.language, width),
        _moved_group(rows, state, facts, width, now=False),
    ]
    items = lay_out(groups, least, height - 1)
    if tasks:
        items.insert(0, week_title(facts, state.language))
    return items


Ends = Sequence[tuple[Piece, ...]]
"""The ends of a line, long and short."""
_ALIKE = 5
"""The first lines of a matter: if each fits with its long end, all lines get it."""
OPDMatter = tuple[
    str,
    str,
    Filter,
    Sequence[OPDFigures],
    Callable[[OPDFigures, DayView, Language], Ends],
]


def _opd_groups(
    state: State,
    facts: DayView,
    width: int,
) -> Iterator[Group]:
    there = [opd for opd in state.filtered_opds() if opd.figures.services]
    keys = {opd.key for opd in there}
    back = sorted(
        (opd for opd in there if opd.figures.pace is Pace.REGRESSING),
        key=lambda opd: opd.figures.steps_recent or 0,
    )
    slowed = [opd for opd in facts.slowed if opd.key in keys]
    still = [opd for opd in there if opd.figures.pace is Pace.STALLED]
    still.sort(
        key=lambda opd: (
            -(weeks_without_step(opd, facts) or 0),
            -opd.figures.remaining_steps,
        ),
    )
    matters: list[OPDMatter] = [
        (
            N_("OPDs going backward"),
            "",
            filter_by_pace(Pace.REGRESSING),
            back,
            _window_ends,
        ),
        (
            N_("OPDs that lost velocity"),
            N_("beyond chance"),
            filter_by_flag("slowed"),
            slowed,
            _window_ends,
        ),
        (
            N_("OPDs standing still"),
            N_("no net step in up to 12 complete weeks"),
            filter_by_pace(Pace.STALLED),
            still,
            _standing_ends,
        ),
    ]
    for matter in matters:
        if matter[3]:
            yield _opd_group(matter, facts, state.language, width)


def _opd_group(
    matter: OPDMatter,
    facts: DayView,
    language: Language,
    width: int,
) -> Group:
    title, about, wanted, opds, ends = matter

    def line(index: int, *, short: bool) -> Item:
        opd = opds[index]
        end = ends(opd, facts, language)[-1 if short else 0]
        return Item((("   " + safe_line(opd.name), ""),), OPDPage(opd.key), end)

    count = min(_ALIKE, len(opds))
    first = [line(index, short=False) for index in range(count)]
    short = any(width_of([*item.pieces, *item.end]) > width for item in first)

    heading = heading_item(
        language.text(title),
        len(opds),
        FilteredList("opds", wanted),
        language,
    )
    if about:
        pieces = with_room(heading.pieces, [f"  {language.text(about)}"], width)
        heading = Item(tuple(pieces), heading.opens)
    return Group(heading, len(opds), partial(line, short=short))


def _window_ends(opd: OPDFigures, facts: DayView, language: Language) -> Ends:
    """Return the net steps of the last weeks, and of as many weeks before."""
    figures = opd.figures
    recent = language.plural(
        "{n} step in {weeks} weeks",
        "{n} steps in {weeks} weeks",
        figures.steps_recent or 0,
        weeks=figures.window_weeks or 0,
    )
    before = language.text("{n} in those before", n=figures.steps_before or 0)
    return [
        ((f" {recent}", "bad"), (f", {before} ", "quiet")),
        ((f" {recent} ", "bad"),),
    ]


def _standing_ends(opd: OPDFigures, facts: DayView, language: Language) -> Ends:
    steps = language.plural(
        "{n} step left",
        "{n} steps left",
        opd.figures.remaining_steps,
    )
    weeks = weeks_without_step(opd, facts)
    if not weeks:
        return [((f" {steps} ", "quiet"),)]
    still = language.plural(
        "{n} week without a step",
        "{n} weeks without a step",
        weeks,
    )
    role = "warn" if weeks >= LONG_STILL else "quiet"
    return [
        ((f" {still}", role), (f", {steps} ", "quiet")),
        ((f" {still} ", role),),
    ]


def _stalled_group(
    rows: Sequence[ServiceRow],
    language: Language,
    width: int,
) -> Iterator[Group]:
    """Yield the services that have been in their stage for long, the longest first."""
    stalled = [row for row in rows if "stalled" in row.flags]
    if not stalled:
        return

    stalled.sort(key=lambda row: -row.at.days_in_stage)

    def line(index: int) -> Item:
        row = stalled[index]
        since = since_phrase(row, "stalled", language)
        end: Piece = (f" {since} ", "quiet")
        pieces = service_pieces(row, (end,), width)
        return Item(pieces, row.page, (end,))

    title = language.text("Stalled services")
    opens = FilteredList("services", filter_by_flag("stalled"))
    heading = heading_item(title, len(stalled), opens, language)
    yield Group(heading, len(stalled), line)


def _moved_group(
    rows: Sequence[ServiceRow],
    state: State,
    facts: DayView,
    width: int,
    *,
    now: bool,
) -> Group:
    """Return the steps of this week, or of the week before; under a filter those of its ``rows``."""
    language = state.language
    monday = facts.week.monday
    steps = [one for one in facts.moved if one.steps]
    if state.filter:
        keys = {row.key for row in rows}
        steps = [one for one in steps if one.service.id in keys]
    made = [one for one in steps if (one.move.on >= monday) is now]

    title, flag = language.text("Moved last week"), "moved_before"
    if now:
        title, flag = language.text("Moved this week"), "moved"
    opens = FilteredList("services", filter_by_flag(flag))
    heading = heading_item(title, len(made), opens, language)
    return Group(
        heading,
        len(made),
        lambda index: moved_item(made[index], state, width),
    )
