"""Fixtures of the command line's tests: a terminal, and a small city on it."""

import shlex
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.tracker.cli.terminal import Terminal
from tracker.cli import program
from tracker.cli.program import build_program
from tracker.language import Language

if TYPE_CHECKING:
    from typer._click import Command

CITY = (
    "init --city Bandung --portal Sadayana --goal 2027-12-31",
    "opening close --on 2026-01-05",
    "opd add 'Dinas Kesehatan' --code dinkes --alias 'Dinkes Kota'",
    "opd add 'Dinas Perhubungan' --code dishub",
    "service add dinkes 'Izin praktik' --code izin --on 2026-01-05",
    "service add dinkes Akta --code akta --on 2026-01-05 --stage online",
    "service add dishub 'Uji KIR' --code kir --on 2026-02-02 --visits 2",
)
"""The commands that enter a city with two OPDs and three services."""


@pytest.fixture
def terminal(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Terminal:
    """A terminal without a register yet, and without anyone's settings."""
    for name in ("DB", "LANG", "TODAY", "BY"):
        monkeypatch.delenv(f"OPD_TRACKER_{name}", raising=False)
    monkeypatch.setenv("OPD_TRACKER_TRACEBACK", "1")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(
        program,
        "build_program",
        lambda names, language: build_once(tuple(names), language),
    )
    monkeypatch.chdir(tmp_path)
    return Terminal(tmp_path, capsys)


@cache
def build_once(names: tuple[str, ...], language: Language) -> "Command":
    """Build a command once a worker: a fifth of the time of one that is typed, and always the same."""
    return build_program(names, language)


@pytest.fixture(scope="session")
def city_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the city's files are kept once its commands have been typed."""
    return tmp_path_factory.mktemp("cities") / "city"


@pytest.fixture
def city(
    terminal: Terminal, city_folder: Path, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    """A terminal on a copy of a city with two OPDs and three services."""
    if not city_folder.exists():
        first = city_folder.with_name("first")
        first.mkdir(exist_ok=True)
        enter_city(Terminal(first, capsys))
        first.rename(city_folder)
    shutil.copytree(city_folder, terminal.folder, dirs_exist_ok=True)
    return terminal


def enter_city(terminal: Terminal) -> None:
    """Type the city's commands."""
    for line in CITY:
        terminal.ok(*shlex.split(line))
