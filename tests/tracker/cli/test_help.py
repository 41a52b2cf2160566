"""Help: of every command, in both languages, with an example that works."""

import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from typer.core import TyperGroup

from tests.tracker.cli.terminal import Terminal
from tracker.cli.command_index import COMMANDS, read_head
from tracker.cli.program import build_program
from tracker.cli.session import Session
from tracker.language import Language, load_language


def commands(
    item: Any, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(item, TyperGroup):
        for name, inner in item.commands.items():
            yield from commands(inner, (*path, name))
    else:
        yield path, item


PROGRAM = build_program(COMMANDS, load_language("en"))
EVERY = [" ".join(path) for path, _ in commands(PROGRAM)]
IN_INDONESIAN = build_program(COMMANDS, load_language("id"))
EXAMPLES = dict.fromkeys(
    line
    for program in (PROGRAM, IN_INDONESIAN)
    for _, item in commands(program)
    for line in item.epilog.splitlines()
)
ALIKE = re.compile(r"OPD…?|N|TAG|URL|PATH\|URL|W\d|\d{4}-W\d\d|[a-z|…]+")
"""Names of values that Indonesian has too, and words that the program knows in one language alone."""


def test_the_names_of_values_are_indonesian() -> None:
    english, indonesian = (
        {
            (path, param.name): str(param.metavar)
            for path, item in commands(program)
            for param in item.params
            if param.metavar
        }
        for program in (PROGRAM, IN_INDONESIAN)
    )
    alike = {name for key, name in english.items() if indonesian[key] == name}
    assert not [name for name in alike if not ALIKE.fullmatch(name)]
    stages = {one for one in english.values() if "integrated" in one}
    assert stages
    assert not stages & alike


def test_the_commands_are_those_that_were_promised() -> None:
    assert set(EVERY) >= {
        *(
            "demo",
            "init",
            "move",
            "verify",
            "correct",
            "withdraw",
            "report",
            "import",
            "export",
            "metrics",
        ),
        *(
            "sheets",
            "compare",
            "log",
            "undo",
            "redo",
            "config get",
            "config set",
            "where",
            "backup",
        ),
        *(
            "restore",
            "doctor",
            "snapshot take",
            "snapshot list",
            "snapshot show",
            "snapshot diff",
        ),
        *(f"opd {verb}" for verb in ("add", "edit", "list", "merge", "retire")),
        *(
            f"service {verb}"
            for verb in (
                "add",
                "edit",
                "list",
                "show",
                "transfer",
                "retire",
                "reopen",
            )
        ),
        *(f"target {verb}" for verb in ("set", "clear", "list")),
        *(
            f"app {verb}"
            for verb in ("add", "edit", "list", "integrate", "retire")
        ),
        *(f"obstacle {verb}" for verb in ("add", "resolve", "list")),
        *(
            "evaluation add",
            "evaluation list",
            "milestone add",
            "milestone list",
        ),
    }


def test_a_command_is_found_in_the_file_that_is_named_for_it() -> None:
    for name in COMMANDS:
        found = build_program([name], load_language("en"))
        assert isinstance(found, TyperGroup)
        assert name in found.commands


@pytest.mark.parametrize("command", ["", *EVERY])
def test_each_has_help_with_an_example(
    terminal: Terminal, command: str
) -> None:
    out = terminal.ok(*command.split(), "--help")
    assert out.startswith(f"Usage: opd-tracker {command}".rstrip())
    assert "\nExample:\n  opd-tracker" in out
    assert "  --help" in out


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_is_put_rightly(example: str) -> None:
    name, *arguments = shlex.split(example)
    assert name == "opd-tracker"
    item: Any = PROGRAM
    while isinstance(item, TyperGroup):
        item = item.commands[arguments.pop(0)]
    assert item.make_context(example, list(arguments)).params is not None


def test_every_option_and_argument_is_explained() -> None:
    for path, item in commands(PROGRAM):
        for param in item.params:
            assert param.help, f"{' '.join(path)}: {param.name}"
            assert not getattr(param, "prompt", None)


def test_help_is_in_the_language_asked_for(terminal: Terminal) -> None:
    terminal.language = "id"
    indonesian = load_language("id")
    out = terminal.ok("move", "--help")
    assert indonesian.text("Usage:") in out
    assert indonesian.text("Show this message and exit.").split()[0] in out
    assert indonesian.text("Options") in out


class Loud(Language):
    """A language in which everything is in capitals."""

    def text(self, msgid: str, /, **values: Any) -> str:
        return super().text(msgid, **values).upper()


def test_nothing_of_help_stays_in_another_language(
    capsys: pytest.CaptureFixture[str],
) -> None:
    program = build_program(COMMANDS, Loud("en"))
    for path, _ in commands(program):
        program.main(
            [*path, "--help"],
            "x",
            standalone_mode=False,
            obj=Session(load_language("en")),
        )
        text = capsys.readouterr().out.partition("EXAMPLE")[0]
        said = [
            word for word in text.split() if word.isalpha() and len(word) > 2
        ]
        assert [
            word for word in said if word.islower() and word not in path
        ] == []


@pytest.mark.parametrize(
    ("arguments", "command", "language", "version"),
    [
        ([], "", "", False),
        (["--lang", "en", "move"], "move", "en", False),
        (["--lang=en", "--db", "move", "opd"], "opd", "en", False),
        (["--db", "x", "--version"], "", "", True),
        (["--lang"], "", "", False),
        (["move", "--lang", "en", "--version"], "move", "", False),
        (["--help"], "--help", "", False),
    ],
)
def test_what_stands_before_the_command(
    arguments: list[str], command: str, language: str, version: bool
) -> None:
    assert read_head(arguments) == (command, language, version)
