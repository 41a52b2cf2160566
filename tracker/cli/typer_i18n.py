"""What every command shares: Typer's frame, its help and its complaints in the user's language."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import Typer

from tracker.errors import UsageError
from tracker.language import N_, Language, load_language

if TYPE_CHECKING:
    from typer._click import Command as AnyCommand
    from typer._click import Context, HelpFormatter, Parameter

F = TypeVar("F", bound=Callable[..., Any])
PIPE_CLOSED = 141
"""The exit code that a shell knows from programs whose reader has gone."""


class LocalizedHelp:
    """Help with its headings in the language of the user, and examples printed as they are typed."""

    language: Language = load_language("en")

    def format_usage(
        self: Any, ctx: "Context", formatter: "HelpFormatter"
    ) -> None:
        """Write the line that shows how the command is put together."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(
            ctx.command_path, pieces, prefix=self.language.text("Usage:") + " "
        )

    def format_options(
        self: Any, ctx: "Context", formatter: "HelpFormatter"
    ) -> None:
        """Write arguments, options and, in a group, its commands."""
        rows: dict[str, list[tuple[str, str]]] = {
            N_("Arguments"): [],
            N_("Options"): [],
        }
        for param in self.get_params(ctx):
            record = self._help_record(ctx, param)
            if record is not None:
                rows[
                    "Arguments"
                    if param.param_type_name == "argument"
                    else "Options"
                ].append(record)
        if isinstance(self, TyperGroup):
            rows[N_("Commands")] = [
                (name, inner.help or "")
                for name, inner in self.commands.items()
                if not inner.hidden
            ]
        for title, records in rows.items():
            if records:
                with formatter.section(self.language.text(title)):
                    formatter.write_dl(records)

    def _help_record(
        self: Any, ctx: "Context", param: "Parameter"
    ) -> tuple[str, str] | None:
        record = param.get_help_record(ctx)
        if record is None:
            return None
        told = getattr(param, "help", None) or ""
        if isinstance(param.envvar, str):
            told += " " + self.language.text(
                "[variable: {name}]", name=param.envvar
            )
        if param.required:
            told += " " + self.language.text("[required]")
        return record[0], told.strip()

    def format_epilog(
        self: Any, ctx: "Context", formatter: "HelpFormatter"
    ) -> None:
        """Write the example, line by line as it is typed."""
        if self.epilog:
            with formatter.section(self.language.text("Example")):
                for line in self.epilog.splitlines():
                    formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


class Command(LocalizedHelp, TyperCommand):
    """A command of the program."""

    def invoke(self, ctx: "Context") -> Any:
        """Run the command; a value that it cannot read is a wrong usage of this command."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            raise typer.BadParameter(
                self.language.say(error), ctx=ctx
            ) from error


class Group(LocalizedHelp, TyperGroup):
    """A noun with its commands, or the program with all of them."""

    def invoke(self, ctx: "Context") -> Any:
        """Run the command meant; a reader of its results that has gone away ends it quietly."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise typer.Exit(PIPE_CLOSED) from error


def create_group(name: str | None = None, help: str = "") -> Typer:
    """Make the place for a noun's commands; without a name they stand beside the nouns."""
    return Typer(
        name=name,
        help=help,
        cls=Group,
        rich_markup_mode=None,
        add_completion=False,
    )


def command(app: Typer, name: str, help: str, example: str) -> Callable[[F], F]:
    """Make a function a command called ``name``, its help a msgid, with an example of its use."""
    return app.command(name, cls=Command, help=help, epilog=example)


def translate_help(root: "AnyCommand", language: Language) -> None:
    """Put every text of the command and those beneath it into a language."""
    for item in _commands_beneath(root):
        item.language = language
        item.help = language.text(item.help or "")
        item.options_metavar = language.text("[OPTIONS]")
        if isinstance(item, TyperGroup):
            item.subcommand_metavar = language.text("COMMAND [ARGS]...")
        for param in (*item.params, _help_option(item)):
            if getattr(param, "help", None):
                param.help = language.text(param.help)
            if param.metavar:
                param.metavar = language.text(param.metavar)


def _commands_beneath(root: Any) -> Iterator[Any]:
    yield root
    if isinstance(root, TyperGroup):
        for inner in root.commands.values():
            yield from _commands_beneath(inner)


def _help_option(item: Any) -> Any:
    from typer._click import Context

    return item.get_help_option(Context(item))


_TYPERS_WORDS = (
    N_("Show this message and exit."),
    N_("Install completion for the current shell."),
    N_(
        "Show completion for the current shell, to copy it or customize the installation."
    ),
)

_METAVARS = (
    N_("APP"),
    N_("CODE"),
    N_("DATE"),
    N_("DEST"),
    N_("[DEST]"),
    N_("DIR"),
    N_("FACT"),
    N_("FIELD=VALUE"),
    N_("FILE"),
    N_("FILE…"),
    N_("INSTRUMENT"),
    N_("KIND"),
    N_("NAME"),
    N_("[NAME]"),
    N_("NAME|FILE"),
    N_("NEW"),
    N_("NUMBER…"),
    N_("OLD"),
    N_("PATH"),
    N_("SERVICE"),
    N_("SERVICE…"),
    N_("[SERVICE…]"),
    N_("STAGE"),
    N_("TEXT"),
    N_("[TOPIC]"),
    N_("TZ"),
    N_("VALUE"),
    N_("YEAR"),
    N_("YYYY-MM-DD"),
)
"""What stands for values in the lines of usage."""

_COMPLAINTS = [
    (
        r"No such option: (?P<name>\S+)(?: .*)?",
        N_("There is no option {name}."),
    ),
    (
        r"No such command '(?P<name>.*?)'\.?",
        N_("There is no command “{name}”."),
    ),
    (
        r"No such command '(?P<name>.*?)'\. Did you mean (?P<near>.*)\?",
        N_("There is no command “{name}”. Did you mean {near}?"),
    ),
    (r"Missing command\.", N_("A command is missing.")),
    (r"Missing argument '(?P<name>.*)'\.", N_("{name} is missing.")),
    (r"Missing option '(?P<name>.*)'\.", N_("The option {name} is missing.")),
    (
        r"Option '(?P<name>.*)' requires an argument\.",
        N_("The option {name} needs a value."),
    ),
    (
        r"Option '(?P<name>.*)' does not take a value\.",
        N_("The option {name} takes no value."),
    ),
    (
        r"Got unexpected extra argument\(s\) \((?P<name>.*)\)",
        N_("Too much was given: {name}"),
    ),
    (
        r"Invalid value for '(?P<name>.*?)': '(?P<value>.*)' is not a valid (?:integer|float)\.",
        N_("{name}: “{value}” is not a number that fits."),
    ),
    (
        r"Invalid value for '(?P<name>.*?)': (?P<reason>.*)",
        N_("{name}: {reason}"),
    ),
    (r"Invalid value: (?P<reason>.*)", "{reason}"),
]


def translate_complaint(message: str, language: Language) -> str:
    """Say in the user's language what Typer has to complain of; as Typer says it where unknown."""
    for pattern, msgid in _COMPLAINTS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return language.text(msgid, **found.groupdict())
    return message
