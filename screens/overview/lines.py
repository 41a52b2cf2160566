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


def service_pieces(
    row: ServiceRow, end: Sequence[Piece], width: int
) -> tuple[Piece, ...]:
    """Return a service's name and, dimmer, its OPD's: a short one where ``end`` leaves no room."""
    name = "   " + safe_line(row.service.name)
    room = width - width_of([(name, ""), *end]) - 2
    return ((name, ""), ("  " + name_within(row.opd, room), "quiet"))


def silent_line(opd: OPDFigures, language: Language) -> Item:
    """Return an OPD with how long it has not been heard from."""
    weeks = opd.silent_weeks
    said = (
        language.plural("{n} week of silence", "{n} weeks of silence", weeks)
        if weeks
        else language.text("this week")
    )
    return Item(
        (("   " + safe_line(opd.name), ""),),
        OPDPage(opd.key),
        ((f" {said} ", "quiet"),),
    )


def due_order(row: ServiceRow) -> float:
    """Return what sorts overdue services: the longest overdue first."""
    return (
        float(row.at.overdue[0].due_on.toordinal()) if row.at.overdue else 0.0
    )


def soon_order(row: ServiceRow) -> float:
    """Return what sorts services that are due: the nearest date first."""
    return (
        float(row.at.due_soon[0].due_on.toordinal()) if row.at.due_soon else 0.0
    )


def claim_order(row: ServiceRow) -> float:
    """Return what sorts claims: the oldest first."""
    return float(row.at.move.on.toordinal()) if row.at.move else 0.0


def since_phrase(row: ServiceRow, flag: str, language: Language) -> str:
    """Return since when, or by when, a flag holds of a service."""
    if flag == "overdue" and row.at.overdue:
        return language.text("due on {day}", day=row.at.overdue[0].due_on)
    if flag == "due_soon" and row.at.due_soon:
        return language.text("due on {day}", day=row.at.due_soon[0].due_on)
    if flag == "unverified" and row.at.move:
        stage = language.text(stage_word(row.at.move.stage))
        return language.text(
            "{stage} on {day}", stage=stage, day=row.at.move.on
        )
    stage = language.text(stage_word(row.at.stage))
    days = language.plural("{n} day", "{n} days", row.at.days_in_stage)
    return f"{stage}, {days}"


def moved_item(movement: Movement, state: State, width: int) -> Item:
    """Return a move as a line: what moved, of whom, from where to where, when."""
    language = state.language
    words, role = step_piece(movement.before, movement.move.stage, language)
    name = "   " + safe_line(movement.service.name)
    opd = state.register.opds.get(movement.opd)
    whose = f"  {short_name(opd)}" if opd else ""
    day = language.date(movement.move.on, "short")
    room = width - width_of([(name + whose, ""), (f" {words} {day} ", "")])
    if room < 0:
        before, after = movement.before, movement.move.stage
        words = f"{STAGE_SIGNS[before]} → {STAGE_SIGNS[after]}"
    end = (f" {words} ", role), (f"{day} ", "quiet")

    pieces: list[Piece] = [(name, "")]
    if opd is not None:
        left = width - width_of([*pieces, *end]) - 2
        pieces.append(("  " + name_within(opd, left), "quiet"))
    return Item(tuple(pieces), ServicePage(movement.service.id), end)
