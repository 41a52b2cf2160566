"""Why an OPD moves as it does: its last steps, what holds it back, and what it still waits for."""

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
from tracker.model import Factor
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
    """Return the reasons in so few lines that they are seen at once; none where nothing is left to do.

    They are those of the whole OPD, whatever the filter; ``moves`` are all that were made in it.
    """
    if opd.figures.pace in (None, Pace.DONE):
        return []
    rows = [row for row in facts.rows if row.opd.id == opd.key]
    steps = language.plural(
        "{n} step left", "{n} steps left", opd.figures.remaining_steps
    )
    head = Item(
        (
            (" " + language.text("Why it moves as it does"), "title"),
            (f"  {steps}", "quiet"),
        )
    )
    return [
        head,
        *_window_items(opd, language),
        *_last_steps(moves, language),
        *_obstacle_phrase(opd, rows, language),
        *_waiting_phrase(rows, language),
        *_heard_phrase(facts, opd, language),
    ]


def _reason_items(*pieces: Piece) -> Item:
    return Item(((_INSET, ""), *pieces))


def _window_items(opd: OPDFigures, language: Language) -> Iterator[Item]:
    """Set the steps of the last weeks against those before: what the pace rests on."""
    weeks, recent = opd.figures.window_weeks, opd.figures.steps_recent
    before = opd.figures.steps_before
    if weeks is None or recent is None or before is None:
        return
    made = language.plural(
        "{n} step in the last {weeks} complete weeks",
        "{n} steps in the last {weeks} complete weeks",
        recent,
        weeks=weeks,
    )
    earlier = language.text(
        "{n} in the {weeks} before", n=language.number(before, 0), weeks=weeks
    )
    slower = opd.figures.pace in (Pace.SLOWING, Pace.REGRESSING)
    yield _reason_items(
        (made, "bad" if slower else ""), (f", {earlier}", "quiet")
    )


def _last_steps(
    moves: Sequence[Movement], language: Language
) -> Iterator[Item]:
    made = [movement for movement in moves if movement.steps]
    if not made:
        yield _reason_items(
            (language.text("No step has been made yet."), "warn")
        )
    for movement in reversed(made[-_STEPS:]):
        words, role = step_piece(movement.before, movement.move.stage, language)
        day = day_piece(movement.move.on, language)
        yield Item(
            (day, (safe_line(movement.service.name), "")),
            end=((f" {words} ", role),),
        )


def _obstacle_phrase(
    opd: OPDFigures, rows: Sequence[ServiceRow], language: Language
) -> Iterator[Item]:
    loads = [
        (Factor(name), load)
        for name, load in opd.figures.obstacles.items()
        if load.open
    ]
    if not loads:
        yield _reason_items(
            (language.text("No open obstacle is recorded."), "quiet")
        )
        return
    loads.sort(key=lambda held: -held[1].open)
    pieces: list[Piece] = [(language.text("Open obstacles") + ": ", "quiet")]
    for place, (factor, load) in enumerate(loads):
        pieces.append(
            (
                f"{', ' if place else ''}{language.text(factor_word(factor))} {load.open}",
                "warn",
            )
        )
    yield _reason_items(*pieces)
    held = [(obstacle, row) for row in rows for obstacle in row.at.obstacles]
    held.sort(key=lambda one: (one[0].opened_on, one[0].id))
    for obstacle, row in held[:_OBSTACLES]:
        since = language.text("since {day}", day=obstacle.opened_on)
        factor_said = language.text(factor_word(obstacle.factor))
        yield Item(
            (
                (f"{_INSET}  {factor_said}: ", "warn"),
                (safe_line(obstacle.description), ""),
                (f"  {safe_line(row.service.name)}", "quiet"),
            ),
            end=((f" {since} ", "quiet"),),
        )


def _waiting_phrase(
    rows: Sequence[ServiceRow], language: Language
) -> Iterator[Item]:
    """Count the services that want attention."""
    flags = Counter(flag for row in rows for flag in row.flags)
    found = [
        f"{language.text(word)} {language.number(flags[flag], 0)}"
        for flag, word in _WAITING
        if flags[flag]
    ]
    if found:
        yield _reason_items((", ".join(found), "warn"))


def _heard_phrase(
    facts: DayView, opd: OPDFigures, language: Language
) -> Iterator[Item]:
    """Tell how long an OPD is silent, and what it last wrote of what it waits for."""
    if opd.silent_weeks and any(
        silent.key == opd.key for silent in facts.silent
    ):
        weeks = language.plural(
            "{n} week of silence", "{n} weeks of silence", opd.silent_weeks
        )
        yield _reason_items((weeks, "warn"))
    noted = [
        r
        for r in facts.register.reports.values()
        if r.opd == opd.key and r.note
    ]
    if noted:
        last = max(
            noted, key=lambda report: (Week.parse(report.week), report.id)
        )
        said = language.text("reported for {week}", week=last.week)
        yield _reason_items((f"{said}: ", "quiet"), (safe_line(last.note), ""))
