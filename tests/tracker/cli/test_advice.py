"""What a refused command advises is possible, and names the file for what it is."""

import re
import sys
from pathlib import Path

import pytest

from tests.tracker.cli.terminal import Terminal

EVERY_READER = {
    "open": ("--db", "{file}", "opd", "list"),
    "doctor": ("--db", "{file}", "doctor"),
    "merge": ("merge", "{file}"),
    "restore": ("restore", "{file}"),
}
OF_ROWS = {
    "import": ("import", "{file}"),
    "compare": ("compare", "{file}"),
    "init": (
        *("--db", "new.json", "init", "--city", "A", "--portal", "B"),
        *("--catalogue", "{file}"),
    ),
}


def say(city: Terminal, words: tuple[str, ...], file: Path) -> str:
    said = city(*(word.format(file=file) for word in words))
    assert said.code != 0
    return said.err + said.out


@pytest.fixture
def week(city: Terminal) -> Path:
    """The counts of a published week, as another city is sent them."""
    city.ok("snapshot", "take", "--out", str(city.folder / "pages"))
    file = city.folder / "week.json"
    file.write_text(city.ok("snapshot", "show", "2026-W47", "--summary"))
    return file


@pytest.mark.parametrize("words", EVERY_READER.values(), ids=EVERY_READER)
def test_an_export_is_not_called_a_damaged_register(
    city: Terminal, words: tuple[str, ...]
) -> None:
    export = city.folder / "export.json"
    city.ok("export", str(export))
    said = say(city, words, export)
    assert "is an export, not a register: “import” reads it" in said
    assert "damaged" not in said


@pytest.mark.parametrize("words", EVERY_READER.values(), ids=EVERY_READER)
def test_a_published_week_is_not_called_a_damaged_register(
    city: Terminal, week: Path, words: tuple[str, ...]
) -> None:
    said = say(city, words, week)
    assert "counts of a published week, not a register: “collect”" in said


