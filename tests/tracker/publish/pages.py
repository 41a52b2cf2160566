"""The page of a week, straight from a register."""

from datetime import date

from tracker.language import Language
from tracker.publish.series import charts_of
from tracker.publish.week_page import render_week_page
from tracker.register import Register
from tracker.snapshot.week import read_week
from tracker.week import Week


def render_html(
    register: Register,
    week: Week,
    today: date,
    language: Language,
    *,
    first_page: bool = False,
) -> str:
    """Return the page of ``week`` from the register; a running week is read as of ``today``."""
    value = read_week(register, week, today)
    charts = charts_of(register, value, today)
    return render_week_page(value, charts, language, first_page=first_page)
