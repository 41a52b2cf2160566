"""What the history gives today beside what was published, as the end of a shown page."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from tracker.language import NOTHING, Language, rounded
from tracker.model import City
from tracker.register import Register
from tracker.snapshot.blocks import Block, Heading, Paragraph, Table
from tracker.snapshot.figure_labels import figure_label
from tracker.snapshot.markdown import to_markdown
from tracker.snapshot.published import CITY, FigureChange

MOST_ROWS = 40
"""Rows of the table; what is beyond them is counted."""

_SHARES = ("_share", "_coverage", "completeness", "goal_chance")


def render_changes(
    changes: Sequence[FigureChange],
    register: Register,
    today: date,
    language: Language,
) -> str:
    """Return as Markdown which figures differ, those of the city first."""
    return to_markdown(_blocks(changes, register, today, language))


def _blocks(
    changes: Sequence[FigureChange],
    register: Register,
    today: date,
    language: Language,
) -> Iterator[Block]:
    yield Heading(language.text("Computed anew on {day}", day=today))
    yield Paragraph(
        (
            language.plural(
                "{n} published figure is another by now.",
                "{n} published figures are others by now.",
                len(changes),
            ),
        ),
    )
    head = ("OPD", "Figure", "Published", "Now")
    yield Table(
        tuple(language.text(title) for title in head),
        tuple(
            _row(change, register, language) for change in changes[:MOST_ROWS]
        ),
        frozenset({2, 3}),
    )
    if len(changes) > MOST_ROWS:
        more = len(changes) - MOST_ROWS
        yield Paragraph(
            (language.plural("… and {n} more", "… and {n} more", more),),
        )


def _row(
    change: FigureChange,
    register: Register,
    language: Language,
) -> tuple[str, ...]:
    return (
        _scope_name(change.scope, register, register.only_city),
        figure_label(change.figure, language),
        _show_value(change.figure, change.published, language),
        _show_value(change.figure, change.now, language),
    )


def _scope_name(scope: str, register: Register, city: City) -> str:
    if scope == CITY:
        return city.name
    opd = register.opd_codes.get(scope)
    return scope if opd is None else opd.name


def _show_value(figure: str, value: Any, language: Language) -> str:
    if value is None or value == []:
        return NOTHING
    if isinstance(value, bool | str):
        return _show_word(str(value), language)
    if isinstance(value, list):
        return ", ".join(_show_word(str(item), language) for item in value)
    if figure.endswith(_SHARES):
        return language.percent(value)
    return language.plain(float(rounded(value, 2)))


def _show_word(text: str, language: Language) -> str:
    """Return a date as the language writes it; the words of the figures stay as they are."""
    try:
        return language.date(date.fromisoformat(text))
    except ValueError:
        return text
