"""``collect``: weeks of many cities in one table, and what is refused, replaced and asked."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from msgspec import structs

from tests.tracker.cli.terminal import Terminal
from tests.tracker.comparison.publishing import collect
from tests.tracker.store.processes import as_nobody
from tracker.comparison.collection_file import read_collection
from tracker.comparison.summary import WeekSummary, read_summary

WEEK = "2026-W06"


@pytest.fixture
def sent(city: Terminal) -> Path:
    """A city's published week, as it is sent."""
    city.ok("snapshot", "take", "--week", WEEK, "--out", "potret")
    path = city.folder / "bandung.json"
    path.write_text(city.ok("snapshot", "show", WEEK, "--summary"))
    return path


def send_changed(sent: Path, name: str, **changed: object) -> str:
    """Write the week with other values, as another city or revision would."""
    summary = structs.replace(read_summary(sent).summary, **changed)
    whole = structs.replace(summary, digest=summary.find_digest())
    path = sent.with_name(name)
    path.write_bytes(msgspec.json.encode(whole))
    return str(path)


def later(sent: Path, name: str, minutes: int) -> str:
    """Write a later revision of the week, with one more service online."""
    summary = read_summary(sent).summary
    total = structs.replace(summary.total, online=summary.total.online + 1)
    moment = summary.recorded_at.timestamp() + 60 * minutes
    recorded = summary.recorded_at.fromtimestamp(
        moment, summary.recorded_at.tzinfo
    )
    return send_changed(sent, name, recorded_at=recorded, total=total)


def test_what_a_city_published_is_in_the_table(
    city: Terminal, sent: Path
) -> None:
    [row] = city.json("collect", str(sent))
    figures = city.json("snapshot", "show", WEEK)["city"]
    assert (row["city"], row["week"]) == ("Bandung", WEEK)
    for name in ("services", "conventional", "online", "integrated"):
        assert row[name] == figures[name]
    published = city.json("metrics", "--week", WEEK)["city"]
    for name in ("index", "digital_share", "single_door_share"):
        assert row[name] == pytest.approx(published[name])
    assert city.json("collect") == [row]
    assert "Bandung" in city.ok("collect")
    assert city.ok("collect", "--csv").startswith("city,week,")
    assert city.json("collect", "--week", "2026-W05") == []


@pytest.mark.parametrize("text", ["2026-W54", "kapan"])
def test_a_week_that_is_none_is_a_wrong_option(
    city: Terminal, text: str
) -> None:
    assert "is not a week" in city.misused("collect", "--week", text)


def test_every_file_of_a_folder_is_collected(
    city: Terminal, sent: Path
) -> None:
    folder = city.folder / "kiriman"
    folder.mkdir()
    sent.rename(folder / sent.name)
    sent = folder / sent.name
    for number in range(3):
        send_changed(
            sent, f"{number}.json", city=f"Kota {number}", register=f"k{number}"
        )
    rows = city.json("collect", str(folder))
    names = [row["city"] for row in rows]
    assert sorted(names) == ["Bandung", "Kota 0", "Kota 1", "Kota 2"]


@pytest.mark.parametrize("is_later_first", [False, True])
def test_of_a_week_that_comes_twice_the_later_revision_stays(
    city: Terminal, sent: Path, is_later_first: bool
) -> None:
    revised = later(sent, "revisi.json", 5)
    files = [str(sent), revised]
    city.ok("collect", *(files[::-1] if is_later_first else files))
    [row] = city.json("collect")
    assert row["online"] == read_summary(sent).summary.total.online + 1
    told = city("collect", str(sent)).err
    assert "earlier revision" in told


@pytest.mark.parametrize("is_final_first", [False, True])
def test_a_provisional_week_never_takes_the_place_of_the_final_one(
    city: Terminal, sent: Path, is_final_first: bool
) -> None:
    """Not even where a clock was set back in between."""
    early = later(sent, "sementara.json", 5)
    provisional = send_changed(Path(early), "sementara.json", final=False)
    files = [str(sent), provisional]
    city.ok("collect", *(files if is_final_first else files[::-1]))
    [row] = city.json("collect")
    assert row["final"]
    assert row["online"] == read_summary(sent).summary.total.online


