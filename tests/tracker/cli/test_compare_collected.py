"""``compare`` with a collected table, in every form, beside registers and alone."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.tracker.builder import Builder
from tests.tracker.cli.terminal import Terminal
from tests.tracker.comparison.publishing import collect, publish, weeks_until
from tracker.comparison.collection_file import is_collection
from tracker.comparison.report import MOST_FORECASTS
from tracker.week import Week

WEEK = Week.parse("2026-W45")
"""A week before the one in which our city stands."""


@pytest.fixture
def table(city: Terminal) -> str:
    """A table of Cimahi, and of our own city: by no name that would give it away."""
    other = Builder("Cimahi")
    other.opd("utara", "kecamatan")
    other.service("a", "utara", "2026-01-05", "online")
    other.service("b", "kes", "2026-01-05", "integrated")
    other.move("a", "2026-10-07", "integrated")
    summaries = publish(other.register, weeks_until(WEEK, 26), register="c")
    path = collect(city.folder / "provinsi.json", summaries)
    city.ok("snapshot", "take", "--week", "2026-W46")
    sent = city.folder / "sent" / "kami.json"
    sent.parent.mkdir()
    sent.write_text(city.ok("snapshot", "show", "2026-W46", "--summary"))
    city.ok("collect", str(sent), "--to", str(path))
    return str(path)


def test_a_collected_city_stands_beside_ours_as_it_published(
    city: Terminal, table: str
) -> None:
    ours, theirs = city.json("compare", table)
    assert (ours["city"], theirs["city"]) == ("Bandung", "Cimahi")
    assert (ours["as_published"], theirs["as_published"]) == (False, True)
    assert list(ours) == list(theirs)
    assert (theirs["file"], theirs["week"]) == ("provinsi.json", str(WEEK))
    assert (theirs["services"], theirs["opds"], theirs["index"]) == (2, 2, 100)
    assert theirs["pace"] == "done"
    assert theirs["velocity"] == 0
    assert theirs["verified_share"] is None
    # Remembered as any other file is.
    assert city.json("compare") == [ours, theirs]


def test_every_form_has_the_collected_city(city: Terminal, table: str) -> None:
    told = city.ok("compare", table)
    assert "2026-W45 to 2026-W46" in " ".join(told.split())
    assert "published" in told
    assert "Services that both offer" not in told
    rows = list(csv.DictReader(io.StringIO(city.ok("compare", "--csv"))))
    assert [row["city"] for row in rows] == ["Bandung", "Cimahi"]
    assert rows[1]["verified_share"] == ""
    kinds = city.json("compare", "--by-kind")
    assert ("kecamatan", "Cimahi") in {
        (row["kind"], row["city"]) for row in kinds
    }
    page = city.ok("compare", "--markdown")
    assert "# Bandung and Cimahi side by side" in page
    assert "2026-W45 to 2026-W46" in page
    city.ok("site", "situs", "--compare", table)
    html = (city.folder / "situs" / "kota-lain.html").read_text("utf-8")
    assert "Cimahi" in html
    assert "2026-W45 to 2026-W46" in html


def test_where_all_stand_in_one_week_no_week_is_said_to_differ(
    city: Terminal, table: str
) -> None:
    city.today = "2026-11-12"
    assert "differ" not in city.ok("compare", table)


def test_what_counts_cannot_tell_is_refused_in_words(
    city: Terminal, table: str
) -> None:
    assert "began" in city.refused("compare", table, "--same-age")
    for option in ("--learn", "--near"):
        refusal = city.refused("compare", table, option, "--json")
        assert "no services" in refusal


def test_a_register_beside_a_table_says_more(
    city: Terminal, table: str
) -> None:
    """The city of both is compared from its register, with its services."""
    city.ok("export", "cimahi.json")
    path = city.folder / "cimahi.json"
    exported = json.loads(path.read_text())
    exported["city"]["name"] = "Cimahi"
    path.write_text(json.dumps(exported))
    assert "another city" in city.refused("compare", table, str(path))
    exported["city"]["name"] = "Sumedang"
    path.write_text(json.dumps(exported))
    rows = city.json("compare", table, str(path))
    assert [row["city"] for row in rows] == ["Bandung", "Sumedang", "Cimahi"]
    assert "Services that both offer" in city.ok("compare")
    assert city.json("compare", "--learn") == []


def test_many_cities_leave_their_forecasts_to_programs(
    city: Terminal,
) -> None:
    other = Builder("x")
    other.service("a", "kes", "2026-01-05", "online")
    other.service("b", "kes", "2026-01-05")
    other.move("a", "2026-10-07", "integrated")
    weeks = weeks_until(WEEK, 26)
    summaries = [
        summary
        for number in range(MOST_FORECASTS + 1)
        for summary in publish(
            other.register, weeks, register=f"k{number}", city=f"Kota {number}"
        )
    ]
    path = str(collect(city.folder / "a.db", summaries))
    told = city.ok("compare", path)
    assert "--json" in told
    rows = city.json("compare", path)
    assert len(rows) == MOST_FORECASTS + 2
    assert rows[1]["forecast_p50"]
    assert f"Bandung beside {MOST_FORECASTS + 1} other cities" in city.ok(
        "compare", "--markdown"
    )


@pytest.mark.parametrize(
    "changes",
    [
        "week set online = 'x'",
        "week set week = '2026-W45x' where week = '2026-W45'",
        "week set opds = null",
        "opd set kind = x'ff'",
        "city set name = x'ff'",
        "sqlite_master set sql = cast(x'ff' as text)",
    ],
)
def test_a_damaged_table_is_refused_in_words(
    city: Terminal, table: str, changes: str
) -> None:
    with closing(sqlite3.connect(table)) as link, link:
        link.execute("pragma writable_schema = on")
        link.execute(f"update {changes}")
    assert "cannot be read" in city.refused("compare", table, "--by-kind")


def test_another_database_is_no_table(city: Terminal) -> None:
    path = city.folder / "lain.db"
    with closing(sqlite3.connect(path)) as link, link:
        link.execute("create table t (a)")
    assert city("compare", str(path)).code == 1


UNREADABLE = Path("/proc/self/mem")
"""A file that root too may open and cannot read from its beginning."""


@pytest.mark.skipif(not UNREADABLE.exists(), reason="only on Linux")
def test_a_file_that_cannot_be_read_is_named(
    city: Terminal, table: str
) -> None:
    assert not is_collection(UNREADABLE)
    refusal = city.refused("compare", table, str(UNREADABLE))
    assert str(UNREADABLE) in refusal
    Path(table).unlink()
    assert table in city.refused("compare", table)


def test_names_from_a_table_are_data(city: Terminal, table: str) -> None:
    with closing(sqlite3.connect(table)) as link, link:
        link.execute(
            "update city set name = '=1+1 <b>x</b> ' || char(27, 91) || '31m' "
            "where name = 'Cimahi'"
        )
    assert "\x1b" not in city.ok("compare", table)
    page = city.ok("compare", table, "--markdown")
    assert "<b>" not in page.replace("\\<b>", "")
    assert "\n=1+1" not in city.ok("compare", table, "--csv")
    city.ok("site", "situs", "--compare", table)
    html = (Path(city.folder) / "situs" / "kota-lain.html").read_text("utf-8")
    assert "<b>" not in html


def test_comparing_leaves_the_table_to_the_byte(
    city: Terminal, table: str
) -> None:
    before = Path(table).read_bytes(), Path(table).stat().st_mtime_ns
    city.ok("compare", table, "--markdown")
    assert (Path(table).read_bytes(), Path(table).stat().st_mtime_ns) == before
