"""Commands as processes of their own, beside the emptiest programs that could do the same."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from itertools import cycle
from pathlib import Path

from benchmarks.city import TODAY, register
from benchmarks.rows_files import replace_bare
from benchmarks.timing import Samples, time_clock
from tracker.register import Register
from tracker.store.file import FileStore

ROOT = Path(__file__).parents[1]
EMPTY_TYPER = """
import typer
app = typer.Typer()
@app.command()
def main(name: str = "x"):
    pass
app()
"""
SQLITE_MOVE = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as db:
    db.execute("pragma synchronous = full")
    (service,) = db.execute("select id from service where code = ?", sys.argv[2:3]).fetchone()
    db.execute("insert into move values (?, ?, ?)", (service, *sys.argv[3:]))
    print("moved", sys.argv[2])
"""


def run(*words: str) -> None:
    """Run a Python program to its end."""
    environment = {**os.environ, "OPD_TRACKER_LANG": "en"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run(
        [sys.executable, *words],
        check=True,
        capture_output=True,
        env=environment,
        cwd=ROOT,
    )


def time_empty_typer(folder: Path) -> Samples:
    """Time a program that does nothing."""
    script = folder / "empty.py"
    script.write_text(EMPTY_TYPER)
    return time_clock(lambda: run(str(script)), 15)


def time_sqlite_script(folder: Path, city: Register) -> Samples:
    """Time a script that enters a move in a database, and checks nothing."""
    database, script = folder / "register.sqlite", folder / "move.py"
    script.write_text(SQLITE_MOVE)
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("create table service (id text primary key, code text)")
        db.execute("create unique index by_code on service (code)")
        db.execute("create table move (service text, day text, stage text)")
        services = [(one.id, one.code) for one in city.services.values()]
        db.executemany("insert into service values (?, ?)", services)
        moves = [
            (one.service, one.on.isoformat(), one.stage)
            for one in city.moves.values()
        ]
        db.executemany("insert into move values (?, ?, ?)", moves)
    words = (services[0][1], TODAY.isoformat(), "online")
    return time_clock(lambda: run(str(script), str(database), *words), 15)


def time_version(_: int, folder: Path) -> dict[str, Samples]:
    """Time `--version`, which needs no register."""
    return {
        "ours": time_clock(lambda: run("tracker.py", "--version"), 15),
        "empty typer": time_empty_typer(folder),
    }


def time_move(services: int, folder: Path) -> dict[str, Samples]:
    """Time `move`, from the start of the process to its end."""
    path = folder / "register.json"
    city = FileStore.create(path, register(services)).load()
    service = next(iter(city.services.values())).code
    stages = cycle(("online", "integrated"))

    def move() -> None:
        day = ("--db", str(path), "--today", TODAY.isoformat())
        run("tracker.py", *day, "--by", "Sari", "move", service, next(stages))

    data = path.read_bytes()
    return {
        "ours": time_clock(move, 11),
        "empty typer": time_empty_typer(folder),
        "bare SQLite script": time_sqlite_script(folder, city),
        "bare replace": time_clock(lambda: replace_bare(folder, data), 15),
    }


def time_metrics(services: int, folder: Path) -> dict[str, Samples]:
    """Time `metrics` as a command."""
    path = folder / "register.json"
    FileStore.create(path, register(services))
    day = ("--db", str(path), "--today", TODAY.isoformat())
    return {
        "ours": time_clock(lambda: run("tracker.py", *day, "metrics"), 7),
        "empty typer": time_empty_typer(folder),
    }
