"""The page of a week: one side for the meeting, and the annex under it."""

from collections.abc import Iterator

from tracker.language import Language
from tracker.snapshot.annex import annex
from tracker.snapshot.blocks import Block
from tracker.snapshot.markdown import to_markdown
from tracker.snapshot.meeting import meeting
from tracker.snapshot.standing import head
from tracker.snapshot.values import WeekValue


def render(value: WeekValue, language: Language, *, first_page: bool = False) -> str:
    """Return the page as Markdown; the same week of the same register gives the same text.

    ``first_page`` leaves out the annex: what remains is what the meeting reads, at most 60 lines.
    """
    return to_markdown(_page(value, language, first_page))


def first_page_blocks(value: WeekValue, language: Language) -> Iterator[Block]:
    """Return the blocks of the page for the meeting."""
    yield from head(value, language)
    yield from meeting(value, language)


def annex_blocks(value: WeekValue, language: Language) -> Iterator[Block]:
    """Return the blocks of the annex."""
    yield from annex(value, language)


def _page(value: WeekValue, language: Language, first_page: bool) -> Iterator[Block]:
    yield from first_page_blocks(value, language)
    if not first_page:
        yield from annex_blocks(value, language)
