"""Every filled cell of every sheet is taken, or belongs to a part that is named as not read."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from openpyxl import Workbook, load_workbook

from tests.depth import examples
from tests.tracker.exchange.importing import empty, file, planned
from tracker.exchange.account import (
    Account,
    Part,
    part_lines,
    row_ranges,
    unread_lines,
)
from tracker.exchange.importing import ImportPlan
from tracker.language import load_language

HEAD = ["OPD", "Nama Layanan", "Tahap", "Catatan petugas"]
EXTRA = st.sampled_from(
    [None, "", " ", "x", 7, 2.5, True, "=1+1", "=A1", "Jumlah"]
)
ROW = st.one_of(
    st.just([]),
    st.just(["JUMLAH", None, None, 12]),
    st.just(HEAD),
    st.tuples(
        st.just("Dinas Kesehatan"),
        st.sampled_from(["Imunisasi", "Izin praktik", "=B1", None]),
        st.sampled_from(["Manual", "Daring", None]),
        EXTRA,
        EXTRA,
        EXTRA,
    ).map(list),
)


def add_sheet(book: Workbook, name: str, draw: Callable[[Any], Any]) -> None:
    """Add a sheet as hurried people leave one: titles above, blank lines, more cells than the header."""
    sheet = book.create_sheet(name)
    for title in draw(
        st.lists(st.sampled_from(["DAFTAR LAYANAN", None]), max_size=2)
    ):
        sheet.append([title])
    sheet.append(HEAD)
    for row in draw(st.lists(ROW, max_size=8)):
        sheet.append(row)
    last = sheet.max_row
    for row in draw(st.sets(st.integers(1, last), max_size=2)):
        sheet.row_dimensions[row].hidden = True
    for column in draw(st.sets(st.sampled_from("BDF"), max_size=2)):
        sheet.column_dimensions[column].hidden = True
    if last > 4 and draw(st.booleans()):
        sheet.merge_cells(f"A{last - 1}:A{last}")
    if draw(st.booleans()):
        sheet.auto_filter.ref = f"A1:D{last}"


def count_filled(path: Path) -> dict[str, int]:
    """Count the filled cells of each sheet by openpyxl alone; a formula is one, stored result or not."""
    return {
        sheet.title: sum(
            cell.value is not None and bool(str(cell.value).strip())
            for row in sheet.iter_rows()
            for cell in row
        )
        for sheet in load_workbook(path).worksheets
    }


def accounted(account: Account) -> int:
    return account.taken.total() + sum(one.count or 0 for one in account.unread)


@settings(
    max_examples=examples(10, 80),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_taken_and_named_are_all_filled_cells(
    data: DataObject, tmp_path: Path
) -> None:
    book = Workbook()
    del book["Sheet"]
    names = ["Satu", "Dua", "Tiga"][: data.draw(st.integers(1, 3))]
    for name in names:
        add_sheet(book, name, data.draw)
    if len(names) > 1 and data.draw(st.booleans()):
        book[names[-1]].sheet_state = "hidden"
    path = tmp_path / "buku.xlsx"
    book.save(path)
    wanted = data.draw(st.sampled_from([None, "*", names[-1]]))
    made = planned(empty(), path, sheet=wanted, create_opds=True)
    assert accounted(made.account) == sum(count_filled(path).values())


@settings(
    max_examples=examples(10, 80),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rows=st.lists(ROW, max_size=8),
    above=st.lists(st.sampled_from([["DAFTAR"], []]), max_size=2),
)
def test_taken_and_named_are_all_filled_cells_of_a_csv_file(
    rows: list[list[Any]], above: list[list[Any]], tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=";").writerows([*above, HEAD, *rows])
    with path.open(encoding="utf-8", newline="") as back:
        cells = [
            cell for row in csv.reader(back, delimiter=";") for cell in row
        ]
    made = planned(empty(), path, create_opds=True)
    assert accounted(made.account) == sum(bool(cell.strip()) for cell in cells)


def test_a_part_that_is_not_read_is_named_with_its_values(
    tmp_path: Path,
) -> None:
    book = Workbook()
    book.active.title = "Layanan"
    for row in (["DAFTAR"], HEAD, ["Dinas A", "KTP", "Manual", "x", "lebih"]):
        book.active.append(row)
    book.create_sheet("Lain").append([1, 2, 3])
    book.save(tmp_path / "a.xlsx")
    made = planned(empty(), tmp_path / "a.xlsx", create_opds=True)
    assert unread_lines(made.account, load_language("en")) == [
        "a.xlsx (Layanan): Columns not read: Catatan petugas (1 value), "
        "column E, which has no title (1 value)",
        "a.xlsx: the sheet “Lain” is not read (3 values): --sheet “Lain” reads it, --sheet “*” all of them",
        "a.xlsx (Layanan): row 1 is not read (1 value): above the header",
    ]


def test_hidden_rows_and_columns_are_read_and_said(tmp_path: Path) -> None:
    book = Workbook()
    for row in (
        HEAD,
        ["Dinas A", "KTP", "Manual"],
        ["Dinas A", "KK", "Manual"],
    ):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True
    book.save(tmp_path / "a.xlsx")
    made = planned(empty(), tmp_path / "a.xlsx", create_opds=True)
    assert made.counts["services"] == {"new": 2}
    assert [
        line.partition(": ")[2]
        for line in part_lines(made.account, load_language("en"))
    ] == [
        "rows 3 are hidden or filtered out there; they are read",
        "columns C are hidden there; they are read",
    ]


def test_a_formula_without_a_stored_result_is_refused_in_a_column_that_is_read(
    tmp_path: Path,
) -> None:
    book = Workbook()
    for row in (
        [*HEAD, "Volume"],
        ["Dinas A", "KTP", "Manual", "=1+1", "=2*3"],
    ):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    made = planned(empty(), tmp_path / "a.xlsx", create_opds=True)
    assert [str(problem.values["value"]) for problem in made.problems] == [
        "=2*3"
    ]


@pytest.mark.parametrize(
    ("kind", "head", "rows", "cells"),
    [
        (
            "services",
            "opd,nama layanan,tahap",
            ("A,KTP,manual", "A,KK,manual"),
            3,
        ),
        ("opds", "kode,nama", ("a,Dinas A", "b,Dinas B"), 2),
    ],
)
def test_the_header_once_more_is_no_row(
    kind: str, head: str, rows: tuple[str, str], cells: int, tmp_path: Path
) -> None:
    path = file(tmp_path, "a.csv", head, rows[0], head, rows[1])
    made = planned(empty(), path, create_opds=True)
    assert made.counts[kind] == {"new": 2}
    (left,) = made.account.unread
    assert (left.part, left.name, left.count) == (Part.ROWS, "3", cells)


def test_cells_that_an_answer_leaves_empty_are_not_counted_as_read(
    tmp_path: Path,
) -> None:
    path = file(
        tmp_path, "a.csv", "hari,opd,nama layanan", "3-4 hari,A,KTP", "2,A,KK"
    )
    answers = {"spans": "skip"}
    made = planned(empty(), path, create_opds=True, answers=answers)
    [left] = made.account.unread
    assert (left.part, left.name, left.count) == (Part.COLUMN, "hari", 1)
    assert made.account.taken.total() == 8


def test_rows_after_blank_lines_are_read(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        "a.csv",
        "opd,nama layanan,tahap",
        "A,KTP,manual",
        "",
        ",,",
        "A,KK,manual",
    )
    assert planned(empty(), path, create_opds=True).counts["services"] == {
        "new": 2
    }


def test_row_numbers_are_runs() -> None:
    assert row_ranges([9, 4, 5, 6, 1]) == "1, 4–6, 9"


TOTALS = [
    "JUMLAH,2 layanan,,30",
    "Total,,,30",
    "Sub total:,,,30",
    "Rata-rata,,,15",
    "Grand Total 2026,,,30",
]


def of_totals(folder: Path, row: str, **more: Any) -> ImportPlan:
    lines = ("opd,nama layanan,tahap,volume", "Dinas A,KTP,manual,10", row)
    path = file(folder, "a.csv", *lines)
    return planned(empty(), path, create_opds=True, **more)


@pytest.mark.parametrize("row", TOTALS)
def test_a_row_that_adds_up_the_others_is_asked_about(
    row: str, tmp_path: Path
) -> None:
    made = of_totals(tmp_path, row)
    assert [question.key for question in made.questions] == ["total:a.csv"]
    left = of_totals(tmp_path, row, answers={"total": "skip"})
    assert left.is_ready
    assert left.counts["services"] == {"new": 1}


def test_a_row_that_only_looks_like_a_total_is_entered_if_told(
    tmp_path: Path,
) -> None:
    made = of_totals(
        tmp_path, "Total,2 layanan,manual,3", answers={"total": "counted"}
    )
    assert made.counts["services"] == {"new": 2}


@pytest.mark.parametrize(
    "name",
    ["Total Quality Management Daerah", "Jumlahkan suara", "Summit daerah"],
)
def test_a_name_that_begins_like_a_sum_is_a_name(
    name: str, tmp_path: Path
) -> None:
    assert of_totals(tmp_path, f"Dinas A,{name},manual,3").is_ready
