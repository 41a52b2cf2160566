"""What moved and what wants attention, as lines that open what they speak of."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from screens.figures.pieces import step_piece, with_room
from screens.figures.weeks import recent_steps
from screens.filter import Filter, filter_by_flag, filter_by_pace
from screens.navigation import Destination, FilteredList, OPDPage, ServicePage
from screens.rows import ServiceRow
from screens.state import DayView, State
from screens.widgets.lines import Item
from screens.widgets.paint import Piece, safe_line, width_of
from tracker.drawing import weeks_still
from tracker.labels import stage_word
from tracker.language import N_, Language
from tracker.metrics.flow import Movement
from tracker.metrics.values import OPDFigures, Pace


@dataclass(frozen=True)
class Group:
    """One matter: its heading, how many lines it has, and the line at each place."""

    heading: Item
    count: int
    line: Callable[[int], Item]


def attention_items(
    state: State, facts: DayView, least: int, width: int, height: int = 0
) -> list[Item]:
    """Return the lines of the overview, of each matter at least so many, more where they fit the height."""
    rows = state.filtered_services()
    groups = [
        _moved_group(rows, state, facts, now=True),
        *_opd_groups(state, facts, width),
        *_service_groups(rows, state.language),
        _moved_group(rows, state, facts, now=False),
    ]
    shown = _share_lines([group.count for group in groups], least, height - len(groups))
    return [
        item
        for group, lines in zip(groups, shown, strict=True)
        for item in (group.heading, *map(group.line, range(lines)))
    ]


def _share_lines(counts: Sequence[int], least: int, room: int) -> list[int]:
    """Return how many lines of each matter are shown: the least of each, then one of each in turn."""
    shares = [min(count, least) for count in counts]
    while sum(shares) < room and shares != list(counts):
        for place, count in enumerate(counts):
            if shares[place] < count and sum(shares) < room:
                shares[place] += 1
    return shares


def _heading_item(
    text: str, count: int, opens: Destination, language: Language
) -> Item:
    return Item(((f" {text} ", "title"), (language.number(count, 0), "strong")), opens)


Ends = Sequence[tuple[Piece, ...]]
"""What can stand at the end of a line, at length and in short."""
_ALIKE = 5
"""Lines of a matter that are told at length if each of them leaves its name whole, else all in short."""
OPDMatter = tuple[
    str,
    str,
    Filter,
    Sequence[OPDFigures],
    Callable[[OPDFigures, DayView, Language], Ends],
]


def _opd_groups(state: State, facts: DayView, width: int) -> Iterator[Group]:
    there = [opd for opd in state.filtered_opds() if opd.figures.services]
    keys = {opd.key for opd in there}
    back = sorted(
        (opd for opd in there if opd.figures.pace is Pace.REGRESSING),
        key=_velocity_order,
    )
    slowed = [opd for opd in facts.slowed if opd.key in keys]
    silent = [opd for opd in facts.silent if opd.key in keys]
    still = [opd for opd in there if opd.figures.pace is Pace.STALLED]
    still.sort(
        key=lambda opd: (
            -(_weeks_without_step(opd, facts) or 0),
            -opd.figures.remaining_steps,
        )
    )
    matters: list[OPDMatter] = [
        (
            N_("OPDs going backward"),
            "",
            filter_by_pace(Pace.REGRESSING),
            back,
            _speed_ends,
        ),
        (
            N_("OPDs that lost speed"),
            N_("against 4 weeks before"),
            filter_by_flag("slowed"),
            slowed,
            _speed_ends,
        ),
        (
            N_("OPDs not heard from this week"),
            "",
            filter_by_flag("silent"),
            silent,
            _silence_ends,
        ),
        (
            N_("OPDs standing still"),
            N_("no progress in 4 complete weeks"),
            filter_by_pace(Pace.STALLED),
            still,
            _standing_ends,
        ),
    ]
    for matter in matters:
        if matter[3]:
            yield _opd_group(matter, facts, state.language, width)


def _opd_group(
    matter: OPDMatter, facts: DayView, language: Language, width: int
) -> Group:
    title, about, wanted, opds, ends = matter

    def line(place: int, *, short: bool) -> Item:
        opd = opds[place]
        end = ends(opd, facts, language)[-1 if short else 0]
        return Item((("   " + safe_line(opd.name), ""),), OPDPage(opd.key), end)

    first = [line(place, short=False) for place in range(min(_ALIKE, len(opds)))]
    short = any(width_of([*item.pieces, *item.end]) > width for item in first)

    heading = _heading_item(
        language.text(title), len(opds), FilteredList("opds", wanted), language
    )
    if about:
        pieces = with_room(heading.pieces, [f"  {language.text(about)}"], width)
        heading = Item(tuple(pieces), heading.opens)
    return Group(heading, len(opds), partial(line, short=short))


def _silence_ends(opd: OPDFigures, facts: DayView, language: Language) -> Ends:
    return [((f" {_silence_phrase(opd.silent_weeks, language)} ", "warn"),)]


def _speed_ends(opd: OPDFigures, facts: DayView, language: Language) -> Ends:
    """Tell how fast it is now, and what of that it lost or gained."""
    velocity, change = (
        language.number(opd.figures.velocity, 2),
        opd.figures.acceleration or 0.0,
    )
    now: Piece = (
        " " + language.text("now {velocity} points a week", velocity=velocity),
        "quiet",
    )
    if not change:
        return [(now, (" ", ""))]
    amount, text = language.number(abs(change), 2), language.text
    said = (
        text("lost {amount}", amount=amount)
        if change < 0
        else text("gained {amount}", amount=amount)
    )
    role = "bad" if change < 0 else "good"
    return [
        (now, (", ", "quiet"), (said + " ", role)),
        ((f" {said}", role), (f" {text('points a week')} ", "quiet")),
    ]


def _standing_ends(opd: OPDFigures, facts: DayView, language: Language) -> Ends:
    steps = language.plural(
        "{n} step left", "{n} steps left", opd.figures.remaining_steps
    )
    weeks = _weeks_without_step(opd, facts)
    if not weeks:
        return [((f" {steps} ", "quiet"),)]
    still = language.plural(
        "{n} week without a step", "{n} weeks without a step", weeks
    )
    return [
        ((f" {still}", "warn"), (f", {steps} ", "quiet")),
        ((f" {still} ", "warn"),),
    ]


def _velocity_order(opd: OPDFigures) -> float:
    return opd.figures.velocity or 0.0


def _weeks_without_step(opd: OPDFigures, facts: DayView) -> int | None:
    return weeks_still(recent_steps(facts.series[opd.key]))


def _silence_phrase(weeks: int, language: Language) -> str:
    if not weeks:
        return language.text("this week")
    return language.plural("{n} week of silence", "{n} weeks of silence", weeks)


def _service_groups(rows: Sequence[ServiceRow], language: Language) -> Iterator[Group]:
    matters: list[tuple[str, str, Callable[[ServiceRow], float]]] = [
        (N_("Overdue services"), "overdue", _due_order),
        (N_("Stalled services"), "stalled", lambda row: -row.at.days_in_stage),
        (N_("Unverified claims"), "unverified", _claim_order),
    ]
    for title, flag, order in matters:
        found = sorted((row for row in rows if flag in row.flags), key=order)
        if found:
            yield _service_group(language.text(title), flag, found, language)


def _service_group(
    title: str, flag: str, found: Sequence[ServiceRow], language: Language
) -> Group:
    def line(place: int) -> Item:
        row = found[place]
        return Item(
            service_pieces(row),
            ServicePage(row.key),
            ((f" {_since_phrase(row, flag, language)} ", "quiet"),),
        )

    return Group(
        _heading_item(
            title, len(found), FilteredList("services", filter_by_flag(flag)), language
        ),
        len(found),
        line,
    )


def service_pieces(row: ServiceRow) -> tuple[Piece, ...]:
    """Return a service's name and, dimmer, its OPD's."""
    return (
        ("   " + safe_line(row.service.name), ""),
        ("  " + safe_line(row.opd.name), "quiet"),
    )


def _due_order(row: ServiceRow) -> float:
    return float(row.at.overdue[0].due_on.toordinal()) if row.at.overdue else 0.0


def _claim_order(row: ServiceRow) -> float:
    return float(row.at.move.on.toordinal()) if row.at.move else 0.0


def _since_phrase(row: ServiceRow, flag: str, language: Language) -> str:
    if flag == "overdue" and row.at.overdue:
        return language.text("due on {day}", day=row.at.overdue[0].due_on)
    if flag == "unverified" and row.at.move:
        stage = language.text(stage_word(row.at.move.stage))
        return language.text("{stage} on {day}", stage=stage, day=row.at.move.on)
    stage = language.text(stage_word(row.at.stage))
    days = language.plural("{n} day", "{n} days", row.at.days_in_stage)
    return f"{stage}, {days}"


def _moved_group(
    rows: Sequence[ServiceRow], state: State, facts: DayView, *, now: bool
) -> Group:
    there = {row.key for row in rows}
    monday, language = facts.week.monday, state.language
    stepped = [m for m in facts.moved if m.steps and m.service.id in there]
    made = [m for m in stepped if (m.move.on >= monday) is now]
    title = (
        language.text("Moved this week") if now else language.text("Moved last week")
    )
    opens = FilteredList("services", filter_by_flag("moved" if now else "moved_before"))
    heading = _heading_item(title, len(made), opens, language)
    return Group(heading, len(made), lambda place: moved_item(made[place], state))


def moved_item(movement: Movement, state: State) -> Item:
    """Return a move as a line: what moved, of whom, from where to where, when."""
    language = state.language
    words, role = step_piece(movement.before, movement.move.stage, language)
    opd = state.register.opds.get(movement.opd)
    return Item(
        (
            ("   " + safe_line(movement.service.name), ""),
            ("  " + safe_line(opd.name) if opd else "", "quiet"),
        ),
        ServicePage(movement.service.id),
        (
            (f" {words} ", role),
            (language.date(movement.move.on, "short") + " ", "quiet"),
        ),
    )
