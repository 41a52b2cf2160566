"""A copy of the program that a test alters, to prove what an addition touches."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]

DRIVER = """
import contextlib, io, json, sys
from tracker.cli.start import run_program
for line in sys.stdin:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run_program(json.loads(line))
    print(json.dumps([code, out.getvalue(), err.getvalue()]), flush=True)
"""
"""Runs commands in one process, since starting one for each takes most of the time."""


@dataclass
class AlteredProgram:
    """The program in a folder of its own, with the files that were changed in it."""

    folder: Path
    changed: set[str] = field(default_factory=set)

    @classmethod
    def copy_to(cls, folder: Path) -> "AlteredProgram":
        """Copy the program as it is."""
        ignored = shutil.ignore_patterns("__pycache__")
        for name in ("tracker", "screens", "data"):
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        return cls(folder)

    def add_file(self, path: str, text: str) -> None:
        """Add a file."""
        self.changed.add(path)
        (self.folder / path).write_text(text, encoding="utf-8")

    def insert_before(self, path: str, mark: str, text: str) -> None:
        """Insert text into a file before the first place where it says ``mark``."""
        self.changed.add(path)
        whole = (self.folder / path).read_text(encoding="utf-8")
        assert mark in whole, f"{path} does not say {mark!r}"
        before, after = whole.split(mark, 1)
        (self.folder / path).write_text(
            before + text + mark + after, encoding="utf-8"
        )

    def run(self, *arguments: str) -> str:
        """Run a command on the copy's own register and return what it prints."""
        code, out, err = self._run_command(*arguments)
        assert code == 0, err + out
        return out

    def run_rejected(self, *arguments: str) -> str:
        """Run a command that is rejected, and return why."""
        code, out, err = self._run_command(*arguments)
        assert code == 1, err + out
        return err

    def run_code(self, code: str) -> str:
        """Run code in the copy, in reach of the tests' helpers, and return what it prints."""
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=False,
            env=self._environment,
            cwd=self.folder,
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def close(self) -> None:
        """End the process that runs the commands."""
        self._driver.communicate(timeout=60)

    @property
    def _environment(self) -> dict[str, str]:
        path = os.pathsep.join((str(self.folder), str(ROOT)))
        return {**os.environ, "PYTHONPATH": path}

    @cached_property
    def _driver(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", DRIVER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=self._environment,
            cwd=self.folder,
        )

    def _run_command(self, *arguments: str) -> tuple[int, str, str]:
        head = ["--db", str(self.folder / "register.json"), "--lang", "en"]
        stdin, stdout = self._driver.stdin, self._driver.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps([*head, *arguments]) + "\n")
        stdin.flush()
        code, out, err = json.loads(stdout.readline())
        return code, out, err
