"""Every command and option that the documentation names exists."""

import re
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperGroup

from tracker.cli.command_index import COMMANDS
from tracker.cli.program import build_program
from tracker.language import load_language

ROOT = Path(__file__).parents[2]
FILES = [
    *ROOT.glob("README*.md"),
    *(
        path
        for path in (ROOT / "docs").glob("*/*.md")
        if path.stem not in ("perintah", "commands")
    ),
]
PROGRAM = build_program(COMMANDS, load_language("en"))
_NAMED = re.compile(r"(?<![\w/.-])opd-tracker((?: +[^\s`|·;&>]+)*)")
_OPTION = re.compile(r"--[a-z-]+")


def find_unknown(words: list[str]) -> list[str]:
    """Return what of a command line the program does not know: its commands and options."""
    item: Any = PROGRAM
    known = {name for param in item.params for name in param.opts}
    unknown = []
    skip_value = False
    for word in words:
        if skip_value:
            skip_value = False
        elif word.startswith("--"):
            option = _OPTION.match(word)
            if option and option[0] not in known | {"--help"}:
                unknown.append(word)
            skip_value = item is PROGRAM and word not in (
                "--version",
                "--help",
            )
        elif isinstance(item, TyperGroup) and re.fullmatch("[a-z]+", word):
            if word not in item.commands:
                return [*unknown, word]
            item = item.commands[word]
            known |= {name for param in item.params for name in param.opts}
    return unknown


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_command_and_option_named_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("--install-completion", "")
    wrong = {
        line: unknown
        for line in _NAMED.findall(text)
        if (unknown := find_unknown(line.split()))
    }
    assert not wrong


def test_what_does_not_exist_is_found() -> None:
    assert find_unknown(["mvoe", "x"]) == ["mvoe"]
    assert find_unknown(["move", "x", "--evidnce"]) == ["--evidnce"]
    assert find_unknown(["--db", "x.json", "opd", "list", "--all"]) == []
