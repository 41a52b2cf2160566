"""From nothing to a closed opening and a first page: two more cities, a fourth, and what they learn."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.tracker.cli.terminal import Terminal
from tracker.exchange.sheets.layout import HEADER_ROW, PLACES

FIRST_DAY, CLOSED_ON = "2026-09-28", "2026-10-05"
FRIDAY = "2026-11-20"


class Cities:
    """The registers of several cities in one folder, on one terminal."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.folder = terminal.folder

    def choose(self, city: str, today: str) -> Terminal:
        self.terminal.db = self.folder / f"{city}.json"
        self.terminal.today = today
        return self.terminal


@pytest.fixture
def cities(terminal: Terminal) -> Cities:
    return Cities(terminal)


def begin_makassar(cities: Cities) -> Terminal:
    """A city of 12 OPDs two hours east, begun from Bandung's catalogue without what it lacks."""
    city = cities.choose("makassar", FIRST_DAY)
    city.ok(
        *("init", "--city", "Kota Makassar", "--portal", "Lontara+"),
        *("--timezone", "WITA", "--goal", "2029-12-31"),
        *("--catalogue", "bandung", "--without", "kecamatan"),
        *("--without", "rumah-sakit", "--without-application", "sabilulungan"),
    )
    opds = [opd["code"] for opd in city.json("opd", "list")]
    lacking = [word for code in opds[12:] for word in ("--opd", code)]
    city.ok("opening", "remove", *lacking)
    city.ok("kind", "rename", "badan", "Badan Kota")
    return city


def begin_jayapura(cities: Cities, folder: Path) -> Terminal:
    """A regency of 60 OPDs furthest east, with districts of its own kind, from its own list."""
    city = cities.choose("jayapura", FIRST_DAY)
    city.ok(
        *("init", "--city", "Kabupaten Jayapura", "--portal", "Khenambay"),
        *("--timezone", "WIT", "--goal", "2030-12-31"),
    )
    city.ok("kind", "add", "Distrik")
    lines = ["perangkat daerah,nama layanan,kode layanan,tahap"]
    opds = ["kode,nama,jenis"]
    for number in range(60):
        kind = "Distrik" if number < 40 else "Dinas"
        opds.append(f"opd-{number},{kind} {number:02d},{kind}")
        lines += [
            f"opd-{number},Surat pengantar SKCK,skck-{number},manual",
            f"opd-{number},Layanan khas {number:02d},khas-{number},daring",
        ]
    lines.append("opd-50,Izin praktik dokter umum,praktik,manual")
    lines.append("opd-50,Data terbuka Kabupaten Jayapura,terbuka,daring")
    (folder / "opd.csv").write_text("\n".join(opds) + "\n")
    (folder / "layanan.csv").write_text("\n".join(lines) + "\n")
    city.ok("import", "opd.csv")
    city.ok("import", "layanan.csv", "--as-of", FIRST_DAY)
    return city


def answer_sheets(city: Terminal) -> None:
    """Every OPD fills in its sheet: each third service is online, the others at the counter."""
    city.ok("sheets", "lembar")
    for path in sorted((city.folder / "lembar").glob("*.xlsx")):
        book = load_workbook(path)
        sheet = book.worksheets[0]
        for row in range(HEADER_ROW + 1, sheet.max_row + 1):
            if sheet.cell(row, 1).value:
                stage = "Online" if row % 3 == 0 else "Conventional"
                sheet.cell(row, PLACES["stage"] + 1).value = stage
        book.save(path)
    city.ok("import", "lembar")


def close_opening(cities: Cities, name: str) -> Terminal:
    status = cities.terminal.json("opening", "status")
    assert status["services"]
    assert status["assumed"] == 0
    city = cities.choose(name, CLOSED_ON)
    city.ok("opening", "close")
    assert city.json("opening", "status")["started_on"] == CLOSED_ON
    return city


def first_page(city: Terminal) -> str:
    city.today = FRIDAY
    page = city.ok("snapshot", "take", "--week", "2026-W46", "--stdout")
    assert "FINAL" in page
    return page


def move(city: Terminal, codes: list[str], stage: str, on: str) -> None:
    city.today = FRIDAY
    city.ok("move", *codes, stage, "--on", on, "--evidence", "Surat 1")


