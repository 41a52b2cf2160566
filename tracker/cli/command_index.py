"""The commands by name, and the start of a command line.

Importing a command takes longer than most commands run, so a run reads which one
it needs from here and imports that one alone.
"""

from collections.abc import Sequence
from typing import NamedTuple

COMMANDS = {
    "demo": "init",
    "init": "init",
    "opd": "opd",
    "kind": "kind",
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
    "member": "member",
    "import": "import_files",
    "merge": "merge",
    "export": "exporting",
    "catalogue": "catalogue",
    "sheets": "exporting",
    "remind": "remind",
    "compare": "compare",
    "collect": "collect",
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
    "server": "server",
    "help": "help",
}
"""Each command and its module in this folder, in the order of the help."""

_WITH_VALUE = {"--db", "--lang", "--today", "--by"}
_OF_ALL_COMMANDS = {"--help", "--install-completion", "--show-completion"}
"""Options that stand in a command's place, and need every command to be loaded."""


class Head(NamedTuple):
    """The options before the command, and its name (empty if none is given)."""

    command: str
    language: str
    version: bool


def read_head(arguments: Sequence[str]) -> Head:
    """Read the options before the command, without importing any command."""
    language, rest = "", list(arguments)
    while rest and rest[0].startswith("-"):
        option, equals, value = rest.pop(0).partition("=")
        if option == "--version" and not equals:
            return Head("", language, True)
        if option in _OF_ALL_COMMANDS:
            return Head(option, language, False)
        if option in _WITH_VALUE and not equals:
            value = rest.pop(0) if rest else ""
        if option == "--lang":
            language = value
    return Head(rest[0] if rest else "", language, False)
