"""No network, ever; and the log knows no more of a person than the name that was given."""

import getpass
import json
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

from tests.tracker.cli.conftest import terminal
from tests.tracker.cli.terminal import Terminal

__all__ = ["terminal"]

SILENT = """
import asyncio, os, sys
from datetime import date
from pathlib import Path

reached = []

def watch(event, arguments):
    spoken = ("socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.sendto", "socket.bind",
              "urllib.", "http.", "ftplib.", "smtplib.", "subprocess.Popen", "os.system", "webbrowser.")
    if event.startswith(spoken):
        reached.append((event, str(arguments)[:200]))
        raise PermissionError(event)

sys.addaudithook(watch)
from tracker.cli.start import run_program

head = ["--db", "register.json", "--today", "2026-11-19", "--by", "Rani"]
done = [run_program([*head, *line.split()]) for line in sys.argv[1].splitlines() if line]

from screens.app import TrackerApp
from tracker.language import load_language
from tracker.store.file import FileStore

async def look():
    app = TrackerApp(FileStore(Path("register.json")), lambda: date(2026, 11, 19), "Rani", load_language("id"))
    async with app.run_test(size=(100, 30)) as pilot:
        for key in ("1", "2", "enter", "3", "4", "5", "6", "7", "question_mark"):
            await pilot.press(key)
            await app.workers.wait_for_complete()

asyncio.run(look())
print(done, reached, file=sys.stderr)
sys.exit(bool(reached) or any(done))
"""
LINES = """
init --city Bandung --portal Sadayana
opd add Baru --code baru
service add baru Satu --code satu --on 2026-01-05
move satu online --evidence https://contoh.id/bukti
app add Aplikasi --url https://contoh.id
report baru
service list
metrics --json
snapshot take --week 2026-W46 --html --out potret
export semua.json
export semua.xlsx
sheets lembar --opd baru
import semua.json
demo --keep demo.json
compare demo.json
remind --stdout
decision propose
site situs
log
doctor
backup
where
undo
"""


def test_no_command_and_no_screen_reaches_for_the_network(
    tmp_path: Path,
) -> None:
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", SILENT, LINES],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": root,
            "XDG_CONFIG_HOME": str(tmp_path / "c"),
            "TERM": "xterm",
        },
    )
    assert done.returncode == 0, done.stderr[-3000:]


def test_the_file_holds_the_name_given_and_nothing_else_of_a_person(
    terminal: Terminal,
) -> None:
    terminal.by = "Bu Lilis"
    terminal.ok("init", "--city", "Bandung", "--portal", "Sadayana")
    terminal.ok("opd", "add", "Dinas Arsip", "--code", "arsip")
    terminal.ok("report", "arsip")
    terminal.ok("undo")
    text = terminal.db.read_text(encoding="utf-8")
    document = json.loads(text)
    for entry in document["log"].values():
        assert entry.keys() <= {
            "id",
            "recorded_at",
            "by",
            "chain",
            "action",
            "changes",
            "why",
            "undoes",
            "redoes",
        }
        assert entry["by"] == "Bu Lilis"
        assert entry["recorded_at"].endswith("Z")
    host, home = socket.gethostname(), str(Path.home())
    told = f"{text}{terminal.ok('log', '--json')}"
    for word in (
        host,
        home,
        str(terminal.folder),
        str(os.getpid()),
        getpass.getuser(),
    ):
        assert f'"{word}' not in told
        assert f"{word}@" not in told


def test_a_new_register_is_its_users_alone_and_an_open_one_stays_as_open(
    terminal: Terminal,
) -> None:
    terminal.ok("init", "--city", "Bandung", "--portal", "Sadayana")
    assert stat.S_IMODE(terminal.db.stat().st_mode) == 0o600
    terminal.db.chmod(0o664)
    terminal.ok("opd", "add", "Dinas Arsip")
    assert stat.S_IMODE(terminal.db.stat().st_mode) == 0o664
