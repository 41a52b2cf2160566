"""A bad row is left out, put right or put aside by an answer; the others go in."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.depth import examples
from tests.tracker.exchange.importing import (
    after,
    complaints,
    empty,
    file,
    imported,
    planned,
)
from tracker.errors import Rejected
from tracker.exchange.aside import free_path, write_rows_aside
from tracker.exchange.parsing.mapping import mapping_from
from tracker.exchange.parsing.row_answers import cell_key, row_key

CREATES = mapping_from({"create_opds": True})


def bad(folder: Path) -> Path:
    rows = (
        "Dinas A;Satu;daring;5",
        "Dinas A;Dua;entah;banyak",
        "Dinas A;;daring;x",
    )
    return file(folder, "x.csv", "OPD;Nama Layanan;Tahap;Volume", *rows)


def test_all_that_is_wrong_with_a_row_comes_at_once(tmp_path: Path) -> None:
    assert complaints(planned(empty(), bad(tmp_path), mapping=CREATES)) == [
        (3, "Tahap"),
        (3, "Volume"),
        (4, "Volume"),
        (4, "Nama Layanan"),
    ]


def test_rows_are_left_out_by_an_answer_and_named(tmp_path: Path) -> None:
    answers = {row_key("x.csv", 3): "skip", row_key("x.csv", 4): "skip"}
    made = planned(empty(), bad(tmp_path), mapping=CREATES, answers=answers)
    assert made.is_ready
    assert made.counts["services"] == {"new": 1}
    [unread] = made.account.unread
    assert (unread.name, unread.count) == ("3–4", 7)


def test_a_row_that_no_sheet_has_is_not_looked_for(tmp_path: Path) -> None:
    answers = {"row:x.csv:" + "9" * 5000: "skip"}
    made = planned(empty(), bad(tmp_path), mapping=CREATES, answers=answers)
    assert len(made.problems) == 4


def test_a_row_is_left_out_by_no_other_answer(tmp_path: Path) -> None:
    answers = {row_key("x.csv", 3): "new", cell_key("x.csv", 4, "name"): "skip"}
    made = planned(empty(), bad(tmp_path), mapping=CREATES, answers=answers)
    assert complaints(made) == [(3, "Tahap"), (3, "Volume"), (4, "Volume")]


def test_what_is_no_number_does_not_show_how_a_file_writes_numbers(
    tmp_path: Path,
) -> None:
    head = "OPD;Nama Layanan;Tahap;Volume;Hari"
    rows = (
        "Dinas A;Satu;daring;1.250 (kira-kira);",
        "Dinas A;Dua;daring;5;2,500",
    )
    path = file(tmp_path, "x.csv", head, *rows)
    left_out = {row_key("x.csv", 2): "skip"}
    made = planned(empty(), path, mapping=CREATES, answers=left_out)
    assert [question.sort for question in made.questions] == ["numbers"]


def test_cells_are_put_right_by_an_answer(tmp_path: Path) -> None:
    answers = {
        cell_key("x.csv", 3, "stage"): "manual",
        cell_key("x.csv", 3, "volume"): "12",
        cell_key("x.csv", 4, "name"): "Tiga",
        cell_key("x.csv", 4, "volume"): "-",
    }
    register = imported(
        empty(), bad(tmp_path), mapping=CREATES, answers=answers
    )
    assert [(s.name, s.volume) for s in register.services.values()] == [
        ("Satu", 5),
        ("Dua", 12),
        ("Tiga", None),
    ]


def test_rows_put_aside_are_a_file_that_can_be_imported_once_mended(
    tmp_path: Path,
) -> None:
    path = bad(tmp_path)
    made = planned(empty(), path, mapping=CREATES)
    aside = free_path(path, "sisa")
    reasons = {("x.csv", 3): "tahap", ("x.csv", 4): "nama"}
    write_rows_aside(aside, made, reasons, "Alasan")
    assert free_path(path, "sisa").name == "x-sisa-2.csv"
    with aside.open(encoding="utf-8-sig", newline="") as written:
        assert [*csv.reader(written, delimiter=";")] == [
            ["OPD", "Nama Layanan", "Tahap", "Volume", "Alasan"],
            ["Dinas A", "Dua", "entah", "banyak", "tahap"],
            ["Dinas A", "", "daring", "x", "nama"],
        ]
    again = planned(empty(), aside, mapping=CREATES)
    assert {row for row, _ in complaints(again)} == {2, 3}


def test_lines_of_a_cell_set_aside_stay_lines_and_nothing_in_it_runs(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.csv"
    text = '"satu\ndua"'
    path.write_text(f"kode,nama,kontak\na,{text},=1+1\n", encoding="utf-8")
    made = planned(empty(), path)
    aside = tmp_path / "sisa.csv"
    write_rows_aside(aside, made, {("x.csv", 2): "nama"}, "Alasan")
    with aside.open(encoding="utf-8-sig", newline="") as written:
        assert [*csv.reader(written, delimiter=";")][1:] == [
            ["a", "satu\ndua", "'=1+1", "nama"],
        ]


NUMBERS: list[str | float] = [1.125, 12.5, 1250, 0.25, 1234.567, 1e-7]


@settings(
    max_examples=examples(15, 150),
    suppress_health_check=list(HealthCheck),
)
@given(
    st.sampled_from([["1,5", "1.250,5", "1.250"], ["1.5", "1,250.5", "1,250"]]),
    st.lists(st.integers(0, 8), max_size=4),
    st.sets(st.integers(0, 4), min_size=1),
)
@example(["1,5", "1.250,5", "1.250"], [0], {0, 1})
@example(["1.5", "1,250.5", "1,250"], [1, 8], {1, 2})
def test_numbers_set_aside_are_read_as_in_their_sheet_or_asked_about(
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[str | float],
    drawn: list[int],
    aside: set[int],
) -> None:
    """A spreadsheet's numbers and texts stand in one column, and rows go aside without the others."""
    numbers = [texts[0], *([*NUMBERS, *texts][place] for place in drawn)]
    folder = tmp_path_factory.mktemp("aside")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["OPD", "Nama Layanan", "Tahap", "Hari"])
    for place, number in enumerate(numbers):
        sheet.append(["Dinas A", f"Layanan {place}", "manual", number])
    book.save(folder / "x.xlsx")

    made = planned(empty(), folder / "x.xlsx", mapping=CREATES)
    reasons = {
        ("x.xlsx", place + 2): "tahap"
        for place in aside
        if place < len(numbers)
    }
    assume(reasons)
    write_rows_aside(folder / "sisa.csv", made, reasons, "Alasan")
    again = planned(empty(), folder / "sisa.csv", mapping=CREATES)
    assume(again.is_ready)
    days = {s.name: s.days for s in after(empty(), made).services.values()}
    for service in after(empty(), again).services.values():
        assert service.days == days[service.name]


