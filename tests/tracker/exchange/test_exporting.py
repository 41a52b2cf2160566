"""An export opens in a spreadsheet with the right types, and nothing in it runs."""

import csv
import json
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.tracker.builder import Builder
from tracker.errors import Rejected
from tracker.exchange.columns import KINDS, column_names
from tracker.exchange.exporting import export
from tracker.exchange.parsing.numbers import plain_number
from tracker.register import Register


@pytest.fixture
def register() -> Register:
    city = Builder()
    city.opd("dinkes", name="=HYPERLINK()", contact="@sum\n-1")
    city.service(
        "imun", "dinkes", "2026-01-05", volume=1250, visits=1.5, days=1.125
    )
    city.move("imun", "2026-02-02", "online")
    return city.register


def test_a_csv_folder_has_a_file_a_kind_with_the_promised_columns(
    register: Register, tmp_path: Path
) -> None:
    paths = export(register, tmp_path / "semua")
    assert [path.name for path in paths] == [f"{kind}.csv" for kind in KINDS]
    for path in paths:
        with path.open(encoding="utf-8", newline="") as lines:
            assert tuple(next(csv.reader(lines))) == column_names(path.stem)


@pytest.mark.parametrize("city", ["small", "empty"])
@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_an_export_is_told_in_order_and_to_its_end(
    register: Register, tmp_path: Path, form: str, city: str
) -> None:
    if city == "empty":
        register = Builder().register
    told: list[tuple[int, int]] = []
    export(
        register,
        tmp_path / "semua",
        form,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == sorted(told)
    assert told[-1] == (1000, 1000)


def test_numbers_are_plain_digits_and_texts_do_not_run(
    register: Register, tmp_path: Path
) -> None:
    export(register, tmp_path)
    with (tmp_path / "services.csv").open(
        encoding="utf-8", newline=""
    ) as lines:
        [row] = csv.DictReader(lines)
    assert (row["volume"], row["visits"], row["days"]) == (
        "1250",
        "1.5",
        "1.1250",
    )
    assert (row["stage"], row["registered_on"], row["opd"]) == (
        "conventional",
        "2026-01-05",
        "dinkes",
    )
    with (tmp_path / "opds.csv").open(encoding="utf-8", newline="") as lines:
        [row] = csv.DictReader(lines)
    assert (row["name"], row["contact"]) == ("'=HYPERLINK()", "'@sum\n-1")


def test_a_workbook_has_a_sheet_a_kind_with_the_right_types(
    register: Register, tmp_path: Path
) -> None:
    book = load_workbook(export(register, tmp_path / "semua.xlsx")[0])
    assert book.sheetnames == list(KINDS)
    cells = dict(
        zip(column_names("services"), book["services"][2], strict=True)
    )
    assert cells["registered_on"].value == datetime(2026, 1, 5)
    assert cells["registered_on"].is_date
    assert (cells["volume"].value, cells["days"].value) == (1250, 1.125)
    name = dict(zip(column_names("opds"), book["opds"][2], strict=True))["name"]
    assert (name.value, name.data_type) == ("=HYPERLINK()", "s")


def test_a_sheet_says_how_large_it_is(
    register: Register, tmp_path: Path
) -> None:
    book = load_workbook(
        export(register, tmp_path / "semua.xlsx")[0], read_only=True
    )
    assert (book["services"].max_row, book["services"].max_column) == (
        2,
        len(column_names("services")),
    )
    book.close()


def test_no_text_of_a_workbook_is_kept_until_its_end(
    register: Register, tmp_path: Path
) -> None:
    """A table of all texts would hold a large register a second time."""
    [path] = export(register, tmp_path / "semua.xlsx")
    with ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b't="inlineStr"' in sheet
    assert b't="s"' not in sheet


def test_json_holds_rows_by_the_promised_names(
    register: Register, tmp_path: Path
) -> None:
    said = json.loads(
        export(register, tmp_path / "semua.json")[0].read_text(encoding="utf-8")
    )
    assert said["city"]["name"] == "Bandung"
    assert said["moves"][0]["service"] == "imun"
    assert said["services"][0]["days"] == 1.125


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1.125, "1.1250"),
        (2.0, "2"),
        (1e-7, "0.0000001"),
        (0.1, "0.1"),
        (-0.37, "-0.37"),
    ],
)
def test_no_number_looks_like_thousands(number: float, text: str) -> None:
    assert plain_number(number) == text
    assert float(text) == number


def test_a_place_that_cannot_be_written_is_told(
    register: Register, tmp_path: Path
) -> None:
    (tmp_path / "berkas").write_text("x")
    with pytest.raises(Rejected):
        export(register, tmp_path / "berkas" / "semua.json")


def test_an_unknown_format_is_refused(
    register: Register, tmp_path: Path
) -> None:
    with pytest.raises(Rejected):
        export(register, tmp_path / "x", "ods")


def test_nothing_is_left_of_an_export_that_fails(
    register: Register, tmp_path: Path
) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(register, tmp_path / "semua", "csv", stop)
    assert not list(tmp_path.rglob("*.tmp"))


def test_a_number_of_many_digits_is_the_same_number(tmp_path: Path) -> None:
    city = Builder()
    city.opd("dinkes")
    city.service("imun", "dinkes", "2026-01-05", days=0.1 + 0.2)
    book = load_workbook(export(city.register, tmp_path / "a.xlsx")[0])
    row = dict(zip(column_names("services"), book["services"][2], strict=True))
    assert float(row["days"].value) == 0.1 + 0.2


def test_a_text_that_no_cell_can_hold_is_refused(tmp_path: Path) -> None:
    city = Builder()
    city.opd("dinkes", contact="x" * 40_000)
    with pytest.raises(Rejected) as error:
        export(city.register, tmp_path / "a.xlsx")
    assert error.value.values["limit"] == 32_767
    assert not list(tmp_path.iterdir())
