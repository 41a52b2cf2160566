"""The lines about one service: stage, OPD, details, demands, targets, obstacles."""

import textwrap
from collections.abc import Iterator
from typing import Any

from screens.figures.pieces import stage_piece
from screens.navigation import ApplicationPage, OPDPage, TimelineEntry
from screens.rows import ServiceRow
from screens.signs import signs_in_words
from screens.state import State
from screens.widgets.lines import EMPTY_LINE, Item, text_item
from screens.widgets.paint import Piece, safe_line, width_of
from tracker.fields import ChangedBy, fields_changed_by
from tracker.history import days_at, opd_at, stage_at, visits_at
from tracker.labels import factor_word, stage_word
from tracker.language import N_, NOTHING, Language
from tracker.model import Service, Stage, Target
from tracker.narration.values import show_plain_value

_LABEL = 18


def about_items(state: State, service: Service, width: int) -> list[Item]:
    """Return the lines that say what a service is and how it stands today."""
    row = state.facts.row_of.get(service.id)
    name = textwrap.wrap(safe_line(service.name), max(10, width)) or [""]
    return [
        *(text_item(f" {part}", "title") for part in name),
        *_standing_items(state, service, row, width),
        *_belonging_items(state, service),
        *_figure_items(state, service, width),
        *_target_items(state, service, row),
        *_obstacle_items(state.language, row, width),
    ]


def heading_items(text: str) -> Iterator[Item]:
    """Return a line that names what comes under it, after an empty one."""
    yield EMPTY_LINE
    yield text_item(f" {text}", "title")


def _standing_items(
    state: State, service: Service, row: ServiceRow | None, width: int
) -> Iterator[Item]:
    if row is None:
        stage = stage_at(state.register, service, state.today)
        yield _stage_item(stage, state.language)
        yield text_item(" " + _closed_phrase(state, service), "warn")
        return

    language = state.language
    yield _stage_item(row.at.stage, language)
    days = language.plural(
        "{n} day in this stage", "{n} days in this stage", row.at.days_in_stage
    )
    since = language.text("since {day}", day=row.at.entered_on)
    signs = "".join(f"  {word}" for word in signs_in_words(row, language))
    duration, marks = (f" {days}, {since}", ""), (signs, "warn")
    if width_of([duration, marks]) <= width:
        yield Item((duration, marks))
    else:
        yield Item((duration,))
        yield Item((marks,))


def _stage_item(stage: Stage, language: Language) -> Item:
    """Return the three stages in a line, the given one in brackets."""
    pieces: list[Piece] = [(" ", "")]
    for one in Stage:
        sign, role = stage_piece(one, language)
        if one is stage:
            pieces.append((f"[{sign}]", "strong"))
        else:
            pieces.append((f" {sign} ", "quiet"))
        if one is not Stage.INTEGRATED:
            is_passed = one.points < stage.points
            pieces.append((" → ", role if is_passed else "quiet"))

    return Item(tuple(pieces))


def _closed_phrase(state: State, service: Service) -> str:
    """Return since when a service is closed, or from when on it is registered."""
    text = state.language.text
    closures = state.register.closures_of.get(service.id, ())
    begun = [one for one in closures if one.start <= state.today]
    if begun:
        return text("Closed since {day}.", day=begun[-1].start)
    return text("Registered from {day} on.", day=service.registered_on)


def _label_piece(text: str) -> Piece:
    return (f" {text:<{_LABEL}} ", "quiet")


def _belonging_items(state: State, service: Service) -> Iterator[Item]:
    """Yield the OPD and the application, each opening its page."""
    register, text = state.register, state.language.text
    opd = register.opds[opd_at(register, service, state.today)]
    named = (_label_piece(text("OPD")), (safe_line(opd.name), ""))
    yield Item(named, OPDPage(opd.id))

    application = register.applications.get(service.application or "")
    if application:
        is_integrated = application.integrated_on is not None
        inside = N_("behind the single door")
        outside = N_("not behind the single door")
        pieces = (
            _label_piece(text("Application")),
            (safe_line(application.name), ""),
            (f"  {text(inside if is_integrated else outside)}", "quiet"),
        )
        yield Item(pieces, ApplicationPage(application.id))


_GAP = 3
"""Cells between two figures on one line."""


def _figure_items(state: State, service: Service, width: int) -> Iterator[Item]:
    """Yield a service's details and what a request takes, as many on a line as fit."""
    line: list[Piece] = []
    for label, *value in (
        *_details(state, service),
        *_demands(state, service),
    ):
        start = " " * _GAP if line else " "
        figure: list[Piece] = [(f"{start}{label} ", "quiet"), *value]
        if line and width_of([*line, *figure]) > width:
            yield Item(tuple(line))
            line, figure[0] = [], (f" {label} ", "quiet")
        line += figure
    if line:
        yield Item(tuple(line))


