"""The page of a week: one side for the meeting, and the annex under it."""

from collections.abc import Iterator

from tracker.language import Language
from tracker.snapshot.annex import annex_blocks
from tracker.snapshot.blocks import Block
from tracker.snapshot.first_page import first_page_blocks
from tracker.snapshot.markdown import to_markdown
from tracker.snapshot.values import WeekValue


def render(
    value: WeekValue,
    language: Language,
    *,
    first_page: bool = False,
) -> str:
    """Return the page as Markdown; the same week of the same register gives the same text.

    ``first_page`` leaves out the annex: what remains is what the meeting reads, at most 50 lines.
    """
    return to_markdown(_page(value, language, first_page))


def _page(
    value: WeekValue,
    language: Language,
    first_page: bool,
) -> Iterator[Block]:
    yield from first_page_blocks(value, language)
    if not first_page:
        yield from annex_blocks(value, language)
