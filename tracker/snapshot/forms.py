"""The forms in which a week is published, as the texts that are kept with its snapshot."""

from datetime import date

import msgspec

from tracker.language import Language
from tracker.metrics.later import work_out
from tracker.register import Register
from tracker.snapshot.values import WeekValue

FIGURES = "figures"
"""The form that holds every figure: what ``metrics --json`` printed of that week."""

PAGE, FIRST_PAGE = "page", "first-page"
"""The forms that hold the whole page and its first page alone, as Markdown."""


def render_forms(
    register: Register,
    value: WeekValue,
    today: date,
    language: Language,
) -> dict[str, str]:
    """Return the text of every form that is kept of a published week, by the form's name."""
    from tracker.publish.forms import render_every_form

    kept = msgspec.json.encode(value.figures, enc_hook=work_out)
    figures = {FIGURES: kept.decode()}
    return figures | render_every_form(register, value, today, language)
