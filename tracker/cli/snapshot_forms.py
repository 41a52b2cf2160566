"""The forms of a week: chosen by options, printed, written as files."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Option

from tracker.cli.pages import print_written
from tracker.cli.session import Session
from tracker.errors import UsageError
from tracker.language import N_

if TYPE_CHECKING:
    from tracker.publish.forms import Form
    from tracker.publish.writing import WeekForms
    from tracker.week import Week

FirstPage = Annotated[
    bool,
    Option(
        "--first-page",
        help=N_("Only the page for the meeting, without the annex."),
    ),
]
Html = Annotated[
    bool,
    Option(
        "--html",
        help=N_("As HTML, for the phone, the projector and paper."),
    ),
]
Annex = Annotated[
    bool,
    Option(
        "--annex",
        help=N_("The annex as a workbook: a row a service, to filter."),
    ),
]
Chat = Annotated[
    bool,
    Option(
        "--chat",
        help=N_("As a message for a chat, at most 900 characters."),
    ),
]


def annex_form() -> "Form":
    """Return the form of the annex."""
    from tracker.publish.forms import ANNEX

    return ANNEX


def printed_form(
    first_page: bool,
    html: bool,
    annex: bool,
    chat: bool,
) -> "Form":
    """Return the form to print; ``UsageError`` if these options do not fit."""
    from tracker.publish.forms import (
        CHAT,
        FIRST_PAGE,
        FIRST_PAGE_HTML,
        HTML,
        PAGE,
    )

    if annex:
        raise UsageError(
            "--annex is a workbook and cannot be printed: give --out DIR.",
        )
    if chat and (html or first_page):
        raise UsageError("--chat is a form of its own: it goes with no other.")
    if chat:
        return CHAT
    if html:
        return FIRST_PAGE_HTML if first_page else HTML
    return FIRST_PAGE if first_page else PAGE


def written_forms(
    first_page: bool,
    html: bool,
    annex: bool,
    chat: bool,
) -> "list[Form]":
    """Return the forms to write as files: the page, and those asked for."""
    from tracker.publish.forms import (
        ANNEX,
        CHAT,
        FIRST_PAGE,
        FIRST_PAGE_HTML,
        HTML,
        PAGE,
    )

    forms = [FIRST_PAGE if first_page else PAGE]
    if html:
        forms.append(FIRST_PAGE_HTML if first_page else HTML)
    if annex:
        forms.append(ANNEX)
    if chat:
        forms.append(CHAT)
    return forms


def forms_of(session: Session) -> "WeekForms":
    """Return the forms of the weeks of the session's register."""
    from tracker.publish.writing import WeekForms

    return WeekForms(
        session.register,
        session.today,
        session.language,
        session.store.page,
    )


def published_or_now(session: Session, week: "Week", form: "Form") -> str:
    """Return a form as it was published.

    If its text was not kept, it is computed as of today, and standard error says so.
    """
    forms = forms_of(session)
    text = forms.published(week, form)
    if text is not None:
        return text
    notice = N_(
        "The text of {week} was not kept when it was published: this is its page as computed today.",
    )
    print(session.language.text(notice, week=str(week)), file=sys.stderr)
    return forms.render(week, form)


def write_forms(
    session: Session,
    week: "Week",
    folder: Path,
    forms: "Sequence[Form]",
) -> None:
    """Write forms of a week as files and print their paths."""
    language, source = session.language, forms_of(session)
    final = source.is_final(week)
    state = language.text("final") if final else language.text("provisional")
    print_written(source.write(folder, week, forms), language, state)
