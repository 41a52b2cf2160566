"""Where the pages of a site are, and how one leads to another."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.language import Language
from tracker.model import OPD
from tracker.publish.forms import HTML, file_name
from tracker.publish.templating import render_template
from tracker.text import is_code

INDEX = "index.html"
CITIES = "kota-lain.html"
OPDS = "opd"
"""The folder of the OPDs' pages."""


@dataclass(frozen=True)
class Link:
    """A way to a page: where it is, seen from the page that it stands on, and its words."""

    href: str
    words: str


def opd_file(opd: OPD) -> str:
    """Return where the page of an OPD is, whatever its code holds."""
    return f"{OPDS}/{opd.code if is_code(opd.code) else opd.id}.html"


def week_file(week: str, language: Language, *, final: bool) -> str:
    """Return where the page of a week is."""
    return file_name(week, HTML, language, final=final)


def with_links(
    page: str,
    links: Sequence[Link],
    language: Language,
    note: str = "",
) -> str:
    """Return a published page with links and a note above it; nothing else in it changes."""
    bar = render_template("links.html.j2", language, links=links, note=note)
    return page.replace("<body>\n", f"<body>\n{bar}\n", 1)
