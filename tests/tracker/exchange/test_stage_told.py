"""A service is never conventional by silence: yes and no are offered as its stage, else it is asked."""

from pathlib import Path

import pytest

from tests.tracker.exchange.importing import NOW, empty, file, imported, planned
from tracker.exchange.importing import plan_import
from tracker.exchange.options import ImportOptions
from tracker.model import Stage

ONLINE, CONVENTIONAL, INTEGRATED = (
    Stage.ONLINE,
    Stage.CONVENTIONAL,
    Stage.INTEGRATED,
)


@pytest.mark.parametrize(
    "answer", [*(stage.value for stage in Stage), "unknown"]
)
def test_what_stage_new_services_have_is_asked(
    answer: str, tmp_path: Path
) -> None:
    path = file(tmp_path, "a.csv", "opd,nama layanan", "Dinas A,KTP")
    options = ImportOptions(create_opds=True)
    made = plan_import(empty(), [path], options, NOW)
    assert [question.key for question in made.questions] == ["stage:a.csv"]
    register = imported(
        empty(), path, create_opds=True, answers={"stage": answer}
    )
    (service,) = register.services.values()
    assert service.stage == (CONVENTIONAL if answer == "unknown" else answer)


def test_a_row_whose_stage_is_empty_is_asked_about_too(tmp_path: Path) -> None:
    rows = ("opd,nama layanan,tahap", "Dinas A,KTP,", "Dinas A,KK,daring")
    path = file(tmp_path, "a.csv", *rows)
    made = plan_import(empty(), [path], ImportOptions(create_opds=True), NOW)
    assert [question.key for question in made.questions] == ["stage:a.csv"]


def test_services_that_are_there_keep_their_stage_unasked(
    tmp_path: Path,
) -> None:
    first = file(
        tmp_path, "a.csv", "opd,nama layanan,tahap", "Dinas A,KTP,daring"
    )
    register = imported(empty(), first, create_opds=True)
    again = file(tmp_path, "b.csv", "opd,nama layanan,volume", "Dinas A,KTP,12")
    assert plan_import(register, [again], ImportOptions(), NOW).is_ready


@pytest.mark.parametrize(
    ("head", "answer", "yes"),
    [
        ("Online", "online", ONLINE),
        ("Sudah daring?", "online", ONLINE),
        ("Layanan Elektronik (Ya/Tidak)", "online", ONLINE),
        ("Terintegrasi", "integrated", INTEGRATED),
        ("Masuk satu pintu", "integrated", INTEGRATED),
        ("single door", "integrated", INTEGRATED),
    ],
)
@pytest.mark.parametrize(
    ("yes_word", "no_word"),
    [("Ya", "Tidak"), ("yes", "no"), ("sudah", "belum"), ("1", "0")],
)
def test_a_column_of_yes_and_no_is_offered_as_the_stage(
    head: str,
    answer: str,
    yes: Stage,
    yes_word: str,
    no_word: str,
    tmp_path: Path,
) -> None:
    rows = (f"opd,nama layanan,{head}", f"A,KTP,{yes_word}", f"A,KK,{no_word}")
    path = file(tmp_path, "a.csv", *rows)
    made = planned(empty(), path, create_opds=True)
    assert [question.key for question in made.questions] == [
        "stage-columns:a.csv"
    ]
    given = {"stage-columns": answer}
    register = imported(empty(), path, create_opds=True, answers=given)
    stages = [service.stage for service in register.services.values()]
    assert stages == [yes, CONVENTIONAL]


def test_two_columns_of_yes_and_no_tell_the_stage_together(
    tmp_path: Path,
) -> None:
    rows = (
        "A,KTP,ya,ya",
        "A,KK,ya,belum",
        "A,Akta,tidak,tidak",
        "A,Pindah,,ya",
    )
    head = "opd,nama layanan,Online,Terintegrasi"
    path = file(tmp_path, "a.csv", head, *rows)
    given = {"stage-columns": "both"}
    register = imported(empty(), path, create_opds=True, answers=given)
    stages = [service.stage for service in register.services.values()]
    assert stages == [INTEGRATED, ONLINE, CONVENTIONAL, INTEGRATED]


def test_columns_that_are_left_aside_still_leave_the_stage_to_be_asked(
    tmp_path: Path,
) -> None:
    path = file(tmp_path, "a.csv", "opd,nama layanan,Online", "A,KTP,ya")
    options = ImportOptions(create_opds=True)
    made = plan_import(empty(), [path], options, NOW, {"stage-columns": "skip"})
    assert [question.key for question in made.questions] == ["stage:a.csv"]


def test_a_column_of_other_words_is_not_offered(tmp_path: Path) -> None:
    path = file(
        tmp_path, "a.csv", "opd,nama layanan,Alamat online", "A,KTP,x.example"
    )
    assert planned(empty(), path, create_opds=True).is_ready
