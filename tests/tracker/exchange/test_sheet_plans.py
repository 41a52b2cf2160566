"""What a sheet gives an OPD to act on, and what it answers besides moves."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from tests.tracker.builder import Builder
from tests.tracker.exchange.sheets import (
    MONDAY,
    carried_out,
    fill,
    health_city,
    read_back,
    the_sheet,
)
from tracker.exchange.answers_form import form_of_plan
from tracker.exchange.sheets.layout import (
    EXTRA_ROWS,
    HEADER_ROW,
    NAME_CELL,
    NAME_PLACE,
    OBSTACLES_PLACE,
    PHONE_CELL,
    PLACES,
    SENDER_ROW,
    TARGET_PLACE,
)
from tracker.language import load_language
from tracker.model import Factor, Stage


@pytest.fixture
def city() -> Builder:
    """The small city; a service is late, and one is held back."""
    made = health_city()
    made.target("dinkes-imun", "2026-11-01", "online")
    made.target("dinkes-izin", "2026-12-31")
    made.obstacle("dinkes-izin", "2026-10-01", description="Belum ada petugas")
    return made


def cells_of(path: Path, service: str) -> list[Any]:
    sheet = load_workbook(path).worksheets[0]
    for row in sheet.iter_rows(min_row=HEADER_ROW + 1):
        if row[0].value == service:
            return list(row)
    raise AssertionError(service)


def write_cells(path: Path, cells: dict[tuple[int, int], Any]) -> None:
    book = load_workbook(path)
    for (row, column), value in cells.items():
        book.worksheets[0].cell(row, column).value = value
    book.save(path)


def test_targets_stand_on_the_sheet_and_late_ones_are_marked(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path, "en")
    late = cells_of(path, "dinkes-imun")[TARGET_PLACE]
    assert late.value.startswith("Online by ")
    assert late.value.endswith("LATE")
    assert late.font.bold
    due = cells_of(path, "dinkes-izin")[TARGET_PLACE]
    assert "LATE" not in due.value
    assert not due.font.bold
    held = cells_of(path, "dinkes-izin")[OBSTACLES_PLACE].value
    assert "Belum ada petugas" in held
    assert held.startswith("People")


@pytest.mark.parametrize(
    ("opened", "resolved", "is_listed"),
    [
        ("2026-11-16", None, True),
        ("2026-11-17", None, False),
        ("2026-10-01", "2026-11-16", False),
        ("2026-10-01", "2026-11-17", True),
    ],
)
def test_a_sheet_lists_what_holds_a_service_back_on_its_day(
    tmp_path: Path, opened: str, resolved: str | None, is_listed: bool
) -> None:
    assert date(2026, 11, 16) == MONDAY
    made = health_city()
    made.obstacle("dinkes-izin", opened, "people", resolved)
    path = the_sheet(made.register, tmp_path, "en")
    held = cells_of(path, "dinkes-izin")[OBSTACLES_PLACE].value
    assert ("People" in (held or "")) is is_listed


def test_the_head_tells_rank_and_chance(city: Builder, tmp_path: Path) -> None:
    register = city.register
    made = register.only_city
    dated = replace(made, goal=date(2026, 12, 31))
    register = register.changed({"city": {made.id: dated}})
    path = the_sheet(register, tmp_path, "en")
    head = load_workbook(path).worksheets[0].cell(2, 1).value
    assert "Index 25.0, rank 1 of 2. Chance to meet the goal: 0%." in head
    assert "Late: 1; due within four weeks: 0." in head


def test_an_obstacle_and_its_factor_are_read_back(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    told = {"obstacle": "Server lama", "factor": "Infrastruktur"}
    fill(path, {"dinkes-imun": told})
    planned = read_back(city.register, path)
    register = carried_out(city.register, planned)
    [found] = register.obstacles_of[register.service_codes["dinkes-imun"].id]
    assert found.factor is Factor.INFRASTRUCTURE
    assert found.description == "Server lama"
    assert str(found.opened_on) == "2026-11-16"
    assert len(register.reports) == 1
    again = read_back(register, path)
    assert carried_out(register, again).obstacles == register.obstacles


def test_an_obstacle_needs_its_factor(city: Builder, tmp_path: Path) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(path, {"dinkes-imun": {"obstacle": "Server lama"}})
    planned = read_back(city.register, path)
    [problem] = planned.problems
    assert problem.values["row"] == HEADER_ROW + 1
    # It is called as the sheet calls it, and answered under its own name.
    assert problem.values["column"] == "Faktor apa"
    assert '"cell:' in form_of_plan(planned, load_language("id"), {})
    assert ':factor" = ""' in form_of_plan(planned, load_language("id"), {})


def test_a_sheet_in_which_nothing_moved_does_not_lack_rows(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(path, {"dinkes-imun": {"note": "dalam proses"}})
    planned = read_back(city.register, path)
    assert not planned.account.remarks
    [report] = carried_out(city.register, planned).reports.values()
    assert report.note.endswith("dalam proses")


def test_why_it_is_late_is_kept_with_the_report(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(path, {"dinkes-imun": {"why_late": "Pengadaan gagal"}})
    planned = read_back(city.register, path)
    [report] = carried_out(city.register, planned).reports.values()
    assert "Imunisasi" in report.note
    assert report.note.endswith("Pengadaan gagal")


@pytest.mark.parametrize(
    ("answer", "due"), [("new", "2027-03-31"), ("old", "2026-11-01")]
)
def test_a_new_date_is_the_coordinator_s_to_take(
    city: Builder, tmp_path: Path, answer: str, due: str
) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(path, {"dinkes-imun": {"new_date": "31/03/2027"}})
    [question] = read_back(city.register, path).questions
    assert question.key == "newdate:dinkes-imun/online"
    planned = read_back(city.register, path, answers={question.key: answer})
    register = carried_out(city.register, planned)
    [target] = register.targets_of[register.service_codes["dinkes-imun"].id]
    assert str(target.due_on) == due


def test_a_new_date_is_for_an_open_target(
    city: Builder, tmp_path: Path
) -> None:
    made = health_city()
    path = the_sheet(made.register, tmp_path)
    fill(path, {"dinkes-izin": {"new_date": "31/03/2027"}})
    [problem] = read_back(made.register, path).problems
    assert "no open target" in str(problem)


def test_a_target_that_is_met_takes_no_new_date(tmp_path: Path) -> None:
    made = health_city()
    made.target("dinkes-izin", "2026-11-01", "online")
    path = the_sheet(made.register, tmp_path)
    fill(path, {"dinkes-izin": {"new_date": "31/03/2027"}})
    [problem] = read_back(made.register, path).problems
    assert "no open target" in str(problem)


def test_a_service_that_the_opd_also_offers_is_entered(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    row = HEADER_ROW + 3
    write_cells(
        path,
        {
            (row, NAME_PLACE + 1): "Konseling gizi",
            (row, PLACES["stage"] + 1): "Daring",
            (row, PLACES["visits"] + 1): 1,
            (row, PLACES["note"] + 1): "Sejak lama",
        },
    )
    register = carried_out(city.register, read_back(city.register, path))
    [new] = [one for one in register.services.values() if "gizi" in one.name]
    assert register.opds[new.opd].code == "dinkes"
    assert (new.stage, new.visits) == (Stage.ONLINE, 1)
    assert str(new.registered_on) == "2026-11-16"
    [report] = register.reports.values()
    assert "Konseling gizi: Sejak lama" in report.note
    again = read_back(register, path)
    assert carried_out(register, again).services == register.services


def test_a_sheet_on_which_a_service_alone_is_added_is_filled_in(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    row = HEADER_ROW + 3
    added = {NAME_PLACE: "Konseling gizi", PLACES["stage"]: "Daring"}
    write_cells(path, {(row, place + 1): v for place, v in added.items()})
    made = read_back(city.register, path)
    assert not made.questions
    assert len(carried_out(city.register, made).reports) == 1


@pytest.mark.parametrize(("beyond", "asked"), [(0, ["stage"]), (1, [])])
def test_a_name_alone_is_of_a_service_only_in_the_rows_for_more_of_them(
    city: Builder, tmp_path: Path, beyond: int, asked: list[str]
) -> None:
    path = the_sheet(city.register, tmp_path)
    fill(path, {}, remark="Pekan tenang")
    services = 2
    row = HEADER_ROW + services + EXTRA_ROWS + beyond
    write_cells(path, {(row, NAME_PLACE + 1): "Dr. Sari"})
    made = read_back(city.register, path)
    assert [question.sort for question in made.questions] == asked
    assert len(made.account.unread) == beyond


def test_who_filled_it_in_is_kept_with_the_report(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path, "en")
    write_cells(
        path,
        {
            (SENDER_ROW, NAME_CELL + 1): "Sari",
            (SENDER_ROW, PHONE_CELL + 1): "0812",
        },
    )
    planned = read_back(city.register, path)
    [report] = carried_out(city.register, planned).reports.values()
    assert report.note.splitlines() == ["Filled in by: Sari", "Telephone: 0812"]


def test_an_older_sheet_without_these_columns_is_still_read(
    city: Builder, tmp_path: Path
) -> None:
    path = the_sheet(city.register, tmp_path)
    book = load_workbook(path)
    book.worksheets[0].delete_cols(TARGET_PLACE + 1, 6)
    book.save(path)
    fill(path, {"dinkes-imun": {"stage": "Daring", "date": "17/11/2026"}})
    register = carried_out(city.register, read_back(city.register, path))
    assert len(register.moves) == 1