@pytest.mark.parametrize("words", OF_ROWS.values(), ids=OF_ROWS)
def test_a_published_week_passes_for_no_city_without_services(
    city: Terminal,
    week: Path,
    words: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(city.folder)
    said = say(city, words, week)
    assert "published week and no services: “collect” reads it" in said
    assert not (city.folder / "new.json").exists()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_week_that_powershell_wrote_is_collected(
    city: Terminal, week: Path, encoding: str
) -> None:
    written = week.read_text().replace("\n", "\r\n")
    week.write_bytes(written.encode(encoding))
    (row,) = city.json("collect", str(week), "--to", str(week) + ".db")
    assert row["week"] == "2026-W47"


def test_an_evaluation_that_is_there_is_named_by_the_number_to_correct(
    city: Terminal,
) -> None:
    city.ok("evaluation", "add", "SPBE", "2024", "--score", "4.5")
    number = city.ok("evaluation", "list").splitlines()[2].split()[0]
    said = city.refused("evaluation", "add", "SPBE", "2024", "--score", "4.6")
    assert f"“SPBE 2024” is already there, as entry {number}:" in said
    city.ok("correct", number, "--set", "score=4.6")
    assert "4.6" in city.ok("evaluation", "list")


def test_a_week_before_the_first_service_is_not_said_to_be_there_for_the_taking(
    city: Terminal,
) -> None:
    said = city.refused("snapshot", "show", "2020-W01")
    assert said == city.refused("snapshot", "take", "--week", "2020-W01")


@pytest.mark.parametrize(
    ("name", "wrong", "advised", "right"),
    [
        ("language", "fr", "write id or en", "id"),
        ("backups", "x", "a number of days, from 0 to 10000", "10000"),
        ("backups", "10001", "a number of days, from 0 to 10000", "0"),
        ("permissions", "999", "digits from 0 to 7, such as 660", "660"),
    ],
)
def test_a_setting_says_what_it_can_be(
    city: Terminal, name: str, wrong: str, advised: str, right: str
) -> None:
    assert advised in city.misused("config", "set", name, wrong)
    city.ok("config", "set", name, right)


def test_a_kind_that_every_register_has_is_named_as_it_was_typed(
    city: Terminal,
) -> None:
    said = city.refused("kind", "remove", "Puskesmas")
    assert "the kind “lainnya”, which “Puskesmas” means" in said


@pytest.mark.parametrize("command", ["merge", "compare", "import"])
def test_a_file_of_others_that_is_not_there_is_not_to_be_made(
    city: Terminal, command: str
) -> None:
    said = say(city, (command, "{file}"), city.folder / "nothing.json")
    assert "nothing.json cannot be read: there is no such file" in said


def test_a_backup_that_is_named_as_missing_advises_is_brought_back(
    city: Terminal,
) -> None:
    city.ok("backup")
    city.db.unlink()
    said = say(city, ("restore", "{file}"), Path("nothing"))
    (name,) = re.findall(r"the latest are ([^,;]+)", said)
    city.ok("restore", name)
    assert "dinkes" in city.ok("opd", "list")


def test_a_file_here_goes_before_a_backup_of_its_name(
    city: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(city.folder)
    kept = Path(city.ok("backup").strip())
    Path(kept.name).write_text("{}")
    assert "damaged" in say(city, ("restore", "{file}"), Path(kept.name))


def test_an_opening_that_is_closed_on_a_day_to_come_is_refused_in_a_line(
    terminal: Terminal,
) -> None:
    terminal.ok(
        "init", "--city", "A", "--portal", "B", "--catalogue", "bandung"
    )
    said = terminal.refused("opening", "close", "--on", "2026-11-20")
    assert said.splitlines() == [
        "20 Nov 2026 is still to come; enter what has happened."
    ]


def test_a_kind_that_no_opd_is_of_is_not_taken_for_nothing_said(
    terminal: Terminal,
) -> None:
    terminal.ok(
        "init", "--city", "A", "--portal", "B", "--catalogue", "bandung"
    )
    said = terminal.refused("opening", "remove", "--kind", "kelurahan")
    assert "No OPD is of the kind “kelurahan”." in said


def test_of_many_services_that_fail_alike_a_few_are_named(
    city: Terminal,
) -> None:
    for name in "abcdefg":
        city.ok("service", "add", "dishub", f"Layanan {name}")
    said = city("opd", "merge", "dishub", "dinkes", "--on", "2026-12-24")
    lines = said.err.splitlines()
    assert len(lines) == 6
    assert all("is still to come" in line for line in lines[:5])
    assert lines[5] == "… and 3 more"


def test_what_a_server_needs_is_installed_where_the_program_runs(
    city: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    said = city.misused("--db", "postgresql://budi@db.example/opd", "log")
    assert f"{sys.executable} -m pip install 'psycopg[binary]'" in said


def test_what_rests_on_an_entry_is_named_by_the_number_to_take_back(
    city: Terminal,
) -> None:
    city.ok("opd", "add", "Dinas Baru", "--code", "baru")
    city.ok("service", "add", "baru", "Izin Baru", "--code", "izin-baru")
    opd = re.findall(r"\+ (\d+)  OPD baru", city.ok("log", "--last", "2"))[0]
    said = city.refused("withdraw", opd, "--why", "x")
    (number,) = re.findall(r"\((\d+)\): take those back first", said)
    city.ok("withdraw", number, "--why", "x")
    city.ok("withdraw", opd, "--why", "x")


def test_a_pair_of_a_code_that_is_not_ours_is_a_pair(city: Terminal) -> None:
    other = city.folder / "other.json"
    first, city.db = city.db, other
    city.ok(
        "init",
        "--city",
        "Lain",
        "--portal",
        "P",
        "--as-of",
        "2026-01-05",
        "--catalogue",
        "bandung",
    )
    city.ok("opening", "close", "--on", "2026-01-05")
    city.db = first
    said = city.refused("compare", str(other), "--same", "tiada=a")
    assert "No service is called “tiada”" in said
