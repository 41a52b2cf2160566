"""The program as one Typer application: its global options and its commands."""

from collections.abc import Collection
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Option

from tracker.cli.command_index import COMMANDS
from tracker.cli.session import session_of
from tracker.cli.typer_i18n import Group, translate_help
from tracker.language import LANGUAGES, N_, Language

if TYPE_CHECKING:
    from typer._click import Command


def build_program(names: Collection[str], language: Language) -> "Command":
    """Build the program with the commands named, its help in ``language``."""
    app = typer.Typer(
        cls=Group,
        invoke_without_command=True,
        rich_markup_mode=None,
        add_completion=len(names) > 1,
        help=N_(
            "How far a city's agencies have come on the way from the counter to the single door. "
            "Without a command the screens open.",
        ),
        epilog="opd-tracker demo\nopd-tracker init --city Bandung --portal Sadayana",
        callback=main_callback,
    )
    for module in dict.fromkeys(COMMANDS[name] for name in names):
        app.add_typer(import_module(f"tracker.cli.{module}").app)
    command = typer.main.get_command(app)
    translate_help(command, language)
    return command


def main_callback(
    ctx: typer.Context,
    db: Annotated[
        str,
        Option(
            "--db",
            metavar="PATH|URL",
            envvar="OPD_TRACKER_DB",
            help=N_(
                "The register: a file, or a server as postgresql://USER@HOST/DATABASE.",
            ),
        ),
    ] = "",
    lang: Annotated[
        str,
        Option(
            "--lang",
            metavar="id|en",
            envvar="OPD_TRACKER_LANG",
            help=N_("The language."),
        ),
    ] = "",
    today: Annotated[
        str,
        Option(
            "--today",
            metavar="YYYY-MM-DD",
            envvar="OPD_TRACKER_TODAY",
            help=N_("Read the register as if it were that day."),
        ),
    ] = "",
    by: Annotated[
        str,
        Option(
            "--by",
            metavar="NAME",
            envvar="OPD_TRACKER_BY",
            help=N_("Who is recorded as the one acting."),
        ),
    ] = "",
    version: Annotated[
        bool,
        Option("--version", help=N_("Print the version and exit.")),
    ] = False,
) -> Any:
    """Store the global options in the session; without a command open the screens."""
    session = session_of(ctx)
    if lang and lang not in LANGUAGES:
        message = session.language.text(
            "“{value}” is not a language: id or en.",
            value=lang,
        )
        raise typer.BadParameter(message, ctx=ctx)

    session.choose_register(db)
    session.given_by, session.given_today = by, today
    _ = version  # answered before any command is loaded
    if ctx.invoked_subcommand is None:
        from tracker.cli.init import open_program

        open_program(session)