def codes_of(city: Terminal, **wanted: Any) -> list[str]:
    return [
        row["service"]
        for row in city.json("service", "list")
        if all(row[name] == value for name, value in wanted.items())
    ]


@pytest.mark.thorough
def test_two_more_cities_and_a_fourth_learn_from_each_other(
    cities: Cities,
) -> None:
    makassar = begin_makassar(cities)
    assert len(makassar.json("opd", "list")) == 12
    assert makassar.ok("config", "get", "timezone").strip() == "Asia/Makassar"
    names = [row["name"] for row in makassar.json("service", "list")]
    assert not [name for name in names if "Bandung" in name or "{" in name]
    answer_sheets(makassar)
    makassar = close_opening(cities, "makassar")
    assert (
        makassar.json("metrics", "--week", "2026-W41")["city"]["steps"] is None
    )
    terbuka = "diskominfo-data-terbuka"
    online = codes_of(makassar, stage="online")[:20]
    move(makassar, online, "integrated", "2026-10-28")
    makassar.ok(
        *("service", "add", "bkad", "Data terbuka Kota Makassar"),
        *("--code", terbuka, "--on", "2026-10-06"),
    )
    move(makassar, [terbuka], "integrated", "2026-11-04")
    page = first_page(makassar)
    assert "Kota Makassar" in page
    assert "Badan Kota" in page
    makassar.ok("catalogue", "export", "katalog-makassar.json")
    makassar.ok("export", "makassar-ekspor.json")

    jayapura = begin_jayapura(cities, cities.folder)
    assert len(jayapura.json("opd", "list")) == 60
    assert jayapura.ok("config", "get", "timezone").strip() == "Asia/Jayapura"
    jayapura = close_opening(cities, "jayapura")
    skck = [f"skck-{number}" for number in range(40)]
    move(jayapura, skck, "integrated", "2026-10-21")
    page = first_page(jayapura)
    assert "Kabupaten Jayapura" in page
    assert "Distrik" in page
    jayapura.ok("catalogue", "export", "katalog-jayapura.json")

    lessons = jayapura.json("compare", "makassar-ekspor.json", "--learn")
    learnt = {
        row["name"]: row for row in lessons if "Jayapura" in row["learner"]
    }
    lesson = learnt["Data terbuka Kabupaten Jayapura"]
    assert lesson["teacher"] == "Kota Makassar"
    assert lesson["days"] == 29
    rows = jayapura.json("compare", "--by-kind")
    assert {"Distrik", "Badan Kota"} <= {row["kind"] for row in rows}

    makassar = cities.choose("makassar", FRIDAY)
    rows = makassar.json("compare", "jayapura.json")
    assert [row["city"] for row in rows] == [
        "Kota Makassar",
        "Kabupaten Jayapura",
    ]
    told = makassar.ok("compare", "--learn")
    assert "Kabupaten Jayapura can learn from Kota Makassar" in told
    assert "Data terbuka Kabupaten Jayapura" in told

    fourth = cities.choose("ambon", FRIDAY)
    fourth.ok(
        *("init", "--city", "Kota Ambon", "--portal", "Ambon Satu"),
        *("--timezone", "WIT", "--catalogue", "katalog-makassar.json"),
    )
    services = {row["service"]: row for row in fourth.json("service", "list")}
    assert services[terbuka]["name"] == "Data terbuka Kota Ambon"
    assert "Badan Kota" in {opd["kind"] for opd in fourth.json("opd", "list")}
    assert not [
        row for row in services.values() if row["stage"] == "integrated"
    ]
    written = (cities.folder / "katalog-makassar.json").read_text()
    assert not json.loads(written).get("moves")
    assert "Rani" not in written

    fifth = cities.choose("sorong", FRIDAY)
    fifth.ok(
        *("init", "--city", "Sorong", "--portal", "Satu Sorong"),
        *("--catalogue", "katalog-jayapura.json", "--without", "Distrik"),
    )
    assert len(fifth.json("opd", "list")) == 20
    names = [row["name"] for row in fifth.json("service", "list")]
    assert "Data terbuka Kota Sorong" in names
