"""Dates as officials write them are read; a column that could mean two things is asked about once."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.tracker.exchange.importing import empty, file, imported, planned
from tracker.errors import Rejected
from tracker.exchange.importing import ImportPlan
from tracker.exchange.parsing.dates import (
    DayOrder,
    find_day_order,
    read_date_in_week,
)
from tracker.exchange.parsing.mapping import mapping_from
from tracker.exchange.parsing.values import Reader
from tracker.fields import ValueType
from tracker.week import Week

CREATES = mapping_from({"create_opds": True})


def services(folder: Path, *days: str) -> Path:
    rows = [
        f"Dinas A;Layanan {n};daring;{day}"
        for n, day in enumerate(days, start=1)
    ]
    return file(folder, "x.csv", "OPD;Nama Layanan;Tahap;Tanggal daftar", *rows)


def read(folder: Path, *days: str, order: str = "") -> list[date]:
    answers = {"dates": order} if order else {}
    made = imported(
        empty(), services(folder, *days), mapping=CREATES, answers=answers
    ).services
    return [service.registered_on for service in made.values()]


def plan(folder: Path, *days: str) -> ImportPlan:
    return planned(empty(), services(folder, *days), mapping=CREATES)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Jum'at, 7 Februari 2025", "2025-02-07"), ("JUM’AT, 7 FEBRUARI 2025", "2025-02-07"),
        ("Jumat 7 Februari 2025", "2025-02-07"), ("Senin, 3 Februari 2025", "2025-02-03"),
        ("Bandung, 3 Februari 2025", "2025-02-03"),
        ("1 Peb 2025", "2025-02-01"), ("1 Pebruari 2025", "2025-02-01"), ("30 Nop. 2025", "2025-11-30"),
        ("3-Feb-25", "2025-02-03"), ("3 Feb '25", "2025-02-03"), ("Feb 3, 2025", "2025-02-03"),
        ("3 Februari 2025 08:00 WIB", "2025-02-03"), ("3 Februari 2025 pukul 08.00 WIB", "2025-02-03"),
        ("2025/2/3", "2025-02-03"), ("20250203", "2025-02-03"), ("01.02.2025", "2025-02-01"),
        ("3 Februari 2025 23:30 UTC", "2025-02-04"), ("2025-02-03 23:30:00+00:00", "2025-02-04"),
    ],
)  # fmt: skip
def test_a_day_is_read_as_officials_write_it(said: str, day: str) -> None:
    reader = Reader(timezone="Asia/Jakarta")
    assert reader.read(said, ValueType.DATE) == date.fromisoformat(day)


def test_a_weekday_that_is_not_the_days_own_is_doubted() -> None:
    with pytest.raises(Rejected, match="another weekday"):
        Reader().read("Selasa, 3 Februari 2025", ValueType.DATE)


def test_days_that_a_spreadsheet_counts_are_read_in_a_csv_too(
    tmp_path: Path,
) -> None:
    assert read(tmp_path, "45691", "2024-02-29") == [
        date(2025, 2, 3),
        date(2024, 2, 29),
    ]


def test_one_clear_date_shows_how_its_column_is_written(tmp_path: Path) -> None:
    assert read(tmp_path, "29/02/2024", "1/2/2025", "03/02/25") == [
        date(2024, 2, 29),
        date(2025, 2, 1),
        date(2025, 2, 3),
    ]
    assert read(tmp_path, "2/29/2024", "1/2/2025") == [
        date(2024, 2, 29),
        date(2025, 1, 2),
    ]


@pytest.mark.parametrize(
    "days",
    [
        ("1/2/2025",),
        ("1/2/2025", "2025-02-03"),
        ("03/02/25", "3 Februari 2025"),
        ("29/02/2024", "2/29/2024", "1/2/2025"),
    ],
)
def test_an_open_column_is_one_question(
    tmp_path: Path, days: tuple[str, ...]
) -> None:
    [question] = plan(tmp_path, *days).questions
    assert question.sort == "dates"
    assert [candidate.answer for candidate in question.candidates] == [
        *DayOrder
    ]


def test_the_answer_reads_the_whole_column(tmp_path: Path) -> None:
    days = ("1/2/2025", "3/4/25")
    first = [date(2025, 2, 1), date(2025, 4, 3)]
    second = [date(2025, 1, 2), date(2025, 3, 4)]
    assert read(tmp_path, *days, order="day-first") == first
    assert read(tmp_path, *days, order="month-first") == second


def test_a_column_is_read_one_way(tmp_path: Path) -> None:
    made = planned(
        empty(),
        services(tmp_path, "29/02/2024", "2/29/2024", "1/2/2025"),
        mapping=CREATES,
        answers={"dates": "day-first"},
    )
    assert [problem.values["row"] for problem in made.problems] == [3]


def test_a_date_that_is_the_same_both_ways_leaves_nothing_open(
    tmp_path: Path,
) -> None:
    assert read(tmp_path, "2/2/2025", "2025-02-03") == [
        date(2025, 2, 2),
        date(2025, 2, 3),
    ]
    assert find_day_order(["2/2/2025", "3 Februari 2025", ""]) == (None, "")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("17/11", "2026-11-17"), ("17 Nov", "2026-11-17"), ("Selasa", "2026-11-17"),
        ("Selasa, 17 November", "2026-11-17"), ("12-11", "2026-11-12"), ("30/12", "2025-12-30"),
        ("29 Februari", "2024-02-29"), ("Minggu", "2026-11-22"),
    ],
)  # fmt: skip
def test_a_day_without_a_year_is_of_the_week_that_is_told_about(
    said: str, day: str
) -> None:
    week = Week.parse("2026-W47")
    assert read_date_in_week(said, week) == date.fromisoformat(day)
    reader = Reader(known_week=week)
    assert reader.read(said, ValueType.DATE) == date.fromisoformat(day)
    with pytest.raises(Rejected):
        Reader().read(said, ValueType.DATE)


def with_recognised_dates(folder: Path, *days: date | str) -> Path:
    """Save a workbook in which some dates are a spreadsheet's own and others texts."""
    book = Workbook()
    book.active.append(["OPD", "Nama Layanan", "Tahap", "Tanggal daftar"])
    for number, day in enumerate(days, start=1):
        book.active.append(["Dinas A", f"Layanan {number}", "daring", day])
    path = folder / "a.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("text", ["13/02/2025", "2/13/2025"])
