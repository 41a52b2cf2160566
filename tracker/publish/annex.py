"""The annex of a week: a workbook with a row a service, and everything that one filters by.

What is kept of a published annex is its rows as JSON; the workbook is made of them again.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

import msgspec

from tracker.exchange.current.columns import Value, cell_value
from tracker.exchange.current.rows import CurrentService, current_services
from tracker.exchange.parsing.values import join_items
from tracker.exchange.writing.workbook import Cell, Sheet, workbook_bytes
from tracker.fields import fields_beside
from tracker.labels import factor_word, kind_word
from tracker.language import N_, Language
from tracker.model import Obstacle
from tracker.register import Register
from tracker.snapshot.values import WeekValue


class AnnexColumn(NamedTuple):
    """A column: its title (a msgid), its width, and what it shows of a service."""

    title: str
    width: int
    value: Callable[[CurrentService, Language], Value]


class Day(msgspec.Struct, frozen=True):
    """A cell that holds a date."""

    day: date


Plain = str | int | float | Day | None


class Annex(msgspec.Struct, frozen=True):
    """The annex as data: the rows of services, and what the workbook is of."""

    title: str
    headers: list[str]
    widths: list[int]
    rows: list[list[Plain]]
    about_title: str
    about: list[list[str]]


def _open_obstacles(row: CurrentService) -> Sequence[Obstacle]:
    return row.at.obstacles


def _show_factors(row: CurrentService, language: Language) -> str:
    words = {
        language.text(factor_word(one.factor)) for one in _open_obstacles(row)
    }
    return "; ".join(sorted(words))


_FURTHER_WIDTH = 24
COLUMNS = (
    AnnexColumn(N_("OPD"), 34, lambda row, _: row.opd.name),
    AnnexColumn(
        N_("Kind"),
        16,
        lambda row, lang: lang.text(kind_word(row.opd.kind)),
    ),
    AnnexColumn(N_("Service"), 44, lambda row, _: row.at.service.name),
    AnnexColumn(N_("Stage"), 14, lambda row, _: row.at.stage),
    AnnexColumn(N_("Since"), 12, lambda row, _: row.at.entered_on),
    AnnexColumn(
        N_("Days in the stage"),
        10,
        lambda row, _: row.at.days_in_stage,
    ),
    AnnexColumn(
        N_("Target"),
        14,
        lambda row, _: row.target.stage if row.target else None,
    ),
    AnnexColumn(
        N_("Due on"),
        12,
        lambda row, _: row.target.due_on if row.target else None,
    ),
    AnnexColumn(N_("Late"), 8, lambda row, _: bool(row.days_late)),
    AnnexColumn(N_("Days late"), 8, lambda row, _: row.days_late or None),
    AnnexColumn(N_("Verified"), 12, lambda row, _: row.at.verified),
    AnnexColumn(
        N_("Last move"),
        12,
        lambda row, _: row.moved.on if row.moved else None,
    ),
    AnnexColumn(N_("Office visits"), 10, lambda row, _: row.at.visits),
    AnnexColumn(N_("Days to process"), 10, lambda row, _: row.at.days),
    AnnexColumn(
        N_("Requests a year"),
        12,
        lambda row, _: row.at.service.volume,
    ),
    AnnexColumn(N_("Visits a year"), 12, lambda row, _: row.visits_a_year),
    AnnexColumn(
        N_("Application"),
        22,
        lambda row, _: row.application.name if row.application else None,
    ),
    AnnexColumn(N_("Factor"), 16, _show_factors),
    AnnexColumn(
        N_("Obstacle"),
        40,
        lambda row, _: "; ".join(o.description for o in _open_obstacles(row)),
    ),
    AnnexColumn(
        N_("Obstacle since"),
        12,
        lambda row, _: min(
            (o.opened_on for o in _open_obstacles(row)),
            default=None,
        ),
    ),
    AnnexColumn(N_("Owner"), 24, lambda row, _: row.at.service.owner or None),
    AnnexColumn(
        N_("Same service as"),
        24,
        lambda row, _: row.at.service.family or None,
    ),
    AnnexColumn(
        N_("Tags"),
        18,
        lambda row, _: join_items(row.at.service.tags) or None,
    ),
    AnnexColumn(N_("Service code"), 26, lambda row, _: row.at.service.code),
    AnnexColumn(N_("OPD code"), 16, lambda row, _: row.opd.code),
)


_SHOWN_FIELDS = frozenset(
    (
        *("code", "name", "opd", "volume", "visits", "days"),
        *("application", "owner", "family", "tags"),
    ),
)
"""The fields of a service that ``COLUMNS`` show, some of them as they were on the day."""


def _further_columns(rows: Sequence[CurrentService]) -> Iterator[AnnexColumn]:
    """Yield a column for each further field of services that any of them fills in."""
    for field in fields_beside("services", _SHOWN_FIELDS):
        filled = [getattr(row.at.service, field.name) for row in rows]
        if any(value not in (None, "", ()) for value in filled):
            show = partial(_show_field, field.name)
            yield AnnexColumn(field.label, _FURTHER_WIDTH, show)


def _show_field(name: str, row: CurrentService, language: Language) -> Value:
    value = getattr(row.at.service, name)
    return join_items(value) if isinstance(value, tuple) else value or None


def annex_text(register: Register, value: WeekValue, language: Language) -> str:
    """Return the annex of a week as JSON: the services as they stood on its last day."""
    services = current_services(register, value.figures.as_of)
    columns = (*COLUMNS, *_further_columns(services))
    rows = [
        [_as_plain(column.value(row, language), language) for column in columns]
        for row in services
    ]
    annex = Annex(
        title=language.text("Services"),
        headers=[language.text(column.title) for column in columns],
        widths=[column.width for column in columns],
        rows=rows,
        about_title=language.text("About this annex"),
        about=list(_describe_annex(value, language)),
    )
    return msgspec.json.encode(annex).decode()


def annex_workbook(text: str) -> bytes:
    """Return the workbook of an annex that ``annex_text`` gave."""
    annex = msgspec.json.decode(text, type=Annex)
    rows: list[list[Cell]] = []
    for row in annex.rows:
        cells = [
            value.day if isinstance(value, Day) else value for value in row
        ]
        rows.append(cells)
    return workbook_bytes(
        [
            Sheet(annex.title, annex.headers, annex.widths, rows),
            Sheet(
                annex.about_title,
                [annex.about_title],
                [100],
                annex.about,
                False,
            ),
        ],
    )


def _as_plain(value: Value, language: Language) -> Plain:
    shown = cell_value(value, language)
    if isinstance(shown, date):
        return Day(shown)
    return None if shown == "" else shown


def _describe_annex(
    value: WeekValue,
    language: Language,
) -> Iterator[list[str]]:
    text = language.text
    city, day = value.city.name, value.figures.as_of
    about = N_("Services of {city} as they stood at the end of {day}.")
    yield [text(about, city=city, day=day)]
    if value.figures.complete:
        yield [text("Week {week}, final.", week=str(value.week))]
    else:
        yield [
            text(
                "Week {week}, provisional: it is still running.",
                week=str(value.week),
            ),
        ]
    if value.city.illustrative:
        yield [text("Illustrative data: the history is made up.")]
