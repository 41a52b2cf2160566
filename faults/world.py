"""A folder with a small city in it, in which one command is run again and again."""

import atexit
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from tracker.cli.start import main as start_program

CITY = "kota.json"
"""The register's file."""
TIME_LIMIT = 60
"""Seconds after which a run counts as hanging."""
HANGS = 124
"""The exit code of a run that hangs."""
_NEW = os.O_RDWR | os.O_CREAT | os.O_TRUNC


@dataclass(frozen=True)
class Run:
    """How a run ended: its exit code (negative: the signal that killed it), and what it said."""

    code: int
    out: str
    err: str

    @property
    def killed(self) -> bool:
        """Whether a signal ended it."""
        return self.code < 0


@dataclass(frozen=True)
class Waiting:
    """A process that has loaded the program and waits for the word to carry out a command."""

    process: int
    out: Path
    err: Path

    def finish(self) -> Run:
        """Give the word, and wait for the end; a run that hangs is ended after a while."""
        os.kill(self.process, signal.SIGUSR1)
        give_up = time.monotonic() + TIME_LIMIT
        while time.monotonic() < give_up:
            ended, status = os.waitpid(self.process, os.WNOHANG)
            if ended:
                code = os.waitstatus_to_exitcode(status)
                return Run(code, _read(self.out), _read(self.err))
            time.sleep(0.005)
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        return Run(HANGS, "", "it hangs")


@dataclass(frozen=True)
class World:
    """The folder ``root``; ``db`` is the register that commands work on: a file in it, or a server."""

    root: Path
    db: str = CITY

    @property
    def environment(self) -> dict[str, str]:
        """What the program is to see of the machine."""
        home = self.root / "rumah"
        return {
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"),
            "OPD_TRACKER_TRACEBACK": "",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONHASHSEED": "0",
            "TZ": "Asia/Jakarta",
        }

    def complete(self, command: Sequence[str], today: str) -> list[str]:
        """Return a command with the options before it."""
        given = ["--lang", "en", "--by", "Rani", "--today", today]
        return ["--db", self.db, *given, *command]

    def run(self, *command: str, today: str = "2026-11-19") -> Run:
        """Run a command in a process of its own, undisturbed."""
        with self.waiting(self.complete(command, today)) as waiting:
            return waiting.finish()

    @contextmanager
    def waiting(self, arguments: Sequence[str]) -> Iterator[Waiting]:
        """Give a process that waits to run the program with these arguments."""
        out, err = (self.root.with_name(name) for name in ("out", "err"))
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
        process = os.fork()
        if not process:
            self._wait_and_run(arguments, out, err)
        yield Waiting(process, out, err)

    def do(self, *command: str, today: str = "2026-11-19") -> str:
        """Run a command that must succeed; return what it printed."""
        run = self.run(*command, today=today)
        if run.code:
            raise RuntimeError(f"{' '.join(command)}: {run.err}")
        return run.out

    def copy_from(self, laid: Path) -> None:
        """Begin anew with what was laid down in another folder."""
        with suppress(FileNotFoundError):
            shutil.rmtree(self.root)
        shutil.copytree(laid, self.root, symlinks=True)

    def _wait_and_run(
        self,
        arguments: Sequence[str],
        out: Path,
        err: Path,
    ) -> NoReturn:
        code = 1
        try:
            os.chdir(self.root)
            os.environ.update(self.environment)
            for descriptor, path in ((0, os.devnull), (1, out), (2, err)):
                os.dup2(os.open(path, _NEW), descriptor)
            # What this process does at its end, such as removing folders, is not the program's to do.
            atexit._clear()
            # Modules are not to be looked for in the folder that is worked in.
            sys.path = [path for path in sys.path if path]
            sys.argv = ["opd-tracker", *arguments]
            if signal.sigtimedwait({signal.SIGUSR1}, TIME_LIMIT):
                start_program()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def lay_city(world: World) -> None:
    """Found a city with a past: two OPDs, three services, a published week, a decision, backups."""
    world.root.mkdir(parents=True, exist_ok=True)
    day = ("--on", "2026-10-26")
    ask = ("--owner", "Sekda", "--due", "2026-11-25")
    world.do("init", "--city", "Bandung", "--portal", "Sadayana")
    world.do("opening", "close", *day)
    world.do("opd", "add", "Dinas Kesehatan", "--code", "dinkes")
    world.do("opd", "add", "Dinas Perhubungan", "--code", "dishub")
    world.do("service", "add", "dinkes", "Izin praktik", "--code", "izin", *day)
    world.do(
        *("service", "add", "dinkes", "Akta", "--code", "akta", *day),
        *("--stage", "online"),
    )
    world.do("service", "add", "dishub", "Uji KIR", "--code", "kir", *day)
    world.do("target", "set", "kir", "online", "--due", "2026-10-30")
    world.do("decision", "add", "Satu SK", *ask)
    world.do("config", "set", "by", "Rani")
    world.do("snapshot", "take", "--week", "2026-W46", "--out", "potret")
    _age_backups(world.root / f"{CITY}.backups")


def _age_backups(folder: Path) -> None:
    """Date today's backups on an earlier day, so that the next change is the first of its day."""
    for backup in folder.glob("*.json"):
        backup.rename(folder / f"2026-11-02{backup.name[10:]}")
