"""The forms of a published week: their texts, and the files that are made of them."""

from dataclasses import dataclass
from datetime import date

from tracker.language import N_, Language
from tracker.publish.annex import annex_text, annex_workbook
from tracker.publish.series import WeekCharts, charts_of
from tracker.publish.week_page import render_week_page
from tracker.register import Register
from tracker.snapshot.chat import render_chat
from tracker.snapshot.page import render
from tracker.snapshot.values import WeekValue


@dataclass(frozen=True)
class Form:
    """A form: the name under which its text is kept, and what its file is called.

    ``word`` is a msgid that stands in the file's name; the page itself has none.
    """

    key: str
    word: str
    suffix: str


PAGE = Form("page", "", ".md")
FIRST_PAGE = Form("first-page", N_("first-page"), ".md")
HTML = Form("html", "", ".html")
FIRST_PAGE_HTML = Form("first-page-html", N_("first-page"), ".html")
ANNEX = Form("annex", N_("annex"), ".xlsx")
CHAT = Form("chat", N_("message"), ".txt")

FORMS = (PAGE, FIRST_PAGE, HTML, FIRST_PAGE_HTML, ANNEX, CHAT)
"""Every form of a week, in the order in which they are written."""


def render_every_form(
    register: Register,
    value: WeekValue,
    today: date,
    language: Language,
) -> dict[str, str]:
    """Return the text of every form of a week by its key; the charts are drawn once."""
    charts = charts_of(register, value, today)
    return {
        form.key: render_form(form, register, value, today, language, charts)
        for form in FORMS
    }


def render_form(
    form: Form,
    register: Register,
    value: WeekValue,
    today: date,
    language: Language,
    charts: WeekCharts | None = None,
) -> str:
    """Return the text of one form of a week; of the annex, the data that its workbook is made of.

    ``charts`` are those of the week if they are drawn already.
    """
    if form in (PAGE, FIRST_PAGE):
        return render(value, language, first_page=form is FIRST_PAGE)
    if form is CHAT:
        return render_chat(value, language)
    if form is ANNEX:
        return annex_text(register, value, language)
    charts = charts or charts_of(register, value, today)
    first_page = form is FIRST_PAGE_HTML
    return render_week_page(value, charts, language, first_page=first_page)


def file_bytes(form: Form, text: str) -> bytes:
    """Return the file that is made of a form's text."""
    return annex_workbook(text) if form is ANNEX else text.encode()


def file_name(
    week: str,
    form: Form,
    language: Language,
    *,
    final: bool,
) -> str:
    """Return the name of a form's file, in the language of the page.

    A provisional page has another name than the final one, so that neither replaces the other.
    """
    words = [week]
    if form.word:
        words.append(language.text(form.word))
    if not final:
        words.append(language.text("provisional"))
    return "-".join(words) + form.suffix
