"""What one service is: its stage, its OPD, what it asks of a citizen, what is wanted and in the way."""

import textwrap
from collections.abc import Iterator

from screens.figures.pieces import stage_piece
from screens.navigation import ApplicationPage, OPDPage, TimelineEntry
from screens.rows import ServiceRow
from screens.signs import signs_in_words
from screens.state import State
from screens.widgets.lines import Item
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
    return [
        *_title_items(service, width),
        *_standing_items(state, service, row, width),
        *_detail_items(state, service),
        *_demand_items(state, service),
        *_target_items(state, service, row),
        *_obstacle_items(state.language, row, width),
    ]


def heading_items(text: str) -> Iterator[Item]:
    """Return a line that names what comes under it, after an empty one."""
    yield Item((("", ""),))
    yield Item(((f" {text}", "title"),))


def _title_items(service: Service, width: int) -> Iterator[Item]:
    for part in textwrap.wrap(safe_line(service.name), max(10, width)) or [""]:
        yield Item(((f" {part}", "title"),))


def _standing_items(
    state: State, service: Service, row: ServiceRow | None, width: int
) -> Iterator[Item]:
    language = state.language
    stage = (
        row.at.stage if row else stage_at(state.register, service, state.today)
    )
    pieces: list[Piece] = [(" ", "")]
    for one in Stage:
        sign, role = stage_piece(one, language)
        here = one is stage
        pieces.append(
            (
                f"[{sign}]" if here else f" {sign} ",
                "strong" if here else "quiet",
            )
        )
        if one is not Stage.INTEGRATED:
            pieces.append(
                (" → ", role if one.points < stage.points else "quiet")
            )
    yield Item(tuple(pieces))
    if row is None:
        yield Item(((" " + _closed_phrase(state, service), "warn"),))
        return
    days = language.plural(
        "{n} day in this stage", "{n} days in this stage", row.at.days_in_stage
    )
    since = language.text("since {day}", day=row.at.entered_on)
    stood: Piece = (f" {days}, {since}", "")
    words: Piece = (
        "".join(f"  {word}" for word in signs_in_words(row, language)),
        "warn",
    )
    if width_of([stood, words]) <= width:
        yield Item((stood, words))
    else:
        yield from (Item((stood,)), Item((words,)))


def _closed_phrase(state: State, service: Service) -> str:
    closures = [
        c
        for c in state.register.closures_of.get(service.id, ())
        if c.start <= state.today
    ]
    if not closures:
        return state.language.text(
            "Registered from {day} on.", day=service.registered_on
        )
    return state.language.text("Closed since {day}.", day=closures[-1].start)


def _label_piece(text: str) -> Piece:
    return (f" {text:<{_LABEL}} ", "quiet")


def _detail_items(state: State, service: Service) -> Iterator[Item]:
    register, text = state.register, state.language.text
    opd = register.opds[opd_at(register, service, state.today)]
    yield Item(
        (_label_piece(text("OPD")), (safe_line(opd.name), "")), OPDPage(opd.id)
    )
    application = register.applications.get(service.application or "")
    if application:
        through = _door_phrase(state, application.integrated_on is not None)
        pieces = (
            _label_piece(text("Application")),
            (safe_line(application.name), ""),
            (f"  {through}", "quiet"),
        )
        yield Item(pieces, ApplicationPage(application.id))
    for label, value in (
        (text("Code"), service.code),
        (text("Owner"), service.owner),
        (text("Family"), service.family),
        (text("Tags"), " ".join(f"#{tag}" for tag in service.tags)),
        (text("Requests a year"), state.language.number(service.volume, 0)),
        *_further_details(state, service),
    ):
        if value:
            yield Item((_label_piece(label), (safe_line(value), "")))


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


def _door_phrase(state: State, integrated: bool) -> str:
    if integrated:
        return state.language.text("behind the single door")
    return state.language.text("not behind the single door")


def _demand_items(state: State, service: Service) -> Iterator[Item]:
    language, register = state.language, state.register
    for label, then, now in (
        (
            N_("Office visits"),
            service.visits,
            visits_at(register, service, state.today),
        ),
        (
            N_("Days to process"),
            service.days,
            days_at(register, service, state.today),
        ),
    ):
        yield Item(
            (
                _label_piece(language.text(label)),
                *_then_and_now(then, now, language),
            )
        )


def _then_and_now(
    then: float | None, now: float | None, language: Language
) -> tuple[Piece, ...]:
    """Return what one request took at first and takes today, and what that saves."""
    if then is None and now is None:
        return ((NOTHING, "quiet"),)
    pieces: list[Piece] = [
        (f"{language.plain(then)} → ", ""),
        (language.plain(now), "strong"),
    ]
    if then is not None and now is not None and then != now:
        change = (
            f"{'+' if now > then else '−'}{language.plain(abs(now - then))}"
        )
        pieces.append((f"  ({change})", "bad" if now > then else "good"))
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
    """Return a target and how it stands; of one that a closed service has not reached nothing is asked."""
    text = state.language.text
    left = (target.due_on - state.today).days
    if (
        stage_at(state.register, service, state.today).points
        >= target.stage.points
    ):
        said = ("✓ " + text("reached"), "good")
    elif row is None:
        said = (text("closed"), "quiet")
    elif target in row.at.overdue:
        said = ("! " + text("overdue"), "bad")
    else:
        said = (
            state.language.plural("{n} day left", "{n} days left", left),
            "quiet",
        )
    stage = text(stage_word(target.stage))
    return Item(
        (
            (
                f"   {text('{stage} by {day}', stage=stage, day=target.due_on)}  ",
                "",
            ),
            said,
        ),
        TimelineEntry(target.id, "target"),
        entry_number(target.id),
    )


def entry_number(key: str) -> tuple[Piece, ...]:
    """Return the number by which an entry is named."""
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
    """Return a text of the register as lines under an entry, none where it is empty."""
    for line in text.splitlines():
        for part in textwrap.wrap(safe_line(line), max(10, width - 8)):
            yield Item((("     " + part, role),))