Figure = tuple[Any, ...]
"""The label of a figure, and the pieces of its value."""


def _details(state: State, service: Service) -> Iterator[Figure]:
    text = state.language.text
    for label, value in (
        (text("Code"), service.code),
        (text("Owner"), service.owner),
        (text("Family"), service.family),
        (text("Tags"), " ".join(f"#{tag}" for tag in service.tags)),
        (text("Requests a year"), state.language.number(service.volume, 0)),
        *_further_details(state, service),
    ):
        if value:
            yield label, (safe_line(value), "")


_SHOWN_APART = frozenset(
    {"name", "code", "application", "owner", "tags", "volume"}
)


def _further_details(
    state: State, service: Service
) -> Iterator[tuple[str, str]]:
    """Yield the label and the value of every other field that an edit may change."""
    for field in fields_changed_by("services", ChangedBy.EDIT):
        if field.name not in _SHOWN_APART:
            value = getattr(service, field.name)
            shown = show_plain_value(value, state.language) if value else ""
            yield state.language.text(field.label), shown


def _demands(state: State, service: Service) -> Iterator[Figure]:
    """Yield what one request takes: visits and days, at first and today."""
    language, register = state.language, state.register
    visits = visits_at(register, service, state.today)
    days = days_at(register, service, state.today)
    for label, then, now in (
        (N_("Office visits"), service.visits, visits),
        (N_("Days to process"), service.days, days),
    ):
        change = _then_and_now(then, now, language)
        yield language.text(label), *change


def _then_and_now(
    then: float | None, now: float | None, language: Language
) -> tuple[Piece, ...]:
    """Return a value at first and today, and the difference."""
    if then is None and now is None:
        return ((NOTHING, "quiet"),)

    pieces: list[Piece] = [
        (f"{language.plain(then)} → ", ""),
        (language.plain(now), "strong"),
    ]
    if then is not None and now is not None and then != now:
        sign, role = ("+", "bad") if now > then else ("−", "good")
        pieces.append((f"  ({sign}{language.plain(abs(now - then))})", role))
    return tuple(pieces)


def _target_items(
    state: State, service: Service, row: ServiceRow | None
) -> Iterator[Item]:
    targets = state.register.targets_of.get(service.id, ())
    if targets:
        yield from heading_items(state.language.text("Targets"))
    for target in targets:
        yield _target_item(state, service, target, row)


def _target_item(
    state: State, service: Service, target: Target, row: ServiceRow | None
) -> Item:
    """Return a target and its state; an unreached one of a closed service is closed."""
    language, text = state.language, state.language.text
    stage = stage_at(state.register, service, state.today)
    if stage.points >= target.stage.points:
        status = ("✓ " + text("reached"), "good")
    elif row is None:
        status = (text("closed"), "quiet")
    elif target in row.at.overdue:
        status = ("! " + text("overdue"), "bad")
    else:
        left = (target.due_on - state.today).days
        days = language.plural("{n} day left", "{n} days left", left)
        status = (days, "quiet")

    wanted = text(stage_word(target.stage))
    title = text("{stage} by {day}", stage=wanted, day=target.due_on)
    return Item(
        ((f"   {title}  ", ""), status),
        TimelineEntry(target.id, "target"),
        entry_number(target.id),
    )


def entry_number(key: str) -> tuple[Piece, ...]:
    """Return the number by which commands name an entry."""
    return ((f" #{key.rsplit('-', 1)[-1].lstrip('0')} ", "quiet"),)


def _obstacle_items(
    language: Language, row: ServiceRow | None, width: int
) -> Iterator[Item]:
    held = row.at.obstacles if row else ()
    if held:
        yield from heading_items(language.text("Open obstacles"))
    for obstacle in held:
        factor = language.text(factor_word(obstacle.factor))
        since = language.text("since {day}", day=obstacle.opened_on)
        yield Item(
            ((f"   × {factor}", "warn"), (f"  {since}", "quiet")),
            TimelineEntry(obstacle.id, "held"),
            entry_number(obstacle.id),
        )
        yield from wrapped_items(obstacle.description, width)


def wrapped_items(text: str, width: int, role: str = "") -> Iterator[Item]:
    """Return a text of the register as lines under an entry; none if it is empty."""
    for line in text.splitlines():
        for part in textwrap.wrap(safe_line(line), max(10, width - 8)):
            yield text_item("     " + part, role)
