"""One OPD's page in lines: its services by stage, its obstacles, and what happened."""

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from screens.figures.pieces import (
    day_piece,
    stage_piece,
    step_piece,
)
from screens.navigation import ServicePage, TimelineEntry
from screens.opd.missing import missing_items
from screens.overview.groups import heading_item
from screens.rows import ServiceRow
from screens.service.lines import entry_number
from screens.services.families import family_stage
from screens.signs import row_signs, signs_in_words
from screens.state import State
from screens.widgets.lines import Item, text_item
from screens.widgets.paint import Piece, safe_line
from tracker.history import is_verified
from tracker.labels import factor_word, reminder_level_word
from tracker.language import Language
from tracker.metrics.flow import Movement
from tracker.model import Reminder, Report, Service, Stage
from tracker.narration.counts import count_days
from tracker.register import Register
from tracker.week import Week

_EVENTS = 60


def opd_items(
    state: State,
    opd: str,
    moves: Sequence[Movement],
) -> list[Item]:
    """Return the lines of an OPD's page; ``moves`` are all that were made in it."""
    every = state.filtered_services()
    rows = [row for row in every if row.opd.id == opd]
    return [
        *_service_items(rows, state),
        *_obstacle_items(rows, state.language),
        *missing_items(rows, state.language),
        *_event_items(state, every, opd, moves),
    ]


def _service_items(rows: list[ServiceRow], state: State) -> Iterator[Item]:
    """Yield the services by stage; a sign is explained where it first appears."""
    language = state.language
    explained: set[str] = set()
    for stage in Stage:
        there = [row for row in rows if row.at.stage is stage]
        if not there:
            continue

        signs = [
            word for row in there for word in signs_in_words(row, language)
        ]
        new = [word for word in dict.fromkeys(signs) if word not in explained]
        explained.update(new)

        sign, role = stage_piece(stage, language)
        count = language.number(len(there), 0)
        legend = "".join(f"  {word}" for word in new)
        yield Item(((f" {sign} ", role), (count, "strong"), (legend, "quiet")))

        there.sort(key=lambda row: -row.at.days_in_stage)
        for row in there:
            yield _service_line(row, state)


def _service_line(row: ServiceRow, state: State) -> Item:
    """Return a service; one that many OPDs have shows how far the others are."""
    language = state.language
    end: list[Piece] = [(f" {row_signs(row)} ", "warn")]
    family = state.facts.families.get(row.service.family)
    if family:
        end += [*family_stage(family, language), ("  ", "")]

    days = count_days(row.at.days_in_stage, language)
    end.append((f"{days} ", "quiet"))
    name = "   " + safe_line(row.service.name)
    return Item(((name, ""),), ServicePage(row.key), tuple(end))


def _obstacle_items(
    rows: list[ServiceRow],
    language: Language,
) -> Iterator[Item]:
    held = [(row, obstacle) for row in rows for obstacle in row.at.obstacles]
    if held:
        title = language.text("Open obstacles")
        yield heading_item(title, len(held), None, language)

    for row, obstacle in held:
        factor = language.text(factor_word(obstacle.factor))
        opened = language.date(obstacle.opened_on)
        pieces = (
            (f"   {factor}: ", "warn"),
            (safe_line(obstacle.description), ""),
            ("  " + safe_line(row.service.name), "quiet"),
        )
        end = ((f" {opened} ", "quiet"),)
        yield Item(pieces, ServicePage(row.key), end)


@dataclass(frozen=True)
class _Event:
    """An event of a day; ``item`` creates its line, which only the latest events need."""

    on: date
    order: str
    item: Callable[[], Item]


def _event_items(
    state: State,
    rows: Sequence[ServiceRow],
    opd: str,
    moves: Sequence[Movement],
) -> Iterator[Item]:
    register = state.register
    language = state.language
    keys: Set[str] = register.services.keys()
    if state.filter:
        keys = {row.key for row in rows}

    events = [
        _Event(made.move.on, made.move.id, partial(_move_item, made, state))
        for made in moves
        if made.service.id in keys
    ]
    events += _transfer_events(state, opd, keys)
    events += _report_events(register, opd, language)
    events += _reminder_events(register, opd, language)
    events = [event for event in events if event.on <= state.today]
    events.sort(key=lambda event: (event.on, event.order), reverse=True)

    if events:
        title = language.text("Timeline")
        yield heading_item(title, len(events), None, language)
    for event in events[:_EVENTS]:
        yield event.item()

    rest = len(events) - _EVENTS
    if rest > 0:
        more = language.plural("… and {n} earlier", "… and {n} earlier", rest)
        yield text_item("   " + more, "quiet")


def _move_item(made: Movement, state: State) -> Item:
    move, language = made.move, state.language
    words, role = step_piece(made.before, move.stage, language)
    claim = " "
    if not is_verified(move, state.today):
        claim = " " + language.text("a claim") + " "
    end = (f" {words}", role), (claim, "warn")
    return _service_item(move.on, made.service, end, language)


def _transfer_events(
    state: State,
    opd: str,
    there: Set[str],
) -> Iterator[_Event]:
    """Yield the services that came to the OPD or left it."""
    register, language = state.register, state.language
    for key, transfers in register.transfers_of.items():
        service = register.services[key]
        givers = [service.opd, *(transfer.opd for transfer in transfers)]
        for giver, transfer in zip(givers, transfers, strict=False):
            if opd not in (giver, transfer.opd) or key not in there:
                continue
            taker = register.opds[transfer.opd].name
            text = language.text("passed to {opd}", opd=taker)
            end = ((f" {text} ", "goal"),)
            item = partial(_service_item, transfer.on, service, end, language)
            yield _Event(transfer.on, transfer.id, item)


def _service_item(
    on: date,
    service: Service,
    end: tuple[Piece, ...],
    language: Language,
) -> Item:
    pieces = day_piece(on, language), (safe_line(service.name), "")
    return Item(pieces, ServicePage(service.id), end)


def _report_events(
    register: Register,
    opd: str,
    language: Language,
) -> Iterator[_Event]:
    """Yield the OPD's reports, each on the day it was entered or the nearest day of its week."""
    zone = ZoneInfo(register.only_city.timezone)
    for report in register.reports.values():
        if report.opd != opd:
            continue

        week = Week.parse(report.week)
        entered = report.recorded_at.astimezone(zone).date()
        day = min(week.sunday, max(week.monday, entered))
        item = partial(_report_item, report, day, language)
        yield _Event(day, report.id, item)


def _report_item(report: Report, day: date, language: Language) -> Item:
    title = language.text("reported for {week}", week=report.week)
    pieces = (
        day_piece(day, language),
        (title, ""),
        ("  " + safe_line(report.note), "quiet"),
    )
    opens = TimelineEntry(report.id, day)
    return Item(pieces, opens, entry_number(report.id))


def _reminder_events(
    register: Register,
    opd: str,
    language: Language,
) -> Iterator[_Event]:
    for reminder in register.reminders.values():
        if reminder.opd == opd:
            item = partial(_reminder_item, reminder, language)
            yield _Event(reminder.on, reminder.id, item)


def _reminder_item(reminder: Reminder, language: Language) -> Item:
    level = language.text(reminder_level_word(reminder.level))
    pieces = (
        day_piece(reminder.on, language),
        (language.text("reminded"), ""),
        (f"  {level}", "quiet"),
    )
    opens = TimelineEntry(reminder.id, reminder.on)
    return Item(pieces, opens, entry_number(reminder.id))
