"""Sheets go out on Monday, are filled in, and come back as moves and the OPD's report."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.tracker.builder import Builder
from tests.tracker.exchange.sheets import (
    INTEGRATED,
    MONDAY,
    ONLINE,
    THURSDAY,
    carried_out,
    fill,
    health_city,
    put_in,
    read_back,
    the_sheet,
)
from tracker.errors import ProblemList, Rejected
from tracker.exchange.problems import problem_line
from tracker.exchange.sheets.layout import (
    EXTRA_ROWS,
    HEADER_ROW,
    MARKER,
    NAME_CELL,
    NAME_PLACE,
    PHONE_CELL,
    PLACES,
    REMARK_ROW,
    SENDER_ROW,
)
from tracker.exchange.sheets.writing import write_sheets
from tracker.history import days_at, stage_at, visits_at
from tracker.language import load_language
from tracker.model import Stage


@pytest.fixture
def city() -> Builder:
    return health_city()


def test_every_opd_with_services_gets_a_sheet(
    city: Builder, tmp_path: Path
) -> None:
    city.opd("kosong")
    files = write_sheets(
        city.register, tmp_path, [], load_language("id"), MONDAY
    )
    assert [file.path.name for file in files] == [
        "dinkes-2026-W47.xlsx",
        "disdik-2026-W47.xlsx",
    ]


def test_each_sheet_brings_the_work_as_far_on(
    city: Builder, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    write_sheets(
        city.register,
        tmp_path,
        [],
        load_language("id"),
        MONDAY,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(500, 1000), (1000, 1000)]


def test_an_unknown_opd_is_refused(city: Builder, tmp_path: Path) -> None:
    with pytest.raises(Rejected):
        write_sheets(
            city.register, tmp_path, ["dinsos"], load_language("id"), MONDAY
        )


def test_a_sheet_lists_the_services_as_they_stand(
    city: Builder, tmp_path: Path
) -> None:
    sheet = load_workbook(the_sheet(city.register, tmp_path, "en")).worksheets[
        0
    ]
    rows = list(
        sheet.iter_rows(min_row=HEADER_ROW + 1, max_col=6, values_only=True)
    )
    assert [row[:3] for row in rows[:2]] == [
        ("dinkes-imun", "Imunisasi", "Conventional"),
        ("dinkes-izin", "Izin praktik", "Online"),
    ]
    assert rows[0][4:] == (2, 5)
    assert rows[2:] == [(None,) * 6] * EXTRA_ROWS
    assert sheet.cell(1, 1).data_type == "s"


def test_a_sheet_prints_as_wide_as_the_paper_and_as_long_as_it_is(
    city: Builder, tmp_path: Path
) -> None:
    sheet = load_workbook(the_sheet(city.register, tmp_path)).worksheets[0]
    setup = sheet.page_setup
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert setup.orientation == "landscape"
    assert (setup.fitToWidth, setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"
    assert sheet.freeze_panes == f"C{HEADER_ROW + 1}"


def test_only_the_answers_can_be_written(city: Builder, tmp_path: Path) -> None:
    book = load_workbook(the_sheet(city.register, tmp_path))
    sheet = book.worksheets[0]
    protection = sheet.protection
    assert protection.sheet
    # False means that it may be done in spite of the protection.
    for what in ("formatColumns", "formatRows", "autoFilter", "sort"):
        assert getattr(protection, what) is False
    row = sheet[HEADER_ROW + 1]
    plans = [True, False, False] * 2
    locked = [cell.protection.locked for cell in row]
    assert locked == [True] * 6 + [False] * 6 + plans
    top = (
        (cell.row, cell.column)
        for row in sheet.iter_rows(max_row=HEADER_ROW)
        for cell in row
        if not cell.protection.locked
    )
    assert list(top) == [
        (REMARK_ROW, 2),
        (SENDER_ROW, NAME_CELL + 1),
        (SENDER_ROW, PHONE_CELL + 1),
    ]
    extra = sheet[sheet.max_row]
    can_be_written = [
        place for place, cell in enumerate(extra) if not cell.protection.locked
    ]
    answers = ("stage", "visits", "days", "note")
    places = (NAME_PLACE, *(PLACES[name] for name in answers))
    assert can_be_written == sorted(places)
    assert {check.type for check in sheet.data_validations.dataValidation} == {
        "list",
        "date",
        "decimal",
    }
    assert book[MARKER].sheet_state == "veryHidden"


@pytest.mark.parametrize("typed", ["17/11", "17 Nov", "Selasa", "17 November"])
def test_a_day_without_a_year_is_of_the_week_of_the_sheet(
    city: Builder, tmp_path: Path, typed: str
) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(path, {"dinkes-imun": {"stage": "Daring", "date": typed}})
    register = carried_out(city.register, read_back(city.register, path))
    [move] = register.moves.values()
    assert move.on == date(2026, 11, 17)


def test_an_answer_becomes_a_move(city: Builder, tmp_path: Path) -> None:
    path = the_sheet(city.register, tmp_path, "en")
    answer = {
        "stage": "Online",
        "date": datetime(2026, 11, 17),
        "evidence": "https://x.id",
        "visits": 0,
        "days": 1.5,
    }
    fill(path, {"dinkes-imun": answer})
    register = carried_out(city.register, read_back(city.register, path))
    service = register.service_codes["dinkes-imun"]
    assert stage_at(register, service, date(2026, 11, 16)) is Stage.CONVENTIONAL
    assert stage_at(register, service, date(2026, 11, 17)) is Stage.ONLINE
    assert (
        visits_at(register, service, MONDAY),
        days_at(register, service, MONDAY),
    ) == (2.0, 5.0)
    assert (
        visits_at(register, service, THURSDAY.today),
        days_at(register, service, THURSDAY.today),
    ) == (
        0.0,
        1.5,
    )
    [move] = register.moves.values()
    assert move.evidence == "https://x.id"


def test_the_return_is_the_report_of_the_week_for_which_it_went_out(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(
        path,
        {"dinkes-izin": {"note": "menunggu jaringan"}},
        remark="Pekan tenang",
    )
    register = carried_out(city.register, read_back(city.register, path))
    [report] = register.reports.values()
    assert (report.week, report.note) == (
        "2026-W47",
        "Pekan tenang\nIzin praktik: menunggu jaringan",
    )
    assert register.opds[report.opd].code == "dinkes"
    assert not register.moves


def test_an_unchanged_stage_is_no_move(city: Builder, tmp_path: Path) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(path, {"dinkes-izin": {"stage": "Daring", "date": "17/11/2026"}})
    assert not carried_out(city.register, read_back(city.register, path)).moves


def test_what_stands_already_is_said_again_without_a_new_claim(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(
        path,
        {"dinkes-imun": {"date": "17/11/2026", "visits": 2, "days": "5 hari"}},
    )
    assert not carried_out(city.register, read_back(city.register, path)).moves


@pytest.mark.parametrize(
    "answer",
    [{"stage": "Daring", "date": "17/11/2026"}, {"date": "17/11/2026"}],
)
def test_a_note_on_what_has_not_changed_is_kept_with_the_report(
    city: Builder, tmp_path: Path, answer: dict[str, str]
) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(
        path,
        {"dinkes-izin": {**answer, "note": "peladen sering mati"}},
        remark="Pekan tenang",
    )
    register = carried_out(city.register, read_back(city.register, path))
    [report] = register.reports.values()
    assert report.note == "Pekan tenang\nIzin praktik: peladen sering mati"
    assert read_back(register, path).changes_nothing


def test_a_row_of_dashes_is_no_answer(city: Builder, tmp_path: Path) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(
        path,
        {
            "dinkes-izin": dict.fromkeys(
                ("stage", "date", "evidence", "visits", "days"), "–"
            )
        },
    )
    assert not carried_out(city.register, read_back(city.register, path)).moves


@pytest.mark.parametrize("shift", [-1, 1])
def test_rows_may_come_or_go_above_the_answers(
    city: Builder, tmp_path: Path, shift: int
) -> None:
    path = the_sheet(city.register, tmp_path, "en")
    fill(
        path,
        {"dinkes-imun": {"stage": "Online", "date": "17/11/2026"}},
        remark="Quiet",
    )
    book = load_workbook(path)
    sheet = book.worksheets[0]
    if shift > 0:
        sheet.insert_rows(1)
    else:
        sheet.delete_rows(1)
    book.save(path)
    register = carried_out(city.register, read_back(city.register, path))
    assert len(register.moves) == 1
    assert [report.note for report in register.reports.values()] == ["Quiet"]


def test_columns_that_have_moved_are_refused(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(path, {"dinkes-imun": {"date": "17/11/2026", "visits": 1}})
    book = load_workbook(path)
    book.worksheets[0].insert_cols(PLACES["visits"] + 1)
    book.save(path)
    [problem] = read_back(city.register, path).problems
    assert "columns" in problem.msgid


def test_a_sheet_that_comes_back_twice_changes_nothing_more(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(
        path,
        {
            "dinkes-imun": {
                "stage": "Terintegrasi",
                "date": "17 November 2026",
                "note": "sekali",
            }
        },
    )
    once = carried_out(city.register, read_back(city.register, path))
    assert read_back(once, path).changes_nothing


@pytest.mark.parametrize(
    ("answer", "column"),
    [
        ({"stage": "Setengah jadi", "date": "17/11/2026"}, "New stage"),
        ({"stage": "Daring"}, "Date"),
        ({"visits": "entah", "date": "17/11/2026"}, "Visits"),
        ({"stage": "Daring", "date": "2026-12-31"}, ""),
        ({"stage": "Daring", "date": "2025-12-31"}, ""),
    ],
)
def test_a_bad_answer_is_told_with_its_place(
    city: Builder, tmp_path: Path, answer: dict[str, str], column: str
) -> None:
    path = the_sheet(city.register, tmp_path, "en")
    fill(path, {"dinkes-imun": answer})
    [problem] = read_back(city.register, path).problems
    assert problem.values["file"] == path.name
    assert problem.values["row"] == HEADER_ROW + 1
    assert problem.values["column"] == column


def test_a_bad_answer_is_told_by_the_name_of_its_service(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path, "en")
    fill(
        path, {"dinkes-imun": {"stage": "Setengah jadi", "date": "17/11/2026"}}
    )
    [problem] = read_back(city.register, path).problems
    place = f"{path.name}, row {HEADER_ROW + 1} (Imunisasi), New stage: "
    assert problem_line(load_language("en"), problem).startswith(place)


def test_sheets_may_be_moved_about(city: Builder, tmp_path: Path) -> None:
    path = the_sheet(city.register, tmp_path, "en")
    fill(path, {"dinkes-imun": {"stage": "Online", "date": "17/11/2026"}})
    book = load_workbook(path)
    book.move_sheet(book.worksheets[0], 2)
    book.save(path)
    assert (
        len(carried_out(city.register, read_back(city.register, path)).moves)
        == 1
    )


def test_a_service_that_the_import_enters_for_another_opd_is_asked_about_too(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    put_in(path, ("baru", ONLINE))
    services = tmp_path / "layanan.csv"
    head, row = "kode layanan,opd,nama,tahap", "baru,disdik,Beasiswa,manual"
    services.write_text(f"{head}\n{row}\n", encoding="utf-8")
    made = read_back(city.register, path, services)
    assert [question.sort for question in made.questions] == ["foreign"]


def test_the_sheet_of_an_opd_that_is_not_there_is_refused(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(path, {"dinkes-imun": ONLINE})
    other = Builder()
    other.opd("lain", name="Dinas Lain")
    other.service("dinkes-imun", "lain", "2026-01-05", name="Imunisasi")
    [problem] = read_back(other.register, path).problems
    assert problem.values["value"] == "dinkes"


def test_a_service_of_another_opd_is_asked_about(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    put_in(path, ("disdik-ppdb", ONLINE))
    [question] = read_back(city.register, path).questions
    assert (question.values["service"], question.values["owner"]) == (
        "disdik-ppdb",
        "Dinas disdik",
    )
    for answer, moves in (("skip", 0), ("same", 1)):
        planned = read_back(city.register, path, answers={question.key: answer})
        assert len(carried_out(city.register, planned).moves) == moves


@pytest.mark.parametrize(
    ("transfers", "asked"),
    [
        ([("2026-11-18", "disdik")], []),
        ([("2026-11-02", "disdik"), ("2026-11-18", "dinkes")], []),
        ([("2026-11-17", "disdik")], ["foreign"]),
    ],
)
def test_a_service_is_on_its_opd_s_sheet_if_that_had_it_on_the_day_or_has_it_now(
    transfers: list[tuple[str, str]],
    asked: list[str],
    city: Builder,
    tmp_path: Path,
) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(path, {"dinkes-imun": ONLINE})
    for day, opd in transfers:
        city.transfer("dinkes-imun", day, opd)
    made = read_back(city.register, path)
    assert [question.sort for question in made.questions] == asked


def test_two_rows_of_a_service_and_day_are_refused_by_the_names_of_both(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(path, {"dinkes-imun": ONLINE})
    put_in(path, ("dinkes-imun", INTEGRATED))
    [problem] = read_back(city.register, path).problems
    assert (problem.values["first"], problem.values["row"]) == (
        str(HEADER_ROW + 1),
        HEADER_ROW + EXTRA_ROWS + 3,
    )


def test_a_row_that_stands_twice_counts_once(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(path, {"dinkes-imun": ONLINE})
    put_in(
        path,
        ("dinkes-imun", ONLINE),
        ("dinkes-imun", {**INTEGRATED, "date": "18/11/2026"}),
    )
    assert (
        len(carried_out(city.register, read_back(city.register, path)).moves)
        == 2
    )


@pytest.mark.parametrize("in_opening", [True, False])
def test_a_sheet_of_the_opening_asks_for_every_stage_and_others_for_changes(
    tmp_path: Path, in_opening: bool
) -> None:
    city = Builder(in_opening=in_opening)
    city.opd("dinkes")
    city.service("dinkes-imun", "dinkes", "2026-01-05")
    book = load_workbook(the_sheet(city.register, tmp_path, "en"))
    lines = book["Instructions"]["A"]
    assert (lines[0].value, lines[0].font.bold) == ("Dinas dinkes", True)
    told = " ".join(str(cell.value) for cell in lines)
    assert ("stage of every service" in told) == in_opening
    assert ("leave its row empty" in told) != in_opening


def test_a_baseline_of_the_opening_is_no_move_once_the_opening_is_closed(
    tmp_path: Path,
) -> None:
    city = Builder(in_opening=True)
    city.opd("dinkes", name="Dinas Kesehatan")
    city.service("dinkes-izin", "dinkes", "2026-01-05", name="Izin praktik")
    path = the_sheet(city.register, tmp_path)
    fill(path, {"dinkes-izin": {"stage": "Daring"}})
    planned = read_back(city.register, path)
    assert planned.is_ready
    closed = Builder()
    closed.opd("dinkes", name="Dinas Kesehatan")
    closed.service("dinkes-izin", "dinkes", "2026-01-05", name="Izin praktik")
    with pytest.raises(ProblemList) as refused:
        carried_out(closed.register, planned)
    [problem] = refused.value.problems
    assert "Since when" in str(problem)
