"""Single lines of the overview: a service, a silent OPD, a move."""

from collections.abc import Sequence

from screens.figures.pieces import STAGE_SIGNS, step_piece
from screens.navigation import OPDPage, ServicePage
from screens.rows import ServiceRow
from screens.short_names import name_within, short_name
from screens.state import State
from screens.widgets.lines import Item
from screens.widgets.paint import Piece, safe_line, width_of
from tracker.labels import stage_word
from tracker.language import Language
from tracker.metrics.flow import Movement
from tracker.metrics.values import OPDFigures
from tracker.narration.counts import count_days


def service_pieces(
    row: ServiceRow,
    end: Sequence[Piece],
    width: int,
) -> tuple[Piece, ...]:
    """Return a service's name and, dimmer, its OPD's: a short one if ``end`` leaves no room."""
    name = "   " + safe_line(row.service.name)
    room = width - width_of([(name, ""), *end]) - 2
    opd = name_within(row.opd, room)
    return ((name, ""), (f"  {opd}", "quiet"))


def silent_line(opd: OPDFigures, language: Language) -> Item:
    """Return an OPD with the weeks since it last reported."""
    silence = language.text("this week")
    weeks = opd.silent_weeks
    if weeks:
        silence = language.plural(
            "{n} week of silence",
            "{n} weeks of silence",
            weeks,
        )
    name = ("   " + safe_line(opd.name), "")
    end = ((f" {silence} ", "quiet"),)
    return Item((name,), OPDPage(opd.key), end)


def due_order(row: ServiceRow) -> float:
    """Return what sorts overdue services: the longest overdue first."""
    if not row.at.overdue:
        return 0.0
    return float(row.at.overdue[0].due_on.toordinal())


def soon_order(row: ServiceRow) -> float:
    """Return what sorts services that are due: the nearest date first."""
    if not row.at.due_soon:
        return 0.0
    return float(row.at.due_soon[0].due_on.toordinal())


def claim_order(row: ServiceRow) -> float:
    """Return what sorts claims: the oldest first."""
    if row.at.move is None:
        return 0.0
    return float(row.at.move.on.toordinal())


def since_phrase(row: ServiceRow, flag: str, language: Language) -> str:
    """Return since when, or by when, a flag holds of a service."""
    text = language.text
    at = row.at
    if flag == "overdue" and at.overdue:
        return text("due on {day}", day=at.overdue[0].due_on)
    if flag == "due_soon" and at.due_soon:
        return text("due on {day}", day=at.due_soon[0].due_on)
    if flag == "unverified" and at.move:
        stage = text(stage_word(at.move.stage))
        return text("{stage} on {day}", stage=stage, day=at.move.on)

    stage = text(stage_word(at.stage))
    days = count_days(at.days_in_stage, language)
    return f"{stage}, {days}"


def moved_item(movement: Movement, state: State, width: int) -> Item:
    """Return a move as a line: the service, its OPD, both stages, the day."""
    language = state.language
    before, after = movement.before, movement.move.stage
    words, role = step_piece(before, after, language)
    day = language.date(movement.move.on, "short")
    opd = state.register.opds.get(movement.opd)
    name = "   " + safe_line(movement.service.name)

    # The stages are signs if there is no room for words beside the shortest name.
    opd_name = f"  {short_name(opd)}" if opd else ""
    needed = width_of([(name + opd_name, ""), (f" {words} {day} ", "")])
    if needed > width:
        words = f"{STAGE_SIGNS[before]} → {STAGE_SIGNS[after]}"
    end = (f" {words} ", role), (f"{day} ", "quiet")

    pieces: list[Piece] = [(name, "")]
    if opd is not None:
        room = width - width_of([*pieces, *end]) - 2
        pieces.append(("  " + name_within(opd, room), "quiet"))
    return Item(tuple(pieces), ServicePage(movement.service.id), end)