def test_the_same_file_again_changes_nothing(
    city: Terminal, sent: Path
) -> None:
    before = city.json("collect", str(sent))
    assert "already" in city("collect", str(sent)).err
    assert city.json("collect") == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"online": 1', '"online": 2'),
        ('"online": 1', '"online": -1'),
        ('"Bandung"', '"Cimahi"'),
        ('"week": "2026-W06"', '"week": "2026-W99"'),
        ('"digest"', '"digset"'),
    ],
)
def test_a_week_that_was_edited_is_refused_with_all_that_came_along(
    city: Terminal, sent: Path, old: str, new: str
) -> None:
    text = sent.read_text()
    assert old in text
    bad = sent.with_name("rusak.json")
    bad.write_text(text.replace(old, new, 1))
    assert "damaged" in city.refused("collect", str(sent), str(bad))
    assert "name the weeks" in city.refused("collect")
    city.ok("collect", str(sent))
    assert "damaged" in city.refused("collect", str(bad))
    assert len(city.json("collect")) == 1


@pytest.mark.parametrize("text", ["", "[[[", "{}", '{"format": "x"}', "[1]"])
def test_another_file_is_named_and_refused(city: Terminal, text: str) -> None:
    path = city.folder / "lain.json"
    path.write_text(text)
    assert "no week to collect" in city.refused("collect", str(path))


def test_a_week_of_a_newer_program_is_refused(
    city: Terminal, sent: Path
) -> None:
    newer = send_changed(sent, "baru.json", version=2)
    assert "newer program" in city.refused("collect", newer)


@pytest.mark.parametrize("name", ["Kota \x1b[31m", "Kota \u202e", "a" * 5000])
def test_text_that_no_register_holds_is_refused(
    city: Terminal, sent: Path, name: str
) -> None:
    assert "damaged" in city.refused(
        "collect", send_changed(sent, "x.json", city=name)
    )


def test_a_name_that_would_be_a_formula_is_harmless_in_csv(
    city: Terminal, sent: Path
) -> None:
    city.ok("collect", send_changed(sent, "x.json", city="=1+1"))
    assert "\n=1+1" not in city.ok("collect", "--csv")


@pytest.mark.parametrize(
    "changed", [{"city": "Kota Bandung"}, {"register": "lain"}]
)
def test_a_city_that_comes_in_two_ways_is_asked_about(
    city: Terminal, sent: Path, changed: dict[str, str]
) -> None:
    city.ok("collect", str(sent))
    other = send_changed(sent, "dua.json", week="2026-W07", **changed)
    name = changed.get("city", "Bandung")
    assert f"{name}=Bandung" in city.refused("collect", other)
    assert len(city.json("collect", other, "--same", f"{name}=Bandung")) == 1
    # Once answered it is known.
    assert city.json("collect", other)[0]["week"] == "2026-W07"


def test_a_city_under_three_names_is_one_whatever_comes_along_with_it(
    city: Terminal, sent: Path
) -> None:
    """It is asked about by the name that it is collected under, in one run as in two."""
    city.ok("collect", str(sent))
    two = send_changed(sent, "dua.json", city="Kota Bandung")
    three = send_changed(
        sent, "tiga.json", city="KOTA BANDUNG", register="lain"
    )
    same = [
        *("--same", "Kota Bandung=Bandung"),
        *("--same", "KOTA BANDUNG=Bandung"),
    ]
    assert len(city.json("collect", two, three, *same)) == 1


def test_two_cities_that_are_said_to_differ_stay_apart(
    city: Terminal, sent: Path
) -> None:
    city.ok("collect", str(sent))
    other = send_changed(sent, "dua.json", city="Kab. Bandung")
    rows = city.json("collect", other, "--different", "Kab. Bandung=Bandung")
    assert {row["city"] for row in rows} == {"Bandung", "Kab. Bandung"}


def test_a_file_of_something_else_is_never_written_over(
    city: Terminal, sent: Path
) -> None:
    before = city.db.read_bytes()
    city.refused("collect", str(sent), "--to", str(city.db))
    assert city.db.read_bytes() == before


@pytest.mark.parametrize(
    "changes",
    [
        "week set online = 'x'",
        "week set opds = null",
        "week set integrated = -1",
        "week set recorded_at = null",
        "week set recorded_at = '12x'",
        "city set name = x'ff'",
        "sqlite_master set sql = cast(x'ff' as text)",
    ],
)
def test_a_damaged_table_is_refused_and_stays(
    city: Terminal, sent: Path, changes: str
) -> None:
    table = city.folder / "provinsi.db"
    city.ok("collect", str(sent), "--to", str(table))
    with closing(sqlite3.connect(table)) as link, link:
        link.execute("pragma writable_schema = on")
        link.execute(f"update {changes}")
    before = table.read_bytes()
    refusal = city.refused("collect", str(sent), "--to", str(table))
    assert "cannot be used" in refusal
    assert table.read_bytes() == before


