"""One OPD's page in lines: its services by stage, what holds them back, and what happened."""

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
from tracker.labels import factor_word, reminder_level_word
from tracker.language import Language
from tracker.metrics.flow import Movement
from tracker.model import Reminder, Report, Service, Stage
from tracker.register import Register
from tracker.week import Week

_EVENTS = 60


def opd_items(state: State, opd: str, moves: Sequence[Movement]) -> list[Item]:
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
    """Yield the services by stage; a sign is explained where it first appears.

    A service that many OPDs have shows how many of them are in the same stage.
    """
    language, families = state.language, state.facts.families
    told: dict[str, None] = {}
    for stage in Stage:
        there = [row for row in rows if row.at.stage is stage]
        if there:
            sign, role = stage_piece(stage, language)
            meanings = dict.fromkeys(
                said for row in there for said in signs_in_words(row, language)
            )
            new = "".join(f"  {said}" for said in meanings if said not in told)
            told |= meanings
            count = language.number(len(there), 0)
            yield Item(((f" {sign} ", role), (count, "strong"), (new, "quiet")))
            for row in sorted(there, key=lambda row: -row.at.days_in_stage):
                days = language.plural(
                    "{n} day", "{n} days", row.at.days_in_stage
                )
                family = families.get(row.service.family)
                alike = family_stage(family, language) if family else ()
                end: tuple[Piece, ...] = (
                    (f" {row_signs(row)} ", "warn"),
                    *alike,
                    ("  " if alike else "", ""),
                    (days + " ", "quiet"),
                )
                yield Item(
                    (("   " + safe_line(row.service.name), ""),),
                    ServicePage(row.key),
                    end,
                )


def _obstacle_items(
    rows: list[ServiceRow], language: Language
) -> Iterator[Item]:
    held = [(row, obstacle) for row in rows for obstacle in row.at.obstacles]
    if held:
        yield heading_item(
            language.text("Open obstacles"), len(held), None, language
        )
    for row, obstacle in held:
        factor = language.text(factor_word(obstacle.factor))
        yield Item(
            (
                (f"   {factor}: ", "warn"),
                (safe_line(obstacle.description), ""),
                ("  " + safe_line(row.service.name), "quiet"),
            ),
            ServicePage(row.key),
            ((" " + language.date(obstacle.opened_on) + " ", "quiet"),),
        )


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
    register, language = state.register, state.language
    there = (
        {row.key for row in rows} if state.filter else register.services.keys()
    )
    events = [
        _Event(made.move.on, made.move.id, partial(_move_item, made, language))
        for made in moves
        if made.service.id in there
    ]
    events += [
        *_transfer_events(state, opd, there),
        *_report_events(register, opd, language),
        *_reminder_events(register, opd, language),
    ]
    events.sort(key=lambda event: (event.on, event.order), reverse=True)
    if events:
        yield heading_item(
            language.text("Timeline"), len(events), None, language
        )
    yield from (event.item() for event in events[:_EVENTS])
    if len(events) > _EVENTS:
        more = language.plural(
            "… and {n} earlier", "… and {n} earlier", len(events) - _EVENTS
        )
        yield text_item("   " + more, "quiet")


def _move_item(made: Movement, language: Language) -> Item:
    words, role = step_piece(made.before, made.move.stage, language)
    claim = "" if made.move.verified_on else f" {language.text('a claim')}"
    return _service_item(
        made.move.on,
        made.service,
        ((f" {words}", role), (claim + " ", "warn")),
        language,
    )


def _transfer_events(
    state: State, opd: str, there: Set[str]
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
    on: date, service: Service, end: tuple[Piece, ...], language: Language
) -> Item:
    return Item(
        (day_piece(on, language), (safe_line(service.name), "")),
        ServicePage(service.id),
        end,
    )


def _report_events(
    register: Register, opd: str, language: Language
) -> Iterator[_Event]:
    zone = ZoneInfo(register.only_city.timezone)
    for report in register.reports.values():
        if report.opd == opd:
            week = Week.parse(report.week)
            day = min(
                week.sunday,
                max(week.monday, report.recorded_at.astimezone(zone).date()),
            )
            yield _Event(
                day, report.id, partial(_report_item, report, day, language)
            )


def _report_item(report: Report, day: date, language: Language) -> Item:
    said = language.text("reported for {week}", week=report.week)
    return Item(
        (
            day_piece(day, language),
            (said, ""),
            ("  " + safe_line(report.note), "quiet"),
        ),
        TimelineEntry(report.id, day),
        entry_number(report.id),
    )


def _reminder_events(
    register: Register, opd: str, language: Language
) -> Iterator[_Event]:
    for reminder in register.reminders.values():
        if reminder.opd == opd:
            yield _Event(
                reminder.on,
                reminder.id,
                partial(_reminder_item, reminder, language),
            )


def _reminder_item(reminder: Reminder, language: Language) -> Item:
    level = language.text(reminder_level_word(reminder.level))
    return Item(
        (
            day_piece(reminder.on, language),
            (language.text("reminded"), ""),
            (f"  {level}", "quiet"),
        ),
        TimelineEntry(reminder.id, reminder.on),
        entry_number(reminder.id),
    )
