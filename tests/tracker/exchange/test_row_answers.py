"""A bad row is left out, put right or put aside by an answer; the others go in."""

import csv
from pathlib import Path

from tests.tracker.exchange.importing import (
    complaints,
    empty,
    file,
    imported,
    planned,
)
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
    sheets = [(grid, header.row) for grid, header in made.headers]
    write_rows_aside(aside, sheets, reasons, "Alasan")
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
    sheets = [(grid, header.row) for grid, header in made.headers]
    aside = tmp_path / "sisa.csv"
    write_rows_aside(aside, sheets, {("x.csv", 2): "nama"}, "Alasan")
    with aside.open(encoding="utf-8-sig", newline="") as written:
        assert [*csv.reader(written, delimiter=";")][1:] == [
            ["a", "satu\ndua", "'=1+1", "nama"],
        ]
