"""Numbers in words are read where the words make one number, and refused otherwise."""

from pathlib import Path

import pytest

from tests.tracker.exchange.importing import empty, file, imported, planned
from tracker.exchange.parsing.number_words import (
    read_number_words,
    spell_in_digits,
)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("tiga", 3), ("sepuluh", 10), ("dua belas", 12), ("dua puluh lima", 25), ("seratus", 100),
        ("tiga ratus empat puluh satu", 341), ("seribu dua ratus", 1200), ("dua ribu lima", 2005),
        ("setengah", 0.5), ("twenty-one", 21), ("one hundred five", 105), ("Three Thousand", 3000),
    ],
)  # fmt: skip
def test_number_words_are_read(said: str, number: float) -> None:
    assert read_number_words(said) == number


@pytest.mark.parametrize(
    "said",
    [
        "dua tiga",
        "satu belas",
        "lima puluh dua puluh",
        "ribu",
        "hari",
        "",
        "nol",
    ],
)
def test_words_that_make_no_number_are_none(said: str) -> None:
    assert read_number_words(said) is None


def test_the_words_at_the_beginning_become_digits() -> None:
    assert spell_in_digits("dua puluh hari kerja") == "20 hari kerja"
    assert spell_in_digits("tergantung tiga hari") == "tergantung tiga hari"


HEAD = "OPD;Nama Layanan;Tahap;Hari;Volume"


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("tiga hari", 3), ("dua puluh hari kerja", 20), ("three days", 3), ("seminggu", 7),
        ("setengah hari", 0.5), ("paling lama dua minggu", 14), ("Sehari", 1),
    ],
)  # fmt: skip
def test_durations_in_words_are_read(
    said: str, days: float, tmp_path: Path
) -> None:
    path = file(tmp_path, "a.csv", HEAD, f"Dinas A;KTP;daring;{said};1")
    register = imported(empty(), path, create_opds=True)
    [service] = register.services.values()
    assert service.days == days


def test_a_range_in_words_is_asked_about_like_any_other(tmp_path: Path) -> None:
    row = "Dinas A;KTP;daring;satu sampai tiga jam;1"
    path = file(tmp_path, "a.csv", HEAD, row)
    made = planned(empty(), path, create_opds=True)
    assert [question.sort for question in made.questions] == ["spans"]
    answers = {"spans": "shortest"}
    register = imported(empty(), path, create_opds=True, answers=answers)
    [service] = register.services.values()
    assert service.days == pytest.approx(1 / 24, abs=1e-6)


@pytest.mark.parametrize(
    ("said", "volume"),
    [("dua ratus", 200), ("100 ribu", 100_000), ("1,2 juta", 1_200_000)],
)
def test_counts_in_words_are_read(
    said: str, volume: int, tmp_path: Path
) -> None:
    path = file(tmp_path, "a.csv", HEAD, f"Dinas A;KTP;daring;1;{said}")
    register = imported(empty(), path, create_opds=True)
    [service] = register.services.values()
    assert service.volume == volume


@pytest.mark.parametrize(
    ("days", "said", "volume"),
    [
        ("1,5", "1,250", 1250), ("1.5", "1.250", 1250),
        ("1,5", "1,250 juta", 1_250_000), ("1.5", "1,250 ribu", 1_250_000),
    ],
)  # fmt: skip
def test_a_count_has_thousands_and_how_many_thousands_may_have_decimals(
    days: str, said: str, volume: int, tmp_path: Path
) -> None:
    path = file(tmp_path, "a.csv", HEAD, f"Dinas A;KTP;daring;{days};{said}")
    register = imported(empty(), path, create_opds=True)
    assert [s.volume for s in register.services.values()] == [volume]


def test_how_many_thousands_are_asked_about_where_the_file_leaves_it_open(
    tmp_path: Path,
) -> None:
    path = file(tmp_path, "a.csv", HEAD, "Dinas A;KTP;daring;1;1.250 ribu")
    [question] = planned(empty(), path, create_opds=True).questions
    for style, volume in (("id", 1_250_000), ("en", 1250)):
        answers = {question.key: style}
        register = imported(empty(), path, create_opds=True, answers=answers)
        assert [s.volume for s in register.services.values()] == [volume]


def test_two_numbers_in_words_are_refused(tmp_path: Path) -> None:
    path = file(tmp_path, "a.csv", HEAD, "Dinas A;KTP;daring;dua tiga hari;1")
    [problem] = planned(empty(), path, create_opds=True).problems
    assert problem.values["value"] == "dua tiga hari"
