"""The annex of the Markdown page: what a meeting may ask, each list under its letter.

The row-a-service lists are in the workbook; here stands what fits a table of an OPD, a
deadline, a factor or a fact a line.
"""

from collections.abc import Callable, Iterator, Sequence
from string import ascii_uppercase

from tracker.language import N_, Language
from tracker.snapshot.annex_decisions import decision_blocks
from tracker.snapshot.annex_moves import crossing_blocks, move_blocks
from tracker.snapshot.annex_notes import (
    definition_lines,
    evaluation_table,
    late_lines,
    milestone_lines,
    note_lines,
    revised_week_lines,
)
from tracker.snapshot.annex_obstacles import obstacle_blocks
from tracker.snapshot.annex_opds import kind_table, opd_table, silent_block
from tracker.snapshot.annex_targets import target_blocks
from tracker.snapshot.annex_trend import trend_blocks
from tracker.snapshot.blocks import Block, Heading, Items
from tracker.snapshot.values import WeekValue

Section = tuple[str, Callable[[WeekValue, Language], Iterator[Block]]]
"""The msgid of a title, and what makes the blocks under it."""


def annex_blocks(value: WeekValue, language: Language) -> Iterator[Block]:
    """Yield the sections of the annex, lettered in their order; an empty one says so."""
    yield Heading(language.text("Annex"))
    for letter, (title, make) in zip(ascii_uppercase, SECTIONS, strict=False):
        yield Heading(f"{letter}. {language.text(title)}", level=3)
        found = tuple(make(value, language))
        yield from found or (Items((language.text("None."),)),)


def _items(
    lines: Callable[[WeekValue, Language], Iterator[str]],
) -> Callable[[WeekValue, Language], Iterator[Block]]:
    """Return what makes a list of ``lines``, or nothing without any."""

    def make(value: WeekValue, language: Language) -> Iterator[Block]:
        texts = tuple(lines(value, language))
        if texts:
            yield Items(texts)

    return make


SECTIONS: Sequence[Section] = (
    (N_("Decisions"), decision_blocks),
    (N_("OPDs"), opd_table),
    (N_("Kinds of OPD"), kind_table),
    (N_("Targets, late and due by OPD"), target_blocks),
    (N_("Moves of the week"), move_blocks),
    (N_("Joined, left and passed on"), crossing_blocks),
    (N_("Open obstacles by factor"), obstacle_blocks),
    (N_("OPDs not heard from"), silent_block),
    (N_("The index over a year"), trend_blocks),
    (N_("Milestones and method breaks"), _items(milestone_lines)),
    (N_("Evaluations"), evaluation_table),
    (N_("Revised since they were published"), _items(revised_week_lines)),
    (N_("Entered this week about earlier weeks"), _items(late_lines)),
    (N_("Notes on the data"), _items(note_lines)),
    (N_("What the figures mean"), _items(definition_lines)),
)
"""The sections in their order; their letters follow from it."""