def test_dates_that_a_spreadsheet_may_have_swapped_are_asked_about(
    text: str, tmp_path: Path
) -> None:
    days = (date(2025, 3, 2), date(2025, 5, 5), text)
    path = with_recognised_dates(tmp_path, *days)
    [question] = planned(empty(), path, mapping=CREATES).questions
    assert (question.sort, question.values["count"]) == ("swapped", 1)
    for answer, first in (("swapped", (2, 3)), ("right", (3, 2))):
        answers = {"swapped": answer}
        made = imported(empty(), path, mapping=CREATES, answers=answers)
        read_days = [one.registered_on for one in made.services.values()]
        assert read_days == [
            date(2025, *first),
            date(2025, 5, 5),
            date(2025, 2, 13),
        ]


@pytest.mark.parametrize(
    "days",
    [
        (date(2025, 3, 20), date(2025, 3, 2), "13/02/2025"),
        (date(2025, 3, 2), "2025-02-13"),
        (date(2025, 3, 3), "13/02/2025"),
        (date(2025, 3, 2),),
    ],
)
def test_other_dates_beside_texts_are_taken_as_they_are(
    days: tuple[date | str, ...], tmp_path: Path
) -> None:
    path = with_recognised_dates(tmp_path, *days)
    assert planned(empty(), path, mapping=CREATES).is_ready


@pytest.mark.parametrize("day", ["2026-11-05", "2026-11-20"])
def test_a_day_that_a_mapping_gives_is_not_taken_for_a_swapped_one(
    day: str, tmp_path: Path
) -> None:
    days = (date(2025, 3, 2), "13/02/2025", "")
    path = with_recognised_dates(tmp_path, *days)
    given = date.fromisoformat(day)
    made = imported(
        empty(),
        path,
        mapping=mapping_from(
            {"create_opds": True, "defaults": {"registered_on": given}}
        ),
        answers={"swapped": "swapped"},
    )
    assert [one.registered_on for one in made.services.values()] == [
        date(2025, 2, 3),
        date(2025, 2, 13),
        given,
    ]
