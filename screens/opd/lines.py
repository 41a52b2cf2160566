"""One OPD's page in lines: its services by stage, what holds them back, and what happened."""

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from screens.figures.pieces import day_piece, stage_piece, step_piece
from screens.rows import ServiceRow
from screens.signs import signs, signs_in_words
from screens.state import State
from screens.widgets.lines import Item
from screens.widgets.paint import Piece, data
from tracker.labels import factor_word
from tracker.language import Language
from tracker.metrics.flow import Movement
from tracker.model import OPD, Report, Service, Stage, Transfer
from tracker.register import Register
from tracker.week import Week

_EVENTS = 60


def opd_items(state: State, opd: str, moves: Sequence[Movement]) -> list[Item]:
    """Return the lines of an OPD's page; ``moves`` are all that were made in it."""
    every = state.services()
    rows = [row for row in every if row.opd.id == opd]
    return [
        *_services(rows, state.language),
        *_obstacles(rows, state.language),
        *_events(state, every, opd, moves),
    ]


def _heading(text: str, count: int, language: Language) -> Item:
    return Item(((f" {text} ", "title"), (language.number(count, 0), "strong")))


def _services(rows: list[ServiceRow], language: Language) -> Iterator[Item]:
    """List the services by stage; what a sign means is told where it first stands."""
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
                days = language.plural("{n} day", "{n} days", row.at.days_in_stage)
                end: tuple[Piece, ...] = (
                    (f" {signs(row)} ", "warn"),
                    (days + " ", "quiet"),
                )
                yield Item(
                    (("   " + data(row.service.name), ""),), f"service:{row.key}", end
                )


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
    """What happened on a day; ``item`` makes its line, which of a long history only the latest need."""

    on: date
    order: str
    item: Callable[[], Item]


def _events(
    state: State, rows: Sequence[ServiceRow], opd: str, moves: Sequence[Movement]
) -> Iterator[Item]:
    register, language = state.register, state.language
    there = {row.key for row in rows} if state.filter else register.services.keys()
    events = [
        _Event(made.move.on, made.move.id, partial(_move, made, language))
        for made in moves
        if made.service.id in there
    ]
    events += [*_passings(state, opd, there), *_reports(register, opd, language)]
    events.sort(key=lambda event: (event.on, event.order), reverse=True)
    if events:
        yield _heading(language.text("Timeline"), len(events), language)
    yield from (event.item() for event in events[:_EVENTS])
    if len(events) > _EVENTS:
        more = language.plural(
            "… and {n} earlier", "… and {n} earlier", len(events) - _EVENTS
        )
        yield Item((("   " + more, "quiet"),))


def _move(made: Movement, language: Language) -> Item:
    words, role = step_piece(made.before, made.move.stage, language)
    claim = "" if made.move.verified_on else f" {language.text('a claim')}"
    return _line(
        made.move.on,
        made.service,
        ((f" {words}", role), (claim + " ", "warn")),
        language,
    )


def _passings(state: State, opd: str, there: Set[str]) -> Iterator[_Event]:
    """Go through the services that came to the OPD or left it."""
    register, language = state.register, state.language
    for key, transfers in register.transfers_of.items():
        service = register.services[key]
        givers = [service.opd, *(transfer.opd for transfer in transfers)]
        for giver, transfer in zip(givers, transfers, strict=False):
            if opd in (giver, transfer.opd) and key in there:
                item = partial(
                    _passing, service, transfer, register.opds[transfer.opd], language
                )
                yield _Event(transfer.on, transfer.id, item)


def _passing(
    service: Service, transfer: Transfer, taker: OPD, language: Language
) -> Item:
    end = ((f" {language.text('passed to {opd}', opd=taker.name)} ", "goal"),)
    return _line(transfer.on, service, end, language)


def _line(
    on: date, service: Service, end: tuple[Piece, ...], language: Language
) -> Item:
    return Item(
        (day_piece(on, language), (data(service.name), "")),
        f"service:{service.id}",
        end,
    )


def _reports(register: Register, opd: str, language: Language) -> Iterator[_Event]:
    zone = ZoneInfo(register.only_city.timezone)
    for report in register.reports.values():
        if report.opd == opd:
            week = Week.parse(report.week)
            day = min(
                week.sunday,
                max(week.monday, report.recorded_at.astimezone(zone).date()),
            )
            yield _Event(day, report.id, partial(_report, report, day, language))


def _report(report: Report, day: date, language: Language) -> Item:
    said = language.text("reported for {week}", week=report.week)
    return Item(
        (day_piece(day, language), (said, ""), ("  " + data(report.note), "quiet"))
    )
