"""The commands by name, and what can be told of a command line before any of them is loaded."""

from collections.abc import Sequence
from typing import NamedTuple

COMMANDS = {
    "demo": "init",
    "init": "init",
    "opd": "opd",
    "service": "family",
    "move": "history",
    "verify": "history",
    "correct": "history",
    "withdraw": "history",
    "report": "report",
    "target": "target",
    "app": "app",
    "obstacle": "obstacle",
    "evaluation": "evaluation",
    "milestone": "milestone",
    "decision": "decision",
    "opening": "opening",
    "import": "exchange",
    "export": "exchange",
    "sheets": "exchange",
    "remind": "remind",
    "compare": "compare",
    "metrics": "metrics",
    "snapshot": "snapshot",
    "site": "site",
    "log": "log",
    "undo": "log",
    "redo": "log",
    "config": "config",
    "where": "config",
    "backup": "safety",
    "restore": "safety",
    "doctor": "safety",
    "help": "help",
}
"""Each command and the file of this folder that holds it, in the order in which help lists them."""

_WITH_VALUE = {"--db", "--lang", "--today", "--by"}


class Head(NamedTuple):
    """What stands before the command, and the first word of it: empty where there is none."""

    command: str
    language: str
    version: bool


def read_head(arguments: Sequence[str]) -> Head:
    """Read the options before the command, as far as the commands need not be known for it."""
    language, rest = "", list(arguments)
    while rest and rest[0].startswith("-"):
        option, equals, value = rest.pop(0).partition("=")
        if option == "--version" and not equals:
            return Head("", language, True)
        if option == "--help":
            return Head(option, language, False)
        if option in _WITH_VALUE and not equals:
            value = rest.pop(0) if rest else ""
        if option == "--lang":
            language = value
    return Head(rest[0] if rest else "", language, False)
