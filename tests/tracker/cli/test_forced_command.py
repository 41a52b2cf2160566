"""The forced command of the chapter on several people: it starts the program and nothing else."""

import json
import os
import pty
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.models import TyperPath

from tests.depth import one_in
from tests.tracker.builder import Builder
from tracker.cli.command_index import COMMANDS
from tracker.cli.program import build_program
from tracker.language import load_language
from tracker.store.file import FileStore

ROOT = Path(__file__).parents[3]
CHAPTERS = ("docs/en/several-people.md", "docs/id/beberapa-orang.md")
PROGRAM = f'exec {sys.executable} {ROOT / "tracker.py"} --lang en "$@"'


def read_script(chapter: str) -> str:
    """Return the script that the chapter shows."""
    text = (ROOT / chapter).read_text(encoding="utf-8")
    (script,) = re.findall(r"```python\n(#!.*?)```", text, re.DOTALL)
    return str(script)


@dataclass
class Account:
    """An account to which keys with a forced command lead."""

    folder: Path
    door: Path

    @property
    def register(self) -> Path:
        return self.folder / "tracker.json"

    def come(
        self, asked: str | None, name: str = "Budi", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Do what the SSH server does for a key: hand the line of its command to a shell."""
        command = f"{shlex.quote(str(self.door))} {shlex.quote(name)}"
        given = {} if asked is None else {"SSH_ORIGINAL_COMMAND": asked}
        return subprocess.run(
            ["sh", "-c", command],
            env={"PATH": os.environ["PATH"], **variables, **given},
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def log(self) -> list[dict[str, Any]]:
        said = self.come("log --json --last 100")
        assert said.returncode == 0, said.stderr
        entries: list[dict[str, Any]] = json.loads(said.stdout)
        return entries


@pytest.fixture
def account(tmp_path: Path) -> Account:
    program, door = tmp_path / "program", tmp_path / "door"
    program.write_text(f"#!/bin/sh\n{PROGRAM}\n")
    script = read_script(CHAPTERS[0])
    for usual, here in (
        ("/usr/bin/python3", sys.executable),
        ("/usr/local/bin/opd-tracker", str(program)),
        ("/srv/opd/tracker.json", str(tmp_path / "tracker.json")),
        ("/srv/opd/people", str(tmp_path / "people")),
    ):
        assert script.count(usual) == 1
        script = script.replace(usual, here)
    door.write_text(script)
    for file in (program, door):
        file.chmod(0o755)
    found = Account(tmp_path, door)
    city = Builder()
    city.opd("dinkes")
    city.service("dinkes-hiv", "dinkes", "2026-01-05")
    FileStore.create(found.register, city.register)
    return found


def test_both_languages_show_the_same_script() -> None:
    first, second = map(read_script, CHAPTERS)
    assert first == second


def test_a_command_reaches_the_program_word_by_word(account: Account) -> None:
    name = "Rekom \"SIP\"; $(id) `id` * \\ 'x'"
    edit = ["service", "edit", "dinkes-hiv", "--owner", name]
    said = account.come(shlex.join(edit))
    assert said.returncode == 0, said.stderr
    shown = account.come("service show dinkes-hiv --json")
    assert json.loads(shown.stdout)["owner"] == name
    assert account.log()[0]["by"] == "Budi"


HOSTILE: tuple[Callable[[Path], str], ...] = (
    lambda out: f"log; touch {out}",
    lambda out: f"log\ntouch {out}",
    lambda out: f"log && touch {out}",
    lambda out: f"log | tee {out}",
    lambda out: f"log > {out}",
    lambda out: f"log $(touch {out})",
    lambda out: f"log `touch {out}`",
    lambda out: f"touch {out}",
    lambda out: f"sh -c 'touch {out}'",
    lambda out: f"'log; touch {out}'",
    lambda out: f"export {out}",
    lambda out: f"backup {out}",
    lambda out: f"--db {out} demo --keep {out}",
    lambda out: f"--db={out} log",
    lambda out: f"log --db {out}",
    lambda out: f"log --db={out}",
    lambda out: f"-- export {out}",
    lambda out: f"log -- export {out}",
    lambda out: f"'' export {out}",
    lambda out: f"log ' touch {out}",
    lambda out: "/usr/lib/openssh/sftp-server",
    lambda out: f"scp -t {out}",
)


@pytest.mark.parametrize(
    "ask", one_in(4, HOSTILE), ids=lambda ask: ask(Path("OUT"))
)
def test_nothing_else_is_started_and_no_other_file_touched(
    account: Account, ask: Callable[[Path], str]
) -> None:
    before = account.register.read_bytes()
    out = account.folder / "out"
    said = account.come(ask(out))
    assert said.returncode != 0
    assert "Traceback" not in said.stderr
    assert not out.exists()
    assert account.register.read_bytes() == before


def test_nobody_becomes_another_or_reaches_another_register(
    account: Account,
) -> None:
    other = account.folder / "other.json"
    other.write_bytes(account.register.read_bytes())
    for asked in (
        "--by Sari report dinkes",
        "report dinkes --by Sari",
        "OPD_TRACKER_USER=Sari report dinkes",
    ):
        assert account.come(asked).returncode != 0
    said = account.come(
        "service edit dinkes-hiv --owner Lain",
        OPD_TRACKER_DB=str(other),
        OPD_TRACKER_USER="Sari",
        OPD_TRACKER_BY="Sari",
        PYTHONPATH="/tmp",
    )
    assert said.returncode == 0, said.stderr
    assert other.read_bytes() != account.register.read_bytes()
    assert account.log()[0]["by"] == "Budi"


def test_where_name_and_register_are_fixed_no_option_names_another(
    account: Account,
) -> None:
    # A line that hands on every word, against the chapter's advice.
    program = shlex.quote(str(account.folder / "program"))
    account.door.write_text(f"#!/bin/sh\n{program} $SSH_ORIGINAL_COMMAND\n")
    other = account.folder / "other.json"
    other.write_bytes(account.register.read_bytes())
    fixed = {
        "OPD_TRACKER_USER": "Budi",
        "OPD_TRACKER_DB": str(account.register),
    }
    for asked in (
        f"--db {other} undo",
        f"--db={other} log",
        f"--db {account.register}/../other.json log",
        "--db postgresql://budi@127.0.0.1:1/opd log",
    ):
        said = account.come(asked, **fixed)
        assert said.returncode == 2
        assert "leave out --db" in said.stderr
    for asked in ("log", f"--db {account.register} log"):
        assert account.come(asked, **fixed).returncode == 0


def test_nobody_s_settings_take_away_the_backups_of_all(
    account: Account,
) -> None:
    backups = account.folder / "tracker.json.backups"
    backups.mkdir()
    for day in range(1, 29):
        kept = backups / f"2026-09-{day:02}_080000_day.json"
        kept.write_bytes(account.register.read_bytes())
    settings = account.folder / "people/Budi/.config/opd-tracker/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("backups = 0\n")
    said = account.come("service edit dinkes-hiv --owner Lain")
    assert said.returncode == 0, said.stderr
    assert len(list(backups.glob("*.json"))) == 28 + 1


def test_without_a_command_the_screens_open(account: Account) -> None:
    # Where there is no terminal for them, how things stand is printed instead.
    for asked in (None, "", " "):
        said = account.come(asked)
        assert said.returncode == 0, said.stderr
        assert "Services:" in said.stdout


def test_no_command_let_through_reads_or_writes_files() -> None:
    listed = re.search(r"COMMANDS = (\{.*?\})", read_script(CHAPTERS[0]), re.S)
    assert listed is not None
    allowed = set(re.findall(r'"(\w+)"', listed[1]))
    assert allowed <= set(COMMANDS)
    found: list[Any] = [build_program(sorted(allowed), load_language("en"))]
    while found:
        command = found.pop()
        if hasattr(command, "commands"):
            found += command.commands.values()
            continue
        for parameter in command.params:
            assert not isinstance(parameter.type, TyperPath), command.name
            assert "FILE" not in str(parameter.metavar), command.name


def test_no_pager_lets_people_out(tmp_path: Path) -> None:
    out = tmp_path / "out"
    # Python looks for the first, that of Debian for the second.
    for name in ("less", "pager"):
        pager = tmp_path / name
        pager.write_text(
            f'#!/bin/sh\ntouch "{out}"\n[ -t 0 ] || cat > /dev/null\n'
        )
        pager.chmod(0o755)
    variables = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    for name in ("PAGER", "MANPAGER"):
        variables.pop(name, None)
    for name, is_started in (("Sari", False), ("", True)):
        variables["OPD_TRACKER_USER"] = name
        leader, follower = pty.openpty()
        started = subprocess.Popen(
            [sys.executable, str(ROOT / "tracker.py"), "help", "correcting"],
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env=variables,
        )
        os.close(follower)
        read_all(leader)
        assert started.wait() == 0
        assert out.exists() is is_started


def read_all(terminal: int) -> None:
    """Read what comes until the terminal is left."""
    try:
        while os.read(terminal, 4096):
            pass
    except OSError:
        os.close(terminal)
