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


def about_items(
    state: State,
    service: Service,
    width: int,
) -> list[Item]:
    """Return the lines that say what a service is and how it stands today."""
    row = state.facts.row_of.get(service.id)
    name = textwrap.wrap(safe_line(service.name), max(10, width))
    items = [text_item(f" {part}", "title") for part in name or [""]]

    items += _standing_items(state, service, row, width)
    items += _belonging_items(state, service)
    items += _figure_items(state, service, width)
    items += _target_items(state, service, row)
    items += _obstacle_items(state.language, row, width)
    return items


def heading_items(text: str) -> Iterator[Item]:
    """Return a line that names what comes under it, after an empty one."""
    yield EMPTY_LINE
    yield text_item(f" {text}", "title")


def _standing_items(
    state: State,
    service: Service,
    row: ServiceRow | None,
    width: int,
) -> Iterator[Item]:
    if row is None:
        stage = stage_at(state.register, service, state.today)
        yield _stage_item(stage, state.language)
        yield text_item(" " + _closed_phrase(state, service), "warn")
        return

    language = state.language
    yield _stage_item(row.at.stage, language)
    days = language.plural(
        "{n} day in this stage",
        "{n} days in this stage",
        row.at.days_in_stage,
    )
    since = language.text("since {day}", day=row.at.entered_on)
    duration = (f" {days}, {since}", "")
    signs = "".join(f"  {word}" for word in signs_in_words(row, language))
    marks = (signs, "warn")

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
            arrow_role = role if is_passed else "quiet"
            pieces.append((" → ", arrow_role))

    return Item(tuple(pieces))


def _closed_phrase(state: State, service: Service) -> str:
    """Return since when a service is closed, or from when on it is registered."""
    text = state.language.text
    closures = state.register.closures_of.get(service.id, ())
    starts = [closure.start for closure in closures]
    past_starts = [day for day in starts if day <= state.today]
    if past_starts:
        return text("Closed since {day}.", day=past_starts[-1])
    return text("Registered from {day} on.", day=service.registered_on)


def _label_piece(text: str) -> Piece:
    return (f" {text:<{_LABEL}} ", "quiet")


def _belonging_items(state: State, service: Service) -> Iterator[Item]:
    """Yield the OPD and the application, each opening its page."""
    register = state.register
    text = state.language.text

    opd = register.opds[opd_at(register, service, state.today)]
    opd_name = (safe_line(opd.name), "")
    yield Item((_label_piece(text("OPD")), opd_name), OPDPage(opd.id))

    application = register.applications.get(service.application or "")
    if application is None:
        return

    place = text("not behind the single door")
    integrated = application.integrated_on
    if integrated is not None and integrated <= state.today:
        place = text("behind the single door")
    pieces = (
        _label_piece(text("Application")),
        (safe_line(application.name), ""),
        (f"  {place}", "quiet"),
    )
    yield Item(pieces, ApplicationPage(application.id))


_GAP = 3
"""Cells between two figures on one line."""


def _figure_items(
    state: State,
    service: Service,
    width: int,
) -> Iterator[Item]:
    """Yield a service's details and what a request takes, as many on a line as fit."""
    figures = [*_details(state, service), *_demands(state, service)]
    line: list[Piece] = []
    for label, *value in figures:
        gap = " " * _GAP
        addition = [(f"{gap}{label} ", "quiet"), *value]
        if line and width_of([*line, *addition]) <= width:
            line += addition
            continue

        if line:
            yield Item(tuple(line))
        line = [(f" {label} ", "quiet"), *value]

    if line:
        yield Item(tuple(line))


Figure = tuple[Any, ...]
"""The label of a figure, and the pieces of its value."""


def _details(state: State, service: Service) -> Iterator[Figure]:
    language = state.language
    tags = [f"#{tag}" for tag in service.tags]
    shown = [
        (N_("Code"), service.code),
        (N_("Owner"), service.owner),
        (N_("Family"), service.family),
        (N_("Tags"), " ".join(tags)),
        (N_("Requests a year"), language.number(service.volume, 0)),
        *_further_details(service, language),
    ]
    for label, value in shown:
        if value:
            yield language.text(label), (safe_line(value), "")


