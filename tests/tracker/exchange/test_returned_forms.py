"""A sheet that comes back is known by its columns, and what was changed in its locked cells is asked about."""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.tracker.builder import Builder
from tests.tracker.exchange.ods import write_ods
from tests.tracker.exchange.sheets import (
    ONLINE,
    THURSDAY,
    carried_out,
    fill,
    health_city,
    read_back,
    second,
    the_sheet,
)
from tracker.actions.draft import Context
from tracker.exchange.account import part_lines
from tracker.exchange.importing import plan_import
from tracker.exchange.options import ImportOptions
from tracker.exchange.sheets.layout import (
    COLUMNS,
    HEADER_ROW,
    LOCKED,
    MARKER,
    PLACES,
    REMARK_ROW,
)
from tracker.language import load_language
from tracker.model import Stage

FIRST = HEADER_ROW + 1


@pytest.fixture
def city() -> Builder:
    return health_city()


def lose_marker(path: Path) -> Path:
    book = load_workbook(path)
    del book[MARKER]
    book.save(path)
    return path


def as_csv(path: Path) -> Path:
    rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    with path.with_suffix(".csv").open(
        "w", encoding="utf-8", newline=""
    ) as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path.with_suffix(".csv")


def as_ods(path: Path) -> Path:
    return write_ods(path.with_suffix(".ods"), load_workbook(path))


def write(path: Path, cells: dict[tuple[int, int], Any]) -> Path:
    book = load_workbook(path)
    for (row, place), value in cells.items():
        book.worksheets[0].cell(row, place + 1).value = value
    book.save(path)
    return path


@pytest.mark.parametrize("save", [lose_marker, as_csv, as_ods])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_sheet_is_known_by_its_columns(
    save: Any, language: str, city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path, language)
    fill(path, {"dinkes-imun": ONLINE}, "Baik")
    made = read_back(city.register, save(path))
    assert (list(made.problems), list(made.questions)) == ([], [])
    register = carried_out(city.register, made)
    assert [(m.stage, m.on) for m in register.moves.values()] == [
        (Stage.ONLINE, date(2026, 11, 17))
    ]
    assert [(r.week, r.note) for r in register.reports.values()] == [
        ("2026-W47", "Baik")
    ]


def test_a_sheet_is_of_the_opd_and_week_that_it_names_first(
    city: Builder, tmp_path: Path
) -> None:
    path = lose_marker(the_sheet(city.register, tmp_path))
    fill(path, {"dinkes-imun": ONLINE})
    write(path, {(REMARK_ROW, 0): "Tunggu – sampai 2026-W48"})
    register = carried_out(city.register, read_back(city.register, path))
    [report] = register.reports.values()
    assert (register.opds[report.opd].code, report.week) == (
        "dinkes",
        "2026-W47",
    )


@pytest.mark.parametrize(("first", "count"), [(1, 1), (2, 1), (1, 3)])
def test_a_sheet_that_does_not_tell_its_opd_and_week_above_its_columns_is_refused(
    first: int, count: int, city: Builder, tmp_path: Path
) -> None:
    path = lose_marker(the_sheet(city.register, tmp_path))
    book = load_workbook(path)
    book.worksheets[0].delete_rows(first, count)
    book.save(path)
    write(path, {(FIRST + 8, 0): "Dinas – Kota", (FIRST + 9, 0): "2026-W48"})
    [problem] = read_back(city.register, path).problems
    assert "which OPD and week" in problem.msgid


