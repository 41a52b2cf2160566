"""Typer's commands, with help and error messages in the user's language."""

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
"""Exit code if the reader of the output is gone: 128 plus the number of SIGPIPE."""


class LocalizedHelp:
    """Help in the user's language, with examples printed line by line."""

    language: Language = load_language("en")

    def format_usage(
        self: Any,
        ctx: "Context",
        formatter: "HelpFormatter",
    ) -> None:
        """Write the line of usage."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(
            ctx.command_path,
            pieces,
            prefix=self.language.text("Usage:") + " ",
        )

    def format_options(
        self: Any,
        ctx: "Context",
        formatter: "HelpFormatter",
    ) -> None:
        """Write arguments, options and, in a group, its commands."""
        arguments: list[tuple[str, str]] = []
        options: list[tuple[str, str]] = []
        for param in self.get_params(ctx):
            record = self._help_record(ctx, param)
            if record is not None:
                is_argument = param.param_type_name == "argument"
                (arguments if is_argument else options).append(record)

        rows = {N_("Arguments"): arguments, N_("Options"): options}
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
        self: Any,
        ctx: "Context",
        param: "Parameter",
    ) -> tuple[str, str] | None:
        record = param.get_help_record(ctx)
        if record is None:
            return None

        help = getattr(param, "help", None) or ""
        if isinstance(param.envvar, str):
            help += " " + self.language.text(
                "[variable: {name}]",
                name=param.envvar,
            )
        if param.required:
            help += " " + self.language.text("[required]")
        return record[0], help.strip()

    def format_epilog(
        self: Any,
        ctx: "Context",
        formatter: "HelpFormatter",
    ) -> None:
        """Write the examples, each on a line of its own."""
        if self.epilog:
            with formatter.section(self.language.text("Example")):
                for line in self.epilog.splitlines():
                    formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


class Command(LocalizedHelp, TyperCommand):
    """A command of the program."""

    def invoke(self, ctx: "Context") -> Any:
        """Run the command; a ``UsageError`` shows the usage of this command."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            raise typer.BadParameter(
                self.language.say(error),
                ctx=ctx,
            ) from error


class Group(LocalizedHelp, TyperGroup):
    """A noun with its commands, or the program with all of them."""

    def invoke(self, ctx: "Context") -> Any:
        """Run the command; end quietly if the reader of its output is gone."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise typer.Exit(PIPE_CLOSED) from error


def create_group(name: str | None = None, help: str = "") -> Typer:
    """Create a group for commands, called ``name``.

    Commands of a group without a name are commands of the program itself.
    """
    return Typer(
        name=name,
        help=help,
        cls=Group,
        rich_markup_mode=None,
        add_completion=False,
    )


def command(
    app: Typer,
    name: str,
    help: str,
    example: str,
) -> Callable[[F], F]:
    """Register a function as a command called ``name``; ``help`` is a msgid."""
    return app.command(name, cls=Command, help=help, epilog=example)


def translate_help(root: "AnyCommand", language: Language) -> None:
    """Translate the help of a command and of all commands below it."""
    from typer._click import Context

    for item in _walk_commands(root):
        item.language = language
        item.help = language.text(item.help or "")
        item.epilog = language.text(item.epilog or "")
        item.options_metavar = language.text("[OPTIONS]")
        if isinstance(item, TyperGroup):
            item.subcommand_metavar = language.text("COMMAND [ARGS]...")
        help_option = item.get_help_option(Context(item))
        for param in (*item.params, help_option):
            if getattr(param, "help", None):
                param.help = language.text(param.help)
            if param.metavar:
                param.metavar = language.text(param.metavar)


def _walk_commands(root: Any) -> Iterator[Any]:
    yield root
    if isinstance(root, TyperGroup):
        for inner in root.commands.values():
            yield from _walk_commands(inner)


# Typer's own texts and messages, to have them in the catalogue.
_TYPERS_WORDS = (
    N_("Show this message and exit."),
    N_("Install completion for the current shell."),
    N_(
        "Show completion for the current shell, to copy it or customize the installation.",
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
    N_("[FILE…]"),
    N_("OURS=THEIRS"),
    N_("[FILE…|FOLDER]"),
    N_("INSTRUMENT"),
    N_("KEY"),
    N_("KIND"),
    N_("NAME"),
    N_("[NAME]"),
    N_("NAME|FILE"),
    N_("NEW"),
    N_("NEW=KNOWN"),
    N_("NUMBER"),
    N_("NUMBER|KEY"),
    N_("NUMBER…"),
    N_("OLD"),
    N_("PATH"),
    N_("ROLE"),
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
"""The names of values in lines of usage."""

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
    """Translate an error message of Typer; an unknown one is returned as it is."""
    for pattern, msgid in _COMPLAINTS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return language.text(msgid, **found.groupdict())
    return message
