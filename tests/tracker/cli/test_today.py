"""With ``--today`` the register is read as of that day: nothing that came later is listed or counted."""

from datetime import date

import pytest

from tests.tracker.as_of import as_of
from tests.tracker.builder import Builder
from tests.tracker.cli.terminal import Terminal
from tracker.register import Register
from tracker.store.opening import create_store

TODAY = "2026-10-15"
COMMANDS = (
    "metrics --json",
    "service list --json",
    "opd list --json",
    "app list --json",
    "obstacle list --all --json",
    "obstacle list",
    "target list --json",
    "decision list --json",
    "decision list --all",
    "remind --stdout",
    "snapshot take --week 2026-W41 --stdout",
)


def lived() -> Register:
    """A city in which much has happened since the day."""
    city = Builder(goal="2027-12-31")
    city.opd("dinkes")
    city.application("ikd", "dinkes", integrated_on="2026-11-02")
    city.service("ktp", "dukcapil", "2026-01-05", application="ikd")
    city.service("kk", "dukcapil", "2026-01-05")
    city.move("ktp", "2026-10-06", "online", verified="2026-10-20")
    city.move("ktp", "2026-11-02", "integrated")
    city.transfer("kk", "2026-11-02", "dinkes")
    city.obstacle("kk", "2026-09-01", "people", "2026-10-20")
    city.obstacle("kk", "2026-10-20", "leadership")
    city.target("kk", "2026-10-14", "online")
    city.decision(
        *("Satu SK", "2026-10-01", "2026-10-10"),
        done_on="2026-10-20",
        outcome="SK 188",
    )
    city.decision("Surat", "2026-10-20", "2026-10-30")
    city.report("dinkes", "2026-W45")
    city.snapshot("2026-W40", "2026-10-04")
    return city.register


@pytest.mark.parametrize("command", COMMANDS)
def test_what_came_after_today_is_not_told(
    terminal: Terminal, command: str
) -> None:
    terminal.today = TODAY
    told: list[str] = []
    for register in (lived(), as_of(lived(), date.fromisoformat(TODAY))):
        terminal.db = terminal.folder / f"{len(told)}.json"
        create_store(terminal.db, register)
        told.append(terminal.ok(*command.split()))
    assert told[0] == told[1]


def test_a_week_that_is_final_by_now_was_running_then(
    terminal: Terminal,
) -> None:
    """Its revision is counted once it is complete."""
    city = Builder()
    city.service("ktp", "dukcapil", "2026-01-05")
    city.snapshot("2026-W42", "2026-10-18")
    create_store(terminal.db, city.register)
    terminal.today = TODAY
    assert terminal.json("metrics")["revision"]["steps_mean"] is None
    terminal.today = "2026-10-19"
    assert terminal.json("metrics")["revision"]["steps_mean"] == 0
