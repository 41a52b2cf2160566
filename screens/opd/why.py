"""The reasons for an OPD's pace: its last steps, its obstacles, and the services that wait."""

from collections import Counter
from collections.abc import Iterator, Sequence

from screens.figures.pieces import day_piece, step_piece
from screens.rows import ServiceRow
from screens.state import DayView
from screens.widgets.lines import Item
from screens.widgets.paint import Piece, safe_line
from tracker.labels import factor_word
from tracker.language import N_, Language
from tracker.metrics.flow import Movement
from tracker.metrics.values import OPDFigures, Pace
from tracker.model import Factor, Obstacle
from tracker.week import Week

_STEPS, _OBSTACLES = 3, 2
_INSET = "   "
_WAITING = (
    ("overdue", N_("overdue")),
    ("stalled", N_("stalled")),
    ("unverified", N_("unverified")),
)


def why_items(
    facts: DayView,
    opd: OPDFigures,
    moves: Sequence[Movement],
    language: Language,
) -> list[Item]:
    """Return the reasons for an OPD's pace, few enough to see at once; none if it is done.

    They are those of the whole OPD, whatever the filter; ``moves`` are all that were made
    in it.
    """
    if opd.figures.pace in (None, Pace.DONE):
        return []

    title = language.text("Why it moves as it does")
    steps = language.plural(
        "{n} step left",
        "{n} steps left",
        opd.figures.remaining_steps,
    )
    rows = [row for row in facts.rows if row.opd.id == opd.key]
    return [
        Item(((f" {title}", "title"), (f"  {steps}", "quiet"))),
        *_window_items(opd, language),
        *_last_steps(moves, language),
        *_obstacle_phrase(opd, rows, language),
        *_waiting_phrase(rows, language),
        *_heard_phrase(facts, opd, language),
    ]


def _reason_items(*pieces: Piece) -> Item:
    return Item(((_INSET, ""), *pieces))


def _window_items(opd: OPDFigures, language: Language) -> Iterator[Item]:
    """Yield the steps of the last weeks beside those before: what the pace rests on."""
    figures = opd.figures
    weeks = figures.window_weeks
    recent = figures.steps_recent
    before = figures.steps_before
    if weeks is None or recent is None or before is None:
        return

    made = language.plural(
        "{n} step in the last {weeks} complete weeks",
        "{n} steps in the last {weeks} complete weeks",
        recent,
        weeks=weeks,
    )
    earlier = language.text(
        "{n} in the {weeks} before",
        n=language.number(before, 0),
        weeks=weeks,
    )
    is_slower = figures.pace in (Pace.SLOWING, Pace.REGRESSING)
    role = "bad" if is_slower else ""
    yield _reason_items((made, role), (f", {earlier}", "quiet"))


def _last_steps(
    moves: Sequence[Movement],
    language: Language,
) -> Iterator[Item]:
    """Yield the last steps, the latest first."""
    steps = [movement for movement in moves if movement.steps]
    if not steps:
        none = language.text("No step has been made yet.")
        yield _reason_items((none, "warn"))

    for step in reversed(steps[-_STEPS:]):
        words, role = step_piece(step.before, step.move.stage, language)
        day = day_piece(step.move.on, language)
        name = (safe_line(step.service.name), "")
        yield Item((day, name), end=((f" {words} ", role),))


def _obstacle_phrase(
    opd: OPDFigures,
    rows: Sequence[ServiceRow],
    language: Language,
) -> Iterator[Item]:
    """Yield the open obstacles by factor, and the oldest ones in words."""
    counts = {
        Factor(name): load.open for name, load in opd.figures.obstacles.items()
    }
    factors = [factor for factor in counts if counts[factor]]
    if not factors:
        none = language.text("No open obstacle is recorded.")
        yield _reason_items((none, "quiet"))
        return

    factors.sort(key=lambda factor: -counts[factor])
    words = [language.text(factor_word(factor)) for factor in factors]
    parts = [
        f"{word} {counts[factor]}"
        for word, factor in zip(words, factors, strict=True)
    ]
    title = language.text("Open obstacles")
    yield _reason_items((f"{title}: ", "quiet"), (", ".join(parts), "warn"))

    held = [(obstacle, row) for row in rows for obstacle in row.at.obstacles]
    held.sort(key=lambda one: (one[0].opened_on, one[0].id))
    for obstacle, row in held[:_OBSTACLES]:
        yield _obstacle_item(obstacle, row, language)


def _obstacle_item(
    obstacle: Obstacle,
    row: ServiceRow,
    language: Language,
) -> Item:
    factor = language.text(factor_word(obstacle.factor))
    since = language.text("since {day}", day=obstacle.opened_on)
    pieces = (
        (f"{_INSET}  {factor}: ", "warn"),
        (safe_line(obstacle.description), ""),
        (f"  {safe_line(row.service.name)}", "quiet"),
    )
    return Item(pieces, end=((f" {since} ", "quiet"),))


def _waiting_phrase(
    rows: Sequence[ServiceRow],
    language: Language,
) -> Iterator[Item]:
    """Yield how many services want attention, by what they want."""
    counts = Counter(flag for row in rows for flag in row.flags)
    parts = []
    for flag, word in _WAITING:
        if counts[flag]:
            count = language.number(counts[flag], 0)
            parts.append(f"{language.text(word)} {count}")
    if parts:
        yield _reason_items((", ".join(parts), "warn"))


def _heard_phrase(
    facts: DayView,
    opd: OPDFigures,
    language: Language,
) -> Iterator[Item]:
    """Yield how long an OPD is silent, and the last note that it wrote."""
    silent_opds = {silent.key for silent in facts.silent}
    if opd.silent_weeks and opd.key in silent_opds:
        weeks = language.plural(
            "{n} week of silence",
            "{n} weeks of silence",
            opd.silent_weeks,
        )
        yield _reason_items((weeks, "warn"))

    noted = [
        one
        for one in facts.register.reports.values()
        if one.opd == opd.key
        and one.note
        and Week.parse(one.week) <= facts.week
    ]
    if not noted:
        return

    # Later reports without a note do not count: the line is not about silence.
    last = max(noted, key=lambda report: (Week.parse(report.week), report.id))
    title = language.text("last note, for {week}", week=last.week)
    yield _reason_items((f"{title}: ", "quiet"), (safe_line(last.note), ""))