def test_a_sheet_without_its_last_column_of_answers_is_refused(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    book = load_workbook(path)
    place = PLACES["note"]
    book.worksheets[0].delete_cols(place + 1, len(COLUMNS) - place)
    book.save(path)
    [problem] = read_back(city.register, path).problems
    assert "no longer has its columns" in problem.msgid


def test_what_is_added_to_the_hidden_marker_does_no_harm(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(path, {"dinkes-imun": ONLINE})
    book = load_workbook(path)
    book[MARKER].append(["catatan"])
    book.save(path)
    made = read_back(city.register, path)
    assert len(carried_out(city.register, made).moves) == 1


@pytest.mark.parametrize("save", [Path, lose_marker, as_csv])
def test_an_answer_over_locked_cells_is_asked_about(
    save: Any, city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    cells = {
        (FIRST, LOCKED["shown_stage"]): "Daring",
        (FIRST, LOCKED["shown_since"]): datetime(2026, 11, 17),
    }
    path = save(write(path, cells))
    [question] = [
        one
        for one in read_back(city.register, path).questions
        if one.sort == "locked"
    ]
    assert question.values["service"] == "Imunisasi"
    assert question.values["row"] == str(FIRST)
    given = {"locked": "sheet", "unfilled": "report"}
    register = carried_out(
        city.register, read_back(city.register, path, answers=given)
    )
    assert [(m.stage, m.on) for m in register.moves.values()] == [
        (Stage.ONLINE, date(2026, 11, 17))
    ]
    given["locked"] = "register"
    register = carried_out(
        city.register, read_back(city.register, path, answers=given)
    )
    assert not register.moves


def test_a_corrected_name_is_asked_about_once(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    write(path, {(FIRST, LOCKED["shown_name"]): "Imunisasi dasar"})
    paths = path, second(path)
    made = read_back(city.register, *paths, answers={"locked": "sheet"})
    assert [(one.what, one.name) for one in made.effects] == [
        ("renamed", "dinkes-imun")
    ]
    register = carried_out(city.register, made)
    names = [service.name for service in register.services.values()]
    assert "Imunisasi dasar" in names


def test_a_date_alone_over_a_locked_cell_is_no_answer(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    write(path, {(FIRST, LOCKED["shown_since"]): datetime(2026, 11, 2)})
    [problem] = read_back(
        city.register, path, answers={"locked": "sheet"}
    ).problems
    assert "correct" in problem.msgid


def test_what_the_register_says_by_now_is_no_change(
    city: Builder, tmp_path: Path
) -> None:
    path = lose_marker(the_sheet(city.register, tmp_path))
    city.move("dinkes-imun", "2026-11-18", "online")
    made = read_back(city.register, path, answers={"unfilled": "report"})
    assert made.is_ready


@pytest.mark.parametrize(
    ("day", "asked"), [("2026-11-22", 0), ("2026-11-23", 1)]
)
def test_what_the_register_said_only_after_the_sheet_s_week_is_a_change(
    day: str, asked: int, city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    write(path, {(FIRST, LOCKED["shown_visits"]): 3})
    city.move("dinkes-imun", day, "conventional", visits=3.0)
    city.move("dinkes-imun", "2026-11-25", "conventional", visits=4.0)
    later = Context("kordinator", THURSDAY.now, date(2026, 11, 26))
    made = plan_import(
        city.register, [path], ImportOptions(), later, {"unfilled": "report"}
    )
    assert [question.sort for question in made.questions] == ["locked"] * asked


def test_cells_of_a_sheet_that_are_not_read_are_named(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    last = load_workbook(path).worksheets[0].max_row
    write(
        path,
        {
            (last + 3, 1): "Mengetahui, Kepala Dinas",
            (FIRST, len(COLUMNS)): "telepon",
        },
    )
    book = load_workbook(path)
    book.create_sheet("Lampiran").append(["Surat", "12"])
    book.save(path)
    made = read_back(city.register, path, answers={"unfilled": "report"})
    assert made.is_ready
    held = [
        (one.part.value, one.name, one.count) for one in made.account.unread
    ]
    assert held == [
        ("rows", str(last + 3), 1),
        ("column", "", 1),
        ("sheet", "Lampiran", 2),
    ]
    assert part_lines(made.account, load_language("en"))
    filled = sum(
        cell.value is not None
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
    )
    assert made.account.taken.total() + 4 == filled
