"""What happened to one service, entry by entry with its number, the latest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from screens.figures.pieces import day_piece, step_piece
from screens.navigation import TimelineEntry
from screens.service.lines import entry_number, heading_items, wrapped_items
from screens.state import State
from screens.widgets.lines import Item
from screens.widgets.paint import Piece, safe_line
from tracker.changes import closure_reasons
from tracker.labels import factor_word, stage_word
from tracker.language import Language
from tracker.model import (
    Closure,
    Fact,
    Move,
    Obstacle,
    Service,
    Stage,
    Transfer,
)


@dataclass(frozen=True)
class Event:
    """Something that happened on a day: the entry that says so, in words, and what goes under it."""

    on: date
    fact: Fact
    said: tuple[Piece, ...]
    under: tuple[tuple[str, str], ...] = ()


def timeline_items(state: State, service: Service, width: int) -> list[Item]:
    """Return the lines of a service's timeline."""
    events = sorted(
        events_of(state, service),
        key=lambda event: (event.on, event.fact.id),
        reverse=True,
    )
    items = list(heading_items(state.language.text("Timeline")))
    for event in events:
        items += _event_items(event, state.language, width)
    return items


def _event_items(
    event: Event, language: Language, width: int
) -> Iterator[Item]:
    yield Item(
        (day_piece(event.on, language), *event.said),
        TimelineEntry(event.fact.id, event.on),
        entry_number(event.fact.id),
    )
    for text, role in event.under:
        yield from wrapped_items(text, width, role)


def events_of(state: State, service: Service) -> Iterator[Event]:
    """Yield everything that happened to a service, in no order."""
    register, language = state.register, state.language
    stage = language.text(stage_word(service.stage))
    yield Event(
        service.registered_on,
        service,
        (
            (language.text("Registered"), "strong"),
            (f"  {stage}", service.stage.value),
        ),
    )
    before = service.stage
    for move in register.moves_of.get(service.id, ()):
        yield _move_event(move, before, language)
        before = move.stage
    for transfer in register.transfers_of.get(service.id, ()):
        yield _transfer_event(state, transfer)
    closures = register.closures_of.get(service.id, ())
    reasons = closure_reasons(register) if closures else {}
    for closure in closures:
        yield from _closure_events(
            closure, reasons.get(closure.id, ""), language
        )
    for obstacle in register.obstacles_of.get(service.id, ()):
        yield from _obstacle_events(obstacle, language)


def _move_event(move: Move, before: Stage, language: Language) -> Event:
    said: list[Piece] = [step_piece(before, move.stage, language)]
    if move.verified_on:
        said.append(
            (
                f"  ✓ {language.text('verified on {day}', day=move.verified_on)}",
                "good",
            )
        )
    else:
        said.append((f"  ? {language.text('a claim')}", "warn"))
    under = [
        (move.evidence, ""),
        (move.note, "quiet"),
        (_demand_phrase(move, language), "quiet"),
    ]
    return Event(
        move.on,
        move,
        tuple(said),
        tuple((text, role) for text, role in under if text),
    )


def _demand_phrase(move: Move, language: Language) -> str:
    """Return what a move says is asked of a citizen from then on."""
    known = [
        (language.text("Office visits"), move.visits),
        (language.text("Days to process"), move.days),
    ]
    return " · ".join(
        f"{label} {language.plain(value)}"
        for label, value in known
        if value is not None
    )


def _transfer_event(state: State, transfer: Transfer) -> Event:
    opd = state.register.opds[transfer.opd]
    said = state.language.text("passed to {opd}", opd=opd.name)
    return Event(transfer.on, transfer, ((safe_line(said), "goal"),))


def _closure_events(
    closure: Closure, why: str, language: Language
) -> Iterator[Event]:
    under = ((why, ""),) if why else ()
    yield Event(
        closure.start, closure, ((language.text("Retired"), "warn"),), under
    )
    if closure.until:
        yield Event(
            closure.until, closure, ((language.text("Reopened"), "good"),)
        )


def _obstacle_events(obstacle: Obstacle, language: Language) -> Iterator[Event]:
    factor = language.text(factor_word(obstacle.factor))
    opened = f"× {language.text('Obstacle')}: {factor}"
    yield Event(
        obstacle.opened_on,
        obstacle,
        ((opened, "warn"),),
        ((obstacle.description, ""),),
    )
    if obstacle.resolved_on:
        yield Event(
            obstacle.resolved_on,
            obstacle,
            ((f"✓ {language.text('Obstacle resolved')}: {factor}", "good"),),
            ((obstacle.description, "quiet"),),
        )
