"""Whether anybody reads what a command prints changes nothing that it records."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.depth import one_in
from tracker.cli.output import choose_encoding, to_ascii

ROOT = Path(__file__).parents[3]
HEAD = "opd,nama layanan,tahap\n"
READERS = {
    "closed": "{program} >&-",
    "both closed": "{program} >&- 2>&-",
    "gone": "{program} | true",
    "one line": "{program} | head -n 1 >/dev/null",
    "full": "{program} >/dev/full",
}


def shell(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash, whose exit code is that of the first program of a pipe."""
    start = f"{sys.executable} {ROOT / 'tracker.py'} --db t.json --lang en"
    environment = {
        **os.environ,
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    return subprocess.run(
        [
            "bash",
            "-c",
            f"{line.format(program=start)}; exit ${{PIPESTATUS[0]}}",
        ],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def new_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a register as the program has just begun it."""
    folder = tmp_path_factory.mktemp("new")
    assert shell(folder, "{program} init --city X --portal Y").returncode == 0
    return folder / "t.json"


@pytest.fixture
def city(tmp_path: Path, new_register: Path) -> Path:
    """Return a folder with a register and a file of services."""
    shutil.copy(new_register, tmp_path)
    write_services(tmp_path)
    return tmp_path


def write_services(folder: Path) -> None:
    """Write the file of services."""
    rows = "".join(f"Dinas A,{'ABCDEFGH'[n]}{n}{n},manual\n" for n in range(8))
    (folder / "a.csv").write_text(HEAD + rows, encoding="utf-8")


@pytest.fixture(scope="module")
def filled_register(
    new_register: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return a register with the services of the file."""
    folder = tmp_path_factory.mktemp("filled")
    shutil.copy(new_register, folder)
    write_services(folder)
    done = shell(
        folder, "{program} import a.csv --create-opds --as-of 2026-11-02"
    )
    assert done.returncode == 0
    return folder / "t.json"


@pytest.fixture
def filled_city(city: Path, filled_register: Path) -> Path:
    """Return a folder with a register that has the services of the file."""
    shutil.copy(filled_register, city)
    return city


def services(folder: Path) -> int:
    return (
        (folder / "t.json").read_text(encoding="utf-8").count('"registered_on"')
    )


@pytest.mark.parametrize("reader", one_in(4, READERS))
def test_an_import_is_entered_whole_whoever_reads(
    reader: str, city: Path
) -> None:
    command = "{program} import a.csv --create-opds"
    done = shell(city, READERS[reader].replace("{program}", command))
    assert (done.returncode, services(city)) == (0, 8)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("reader", one_in(4, READERS))
def test_an_import_that_is_refused_says_so_by_its_exit_code(
    reader: str, city: Path
) -> None:
    (city / "a.csv").write_text(
        HEAD + "Dinas,Layanan,lewat\n", encoding="utf-8"
    )
    command = "{program} import a.csv --create-opds"
    done = shell(city, READERS[reader].replace("{program}", command))
    assert (done.returncode, services(city)) == (1, 0)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command", one_in(4, ["opd add 'Dinas A'", "log", "--help", "x"])
)
@pytest.mark.parametrize("reader", ["both closed", "gone"])
def test_no_command_ends_in_a_traceback(
    command: str, reader: str, city: Path
) -> None:
    line = READERS[reader].replace("{program}", f"{{program}} {command}")
    done = shell(city, line)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
    assert done.returncode in (0, 2, 141)


def test_a_full_disk_is_said_if_only_printing_was_asked_for(city: Path) -> None:
    done = shell(city, "{program} opd list >/dev/full")
    assert (done.returncode, done.stderr) == (
        1,
        "there is no room left on the disk\n",
    )


def test_a_full_disk_for_what_is_printed_fails_no_command_that_is_done(
    filled_city: Path,
) -> None:
    """What was collected is in the table; that nobody reads it there changes nothing."""
    city = filled_city
    shell(city, "{program} snapshot take --week 2026-W46")
    shell(city, "{program} snapshot show 2026-W46 --summary >week.json")
    done = shell(city, "{program} collect week.json --to t.db >/dev/full")
    assert (done.returncode, (city / "t.db").exists()) == (0, True)
    again = shell(city, "{program} collect week.json --to t.db")
    assert "is there already" in again.stderr


def test_a_restore_is_done_though_nobody_reads_what_it_changes(
    city: Path,
) -> None:
    assert shell(city, "{program} backup copy.json").returncode == 0
    shell(city, "{program} import a.csv --create-opds")
    done = shell(city, "{program} restore copy.json >/dev/full")
    assert (done.returncode, services(city)) == (0, 0)


@pytest.mark.parametrize("name", one_in(2, ["US-ASCII:strict", "ascii"]))
def test_an_ascii_terminal_gets_ascii(name: str, filled_city: Path) -> None:
    done = shell(filled_city, f"PYTHONIOENCODING={name} {{program}} metrics")
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert "\\u" not in done.stdout
    assert "#" in done.stdout or "." in done.stdout


def test_pipes_and_files_get_utf_8() -> None:
    assert choose_encoding(None, False, {"LC_ALL": "C"}) == (
        "utf-8",
        "backslashreplace",
    )


@pytest.mark.parametrize("where", ["LC_ALL", "LC_CTYPE", "LANG"])
def test_a_terminal_of_the_locale_c_gets_ascii(where: str) -> None:
    assert choose_encoding(sys.stdout, True, {where: "C"})[0] == "ascii"


@pytest.mark.parametrize(
    ("sign", "alike"),
    [
        ("█", "#"),
        ("–", "-"),
        ("“", '"'),
        ("é", "e"),
        ("→", ">"),
        ("漢", "?"),
        ("✓", "v"),
    ],
)
def test_a_sign_becomes_one_that_looks_alike(sign: str, alike: str) -> None:
    assert to_ascii(sign) == alike
