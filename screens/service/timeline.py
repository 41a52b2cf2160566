"""The timeline of one service: its entries with their numbers, the latest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from screens.figures.pieces import day_piece, step_piece
from screens.navigation import TimelineEntry
from screens.service.lines import entry_number, heading_items, wrapped_items
from screens.state import State
from screens.widgets.lines import Item
from screens.widgets.paint import Piece, safe_line, width_of
from tracker.changes import closure_reasons
from tracker.history import is_verified
from tracker.labels import factor_word, stage_word
from tracker.language import Language
from tracker.model import (
    Closure,
    Fact,
    Move,
    Obstacle,
    Service,
    Stage,
)


@dataclass(frozen=True)
class Event:
    """Something that happened on a day: the fact, its line, and the texts under it."""

    on: date
    fact: Fact
    line: tuple[Piece, ...]
    under: tuple[tuple[str, str], ...] = ()


def timeline_items(
    state: State,
    service: Service,
    width: int,
) -> list[Item]:
    """Return the lines of a service's timeline."""
    events = [
        event for event in events_of(state, service) if _is_told(event, state)
    ]
    events.sort(key=lambda event: (event.on, event.fact.id), reverse=True)

    items = list(heading_items(state.language.text("Timeline")))
    for event in events:
        items += _event_items(event, state.language, width)
    return items


def _is_told(event: Event, state: State) -> bool:
    """Return whether an event belongs to the day on view; today's view also tells what is to end."""
    if event.on <= state.today:
        return True
    is_planned = isinstance(event.fact, Closure | Service)
    return is_planned and not state.facts.is_past


def _event_items(
    event: Event,
    language: Language,
    width: int,
) -> Iterator[Item]:
    pieces = [day_piece(event.on, language), *event.line]
    number = entry_number(event.fact.id)
    under = list(event.under)
    if under:
        # A short text of one line stands beside the entry instead of under it.
        text, role = under[0]
        beside: Piece = ("  " + safe_line(text), role)
        needed = width_of([*pieces, beside, *number])
        if len(text.splitlines()) == 1 and needed <= width:
            pieces.append(beside)
            under = under[1:]

    opens = TimelineEntry(event.fact.id, event.on)
    yield Item(tuple(pieces), opens, number)
    for text, role in under:
        yield from wrapped_items(text, width, role)


def events_of(state: State, service: Service) -> Iterator[Event]:
    """Yield everything that happened to a service, unordered."""
    register = state.register
    language = state.language

    yield _registered_event(service, language)
    before = service.stage
    for move in register.moves_of.get(service.id, ()):
        yield _move_event(move, before, state)
        before = move.stage

    for transfer in register.transfers_of.get(service.id, ()):
        opd = register.opds[transfer.opd]
        text = language.text("passed to {opd}", opd=opd.name)
        yield Event(transfer.on, transfer, ((safe_line(text), "goal"),))

    closures = register.closures_of.get(service.id, ())
    reasons = closure_reasons(register) if closures else {}
    for closure in closures:
        why = reasons.get(closure.id, "")
        yield from _closure_events(closure, why, language)

    for obstacle in register.obstacles_of.get(service.id, ()):
        yield from _obstacle_events(obstacle, language)


def _registered_event(service: Service, language: Language) -> Event:
    stage = language.text(stage_word(service.stage))
    line = (
        (language.text("Registered"), "strong"),
        (f"  {stage}", service.stage.value),
    )
    return Event(service.registered_on, service, line)


def _move_event(move: Move, before: Stage, state: State) -> Event:
    language = state.language
    step = step_piece(before, move.stage, language)
    if is_verified(move, state.today):
        verified = language.text("verified on {day}", day=move.verified_on)
        mark = (f"  ✓ {verified}", "good")
    else:
        claim = language.text("a claim")
        mark = (f"  ? {claim}", "warn")

    under = [
        (move.evidence, ""),
        (move.note, "quiet"),
        (_demand_phrase(move, language), "quiet"),
    ]
    filled = [(text, role) for text, role in under if text]
    return Event(move.on, move, (step, mark), tuple(filled))


def _demand_phrase(move: Move, language: Language) -> str:
    """Return the visits and days that a request takes after a move, if it has any."""
    phrases = []
    if move.visits is not None:
        label = language.text("Office visits")
        phrases.append(f"{label} {language.plain(move.visits)}")
    if move.days is not None:
        label = language.text("Days to process")
        phrases.append(f"{label} {language.plain(move.days)}")

    return " · ".join(phrases)


def _closure_events(
    closure: Closure,
    why: str,
    language: Language,
) -> Iterator[Event]:
    under = ((why, ""),) if why else ()
    retired = (language.text("Retired"), "warn")
    yield Event(closure.start, closure, (retired,), under)

    if closure.until:
        reopened = (language.text("Reopened"), "good")
        yield Event(closure.until, closure, (reopened,))


def _obstacle_events(obstacle: Obstacle, language: Language) -> Iterator[Event]:
    factor = language.text(factor_word(obstacle.factor))
    title = language.text("Obstacle")
    opened = (f"× {title}: {factor}", "warn")
    under = ((obstacle.description, ""),)
    yield Event(obstacle.opened_on, obstacle, (opened,), under)

    if obstacle.resolved_on:
        title = language.text("Obstacle resolved")
        resolved = (f"✓ {title}: {factor}", "good")
        under = ((obstacle.description, "quiet"),)
        yield Event(obstacle.resolved_on, obstacle, (resolved,), under)
