"""A sheet that comes back is a report, and its answers are compared with what else comes back."""

from datetime import date
from pathlib import Path
from typing import Any

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
    read_back,
    second,
    the_sheet,
)
from tracker.exchange.importing import plan_import
from tracker.exchange.options import ImportOptions
from tracker.exchange.parsing.cell_count import LEFT_OUT
from tracker.exchange.parsing.row_answers import row_key
from tracker.exchange.sheets.layout import HEADER_ROW
from tracker.exchange.sheets.writing import write_sheets
from tracker.history import is_assumed, stage_at, visits_at
from tracker.language import load_language
from tracker.model import Stage
from tracker.register import Register


@pytest.fixture
def city() -> Builder:
    return health_city()


def test_a_sheet_in_which_nothing_is_filled_in_is_asked_about(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    [question] = read_back(city.register, path).questions
    assert (question.key, question.values["opd"]) == (
        "unfilled:dinkes/2026-W47",
        "=Dinas Kesehatan",
    )
    for answer, reports in (("report", 1), ("skip", 0)):
        planned = read_back(city.register, path, answers={"unfilled": answer})
        assert len(carried_out(city.register, planned).reports) == reports


@pytest.mark.parametrize(
    ("answers", "remark"),
    [
        ({}, "Tidak ada perubahan"),
        ({"dinkes-izin": {"note": "menunggu"}}, ""),
        ({"dinkes-izin": ONLINE}, ""),
    ],
)
def test_whatever_is_filled_in_makes_a_sheet_a_report(
    city: Builder,
    tmp_path: Path,
    answers: dict[str, dict[str, Any]],
    remark: str,
) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(path, answers, remark)
    assert (
        len(carried_out(city.register, read_back(city.register, path)).reports)
        == 1
    )


def test_an_empty_sheet_of_an_opd_that_has_reported_is_not_asked_about(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    filled = second(path)
    fill(filled, {}, remark="Pekan tenang")
    assert not read_back(city.register, path, filled).questions
    city.report("dinkes", "2026-W47", note="lewat telepon")
    assert read_back(city.register, path).changes_nothing


@pytest.mark.parametrize("is_one_import", [True, False])
def test_several_sheets_of_an_opd_are_one_report_with_the_remarks_of_all(
    city: Builder, tmp_path: Path, is_one_import: bool
) -> None:
    path = the_sheet(city.register, tmp_path)
    other = second(path)
    fill(path, {"dinkes-imun": ONLINE}, remark="Bidang satu")
    fill(other, {"dinkes-izin": {"note": "menunggu"}}, remark="Bidang dua")
    register = city.register
    for paths in [(path, other)] if is_one_import else [(path,), (other,)]:
        register = carried_out(register, read_back(register, *paths))
    [report] = register.reports.values()
    assert report.note == "Bidang satu\nBidang dua\nIzin praktik: menunggu"
    assert read_back(register, path, other).changes_nothing


@pytest.mark.parametrize(
    "other", [INTEGRATED, {"stage": "Konvensional", "date": "17/11/2026"}]
)
def test_two_sheets_that_contradict_each_other_are_refused(
    city: Builder, tmp_path: Path, other: dict[str, Any]
) -> None:
    path = the_sheet(city.register, tmp_path)
    again = second(path)
    fill(path, {"dinkes-imun": other})
    fill(again, {"dinkes-imun": ONLINE})
    [problem] = read_back(city.register, path, again).problems
    assert (problem.values["file"], problem.values["other"]) == (
        again.name,
        path.name,
    )


@pytest.mark.parametrize("places", [(0, 1), (1, 0)])
def test_an_answer_without_a_stage_is_of_the_stage_that_an_earlier_day_s_answer_tells(
    city: Builder, tmp_path: Path, places: tuple[int, int]
) -> None:
    path = the_sheet(city.register, tmp_path)
    sheets = path, second(path)
    fill(
        sheets[0],
        {"dinkes-imun": {"stage": "Daring", "date": "10/11/2026", "visits": 0}},
    )
    fill(sheets[1], {"dinkes-imun": {"date": "17/11/2026", "visits": 2}})
    register = carried_out(
        city.register,
        read_back(city.register, *(sheets[place] for place in places)),
    )
    moves = [
        (move.on.day, move.stage, move.visits)
        for move in register.moves_of[city.key("services", "dinkes-imun")]
    ]
    assert moves == [(10, Stage.ONLINE, 0), (17, Stage.ONLINE, 2)]
    assert read_back(register, *sheets).changes_nothing


@pytest.mark.parametrize(
    ("day", "stages"),
    [
        (10, ["conventional", "online"]),
        (15, ["online", "online"]),
        (17, ["online", "online"]),
    ],
)
def test_an_answer_without_a_stage_is_of_the_stage_that_an_inventory_tells(
    city: Builder, tmp_path: Path, day: int, stages: list[str]
) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(path, {"dinkes-imun": {"date": f"{day}/11/2026", "visits": 1}})
    inventory = tmp_path / "inventaris.csv"
    inventory.write_text(
        "opd,nama layanan,tahap\ndinkes,Imunisasi,daring\n", encoding="utf-8"
    )
    options = ImportOptions(as_of=date(2026, 11, 15))
    register = carried_out(
        city.register,
        plan_import(city.register, [path, inventory], options, THURSDAY),
    )
    assert [
        move.stage
        for move in register.moves_of[city.key("services", "dinkes-imun")]
    ] == stages


def test_a_move_in_a_sheet_and_in_a_file_of_moves_is_one(
    city: Builder, tmp_path: Path
) -> None:
    path, moves = the_sheet(city.register, tmp_path), tmp_path / "moves.csv"
    fill(path, {"dinkes-imun": ONLINE})
    moves.write_text("layanan,tanggal,tahap\ndinkes-imun,2026-11-17,daring\n")
    assert (
        len(
            carried_out(
                city.register, read_back(city.register, path, moves)
            ).moves
        )
        == 1
    )
    moves.write_text("layanan,tanggal,tahap\ndinkes-imun,2026-11-17,terpadu\n")
    assert len(read_back(city.register, path, moves).problems) == 1


def test_remarks_in_sheets_of_one_name_stay_with_their_opds(
    city: Builder, tmp_path: Path
) -> None:
    for opd in ("dinkes", "disdik"):
        [(path, _, _)] = write_sheets(
            city.register, tmp_path / opd, [opd], load_language("id"), MONDAY
        )
        path.rename(tmp_path / opd / "lembar.xlsx")
    paths = [tmp_path / opd / "lembar.xlsx" for opd in ("dinkes", "disdik")]
    note = {"date": "17/11/2026", "note": "menunggu"}
    fill(paths[0], {"dinkes-izin": note})
    fill(paths[1], {}, remark="aman")
    register = carried_out(city.register, read_back(city.register, *paths))
    told = {
        register.opds[report.opd].code: report.note
        for report in register.reports.values()
    }
    assert told == {"dinkes": "Izin praktik: menunggu", "disdik": "aman"}


def test_a_sheet_of_an_opd_that_was_no_more_is_refused(
    city: Builder, tmp_path: Path
) -> None:
    city.opd("lama", name="Dinas Lama", retired_on=MONDAY)
    [(path, _, _)] = write_sheets(
        city.register, tmp_path, ["lama"], load_language("id"), MONDAY
    )
    fill(path, {}, remark="aman")
    [problem] = read_back(city.register, path).problems
    assert problem.values["opd"] == "lama"


@pytest.mark.parametrize("in_opening", [True, False])
def test_a_stage_that_nobody_has_told_is_not_taken_from_a_row_without_one(
    tmp_path: Path, in_opening: bool
) -> None:
    city = Builder(in_opening=in_opening)
    city.opd("dinkes", name="Dinas Kesehatan")
    for code in ("imun", "izin"):
        city.service(code, "dinkes", "2026-01-05", assumed=True)
    path = the_sheet(city.register, tmp_path)
    row = {"date": "17/11/2026", "visits": 2}
    fill(path, {"imun": row, "izin": {**row, "stage": "Konvensional"}})

    found = read_back(city.register, path)
    [question] = found.questions
    assert question.key.endswith("/imun")

    left_out = carried_out(
        city.register,
        read_back(city.register, path, answers={"untold": "skip"}),
    )
    assert _assumed(left_out) == {"imun"}
    answers = {question.key: "online"}
    told = carried_out(
        city.register, read_back(city.register, path, answers=answers)
    )
    assert _assumed(told) == set()
    imun = told.service_codes["imun"]
    assert stage_at(told, imun, THURSDAY.today) is Stage.ONLINE
    assert visits_at(told, imun, THURSDAY.today) == 2


def test_a_row_that_an_answer_leaves_out_is_told(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(path, {"dinkes-imun": ONLINE, "dinkes-izin": INTEGRATED})
    whole = read_back(city.register, path)
    row = HEADER_ROW + 1
    answers = {row_key(path.name, row): "skip"}
    planned = read_back(city.register, path, answers=answers)
    [left] = planned.account.unread
    assert (left.name, left.reason) == (str(row), LEFT_OUT)
    assert (left.count or 0) >= len(ONLINE)
    taken = planned.account.taken.total() + (left.count or 0)
    assert taken == whole.account.taken.total()
    assert len(carried_out(city.register, planned).moves) == 1


def test_the_sheet_of_a_reopened_opd_tells_how_things_stand_without_a_date(
    tmp_path: Path,
) -> None:
    city = Builder(started_on=date(2026, 1, 5))
    city.opd("dinkes", name="Dinas Kesehatan", reopened=True)
    city.service("imun", "dinkes", "2026-01-05", assumed=True)
    city.service("baru", "dinkes", "2026-06-01")
    path = the_sheet(city.register, tmp_path)
    assert "Pendataan awal" in str(
        load_workbook(path).worksheets[0]["A2"].value
    )

    fill(path, {"imun": {"stage": "Daring", "visits": 1}})
    register = carried_out(city.register, read_back(city.register, path))
    imun = register.service_codes["imun"]
    assert (imun.stage, imun.visits, imun.assumed) == (Stage.ONLINE, 1, False)
    assert not register.moves

    # One that came after the opening has a history: its move needs a date.
    fill(path, {"baru": {"stage": "Daring"}})
    [problem] = read_back(city.register, path).problems
    assert "Since when?" in str(problem)


def test_the_opening_s_sheet_that_comes_late_is_told_how_it_counts(
    tmp_path: Path,
) -> None:
    before, after = Builder(in_opening=True), Builder(started_on=MONDAY)
    for city in (before, after):
        city.opd("dinkes", name="Dinas Kesehatan")
        city.service("imun", "dinkes", MONDAY, assumed=True)
    path = the_sheet(before.register, tmp_path)
    fill(path, {"imun": {"stage": "Daring"}})
    [problem] = read_back(after.register, path).problems
    assert "`opening reopen dinkes`" in str(problem)


def _assumed(register: Register) -> set[str]:
    return {
        service.code
        for service in register.services.values()
        if is_assumed(register, service, THURSDAY.today)
    }


def test_what_is_told_again_of_a_stage_reached_before_is_no_news(
    city: Builder, tmp_path: Path
) -> None:
    city.move("dinkes-imun", "2026-11-10", "online", visits=2.0)
    path = the_sheet(city.register, tmp_path, "en")
    fill(path, {"dinkes-imun": {"stage": "Online", "date": date(2026, 11, 17)}})
    made = read_back(city.register, path)
    assert carried_out(city.register, made).moves == city.register.moves
