"""Paths and names of files are said harmlessly, and none of them is a fault of the program."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.registers import kept
from tests.hostile.texts import STRANGE, harm_in
from tests.tracker.builder import Builder
from tests.tracker.cli.conftest import terminal
from tests.tracker.cli.terminal import Terminal
from tests.tracker.store.processes import as_nobody
from tracker.comparison.collection_file import is_collection
from tracker.exchange.loading import is_register_file

__all__ = ["terminal"]

COMMANDS = """
import {}
import --map {} x.csv
import --answers {} x.csv
compare {}
restore {}
export {}
export {}.json
export {}.xlsx
sheets {}
snapshot take --week 2026-W46 --html --out {}
backup {}
init --catalogue {} --city a --portal b
config set backup_folder {}
""".strip().splitlines()


@pytest.fixture
def city(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal in the folder of its register."""
    monkeypatch.chdir(terminal.folder)
    made = Builder()
    made.service("satu", "dinkes", "2026-08-03")
    kept(terminal.folder, made.register)
    (terminal.folder / "x.csv").write_text("opd,name\ndinkes,b\n")
    return terminal


def assert_told(city: Terminal, *command: str) -> None:
    """Carry a command out: what it says is harmless, and it has no fault."""
    said = city(*command)
    assert said.code in (0, 1, 2, 4), (command, said)
    assert not harm_in(said.out + said.err)


@pytest.mark.parametrize(
    "command",
    [*COMMANDS, pytest.param("demo --keep {}", marks=pytest.mark.thorough)],
)
@pytest.mark.filterwarnings("error")
def test_no_path_is_an_order_or_a_fault(city: Terminal, command: str) -> None:
    for path in STRANGE:
        assert_told(city, *(word.format(path) for word in command.split()))


@pytest.mark.parametrize("path", STRANGE, ids=len)
def test_no_path_of_a_register_is_an_order_or_a_fault(
    city: Terminal, path: str
) -> None:
    city.db = Path(path)
    for command in (
        "metrics",
        "where",
        "doctor",
        "init --city a --portal b",
        "metrics",
        "backup",
        "where",
    ):
        assert_told(city, *command.split())


def test_backups_and_sheets_of_a_register_with_such_a_name_are_told_harmlessly(
    city: Terminal,
) -> None:
    city.db = city.db.rename(city.folder / "a\nb\x1b]0;x\x07.json")
    for command in (
        "opd add Baru",
        "backup",
        "sheets lembar",
        "backup salinan",
        "doctor",
        "restore x.csv",
    ):
        assert_told(city, *command.split())
    city.db.write_text("{")
    for command in ("metrics", "doctor", "doctor --repair", "restore x.csv"):
        assert_told(city, *command.split())


@pytest.mark.parametrize("look", [is_register_file, is_collection])
def test_looking_what_a_file_is_ends_in_no_error(
    look: Callable[[Path], bool], public_folder: Path
) -> None:
    locked = public_folder / "a.json"
    locked.write_text("{}")
    locked.chmod(0)

    def look_twice() -> None:
        assert not look(locked)
        assert not look(locked.with_name("x" * 300))

    assert as_nobody(look_twice) == 0