_SHOWN_APART = frozenset(
    {"name", "code", "application", "owner", "tags", "volume"},
)


def _further_details(
    service: Service,
    language: Language,
) -> Iterator[tuple[str, str]]:
    """Yield the label and the value of every other field that an edit may change."""
    for field in fields_changed_by("services", ChangedBy.EDIT):
        value = getattr(service, field.name)
        if value and field.name not in _SHOWN_APART:
            yield field.label, show_plain_value(value, language)


def _demands(state: State, service: Service) -> Iterator[Figure]:
    """Yield what one request takes: visits and days, at first and today."""
    register = state.register
    language = state.language

    visits = visits_at(register, service, state.today)
    visits_change = _then_and_now(service.visits, visits, language)
    yield language.text("Office visits"), *visits_change

    days = days_at(register, service, state.today)
    days_change = _then_and_now(service.days, days, language)
    yield language.text("Days to process"), *days_change


def _then_and_now(
    then: float | None,
    now: float | None,
    language: Language,
) -> tuple[Piece, ...]:
    """Return a value at first and today, and the difference."""
    if then is None and now is None:
        return ((NOTHING, "quiet"),)

    first = (f"{language.plain(then)} → ", "")
    today = (language.plain(now), "strong")
    if then is None or now is None or then == now:
        return first, today

    # Fewer visits or days are what everybody wants.
    sign, role = ("+", "bad") if now > then else ("−", "good")
    difference = language.plain(abs(now - then))
    return first, today, (f"  ({sign}{difference})", role)


def _target_items(
    state: State,
    service: Service,
    row: ServiceRow | None,
) -> Iterator[Item]:
    targets = state.register.targets_of.get(service.id, ())
    if not targets:
        return

    yield from heading_items(state.language.text("Targets"))
    for target in targets:
        yield _target_item(state, service, target, row)


def _target_item(
    state: State,
    service: Service,
    target: Target,
    row: ServiceRow | None,
) -> Item:
    """Return a target and its state; an unreached one of a closed service is closed."""
    text = state.language.text
    stage = stage_at(state.register, service, state.today)
    if stage.points >= target.stage.points:
        status = ("✓ " + text("reached"), "good")
    elif row is None:
        status = (text("closed"), "quiet")
    elif target in row.at.overdue:
        status = ("! " + text("overdue"), "bad")
    else:
        left = (target.due_on - state.today).days
        days = state.language.plural("{n} day left", "{n} days left", left)
        status = (days, "quiet")

    wanted = text(stage_word(target.stage))
    title = text("{stage} by {day}", stage=wanted, day=target.due_on)
    pieces = (f"   {title}  ", ""), status
    opens = TimelineEntry(target.id, "target")
    return Item(pieces, opens, entry_number(target.id))


def entry_number(key: str) -> tuple[Piece, ...]:
    """Return the number by which commands name an entry."""
    number = key.rsplit("-", 1)[-1].lstrip("0")
    return ((f" #{number} ", "quiet"),)


def _obstacle_items(
    language: Language,
    row: ServiceRow | None,
    width: int,
) -> Iterator[Item]:
    if row is None or not row.at.obstacles:
        return

    yield from heading_items(language.text("Open obstacles"))
    for obstacle in row.at.obstacles:
        factor = language.text(factor_word(obstacle.factor))
        since = language.text("since {day}", day=obstacle.opened_on)
        pieces = (f"   × {factor}", "warn"), (f"  {since}", "quiet")
        opens = TimelineEntry(obstacle.id, "held")
        yield Item(pieces, opens, entry_number(obstacle.id))
        yield from wrapped_items(obstacle.description, width)


def wrapped_items(
    text: str,
    width: int,
    role: str = "",
) -> Iterator[Item]:
    """Return a text of the register as lines under an entry; none if it is empty."""
    room = max(10, width - 8)
    for line in text.splitlines():
        for part in textwrap.wrap(safe_line(line), room):
            yield text_item("     " + part, role)
