"""The program as it is started: exit codes, streams, languages, ends of pipes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tracker.cli.terminal import Terminal
from tracker import __version__
from tracker.cli.start import run_program

ROOT = Path(__file__).parents[3]
PROGRAM = [sys.executable, str(ROOT / "tracker.py")]


def environment(folder: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("OPD_TRACKER")
    }
    own = {
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
    }
    return {
        **kept,
        **own,
        "OPD_TRACKER_LANG": "en",
        "PYTHONIOENCODING": "utf-8",
    }


def start(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Start the program as a person does, in a folder that is not the checkout."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=60,
    )


def test_a_city_from_nothing_wherever_it_is_started(tmp_path: Path) -> None:
    assert (
        start(
            tmp_path, "init", "--city", "Bandung", "--portal", "Sadayana"
        ).returncode
        == 0
    )
    assert (tmp_path / "data" / "opd-tracker" / "tracker.json").exists()
    done = start(tmp_path, "--json-please")
    assert (done.returncode, done.stdout) == (2, "")
    assert "There is no option --json-please." in done.stderr
    done = start(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Bandung · ")
    assert "\x1b" not in done.stdout


def test_a_register_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = start(tmp_path, "metrics", "--json")
    assert (done.returncode, done.stdout) == (4, "")
    assert 1 <= len(done.stderr.splitlines()) <= 2
    assert "Traceback" not in done.stderr


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    start(tmp_path, "demo", "--keep", "demo.json")
    piped = subprocess.Popen(
        [*PROGRAM, "--db", "demo.json", "log", "--last", "0"],
        cwd=tmp_path,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert piped.stdout is not None
    assert piped.stderr is not None
    piped.stdout.readline()
    piped.stdout.close()
    assert piped.stderr.read() == b""
    piped.stderr.close()
    assert piped.wait(60) == 141


def test_the_version_is_that_of_the_package() -> None:
    done = subprocess.run(
        [*PROGRAM, "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{__version__}\n"
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text(
        encoding="utf-8"
    )


def test_the_version_needs_none_of_the_commands() -> None:
    code = (
        "import sys; from tracker.cli.start import run_program; run_program(['--version']);"
        "print([m for m in ('typer', 'msgspec', 'rich', 'tinydb', 'platformdirs') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[1] == "[]"


@pytest.mark.parametrize(
    "content", ["", "{", '{"a": 1}', "\x00\xff", "[]", "null"]
)
def test_a_damaged_register_is_never_a_new_one(
    terminal: Terminal, content: str
) -> None:
    terminal.db.write_text(content, encoding="latin-1")
    said = terminal("opd", "add", "Dinas Kesehatan")
    assert said.code == 4
    assert said.out == ""
    assert 1 <= len(said.err.splitlines()) <= 2
    assert terminal.db.read_text(encoding="latin-1") == content


@pytest.mark.thorough
def test_a_register_in_use_is_told(city: Terminal) -> None:
    """After the ten seconds that a command waits for the other."""
    from datetime import UTC, datetime

    from tracker.store.lock import WriteLock

    other = WriteLock(
        city.db.resolve(), 1.0, lambda: datetime(2026, 11, 19, tzinfo=UTC)
    )
    with other.held(1.0):
        said = city("opd", "add", "Dinas Baru")
    assert said.code == 3
    assert said.out == ""
    assert 1 <= len(said.err.splitlines()) <= 2
    assert city.ok("opd", "add", "Dinas Baru")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mvoe"], "There is no command “mvoe”. Did you mean 'move'?"),
        (["qqqq"], "There is no command “qqqq”."),
        (["move"], "SERVICE… is missing."),
        (["move", "a", "online", "--colour"], "There is no option --colour."),
        (["opd"], "A command is missing."),
        (["withdraw", "1"], "The option --why is missing."),
        (["undo", "now"], "Too much was given: now"),
    ],
)
def test_wrong_usage_is_said_as_typer_says_it(
    terminal: Terminal, arguments: list[str], said: str
) -> None:
    err = terminal.misused(*arguments)
    assert err.startswith("Usage: opd-tracker")
    assert "--help' for help." in err
    assert err.endswith(f"Error: {said}\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["move", "a", "online", "--on"], "The option --on needs a value."),
        (["metrics", "--json=1"], "The option --json takes no value."),
    ],
)
def test_an_option_without_its_value(
    terminal: Terminal, arguments: list[str], said: str
) -> None:
    assert terminal.misused(*arguments) == f"Error: {said}\n"


def test_a_day_that_is_none_is_a_wrong_usage(city: Terminal) -> None:
    city.today = "kemarin"
    assert "“kemarin” is not a date" in city.misused("opd", "list")
    assert "“kemarin” is not a date" in city.misused()


def test_a_language_that_is_none_is_a_wrong_usage(terminal: Terminal) -> None:
    assert "“fr”" in terminal.misused("--lang", "fr", "where")


def test_global_options_stand_before_the_command(terminal: Terminal) -> None:
    assert "There is no option --db." in terminal.misused(
        "where", "--db", "x.json"
    )


def test_somebody_who_stops_a_command_sees_no_error(
    city: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tracker.metrics.measure_week", stopped)
    said = city("metrics")
    assert (said.code, said.out, said.err.strip()) == (130, "", "")


def test_a_fault_of_the_program_is_owned_up_to(
    city: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object) -> None:
        raise ZeroDivisionError("so")

    monkeypatch.delenv("OPD_TRACKER_TRACEBACK")
    monkeypatch.setattr("tracker.metrics.measure_week", faulty)
    said = city("metrics")
    assert said.code == 70
    assert "ZeroDivisionError: so" in said.err


def test_what_is_said_cannot_command_the_terminal(terminal: Terminal) -> None:
    assert "\x1b" not in terminal("move", "a", "\x1b[31monline").err
    assert "\x1b" not in terminal("\x1b[31m").err


def test_the_day_is_that_of_the_city(
    city: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    capsys.readouterr()
    before = datetime.now(ZoneInfo("Asia/Jakarta")).date()
    assert run_program(["--db", str(city.db), "metrics", "--json"]) == 0
    out = capsys.readouterr().out
    after = datetime.now(ZoneInfo("Asia/Jakarta")).date()
    assert any(f'"as_of": "{day}"' in out for day in (before, after))


def test_faults_of_the_disk_are_told_in_the_program_s_language(
    terminal: Terminal,
) -> None:
    terminal.ok("init", "--city", "Bandung", "--portal", "Sadayana")
    (terminal.folder / "map").mkdir()
    terminal.language = "id"
    said = [
        terminal("import", "tiada.csv").err,
        terminal("restore", "map").err,
        terminal("export", "/dev/null/x.json").err,
        terminal("snapshot", "take", "--out", "/dev/null/x").err,
    ]
    assert all(said)
    for line in said:
        assert not any(
            word in line for word in ("No such", "directory", "denied")
        )


def test_what_is_to_be_done_at_the_end_is_done(tmp_path: Path) -> None:
    code = (
        "import atexit, os, sys; atexit.register(os.write, 1, b'last');"
        "sys.argv = ['opd-tracker', 'where']; from tracker.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**environment(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith("\nlast")
    assert len(done.stdout) > len("\nlast")
