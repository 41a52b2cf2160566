"""The chapter on every command, written from the program's own help."""

from collections.abc import Iterator
from typing import Any

from typer._click import Context
from typer.core import TyperGroup

from tracker.cli.command_index import COMMANDS
from tracker.cli.program import build_program
from tracker.language import Language

_HEADS = {
    "id": (
        "Setiap perintah",
        "Halaman ini ditulis oleh program dari bantuannya sendiri: "
        "`opd-tracker PERINTAH --help` menampilkan hal yang sama di terminal. "
        "Pilihan yang berlaku untuk semua perintah ditulis sebelum nama perintah.",
    ),
    "en": (
        "Every command",
        "The program writes this page from its own help: "
        "`opd-tracker COMMAND --help` shows the same in the terminal. "
        "Options of all commands stand before the command's name.",
    ),
}


def write_commands(language: Language) -> str:
    """Return the help of the program and of each of its commands as one chapter."""
    title, introduction = _HEADS[language.code]
    parts = [f"# {title}", introduction]
    program = Context(
        build_program(COMMANDS, language),
        info_name="opd-tracker",
        terminal_width=78,
    )
    for context in _walk(program):
        depth = context.command_path.count(" ")
        heading = context.command_path.removeprefix("opd-tracker ")
        parts.append(f"{'###' if depth > 1 else '##'} {heading}")
        help_text = context.command.get_help(context).rstrip()
        parts.append(f"```text\n{help_text}\n```")
    return "\n\n".join(parts) + "\n"


def _walk(context: Context) -> Iterator[Context]:
    """Yield a command's context and those of the commands beneath it."""
    yield context
    command: Any = context.command
    if isinstance(command, TyperGroup):
        for name, inner in command.commands.items():
            if not inner.hidden:
                yield from _walk(Context(inner, context, info_name=name))
