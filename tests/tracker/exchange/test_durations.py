"""Durations as officials write them: one number is read, several are asked about once for the column."""

from pathlib import Path

import pytest

from tests.tracker.exchange.importing import (
    complaints,
    empty,
    file,
    imported,
    planned,
)
from tracker.exchange.importing import ImportPlan
from tracker.exchange.parsing.durations import read_measure, read_measures
from tracker.exchange.parsing.mapping import mapping_from
from tracker.language import load_language

CREATES = mapping_from({"create_opds": True})


def services(folder: Path, *days: str) -> Path:
    rows = [
        f"Dinas A;Layanan {n};daring;{said}"
        for n, said in enumerate(days, start=1)
    ]
    return file(folder, "x.csv", "OPD;Nama Layanan;Tahap;Hari", *rows)


def plan(folder: Path, *days: str) -> ImportPlan:
    return planned(empty(), services(folder, *days), mapping=CREATES)


def read(folder: Path, *days: str, spans: str) -> list[float | None]:
    path, answers = services(folder, *days), {"spans": spans}
    made = imported(empty(), path, mapping=CREATES, answers=answers)
    return [service.days for service in made.services.values()]


@pytest.mark.parametrize(
    ("said", "number", "days"),
    [
        ("7 HK", "7", 1), ("2 x 24 jam", "2", 1), ("paling lama 14 (empat belas) hari kerja", "14", 1),
        ("Maks. 3 hari", "3", 1), ("± 2 minggu", "2", 7), ("1,5 jam", "1,5", 1 / 24), ("3", "3", 1),
    ],
)  # fmt: skip
def test_one_number_with_its_unit_is_read(
    said: str, number: str, days: float
) -> None:
    measure = read_measure(said)
    assert (measure.number, measure.days) == (number, days)


@pytest.mark.parametrize(
    ("said", "amounts"),
    [
        ("3-4 Hari Kerja", [3, 4]), ("1 s/d 3 hari", [1, 3]), ("1 (satu) s.d. 3 (tiga) hari", [1, 3]),
        ("3 – 5 hari", [3, 5]), ("3 hari sampai dengan 1 minggu", [3, 7]), ("2 atau 3 hari", [2, 3]),
        ("1 Hari Kerja (jika blangko tersedia)", [1]), ("3 Hari; setelah berkas lengkap", [3]),
    ],
)  # fmt: skip
def test_several_numbers_and_conditions_are_recognised(
    said: str, amounts: list[float]
) -> None:
    assert [float(m.number) * m.days for m in read_measures(said)] == amounts
    with pytest.raises(ValueError, match=r".*"):
        read_measure(said)


def test_several_numbers_are_one_question_with_its_readings(
    tmp_path: Path,
) -> None:
    made = plan(
        tmp_path, "3-4 Hari Kerja", "1 Hari Kerja (jika blangko tersedia)", "2"
    )
    [question] = made.questions
    assert not made.problems
    assert question.values["count"] == 2
    language = load_language("en")
    offered = [language.text(c.msgid, **c.values) for c in question.candidates]
    assert offered[:2] == [
        "the longest: “3-4 Hari Kerja” is 4 days",
        "the shortest: “3-4 Hari Kerja” is 3 days",
    ]
    assert "[values.days]" in language.text(question.hint, **question.values)


@pytest.mark.parametrize(
    ("spans", "days"),
    [
        ("longest", [4, 1 / 24, 1, 2]),
        ("shortest", [3, 1 / 48, 1, 2]),
        ("middle", [3.5, 0.03125, 1, 2]),
        ("skip", [None, None, None, 2]),
    ],
)
def test_the_answer_reads_the_whole_column(
    tmp_path: Path, spans: str, days: list[float | None]
) -> None:
    said = ("3-4 Hari Kerja", "30 - 60 Menit", "1 Hari (jika lengkap)", "2")
    assert read(tmp_path, *said, spans=spans) == [
        None if day is None else pytest.approx(day, abs=1e-6) for day in days
    ]


def test_a_text_that_is_no_duration_names_the_section_of_the_mapping(
    tmp_path: Path,
) -> None:
    [problem] = plan(tmp_path, "tergantung", "2").problems
    assert "[values.days]" in str(problem)
    meant = mapping_from(
        {"create_opds": True, "values": {"days": {"tergantung": "5"}}}
    )
    path = services(tmp_path, "tergantung", "2")
    made = imported(empty(), path, mapping=meant)
    assert [service.days for service in made.services.values()] == [5, 2]


@pytest.mark.parametrize("said", ["3 kali - 4 kali", "1.2.3 - 3 hari"])
def test_numbers_that_are_no_days_are_refused_in_their_row_alone(
    said: str, tmp_path: Path
) -> None:
    made = plan(tmp_path, "2", said, "tergantung", "3-4 hari")
    assert complaints(made) == [(3, "Hari"), (4, "Hari")]
    [question] = made.questions
    assert (question.values["example"], question.values["count"]) == (
        "3-4 hari",
        1,
    )


def test_a_mapping_can_give_single_spans_their_meaning(tmp_path: Path) -> None:
    meant = mapping_from(
        {"create_opds": True, "values": {"days": {"3-4 hari": "4"}}}
    )
    made = imported(empty(), services(tmp_path, "3-4 hari"), mapping=meant)
    assert [service.days for service in made.services.values()] == [4]


def test_cells_that_an_answer_leaves_empty_are_named_as_not_read(
    tmp_path: Path,
) -> None:
    path = services(tmp_path, "3-4 hari", "2", "1 s/d 2 jam")
    made = planned(empty(), path, mapping=CREATES, answers={"spans": "skip"})
    [left] = made.account.unread
    assert (left.name, left.count, left.is_chosen) == ("Hari", 2, True)
    assert made.account.taken.total() == 4 * 4 - 2
