"""The table of the five key figures, each with its changes."""

from collections.abc import Iterator

from tracker.language import N_, Language
from tracker.narration.counts import count_services
from tracker.snapshot.blocks import Block, Paragraph, Table
from tracker.snapshot.key_figures import SPANS
from tracker.snapshot.values import (
    HeadlineName,
    KeyFigure,
    PastFigure,
    WeekValue,
)

_NAMES: dict[HeadlineName, str] = {
    "single_door_share": N_("Behind the single door"),
    "digital_share": N_("Online or better"),
    "visit_free_share": N_("Without a visit to an office"),
    "index": N_("Index (0 to 100)"),
    "remaining_steps": N_("Remaining steps"),
}
_SPANS = {
    1: N_("1 week"),
    4: N_("4 weeks"),
    13: N_("13 weeks"),
    52: N_("1 year"),
}
BREAK_MARK = "†"
"""Stands beside a change across which the method of counting changed."""


def key_figure_name(name: HeadlineName, language: Language) -> str:
    """Return what a key figure is called."""
    return language.text(_NAMES[name])


def key_figure_number(
    name: HeadlineName,
    number: float | None,
    language: Language,
) -> str:
    """Return a key figure as it is written."""
    if name == "remaining_steps":
        return language.number(number, 0)
    if name == "index":
        return language.number(number, 1)
    return language.percent(number, 1)


def key_figure_change(
    name: HeadlineName,
    change: float | None,
    language: Language,
) -> str:
    """Return a change with its sign, of a share in percentage points."""
    if name == "remaining_steps":
        return language.number(change, 0, signed=True)
    scale = 1 if name == "index" else 100
    points = None if change is None else scale * change
    return language.number(points, 1, signed=True)


def key_figure_blocks(value: WeekValue, language: Language) -> Iterator[Block]:
    """Return the table of the key figures, and what a reader must know to check it."""
    head = (
        "",
        language.text("Now"),
        *(language.text(_SPANS[weeks]) for weeks in SPANS),
    )
    rows = tuple(_row(figure, language) for figure in value.key_figures)
    yield Table(head, rows, frozenset(range(1, len(head))))
    yield Paragraph(tuple(_notes(value, language)))


def _row(figure: KeyFigure, language: Language) -> tuple[str, ...]:
    changes = (_change(figure, past, language) for past in figure.past)
    now = key_figure_number(figure.name, figure.now, language)
    return (key_figure_name(figure.name, language), now, *changes)


def _change(figure: KeyFigure, past: PastFigure, language: Language) -> str:
    change = figure.change(past.weeks)
    text = key_figure_change(figure.name, change, language)
    marked = past.method_break is not None and change is not None
    return f"{text} {BREAK_MARK}" if marked else text


def _notes(value: WeekValue, language: Language) -> Iterator[str]:
    yield language.text(
        "Changes since the ends of the weeks before: of shares in percentage points, of the "
        "index in index points, before rounding.",
    )
    breaks = {
        past.method_break.on: past.method_break.text
        for past in value.key_figures[0].past
        if past.method_break
    }
    for day, text in breaks.items():
        yield language.text(
            "{mark} From {day} on it is counted otherwise ({text}): the two do not compare.",
            mark=BREAK_MARK,
            day=language.date(day, "long"),
            text=text,
        )
    figures = value.figures.city
    if not figures.services:
        return
    yield language.plural(
        "{n} service: {conventional} at the counter, {online} online, {integrated} behind "
        "the single door ({portal}).",
        "{n} services: {conventional} at the counter, {online} online, {integrated} behind "
        "the single door ({portal}).",
        figures.services,
        conventional=figures.conventional,
        online=figures.online,
        integrated=figures.integrated,
        portal=value.city.portal,
    )
    if figures.verified_share is not None:
        yield language.plural(
            "{share} of those past the counter are verified, {n} is a claim.",
            "{share} of those past the counter are verified, {n} are claims.",
            len(value.claimed),
            share=language.percent(figures.verified_share),
        )
    yield owners_text(value, language)


def owners_text(value: WeekValue, language: Language) -> str:
    """Return for how many services somebody answers."""
    owned = sum(bool(at.service.owner) for at in value.services)
    if not owned:
        return language.text("Nobody is named who answers for a service.")
    return language.text(
        "Somebody answers for {owned} of {services}.",
        owned=owned,
        services=count_services(len(value.services), language),
    )
