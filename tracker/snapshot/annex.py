"""The annex: every list whole, in the order in which the first page speaks of them."""

from collections.abc import Iterator

from tracker.language import Language
from tracker.snapshot.annex_moves import crossing_blocks, move_blocks
from tracker.snapshot.annex_notes import (
    definitions,
    evaluation_table,
    late_lines,
    milestone_lines,
    notes,
)
from tracker.snapshot.annex_opds import opd_table, silent_block, unmoved_table
from tracker.snapshot.annex_services import attention_tables, obstacle_blocks
from tracker.snapshot.blocks import Block, Heading, Items
from tracker.snapshot.values import WeekValue


def annex(value: WeekValue, language: Language) -> Iterator[Block]:
    """Return the lists and tables under the first page, each under its letter."""
    yield Heading(language.text("Annex"))
    for letter, (title, blocks) in zip(
        "ABCDEFGHIJK", _sections(value, language), strict=True
    ):
        yield Heading(f"{letter}. {title}", level=3)
        found = tuple(blocks)
        yield from found or (Items((language.text("None."),)),)


def _sections(
    value: WeekValue, language: Language
) -> Iterator[tuple[str, Iterator[Block]]]:
    yield language.text("Moves of the week"), move_blocks(value, language)
    yield language.text("Joined, left and passed on"), crossing_blocks(value, language)
    yield language.text("OPDs by index"), opd_table(value, language)
    yield language.text("What needs attention, one by one"), _attention(value, language)
    yield language.text("Open obstacles"), obstacle_blocks(value, language)
    yield language.text("OPDs not heard from"), silent_block(value, language)
    yield (
        language.text("Milestones and method breaks"),
        _items(milestone_lines(value, language)),
    )
    yield language.text("Evaluations"), evaluation_table(value, language)
    yield language.text("Notes on the data"), _items(notes(value, language))
    yield (
        language.text("Entered this week about earlier weeks"),
        _items(late_lines(value, language)),
    )
    yield language.text("What the figures mean"), _items(definitions(value, language))


def _attention(value: WeekValue, language: Language) -> Iterator[Block]:
    yield from unmoved_table(value, language)
    yield from attention_tables(value, language)


def _items(lines: Iterator[str]) -> Iterator[Block]:
    texts = tuple(lines)
    if texts:
        yield Items(texts)
