"""Rows without their OPD, and rows with a number for a name, are asked about."""

from pathlib import Path

import pytest

from tests.tracker.exchange.importing import empty, file, imported, planned
from tests.tracker.exchange.test_account import accounted

BELOW = (
    "No,OPD,Nama Layanan,Tahap",
    "1,Dinas A,KTP,Daring",
    "2,,KK,Daring",
    "3,Inspektorat,Izin,Manual",
    "4,,Reklame,Manual",
)


@pytest.mark.parametrize("before", [0, 1])
def test_a_blank_opd_is_the_one_above_if_a_person_says_so(
    before: int, tmp_path: Path
) -> None:
    rows = [",".join(row.split(",")[1 - before :]) for row in BELOW]
    path = file(tmp_path, "a.csv", *rows)
    made = planned(empty(), path, create_opds=True)
    assert [question.key for question in made.questions] == ["above:a.csv"]
    assert made.questions[0].values["rows"] == "3, 5"
    answers = {"above": "above"}
    register = imported(empty(), path, create_opds=True, answers=answers)
    names = {
        service.name: register.opds[service.opd].name
        for service in register.services.values()
    }
    assert names == {
        "KTP": "Dinas A",
        "KK": "Dinas A",
        "Izin": "Inspektorat",
        "Reklame": "Inspektorat",
    }


def test_a_blank_opd_has_to_be_filled_in_if_a_person_says_so(
    tmp_path: Path,
) -> None:
    path = file(tmp_path, "a.csv", *BELOW)
    answers = {"above": "blank"}
    made = planned(empty(), path, create_opds=True, answers=answers)
    assert [problem.values["row"] for problem in made.problems] == [3, 5]


def test_a_blank_opd_in_the_first_row_has_none_above(tmp_path: Path) -> None:
    path = file(tmp_path, "a.csv", BELOW[0], BELOW[2])
    made = planned(empty(), path, create_opds=True)
    assert not made.questions
    assert len(made.problems) == 1


COUNTED = (
    "opd,nama layanan,tahap",
    "Dinas A,KTP,Daring",
    "Dinas A,KK,Daring",
    "Dinas A,12,",
)


@pytest.mark.parametrize(("answer", "services"), [("skip", 2), ("counted", 3)])
def test_a_number_where_names_stand_is_asked_about(
    answer: str, services: int, tmp_path: Path
) -> None:
    path = file(tmp_path, "a.csv", *COUNTED)
    made = planned(empty(), path, create_opds=True)
    assert "number:a.csv" in [question.key for question in made.questions]
    assert accounted(made.account) == 11
    answers = {"number": answer, "stage": "conventional"}
    register = imported(empty(), path, create_opds=True, answers=answers)
    assert len(register.services) == services


def test_two_cells_are_too_few_to_be_the_numbers_of_columns(
    tmp_path: Path,
) -> None:
    path = file(tmp_path, "a.csv", "kode,nama", "a,Dinas A", "1,2")
    register = imported(empty(), path, answers={"number": "counted"})
    assert [opd.name for opd in register.opds.values()] == ["Dinas A", "2"]


def test_names_that_are_all_numbers_are_names(tmp_path: Path) -> None:
    head = "kode,opd,nama layanan,tahap"
    path = file(tmp_path, "a.csv", head, "a,Dinas A,1,Daring")
    made = planned(empty(), path, create_opds=True)
    assert "number:a.csv" not in [question.key for question in made.questions]


@pytest.mark.parametrize(
    ("text", "is_note"),
    [
        ("Catatan: data sementara", True),
        ("* data per Oktober", True),
        ("**) belum final", True),
        ("UPT Puskesmas: Garuda", False),
        ("Dinas Sosial", False),
    ],
)
def test_a_name_alone_is_asked_about_where_it_begins_as_a_note_does(
    tmp_path: Path, text: str, is_note: bool
) -> None:
    path = file(tmp_path, "a.csv", "nama,kontak", "Dinas A,022", f'"{text}",')
    asked = [question.key for question in planned(empty(), path).questions]
    assert asked == (["note:a.csv"] if is_note else [])
