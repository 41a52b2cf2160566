"""The open data: a row a service as it stands today."""

import csv
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.hostile.registers import hostile
from tests.hostile.texts import ORDERS
from tests.tracker.builder import Builder
from tracker.errors import UsageError
from tracker.exchange.current.columns import OPEN_DATA
from tracker.exchange.current.rows import current_services
from tracker.exchange.current.writing import current_format, write_current
from tracker.language import load_language
from tracker.metrics.measure import measure
from tracker.register import Register
from tracker.week import Week

ID, EN = load_language("id"), load_language("en")
TODAY = date(2026, 5, 7)


@pytest.fixture
def register() -> Register:
    city = Builder("Kota Contoh", portal="Satu Pintu")
    city.opd(
        "dinkes", name="Dinas Kesehatan", kind="dinas", contact="Ibu Sari 0811"
    )
    city.opd("cibiru", name="Kecamatan Cibiru", kind="kecamatan")
    city.service(
        "imun", "dinkes", "2026-01-05", owner="Pak Budi", volume=1250, visits=2
    )
    city.service("akta", "cibiru", "2026-01-05", "online", visits=1.5)
    city.move("imun", "2026-02-02", "online", evidence="rahasia", visits=0.5)
    city.move("imun", "2026-03-02", "integrated", verified="2026-03-05")
    city.target("akta", "2026-05-01", stage="integrated")
    city.service("tutup", "dinkes", "2026-01-05")
    city.closure("tutup", "2026-02-01")
    return city.register


def read_csv(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))


def test_a_row_is_a_service_as_it_stands_today_not_as_it_was_registered(
    register: Register, tmp_path: Path
) -> None:
    path, _ = write_current(register, tmp_path / "kini.csv", "csv", EN, TODAY)
    akta, imun = read_csv(path)
    assert (imun["service"], imun["stage"], imun["points"]) == (
        "imun",
        "Integrated",
        "2",
    )
    assert (imun["since"], imun["visits"], imun["verified"]) == (
        "2026-03-02",
        "0.5",
        "yes",
    )
    assert (imun["city"], imun["as_of"]) == ("Kota Contoh", "2026-05-07")
    assert (imun["target_due_on"], imun["days_late"]) == ("", "")
    assert (akta["since"], akta["moved_on"]) == ("2026-01-05", "")
    assert (akta["target_stage"], akta["days_late"]) == ("Integrated", "6")


def test_the_columns_are_those_that_are_promised() -> None:
    names = " ".join(column.name for column in OPEN_DATA)
    assert names == (
        "city as_of service name opd opd_name opd_kind stage points since registered_on "
        "moved_on verified volume visits days application family tags target_stage "
        "target_due_on days_late"
    )
    assert len({column.indonesian for column in OPEN_DATA}) == len(OPEN_DATA)


def test_an_indonesian_csv_opens_in_an_indonesian_excel(
    register: Register, tmp_path: Path
) -> None:
    path, dictionary = write_current(
        register, tmp_path / "kini.csv", "csv", ID, TODAY
    )
    assert path.read_bytes().startswith(
        b"\xef\xbb\xbfkota;per_tanggal;kode_layanan;"
    )
    akta, _ = read_csv(path, ";")
    assert (akta["tahap"], akta["kunjungan"]) == ("Daring", "1,5")
    assert dictionary.name == "kini-kamus.csv"


def test_an_english_csv_is_plain(register: Register, tmp_path: Path) -> None:
    path, dictionary = write_current(
        register, tmp_path / "now.csv", "csv", EN, TODAY
    )
    assert path.read_bytes().startswith(b"city,as_of,service,")
    assert dictionary.name == "now-dictionary.csv"


def test_the_dictionary_explains_every_column(
    register: Register, tmp_path: Path
) -> None:
    _, dictionary = write_current(
        register, tmp_path / "kini.csv", "csv", EN, TODAY
    )
    rows = read_csv(dictionary)
    explained = {row["Column"]: row["Meaning"] for row in rows}
    assert all(explained[column.name] for column in OPEN_DATA)
    assert "Kota Contoh" in rows[-1]["Meaning"]


def test_no_person_contact_or_evidence_leaves_the_house(
    register: Register, tmp_path: Path
) -> None:
    written = write_current(register, tmp_path / "kini.csv", "csv", EN, TODAY)
    text = "".join(path.read_text(encoding="utf-8") for path in written)
    assert not [
        word for word in ("Budi", "Sari", "0811", "rahasia") if word in text
    ]


def test_a_workbook_filters_its_rows_and_holds_typed_cells(
    register: Register, tmp_path: Path
) -> None:
    [path] = write_current(register, tmp_path / "kini.xlsx", "xlsx", ID, TODAY)
    book = load_workbook(path)
    assert book.sheetnames == ["Layanan", "Kamus data"]
    sheet = book["Layanan"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:V3")
    head = [cell.value for cell in sheet[1]]
    row = dict(zip(head, (cell.value for cell in sheet[3]), strict=True))
    assert row["sejak"].date() == date(2026, 3, 2)
    assert (row["volume"], row["poin"]) == (1250, 2)


def test_the_same_register_and_day_give_the_same_bytes(
    register: Register, tmp_path: Path
) -> None:
    for form in ("csv", "xlsx"):
        first = write_current(register, tmp_path / f"a.{form}", form, ID, TODAY)
        again = write_current(register, tmp_path / f"b.{form}", form, ID, TODAY)
        assert [p.read_bytes() for p in first] == [
            p.read_bytes() for p in again
        ]


def test_the_rows_are_the_services_of_the_figures(register: Register) -> None:
    figures = measure(register, Week.of(TODAY), TODAY).city
    rows = current_services(register, TODAY)
    assert len(rows) == figures.services
    assert sum(2 - row.at.points for row in rows) == figures.remaining_steps
    assert sum(bool(row.days_late) for row in rows) == figures.overdue


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_hostile_texts_neither_run_nor_command(
    form: str, tmp_path: Path
) -> None:
    path, *_ = write_current(
        hostile(), tmp_path / f"x.{form}", form, EN, TODAY.replace(month=11)
    )
    if form == "csv":
        texts = [cell for row in read_csv(path) for cell in row.values()]
        assert not [
            text for text in texts if text.startswith(("=", "+", "-", "@"))
        ]
    else:
        cells = [
            cell
            for row in load_workbook(path)["Services"].iter_rows()
            for cell in row
        ]
        assert not [cell for cell in cells if cell.data_type == "f"]
        texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert texts
    assert not [
        text for text in texts if any(order in text for order in ORDERS)
    ]


def test_the_format_is_told_by_the_ending_or_asked_for() -> None:
    assert current_format(Path("x.xlsx"), "") == "xlsx"
    assert current_format(Path("x"), "csv") == "csv"
    for dest, form in (
        (Path("x"), ""),
        (Path("x.json"), ""),
        (Path("x.csv"), "json"),
    ):
        with pytest.raises(UsageError):
            current_format(dest, form)
