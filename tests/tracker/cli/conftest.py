"""Fixtures of the command line's tests: a terminal, and a small city on it."""

from pathlib import Path

import pytest

from tests.tracker.cli.terminal import Terminal


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
    monkeypatch.chdir(tmp_path)
    return Terminal(tmp_path, capsys)


@pytest.fixture
def city(terminal: Terminal) -> Terminal:
    """A terminal on a city with two OPDs and three services."""
    terminal.ok(
        "init",
        "--city",
        "Bandung",
        "--portal",
        "Sadayana",
        "--goal",
        "2027-12-31",
    )
    terminal.ok("opening", "close", "--on", "2026-01-05")
    terminal.ok(
        "opd",
        "add",
        "Dinas Kesehatan",
        "--code",
        "dinkes",
        "--alias",
        "Dinkes Kota",
    )
    terminal.ok("opd", "add", "Dinas Perhubungan", "--code", "dishub")
    terminal.ok(
        "service",
        "add",
        "dinkes",
        "Izin praktik",
        "--code",
        "izin",
        "--on",
        "2026-01-05",
    )
    terminal.ok(
        "service",
        "add",
        "dinkes",
        "Akta",
        "--code",
        "akta",
        "--on",
        "2026-01-05",
        "--stage",
        "online",
    )
    terminal.ok(
        "service",
        "add",
        "dishub",
        "Uji KIR",
        "--code",
        "kir",
        "--on",
        "2026-02-02",
        "--visits",
        "2",
    )
    return terminal