def test_a_summary_holds_no_names_of_people_and_no_services(
    city: Terminal,
) -> None:
    city.ok("service", "edit", "kir", "--owner", "Budi")
    city.ok("snapshot", "take", "--week", WEEK, "--out", "potret")
    text = city.ok("snapshot", "show", WEEK, "--summary")
    services = [row["name"] for row in city.json("service", "list")]
    for name in (city.by, "Budi", *services):
        assert name not in text
    assert msgspec.json.decode(text, type=WeekSummary).opds


def test_where_no_week_could_be_taken_no_table_is_made(
    city: Terminal, sent: Path
) -> None:
    """Nor a folder for it; the question that nobody answers comes with the second week."""
    other = send_changed(sent, "dua.json", city="Kota Bandung")
    empty = city.folder / "kosong"
    empty.mkdir()
    for arguments, told in (
        ((), "name the weeks to collect"),
        ((str(empty),), "ends in .json"),
        ((str(empty / "tidak-ada.json"),), "cannot be read"),
        ((str(sent), other), "Kota Bandung=Bandung"),
    ):
        table = city.folder / "salah" / "provinsi.db"
        refusal = city.refused("collect", *arguments, "--to", str(table))
        assert told in refusal
        assert not table.parent.exists()
    same = ("--same", "Kota Bandung=Bandung")
    city.ok("collect", str(sent), other, "--to", str(table), *same)
    assert len(city.json("collect", "--to", str(table))) == 1


def test_a_table_is_read_where_nothing_may_be_written(
    sent: Path, public_folder: Path
) -> None:
    folder = public_folder / "shelf"
    table = collect(folder / "provinsi.db", [read_summary(sent).summary])
    table.chmod(0o444)
    folder.chmod(0o555)

    def read() -> None:
        with pytest.raises(OSError, match="denied"):
            table.with_name("x").touch()
        with read_collection(table) as collection:
            [row] = collection.read_week()
        assert row["city"] == "Bandung"

    assert as_nobody(read) == 0


def test_reading_a_table_leaves_it_to_the_byte(
    city: Terminal, sent: Path
) -> None:
    table = city.folder / "t" / "provinsi.db"
    city.ok("collect", str(sent), "--to", str(table))
    before = table.read_bytes(), table.stat().st_mtime_ns
    city.ok("collect", "--to", str(table))
    assert (table.read_bytes(), table.stat().st_mtime_ns) == before
    assert list(table.parent.iterdir()) == [table]


_KILLED = """
import os, sqlite3, sys
link = sqlite3.connect(sys.argv[1], isolation_level=None)
link.execute("pragma cache_spill = 1")
link.execute("pragma cache_size = 1")
link.execute("begin immediate")
link.execute("update week set online = 99")
for number in range(2000):
    link.execute("insert into city values (?, ?, 0)", (1000 + number, "x" * 500))
os.kill(os.getpid(), 9)
"""


def test_what_a_killed_program_left_half_written_is_not_read(
    city: Terminal, sent: Path
) -> None:
    table = city.folder / "provinsi.db"
    rows = city.json("collect", str(sent), "--to", str(table))
    subprocess.run([sys.executable, "-c", _KILLED, str(table)], check=False)
    assert table.with_name("provinsi.db-journal").exists()
    assert city.json("collect", "--to", str(table)) == rows


def test_a_damaged_name_is_told_before_anything_is_asked_about_it(
    city: Terminal, sent: Path
) -> None:
    table = str(city.folder / "provinsi.db")
    city.ok("collect", str(sent), "--to", table)
    with closing(sqlite3.connect(table)) as link, link:
        link.execute("update city set name = x'ff'")
    other = send_changed(sent, "dua.json", city="Kota Bandung")
    refusal = city.refused("collect", other, "--to", table)
    assert "cannot be used" in refusal


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\0" * 9])
def test_another_file_is_not_read_as_a_table(
    city: Terminal, content: bytes
) -> None:
    path = city.folder / "lain.db"
    path.write_bytes(content)
    city.refused("collect", "--to", str(path))
    assert path.read_bytes() == content
