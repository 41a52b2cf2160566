"""An inventory tells how things stood on a day: what differs is entered, what is not certain is asked."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.tracker.builder import Builder
from tests.tracker.exchange.importing import (
    after,
    complaints,
    empty,
    file,
    imported,
    planned,
)
from tracker.exchange.effects import describe_changes
from tracker.exchange.importing import ImportPlan
from tracker.history import is_active, opd_at, stage_at, visits_at
from tracker.language import load_language
from tracker.model import Service, Stage
from tracker.register import Register

HEADER = "kode_layanan,opd,nama,tahap"
JUNE = date(2026, 6, 1)


@pytest.fixture
def city() -> Builder:
    city = Builder()
    city.opd("dinkes", name="Dinas Kesehatan")
    city.opd("disdik", name="Dinas Pendidikan")
    city.service("imun", "dinkes", "2026-01-05", name="Imunisasi")
    city.service(
        "izin", "dinkes", "2026-01-05", "online", name="Izin Praktik Dokter"
    )
    city.service("ppdb", "disdik", "2026-01-05", "integrated", name="PPDB")
    return city


ALL = (
    "imun,dinkes,Imunisasi,manual",
    "izin,dinkes,Izin Praktik Dokter,daring",
    "ppdb,disdik,PPDB,terpadu",
)


def of(register: Register, code: str) -> Service:
    return register.service_codes[code]


def what(made: ImportPlan) -> list[tuple[str, str]]:
    return [(effect.what, effect.name) for effect in made.effects]


def test_the_first_inventory_sets_baselines_and_makes_no_moves(
    tmp_path: Path,
) -> None:
    path = file(tmp_path, "x.csv", HEADER, *ALL)
    register = imported(empty(), path, as_of=JUNE, create_opds=True)
    assert not register.moves
    found = {
        s.code: (s.registered_on, s.stage) for s in register.services.values()
    }
    assert found["izin"] == (JUNE, Stage.ONLINE)
    assert planned(register, path, as_of=JUNE).changes_nothing


def test_an_inventory_of_how_things_stand_changes_nothing(
    city: Builder, tmp_path: Path
) -> None:
    assert planned(
        city.register, file(tmp_path, "x.csv", HEADER, *ALL), as_of=JUNE
    ).changes_nothing


def test_what_joined_moved_and_was_transferred_is_entered_on_that_day(
    city: Builder, tmp_path: Path
) -> None:
    rows = (
        "imun,dinkes,Imunisasi,terpadu",
        "izin,disdik,Izin Praktik Dokter,manual",
        ALL[2],
        "baru,disdik,Baru,",
    )
    made = planned(
        city.register, file(tmp_path, "x.csv", HEADER, *rows), as_of=JUNE
    )
    assert what(made) == [
        ("transferred", "Izin Praktik Dokter"),
        ("moved", "Imunisasi"),
        ("moved", "Izin Praktik Dokter"),
    ]
    assert made.counts["services"]["moved"] == 2
    register = imported(city.register, tmp_path / "x.csv", as_of=JUNE)
    assert (
        stage_at(register, of(register, "imun"), date(2026, 5, 31))
        is Stage.CONVENTIONAL
    )
    assert stage_at(register, of(register, "imun"), JUNE) is Stage.INTEGRATED
    assert stage_at(register, of(register, "izin"), JUNE) is Stage.CONVENTIONAL
    assert (
        register.opds[opd_at(register, of(register, "izin"), JUNE)].code
        == "disdik"
    )
    assert of(register, "baru").registered_on == JUNE
    assert planned(register, tmp_path / "x.csv", as_of=JUNE).changes_nothing


def test_other_visits_are_stated_by_a_move_to_the_same_stage(
    city: Builder, tmp_path: Path
) -> None:
    path = file(
        tmp_path,
        "x.csv",
        HEADER + ",kunjungan",
        ALL[0] + ",1",
        ALL[1] + ",",
        ALL[2] + ",",
    )
    register = imported(city.register, path, as_of=JUNE)
    [move] = register.moves.values()
    assert (move.stage, visits_at(register, of(register, "imun"), JUNE)) == (
        Stage.CONVENTIONAL,
        1.0,
    )


def test_what_is_gone_is_told_and_retired_only_where_that_is_asked_for(
    city: Builder, tmp_path: Path
) -> None:
    path = file(tmp_path, "x.csv", HEADER, ALL[0], ALL[2])
    made = planned(city.register, path, as_of=JUNE)
    assert what(made) == [("gone", "Izin Praktik Dokter (izin)")]
    assert made.changes_nothing
    register = imported(city.register, path, as_of=JUNE, retire_missing=True)
    assert not is_active(register, of(register, "izin"), JUNE)
    assert is_active(register, of(register, "izin"), date(2026, 5, 31))


@pytest.mark.parametrize(
    ("start", "until", "effects"),
    [
        ("2026-03-01", None, [("reopened", "Imunisasi")]),
        ("2026-03-01", "2026-06-01", []),
    ],
)
def test_what_has_come_back_is_reopened_unless_it_was(
    start: str,
    until: str | None,
    effects: list[tuple[str, str]],
    city: Builder,
    tmp_path: Path,
) -> None:
    city.closure("imun", start, until)
    path = file(tmp_path, "x.csv", HEADER, *ALL)
    made = planned(city.register, path, as_of=JUNE)
    assert what(made) == effects
    register = after(city.register, made)
    [closure] = register.closures.values()
    assert closure.until == JUNE


def test_what_was_closed_on_the_day_of_an_inventory_is_not_reopened_on_it(
    city: Builder, tmp_path: Path
) -> None:
    city.closure("imun", JUNE)
    path = file(tmp_path, "x.csv", HEADER, *ALL)
    [problem] = planned(city.register, path, as_of=JUNE).problems
    assert "the day on which it was closed" in str(problem)


def test_one_opd_s_list_does_not_retire_the_others_unasked(
    city: Builder, tmp_path: Path
) -> None:
    path = file(tmp_path, "x.csv", HEADER, ALL[0])
    made = planned(city.register, path, as_of=JUNE)
    assert what(made) == [
        ("gone", "Izin Praktik Dokter (izin)"),
        ("unlisted", "PPDB (ppdb)"),
    ]
    [question] = planned(
        city.register, path, as_of=JUNE, retire_missing=True
    ).questions
    answers = {question.key: "part"}
    register = imported(
        city.register, path, as_of=JUNE, retire_missing=True, answers=answers
    )
    assert {
        s.code
        for s in register.services.values()
        if is_active(register, s, JUNE)
    } == {"imun", "ppdb"}


@pytest.mark.parametrize(
    ("answer", "left"),
    [("part", {"imun", "ppdb", "kir"}), ("whole", {"imun", "ppdb"})],
)
def test_the_lists_of_some_opds_do_not_retire_the_others_unasked(
    answer: str, left: set[str], city: Builder, tmp_path: Path
) -> None:
    city.service("kir", "dishub", "2026-01-05", name="Uji KIR")
    paths = [
        file(tmp_path, f"{place}.csv", HEADER, ALL[place]) for place in (0, 2)
    ]
    [question] = planned(
        city.register, *paths, as_of=JUNE, retire_missing=True
    ).questions
    assert (question.key, question.values) == ("scope:several", {"count": 2})
    answers = {question.key: answer}
    register = imported(
        city.register, *paths, as_of=JUNE, retire_missing=True, answers=answers
    )
    assert {
        s.code
        for s in register.services.values()
        if is_active(register, s, JUNE)
    } == left


def test_rows_without_codes_match_by_opd_and_name(
    city: Builder, tmp_path: Path
) -> None:
    rows = (
        "dinas kesehatan,IMUNISASI,daring",
        "dinkes,Izin praktik-dokter,daring",
        "disdik,PPDB,terpadu",
    )
    register = imported(
        city.register,
        file(tmp_path, "x.csv", "opd,nama_layanan,tahap", *rows),
        as_of=JUNE,
    )
    assert len(register.services) == 3
    assert [move.service for move in register.moves.values()] == [
        of(register, "imun").id
    ]


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("imun,dinkes,Vaksinasi,manual", "renamed:services/imun"),
        ("imun,disdik,Beasiswa,manual", "reused:services/imun"),
        ("vaksin,dinkes,Imunisasi,manual", "recoded:services/vaksin"),
        (",disdik,Imunisasi,manual", "transferred:services/disdik/imunisasi"),
        (",dinkes,Imunisassi,manual", "near:services/dinkes/imunisassi"),
    ],
)
def test_what_is_not_certain_is_asked(
    row: str, key: str, city: Builder, tmp_path: Path
) -> None:
    path = file(tmp_path, "x.csv", HEADER, row, ALL[1], ALL[2])
    made = planned(city.register, path, as_of=JUNE)
    assert [question.key for question in made.questions] == [key]
    same = imported(city.register, path, as_of=JUNE, answers={key: "same"})
    assert len(same.services) == 3
    code, _, name, _ = row.split(",")
    [service] = [s for s in same.services.values() if s.name == name]
    assert service.code == (code or "imun")
    assert planned(same, path, as_of=JUNE).changes_nothing
    new = imported(city.register, path, as_of=JUNE, answers={key: "new"})
    assert len(new.services) == 4
    assert (
        len(
            imported(
                city.register, path, as_of=JUNE, answers={key: "skip"}
            ).services
        )
        == 3
    )


def test_an_abbreviation_comes_near_its_long_form(
    city: Builder, tmp_path: Path
) -> None:
    city.service("ktp", "disdik", "2026-01-05", name="Penerbitan KTP")
    path = file(
        tmp_path,
        "x.csv",
        HEADER,
        *ALL,
        ",disdik,Penerbitan Kartu Tanda Penduduk,manual",
    )
    assert [
        q.sort for q in planned(city.register, path, as_of=JUNE).questions
    ] == ["near"]


def test_a_service_of_the_same_name_elsewhere_is_no_question_while_it_is_listed(
    city: Builder, tmp_path: Path
) -> None:
    path = file(tmp_path, "x.csv", HEADER, *ALL, ",disdik,Imunisasi,manual")
    assert len(imported(city.register, path, as_of=JUNE).services) == 4


@pytest.mark.parametrize("day", [date(2026, 5, 1), JUNE])
def test_a_row_retired_by_then_retires_the_service(
    day: date, city: Builder, tmp_path: Path
) -> None:
    path = file(
        tmp_path, "x.csv", HEADER + ",tanggal_henti", f"{ALL[0]},{day}", ALL[1] + ",", ALL[2] + ",",
        f"lama,dinkes,Tidak lagi,manual,{day}",
    )  # fmt: skip
    register = imported(city.register, path, as_of=JUNE)
    assert [(c.service, c.start) for c in register.closures.values()] == [
        (of(register, "imun").id, day)
    ]
    assert len(register.services) == 3


def test_a_service_registered_after_the_day_is_told(
    city: Builder, tmp_path: Path
) -> None:
    for rows in (ALL, tuple("," + row.partition(",")[2] for row in ALL)):
        path = file(tmp_path, "x.csv", HEADER, *rows)
        assert {
            row
            for row, _ in complaints(
                planned(city.register, path, as_of=date(2025, 6, 1))
            )
        } == {
            2,
            3,
            4,
        }


def test_another_one_beside_a_service_registered_on_the_day_is_entered(
    city: Builder, tmp_path: Path
) -> None:
    city.service("gizi", "dinkes", JUNE, name="Gizi")
    path = file(tmp_path, "x.csv", HEADER, *ALL, "gz,dinkes,Gizi,manual")
    answers = {"recoded": "new"}
    register = imported(city.register, path, as_of=JUNE, answers=answers)
    names = [service.name for service in register.services.values()]
    assert names.count("Gizi") == 2


def test_a_plan_names_agencies_by_their_codes(
    city: Builder, tmp_path: Path
) -> None:
    city.application("1", "dinkes", name="SIMPUS")
    [effect] = planned(
        city.register,
        file(tmp_path, "x.csv", APPS, "1,SIMPUS,disdik,,"),
        as_of=JUNE,
    ).effects
    assert (effect.what, describe_changes(effect, load_language("en"))) == (
        "changed",
        "OPD dinkes → disdik",
    )


def test_a_plan_is_told_in_the_words_of_its_reader(
    city: Builder, tmp_path: Path
) -> None:
    header = "kode_layanan,opd,nama,tahap,kunjungan,volume"
    rows = (
        "imun,dinkes,Imunisasi,daring,,1250",
        'izin,dinkes,Izin Praktik Dokter,daring,"1,5",',
        ALL[2] + ",,",
    )
    made = planned(
        city.register, file(tmp_path, "x.csv", header, *rows), as_of=JUNE
    )
    assert [
        describe_changes(effect, load_language("id")) for effect in made.effects
    ] == [
        "permohonan/tahun – → 1.250",
        "Konvensional → Daring",
        "kunjungan kantor – → 1,5",
    ]


def test_a_row_without_a_code_beside_one_of_its_name_is_asked_about(
    city: Builder, tmp_path: Path
) -> None:
    path = file(tmp_path, "x.csv", HEADER, *ALL, ",dinkes,Imunisasi,daring")
    made = planned(city.register, path, as_of=JUNE)
    assert [question.key for question in made.questions] == ["doubled:x.csv/5"]


def test_one_of_several_of_a_name_is_found_again_by_the_answer_once_given(
    city: Builder, tmp_path: Path
) -> None:
    city.service("vaksin", "dinkes", "2026-01-05", name="Imunisasi")
    path = file(tmp_path, "x.csv", HEADER, ",dinkes,Imunisasi,daring")
    [asked] = planned(city.register, path, as_of=JUNE).questions
    assert asked.key == "recoded:services/dinkes/imunisasi"
    answers = {asked.key: "vaksin"}
    chosen = imported(city.register, path, as_of=JUNE, answers=answers)
    assert of(chosen, "vaksin").listed_as == "dinkes/imunisasi"
    later = file(tmp_path, "y.csv", HEADER, ",dinkes,Imunisasi,terpadu")
    after = imported(chosen, later, as_of=date(2026, 7, 1))
    moved = {after.services[move.service].code for move in after.moves.values()}
    assert (moved, len(after.moves)) == ({"vaksin"}, 2)


def test_the_only_one_of_a_name_needs_no_mark_to_be_found_again(
    city: Builder, tmp_path: Path
) -> None:
    path = file(tmp_path, "x.csv", HEADER, ",dinkes,Imunisassi,manual")
    answers = {"near:services/dinkes/imunisassi": "same"}
    same = imported(city.register, path, as_of=JUNE, answers=answers)
    assert of(same, "imun").name == "Imunisassi"
    assert of(same, "imun").listed_as == ""


APPS = "kode_aplikasi,nama_aplikasi,opd,tautan,tanggal_henti"


@pytest.mark.parametrize("end", ["2026-02-01", "2026-06-01"])
def test_applications_are_reconciled_too(
    end: str, city: Builder, tmp_path: Path
) -> None:
    city.application("1", "dinkes", name="SIMPUS")
    city.application("2", "dinkes", name="Antrean", retired_on=end)
    city.application("5", "dinkes", name="Lama", retired_on=end)
    city.application("3", "disdik", name="wwww")
    rows = (
        "1,SIMPUS Kota,dinkes,https://x.id,",
        "2,Antrean,dinkes,,",
        "4,Baru,disdik,,",
    )
    path = file(tmp_path, "x.csv", APPS, *rows)
    made = planned(city.register, path, as_of=JUNE)
    assert [question.key for question in made.questions] == [
        "renamed:applications/1"
    ]
    assert what(made) == [("reopened", "Antrean"), ("gone", "wwww (3)")]
    register = imported(
        city.register,
        path,
        as_of=JUNE,
        answers={"renamed": "same"},
        retire_missing=True,
    )
    found = {
        a.code: (a.name, a.retired_on) for a in register.applications.values()
    }
    assert found == {
        "1": ("SIMPUS Kota", None), "2": ("Antrean", None), "3": ("wwww", JUNE), "4": ("Baru", None),
        "5": ("Lama", date.fromisoformat(end)),
    }  # fmt: skip
    assert planned(register, path, as_of=JUNE).changes_nothing


@pytest.mark.parametrize(
    "options", [{"as_of": date(2027, 1, 1)}, {"retire_missing": True}]
)
def test_an_inventory_that_cannot_be_is_refused(
    options: dict[str, Any], city: Builder, tmp_path: Path
) -> None:
    made = planned(
        city.register, file(tmp_path, "x.csv", HEADER, *ALL), **options
    )
    assert len(made.problems) == 1


def test_each_row_that_repeats_one_with_a_code_is_counted_once(
    city: Builder, tmp_path: Path
) -> None:
    again = ALL[0].removeprefix("imun")
    path = file(tmp_path, "x.csv", HEADER, *ALL, again, ALL[1], again)
    made = planned(city.register, path, as_of=JUNE)
    assert made.counts["services"] == {"unchanged": 3, "repeated": 3}
    assert made.changes_nothing


def test_one_opd_s_applications_do_not_retire_the_others_unasked(
    city: Builder, tmp_path: Path
) -> None:
    city.application("1", "dinkes", name="SIMPUS")
    city.application("2", "disdik", name="Dapodik")
    path = file(tmp_path, "x.csv", APPS, "3,Baru,dinkes,,")
    options: dict[str, Any] = {"as_of": JUNE, "retire_missing": True}
    [question] = planned(city.register, path, **options).questions
    for answer, retired in (("part", {"1"}), ("whole", {"1", "2"})):
        register = imported(
            city.register, path, **options, answers={question.key: answer}
        )
        assert {
            a.code for a in register.applications.values() if a.retired_on
        } == retired


@pytest.mark.parametrize("answers", [{}, {"near": "skip"}])
def test_what_a_row_that_stays_out_may_tell_of_is_not_taken_for_gone(
    city: Builder, tmp_path: Path, answers: dict[str, str]
) -> None:
    rows = (ALL[0], ",dinkes,Izin Praktek Doktr,daring", ALL[2])
    path = file(tmp_path, "x.csv", HEADER, *rows)
    made = planned(
        city.register, path, as_of=JUNE, retire_missing=True, answers=answers
    )
    assert what(made) == []
    assert made.counts["services"]["skipped" if answers else "open"] == 1
