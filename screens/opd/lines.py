"""One OPD's page in lines: its services by stage, what holds them back, and what happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from screens.figures.standing import stage_piece
from screens.rows import ServiceRow
from screens.signs import signs, signs_in_words
from screens.state import State
from screens.widgets.lines import Item
from screens.widgets.paint import Piece, data
from tracker.language import Language
from tracker.model import Move, Service, Stage
from tracker.register import Register
from tracker.week import Week
from tracker.words import factor_word, stage_word

_EVENTS = 60


def opd_items(state: State, opd: str) -> list[Item]:
    """Return the lines of an OPD's page."""
    rows = [row for row in state.services() if row.opd.id == opd]
    return [*_services(rows, state.language), *_obstacles(rows, state.language), *_events(state, opd)]


def _heading(text: str, count: int, language: Language) -> Item:
    return Item(((f" {text} ", "title"), (language.number(count, 0), "strong")))


def _services(rows: list[ServiceRow], language: Language) -> Iterator[Item]:
    for stage in Stage:
        there = [row for row in rows if row.at.stage is stage]
        if there:
            sign, role = stage_piece(stage, language)
            count, signs_said = language.number(len(there), 0), _meanings(there, language)
            yield Item(((f" {sign} ", role), (count, "strong"), (signs_said, "quiet")))
            for row in sorted(there, key=lambda row: -row.at.days_in_stage):
                days = language.plural("{n} day", "{n} days", row.at.days_in_stage)
                end: tuple[Piece, ...] = ((f" {signs(row)} ", "warn"), (days + " ", "quiet"))
                yield Item((("   " + data(row.service.name), ""),), f"service:{row.key}", end)


def _meanings(rows: list[ServiceRow], language: Language) -> str:
    """Return what the signs mean that stand in these rows."""
    found = dict.fromkeys(meaning for row in rows for meaning in signs_in_words(row, language))
    return "".join(f"  {meaning}" for meaning in found)


def _obstacles(rows: list[ServiceRow], language: Language) -> Iterator[Item]:
    held = [(row, obstacle) for row in rows for obstacle in row.at.obstacles]
    if held:
        yield _heading(language.text("Open obstacles"), len(held), language)
    for row, obstacle in held:
        factor = language.text(factor_word(obstacle.factor))
        yield Item(
            (
                (f"   {factor}: ", "warn"),
                (data(obstacle.description), ""),
                ("  " + data(row.service.name), "quiet"),
            ),
            f"service:{row.key}",
            ((" " + language.date(obstacle.opened_on) + " ", "quiet"),),
        )


@dataclass(frozen=True)
class _Event:
    on: date
    order: str
    item: Item


def _events(state: State, opd: str) -> Iterator[Item]:
    register, language = state.register, state.language
    events = [*_moves(register, opd, state, language), *_passings(register, opd, language)]
    events += _reports(register, opd, language)
    events.sort(key=lambda event: (event.on, event.order), reverse=True)
    if events:
        yield _heading(language.text("Timeline"), len(events), language)
    yield from (event.item for event in events[:_EVENTS])
    if len(events) > _EVENTS:
        more = language.plural("… and {n} earlier", "… and {n} earlier", len(events) - _EVENTS)
        yield Item((("   " + more, "quiet"),))


def _moves(register: Register, opd: str, state: State, language: Language) -> Iterator[_Event]:
    for row in state.services():
        if row.opd.id != opd:
            continue
        before = row.service.stage
        for move in register.moves_of.get(row.key, ()):
            yield _Event(move.on, move.id, _move(row.service, move, before, language))
            before = move.stage


def _move(service: Service, move: Move, before: Stage, language: Language) -> Item:
    role = "good" if move.stage.points > before.points else "bad"
    words = f"{language.text(stage_word(before))} → {language.text(stage_word(move.stage))}"
    claim = "" if move.verified_on else f" {language.text('a claim')}"
    return Item(
        ((f"   {language.date(move.on)}  ", "quiet"), (data(service.name), "")),
        f"service:{service.id}",
        ((f" {words}", role), (claim + " ", "warn")),
    )


def _passings(register: Register, opd: str, language: Language) -> Iterator[_Event]:
    for transfer in register.transfers.values():
        service, taker = register.services[transfer.service], register.opds[transfer.opd]
        if opd in (transfer.opd, service.opd):
            words = language.text("passed to {opd}", opd=taker.name)
            item = Item(
                ((f"   {language.date(transfer.on)}  ", "quiet"), (data(service.name), "")),
                f"service:{service.id}",
                ((f" {words} ", "goal"),),
            )
            yield _Event(transfer.on, transfer.id, item)


def _reports(register: Register, opd: str, language: Language) -> Iterator[_Event]:
    for report in register.reports.values():
        if report.opd == opd:
            week = Week.parse(report.week)
            day = min(week.sunday, max(week.monday, report.recorded_at.date()))
            said = language.text("reported for {week}", week=report.week)
            pieces = (
                (f"   {language.date(day)}  ", "quiet"),
                (said, ""),
                ("  " + data(report.note), "quiet"),
            )
            yield _Event(day, report.id, Item(pieces))
