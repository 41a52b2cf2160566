"""The lines of the board's cards and column heads, and the orders of cards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from screens.families import FamilyRow, Grouped, key_of_row
from screens.figures.pieces import STAGE_SIGNS, stage_piece
from screens.rows import ServiceRow, stage_counts
from screens.services.families import CLOSED, OPEN
from screens.short_names import short_name
from screens.signs import row_signs, signs_in_words
from screens.widgets.cards import Card
from screens.widgets.paint import Line, Piece, safe_line
from tracker.language import N_, Language
from tracker.model import Stage
from tracker.narration.counts import count_opds


@dataclass(frozen=True)
class Order:
    """An order of cards; ``down`` if the greatest comes first."""

    word: str
    key: Callable[[ServiceRow], Any]
    down: bool = False


ORDERS = (
    Order(N_("days"), attrgetter("at.days_in_stage"), down=True),
    Order(N_("name"), lambda row: row.service.name.casefold()),
    Order(N_("OPD"), lambda row: row.opd.name.casefold()),
)
"""The orders of the cards, one after the other by the key that sorts."""


def card_of(row: ServiceRow, language: Language) -> Card:
    """Return a service's card: its name, its OPD, the signs, and its days in the stage."""
    days = language.text("{n} d", n=row.at.days_in_stage)
    return Card(
        row.page,
        safe_line(row.service.name),
        safe_line(row.opd.name),
        short_name(row.opd),
        ((f" {row_signs(row)} ", "warn"), (days, "quiet")),
    )


def family_card(
    row: FamilyRow,
    stage: Stage,
    language: Language,
    *,
    is_open: bool,
) -> Card:
    """Return the card of a family's members in a stage: how many of all, and their OPDs."""
    sign = OPEN if is_open else CLOSED
    count = _count_in_stage(row, language)
    days = language.text("{n} d", n=row.longest.at.days_in_stage)
    return Card(
        key_of_row(row, stage.value),
        f"{sign} {safe_line(row.name)}",
        count,
        count,
        ((f" {days}", "quiet"),),
    )


def _count_in_stage(row: FamilyRow, language: Language) -> str:
    return language.text(
        "{n} of {every}",
        n=len(row.members),
        every=count_opds(row.family_size, language),
    )


def family_in_full(row: FamilyRow, language: Language) -> Sequence[Line]:
    """Return in two lines what a family's card has no room for."""
    opds = ", ".join(short_name(member.opd) for member in row.members)
    return (
        (
            (f" {safe_line(row.name)}", "strong"),
            (f"  {_count_in_stage(row, language)}", "quiet"),
        ),
        ((f" {opds}", ""),),
    )


def card_in_full(row: ServiceRow, language: Language) -> Sequence[Line]:
    """Return in two lines what a card has no room for."""
    days = language.plural(
        "{n} day in this stage",
        "{n} days in this stage",
        row.at.days_in_stage,
    )
    words = "".join(f"  {word}" for word in signs_in_words(row, language))
    return (
        ((f" {safe_line(row.service.name)}", "strong"), (f"  {days}", "quiet")),
        ((f" {safe_line(row.opd.name)}", ""), (words, "warn")),
    )


def sort_cards(
    rows: Sequence[Grouped],
    order: Order,
    *,
    reverse: bool,
) -> list[Grouped]:
    """Return rows sorted by one of ``ORDERS``, or its reverse; a family by its longest member."""

    def key(row: Grouped) -> Any:
        return order.key(row.longest if isinstance(row, FamilyRow) else row)

    simple: Callable[[Any], Any] = order.key
    has_families = FamilyRow in map(type, rows)
    return sorted(
        rows,
        key=key if has_families else simple,
        reverse=order.down is not reverse,
    )


def column_title(stage: Stage, count: int, language: Language) -> Line:
    """Return a column's name and how many cards it has."""
    word, role = stage_piece(stage, language)
    return ((f" {word} ", role), (f"{language.number(count, 0)} ", "strong"))


def count_other_stages(
    rows: Sequence[ServiceRow],
    stage: Stage,
    language: Language,
) -> Line:
    """Return what stands in the columns to the left and right that are out of sight."""
    pieces: list[Piece] = []
    for other, count in zip(Stage, stage_counts(rows), strict=True):
        said = f"{STAGE_SIGNS[other]} {language.number(count, 0)}"
        if other.points < stage.points:
            pieces.append((f" ◂ {said}", "quiet"))
        elif other is not stage:
            pieces.append((f" {said} ▸", "quiet"))
    return (*pieces, (" ", ""))


def order_sign(order: Order, language: Language, *, reverse: bool) -> str:
    """Return the word for an order and the arrow of its direction."""
    return language.text(order.word) + (
        "▼" if order.down is not reverse else "▲"
    )
