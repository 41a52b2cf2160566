"""``compare`` by kind, on services, on the same age, and what it remembers."""

import io
import json
from pathlib import Path

import pytest

from tests.tracker.cli.terminal import Terminal
from tracker.comparison.memory import MEMORY_FILE
from tracker.settings import settings_path


def other_city(city: Terminal) -> str:
    """Write a second city that offers ``izin`` too, behind its single door, and a near name."""
    own = city.db
    city.db = city.folder / "cimahi.json"
    city.ok(
        *("init", "--city", "Cimahi", "--portal", "Pintu"),
        *("--timezone", "WITA"),
    )
    city.ok("opd", "add", "Dinas Kesehatan", "--code", "kes")
    city.ok("app", "add", "SIP", "--code", "sip")
    on = ("--on", "2026-06-01")
    city.ok("service", "add", "kes", "Izin praktik", "--app", "sip", *on)
    city.ok("service", "add", "kes", "Uji kelaikan bus", "--code", "uji", *on)
    city.ok("opening", "close", *on)
    city.ok("move", "Izin praktik", "integrated", "--on", "2026-07-01")
    name = str(city.db)
    city.db = own
    return name


def test_compare_tells_what_to_learn_from_whom(city: Terminal) -> None:
    cimahi = other_city(city)
    [lesson] = city.json("compare", cimahi, "--learn")
    assert lesson["learner"] == "Bandung"
    assert lesson["teacher"] == "Cimahi"
    assert lesson["service"] == "izin"
    assert lesson["applications"] == ["SIP"]
    assert lesson["days"] == 30
    told = city.ok("compare", cimahi, "--learn")
    assert "SIP" in told
    assert "0/1" in told
    assert city.ok("compare", cimahi, "--learn", "--csv").startswith("learner,")
    assert "# " in city.ok("compare", cimahi, "--markdown")


def test_a_register_is_known_however_another_program_wrote_it(
    city: Terminal,
) -> None:
    cimahi = Path(other_city(city))
    told = city.json("compare", str(cimahi))
    tables = json.loads(cimahi.read_bytes())
    for is_sorted in (False, True):
        cimahi.write_text(json.dumps(tables, indent=2, sort_keys=is_sorted))
        assert city.json("compare", str(cimahi)) == told


def test_compare_goes_by_kind_and_by_the_week_since_each_began(
    city: Terminal,
) -> None:
    cimahi = other_city(city)
    rows = city.json("compare", cimahi, "--by-kind")
    assert {(row["kind"], row["city"]) for row in rows} == {
        ("dinas", "Bandung"),
        ("dinas", "Cimahi"),
    }
    rows = city.json("compare", cimahi, "--same-age")
    assert len({row["weeks_since_start"] for row in rows}) == 1
    assert rows[0]["week"] < rows[1]["week"]
    city.misused("compare", cimahi, "--by-kind", "--learn")


def test_the_files_and_the_decisions_are_remembered(city: Terminal) -> None:
    city.ok(
        *("service", "add", "dishub", "Uji kelaikan bis", "--code", "laik"),
        *("--on", "2026-06-01"),
    )
    cimahi = other_city(city)
    [near] = city.json("compare", cimahi, "--near")
    assert (near["service"], near["other_service"]) == ("laik", "uji")
    assert "--near" in city("compare").err
    city.ok("compare", "--same", "laik=uji")
    assert city.json("compare", "--near") == []
    city.ok("compare", "--different", "laik=uji")
    assert city.json("compare", "--near") == []
    assert "pair" in city.misused("compare", "--same", "laik")
    assert "code" in city.refused("compare", "--same", "laik=tidak-ada")


def test_decisions_that_cannot_be_read_are_not_written_over(
    city: Terminal,
) -> None:
    """The disk refuses them: to go on without them would pair other services."""
    cimahi = other_city(city)
    city.ok("compare", cimahi)
    kept = settings_path().with_name(MEMORY_FILE)
    kept.unlink()
    kept.mkdir()
    assert "cannot be read: it is a folder" in city.refused("compare", cimahi)
    assert "cannot be read" in city.refused(
        "site", "situs", "--compare", cimahi
    )
    assert kept.is_dir()


def test_on_a_terminal_near_names_are_asked_about(
    city: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    city.ok(
        *("service", "add", "dishub", "Uji kelaikan bis", "--code", "laik"),
        *("--on", "2026-06-01"),
    )
    cimahi = other_city(city)
    monkeypatch.setattr("tracker.cli.importing.can_ask", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO("\nya\n"))
    left_open = city("compare", cimahi, "--near")
    assert "Uji kelaikan bus" in left_open.err
    assert "Uji kelaikan bus" in left_open.out
    decided = city("compare", cimahi, "--near")
    assert "Uji kelaikan bus" in decided.err
    assert "Uji kelaikan bus" not in decided.out
    assert city.json("compare", cimahi, "--near") == []


def test_the_site_has_a_page_of_other_cities(city: Terminal) -> None:
    cimahi = other_city(city)
    city.ok("snapshot", "take", "--week", "2026-W46")
    city.ok("site", "situs", "--compare", cimahi)
    page = (city.folder / "situs" / "kota-lain.html").read_text("utf-8")
    assert "Bandung can learn from Cimahi" in page
    index = (city.folder / "situs" / "index.html").read_text("utf-8")
    assert 'href="kota-lain.html"' in index


def test_without_a_file_ever_named_one_is_asked_for(city: Terminal) -> None:
    assert "another city" in city.misused("compare")


def test_an_export_s_own_day_counts(city: Terminal) -> None:
    city.ok("export", "lama.json")
    exported = json.loads((city.folder / "lama.json").read_text())
    exported["city"]["name"] = "Cimahi"
    exported["exported_on"] = "2026-10-07"
    (city.folder / "lama.json").write_text(json.dumps(exported))
    rows = city.json("compare", "lama.json")
    assert [row["week"] for row in rows] == ["2026-W46", "2026-W40"]


def test_an_export_whose_own_day_cannot_be_read_has_that_of_its_last_entry(
    city: Terminal,
) -> None:
    city.ok("export", "lama.json")
    path = city.folder / "lama.json"
    exported = json.loads(path.read_text())
    exported["city"]["name"] = "Cimahi"
    path.write_text(json.dumps(exported), encoding="utf-8-sig")
    marked = city.json("compare", "lama.json")
    exported["exported_on"] = "2026-13-45"
    path.write_text(json.dumps(exported))
    without_day = city.json("compare", "lama.json")
    assert [row["city"] for row in marked] == ["Bandung", "Cimahi"]
    assert [row["city"] for row in without_day] == ["Bandung", "Cimahi"]


def test_an_export_is_read_whatever_its_ending(city: Terminal) -> None:
    city.ok("export", "cimahi.xlsx")
    (city.folder / "cimahi.xlsx").rename(city.folder / "cimahi.xlsm")
    rows = city.json("compare", "cimahi.xlsm")
    assert [row["city"] for row in rows] == ["Bandung", "cimahi"]
