"""A terminal for tests: commands typed one after another on a register of their own."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tracker.cli.start import run_program


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


class Terminal:
    """Runs commands in this process, in English and as Rani, on Thursday of week 47 unless told otherwise."""

    def __init__(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder = folder
        self.db = folder / "register.json"
        self.today = "2026-11-19"
        self.by = "Rani"
        self.language = "en"
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Said:
        """Run a command and return what it said."""
        head = [
            "--db",
            str(self.db),
            "--lang",
            self.language,
            "--today",
            self.today,
            "--by",
            self.by,
        ]
        self._capsys.readouterr()
        code = run_program([*head, *arguments])
        out, err = self._capsys.readouterr()
        assert "Traceback" not in err
        return Said(code, out, err)

    def ok(self, *arguments: str) -> str:
        """Run a command that is done; return its result."""
        said = self(*arguments)
        assert said.code == 0, said.err or said.out
        return said.out

    def json(self, *arguments: str) -> Any:
        """Run a command with ``--json``; return what it printed, nothing else being printed."""
        return json.loads(self.ok(*arguments, "--json"))

    def refused(self, *arguments: str) -> str:
        """Run a command that the data refuse; return why, in a line or two."""
        said = self(*arguments)
        assert said.code == 1, said
        assert said.out == ""
        assert 1 <= len(said.err.splitlines()) <= 2
        return said.err

    def misused(self, *arguments: str) -> str:
        """Run a command that is put wrongly; return what is wrong with it."""
        said = self(*arguments)
        assert said.code == 2, said
        assert said.out == ""
        return said.err

    def number(
        self, service: str, table: str = "moves", place: int = -1
    ) -> str:
        """Return the number of one of a service's entries."""
        facts = [
            fact
            for fact in self.json("service", "show", service)["facts"]
            if fact["table"] == table
        ]
        return str(int(facts[place]["id"].rsplit("-", 1)[1]))
