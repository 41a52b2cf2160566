"""Four people work a week by three doors; merged, the figures are those of one who enters everything."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.server.harness import TestServer

PROGRAM = [sys.executable, str(Path(__file__).parents[2] / "tracker.py")]
FRIDAY = "2026-11-27"

# Who does what on which day. {service} stands for the number of the service's
# last move, which is another one in each register.
WEEK = """
2026-11-23 Sari move disdik-honor-guru online --visits 1
2026-11-23 Budi move dinkes-rekom-sip online --visits 1
2026-11-23 Rani report dishub --week 2026-W47
2026-11-24 Rani service add dishub 'Parkir berlangganan' --code parkir --volume 4200
2026-11-24 Budi move dinkes-tbc dinkes-layad-rawat online
2026-11-24 Sari target set --opd bpbd online --due 2026-12-31
2026-11-25 Budi obstacle add dinkes-posyandu people 'belum ada petugas'
2026-11-25 Budi correct {dinkes-rekom-sip} --on 2026-11-20 --visits 0
2026-11-25 Sari verify disdik-honor-guru
2026-11-26 Budi withdraw {dinkes-tbc} --why 'tidak terjadi'
2026-11-26 Rani move parkir integrated
2026-11-26 Rani undo
2026-11-26 Rani move parkir online
2026-11-26 Sari service edit dinkes-hiv --volume 15000
2026-11-26 Budi service edit dinkes-hiv --volume 90000
2026-11-27 Budi report dinkes
2026-11-27 Rani report dishub
2026-11-27 Sari report disdik bpbd dishub
""".strip().splitlines()

pytestmark = pytest.mark.thorough


@dataclass
class Door:
    """How a person reaches a register: what starts the program, and the variables set for it."""

    variables: Mapping[str, str]
    start: list[str] = field(default_factory=lambda: PROGRAM)
    today: str = FRIDAY

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the program in a process of its own."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("OPD_TRACKER_")
        }
        return subprocess.run(
            [*self.start, "--lang", "en", "--today", self.today, *words],
            env=inherited | dict(self.variables),
            capture_output=True,
            text=True,
            check=False,
        )

    def do(self, *words: str) -> str:
        said = self.run(*words)
        assert said.returncode == 0, (words, said.stderr)
        return said.stdout

    def work(self, day: str, line: str) -> None:
        """Enter a line of the week on its day."""
        self.today = day
        numbered = re.sub(
            r"\{(.+)\}", lambda found: self.number_last_move(found[1]), line
        )
        self.do(*shlex.split(numbered))

    def number_last_move(self, service: str) -> str:
        shown = json.loads(self.do("service", "show", service, "--json"))
        keys = [
            fact["id"] for fact in shown["facts"] if fact["table"] == "moves"
        ]
        return str(int(keys[-1].rpartition("-")[2]))

    def facts(self, kind: str) -> list[dict[str, Any]]:
        """Return what a list shows, without the numbers: each register gives its own."""
        listed = json.loads(self.do(kind, "list", "--json"))
        return [{**fact, "id": None} for fact in listed]

    def figures(self, week: str) -> Any:
        return json.loads(self.do("metrics", "--week", week, "--json"))


def open_file(path: Path, by: str) -> Door:
    return Door({"OPD_TRACKER_DB": str(path), "OPD_TRACKER_BY": by})


def force_command(path: Path, name: str) -> Door:
    """Return the door of a line in ``authorized_keys``: a shell command that fixes file and name."""
    fixed = f"OPD_TRACKER_USER={name} OPD_TRACKER_DB={shlex.quote(str(path))}"
    return Door({}, ["sh", "-c", f'{fixed} {shlex.join(PROGRAM)} "$@"', "sh"])


def open_server(server: TestServer, role: str) -> Door:
    return Door({"OPD_TRACKER_DB": server.url(role)})


@pytest.fixture
def start(tmp_path: Path) -> Path:
    """The demonstration, with its members, before everybody goes their way."""
    path = tmp_path / "start.json"
    sari = open_file(path, "Sari")
    sari.do("demo", "--keep", str(path))
    sari.do("member", "set", "Sari", "coordinator")
    sari.do("member", "set", "Budi", "opd", "--opd", "dinkes")
    sari.do("member", "set", "Rani", "opd", "--opd", "dishub")
    sari.do("member", "set", "Tono", "reader")
    return path


@pytest.fixture
def doors(start: Path, server: TestServer) -> dict[str, Door]:
    """Sari at the file, Budi and Tono on a server, Rani with a copy on a stick."""
    office, stick = (
        start.with_name("office.json"),
        start.with_name("stick.json"),
    )
    for path in (office, stick):
        shutil.copy(start, path)

    administrator = open_server(server, "postgres")
    administrator.do("server", "move-in", str(start))
    administrator.do("server", "grant", "budi", "Budi")
    administrator.do("server", "grant", "tono", "Tono")
    return {
        "Sari": force_command(office, "Sari"),
        "Budi": open_server(server, "budi"),
        "Tono": open_server(server, "tono"),
        "Rani": open_file(stick, "Rani"),
    }


def test_a_week_at_all_doors_gives_the_figures_of_one_person(
    start: Path, server: TestServer, doors: dict[str, Door]
) -> None:
    everything = open_file(start, "Sari")
    before = everything.figures("2026-W48")
    for line in WEEK:
        day, who, words = line.split(" ", 2)
        doors[who].work(day, words)
        everything.work(day, words)

    from_server = start.with_name("from-server.json")
    open_server(server, "postgres").do("server", "move-out", str(from_server))
    answers = start.with_name("answers.toml")
    answers.write_text('changed = "there"\n')
    copies = str(from_server), str(start.with_name("stick.json"))
    sari = doors["Sari"]
    sari.today = FRIDAY
    sari.do("merge", *copies, "--answers", str(answers))

    for week in ("2026-W46", "2026-W47", "2026-W48"):
        assert sari.figures(week) == everything.figures(week)
    assert sari.figures("2026-W48") != before
    for kind in ("service", "target", "obstacle"):
        assert sari.facts(kind) == everything.facts(kind)
    sari.do("doctor")


def test_each_door_keeps_to_the_role_behind_it(doors: dict[str, Door]) -> None:
    for who in ("Budi", "Rani", "Tono"):
        foreign = doors[who].run("move", "disdik-honor-guru", "online")
        assert foreign.returncode == 1, who
    assert doors["Tono"].run("report", "dinkes").returncode == 1

    for who in ("Sari", "Budi", "Tono"):
        as_another = doors[who].run("--by", "Rani", "report", "dishub")
        assert as_another.returncode == 2, who

    read = [door.figures("2026-W47") for door in doors.values()]
    assert all(figures == read[0] for figures in read)
