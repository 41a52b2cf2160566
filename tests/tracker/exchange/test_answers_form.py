"""The form offers an answer to every question and to every row that is wrong, and is read back."""

import tomllib
from pathlib import Path

from tests.tracker.exchange.importing import empty, file, imported, planned
from tracker.exchange.answers_form import can_be_answered, form_of_plan
from tracker.exchange.questions import read_answers
from tracker.language import load_language

EN = load_language("en")
HEAD = "opd,nama layanan,tahap,volume"


def bad_file(folder: Path) -> Path:
    rows = ("A,KTP,daring,banyak", 'A,KK,"dar\nong",3', "A,Akta,manual,banyak")
    return file(folder, "a.csv", HEAD, *rows)


def test_bad_rows_stand_in_the_form_with_their_cells(tmp_path: Path) -> None:
    made = planned(empty(), bad_file(tmp_path), create_opds=True)
    said = tomllib.loads(form_of_plan(made, EN, {}))["answers"]
    assert said == {
        "row:a.csv:2": "",
        "cell:a.csv:2:volume": "",
        "row:a.csv:3": "",
        "cell:a.csv:3:stage": "",
        "row:a.csv:4": "",
        "cell:a.csv:4:volume": "",
    }


def test_the_filled_form_mends_the_rows(tmp_path: Path) -> None:
    path = bad_file(tmp_path)
    made = planned(empty(), path, create_opds=True)
    form = form_of_plan(made, EN, {})
    for key, answer in {
        "row:a.csv:2": "skip",
        "cell:a.csv:3:stage": "daring",
        "cell:a.csv:4:volume": "12",
    }.items():
        form = form.replace(f'"{key}" = ""', f'"{key}" = "{answer}"')
    (tmp_path / "jawaban.toml").write_text(form, encoding="utf-8")
    answers = read_answers(tmp_path / "jawaban.toml")
    register = imported(empty(), path, create_opds=True, answers=answers)
    found = {s.name: (s.stage, s.volume) for s in register.services.values()}
    assert found == {"KK": ("online", 3), "Akta": ("conventional", 12)}


def test_an_answer_that_is_wrong_itself_stands_in_the_form_once(
    tmp_path: Path,
) -> None:
    given = {"cell:a.csv:2:volume": "entah", "row:a.csv:3": "skip"}
    path = bad_file(tmp_path)
    made = planned(empty(), path, create_opds=True, answers=given)
    said = tomllib.loads(form_of_plan(made, EN, given))["answers"]
    assert said["cell:a.csv:2:volume"] == "entah"
    assert said["row:a.csv:2"] == ""


def test_a_row_that_is_wrong_in_several_ways_stands_in_the_form_once(
    tmp_path: Path,
) -> None:
    head = "opd,nama layanan,tahap,volume,kunjungan"
    bad = file(tmp_path, "a.csv", head, "A,KTP,entah,banyak,sering")
    made = planned(empty(), bad, create_opds=True)
    form = form_of_plan(made, EN, {})
    assert form.count('"row:a.csv:2"') == 1
    (tmp_path / "jawaban.toml").write_text(form, encoding="utf-8")
    assert read_answers(tmp_path / "jawaban.toml") == {}


def test_a_problem_of_the_whole_file_has_no_answer(tmp_path: Path) -> None:
    made = planned(empty(), file(tmp_path, "a.csv", "x,y", "1,2"))
    assert made.problems
    assert not can_be_answered(made)
