"""The page of a week: one side for the meeting, and the annex under it."""

from collections.abc import Iterator

from tracker.language import Language
from tracker.snapshot.annex import annex
from tracker.snapshot.blocks import Block
from tracker.snapshot.html import to_html
from tracker.snapshot.markdown import to_markdown
from tracker.snapshot.meeting import meeting
from tracker.snapshot.standing import head
from tracker.snapshot.values import WeekValue


def render(value: WeekValue, language: Language) -> str:
    """Return the page as Markdown; the same week of the same register gives the same text."""
    return to_markdown(_page(value, language))


def render_html(value: WeekValue, language: Language) -> str:
    """Return the page as one HTML file that needs nothing beside itself."""
    return to_html(_page(value, language), language.code)


def first_page(value: WeekValue, language: Language) -> str:
    """Return what the meeting reads, at most 60 lines, as Markdown."""
    return to_markdown([*head(value, language), *meeting(value, language)])


def _page(value: WeekValue, language: Language) -> Iterator[Block]:
    yield from head(value, language)
    yield from meeting(value, language)
    yield from annex(value, language)
