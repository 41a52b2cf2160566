"""The forms in which a week is published, as the texts that are kept with its snapshot."""

import msgspec

from tracker.language import Language
from tracker.snapshot.page import render
from tracker.snapshot.values import WeekValue

FIGURES = "figures"
"""The form that holds every figure: what ``metrics --json`` printed of that week."""

PAGE, FIRST_PAGE = "page", "first-page"
"""The forms that hold the whole page and its first page alone, as Markdown."""


def render_forms(value: WeekValue, language: Language) -> dict[str, str]:
    """Return the text of every form that is kept of a published week, by the form's name."""
    return {
        FIGURES: msgspec.json.encode(value.figures).decode(),
        PAGE: render(value, language),
        FIRST_PAGE: render(value, language, first_page=True),
    }
