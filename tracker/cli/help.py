"""``help``: the chapters of the documentation, in the terminal."""

import os
import shutil
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument

from tracker.cli.command_index import COMMANDS
from tracker.cli.session import session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.errors import UsageError
from tracker.fixed_name import read_fixed_name
from tracker.language import N_

if TYPE_CHECKING:
    from tracker.language import Language

app = create_group()
_WIDEST = 100
"""Columns beyond which lines of text are tiring to read."""


@command(
    app,
    "help",
    N_("Read the documentation; without a topic, list its chapters."),
    "opd-tracker help\nopd-tracker help first-day",
)
def show_help(
    ctx: typer.Context,
    topic: Annotated[
        str,
        Argument(
            metavar="[TOPIC]",
            help=N_("A chapter: its name, or a part of its name or title."),
        ),
    ] = "",
) -> None:
    """Print the list of chapters, or one chapter."""
    from tracker.handbook import find_chapter, read_chapter, replace_links

    language = session_of(ctx).language
    if not topic:
        _print_contents(language)
        return
    try:
        chapter = find_chapter(topic, language.code)
    except UsageError:
        if topic not in COMMANDS:
            raise
        raise UsageError(
            "“{name}” is a command: opd-tracker {name} --help explains it.",
            name=topic,
        ) from None
    _print_markdown(replace_links(read_chapter(chapter, language.code)))


def _print_contents(language: "Language") -> None:
    from tracker.handbook import CHAPTERS, read_title

    names = [chapter.name(language.code) for chapter in CHAPTERS]
    width = max(map(len, names))
    for chapter, name in zip(CHAPTERS, names, strict=True):
        print(f"{name:<{width}}  {read_title(chapter, language.code)}")
    print()
    print(language.text("opd-tracker help NAME shows a chapter."))


def _print_markdown(text: str) -> None:
    """Print Markdown; through ``less`` if there is a terminal and ``less`` is installed."""
    from rich.console import Console
    from rich.markdown import Markdown

    columns = shutil.get_terminal_size().columns
    console = Console(file=sys.stdout, width=min(columns, _WIDEST))
    page = Markdown(text, hyperlinks=False)
    if not _has_pager():
        console.print(page)
        return
    # R lets colours through, F leaves at once where all fits, X keeps the text.
    os.environ.setdefault("LESS", "-RFX")
    with console.pager(styles=True):
        console.print(page)


def _has_pager() -> bool:
    if read_fixed_name():
        return False
    pager = os.environ.get("PAGER", "less").split()[:1]
    is_less = pager == ["less"] and shutil.which("less") is not None
    return is_less and sys.stdin.isatty() and sys.stdout.isatty()