def test_a_number_set_aside_keeps_the_signs_that_it_is_shown_with(
    tmp_path: Path,
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["kode", "nama", "kontak"])
    sheet.append([7, "Satu", 0.125])
    sheet["A2"].number_format = "0000"
    sheet["C2"].number_format = "0.0%"
    book.save(tmp_path / "x.xlsx")
    made = planned(empty(), tmp_path / "x.xlsx")
    write_rows_aside(
        tmp_path / "sisa.csv", made, {("x.xlsx", 2): "-"}, "Alasan"
    )
    written = (tmp_path / "sisa.csv").read_text(encoding="utf-8-sig")
    assert written.splitlines()[1] == "0007;Satu;12,5%;-"


def test_what_a_person_said_of_numbers_and_dates_goes_aside_with_the_rows(
    tmp_path: Path,
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["OPD", "Nama Layanan", "Tahap", "Tanggal Daftar", "Hari"])
    sheet.append(["Dinas A", "Satu", "manual", date(2025, 5, 3), "1.250"])
    sheet.append(["Dinas A", "Dua", "manual", "13/3/2025", 1.125])
    book.save(tmp_path / "x.xlsx")
    aside = tmp_path / "sisa.csv"
    reasons = {("x.xlsx", 2): "-", ("x.xlsx", 3): "-"}
    still_open = planned(empty(), tmp_path / "x.xlsx", mapping=CREATES)
    assert len(still_open.questions) == 2
    with pytest.raises(Rejected, match="questions first"):
        write_rows_aside(aside, still_open, reasons, "Alasan")
    assert not aside.exists()

    for numbers, days in (("id", 1250), ("en", 1.25)):
        made = planned(
            empty(),
            tmp_path / "x.xlsx",
            mapping=CREATES,
            answers={"numbers": numbers, "swapped": "swapped"},
        )
        write_rows_aside(aside, made, reasons, "Alasan")
        back = imported(empty(), aside, mapping=CREATES)
        assert [(s.days, s.registered_on) for s in back.services.values()] == [
            (days, date(2025, 3, 5)),
            (1.125, date(2025, 3, 13)),
        ]
