"""The kind of a file is told by what it is; what stays open is asked, never guessed."""

from pathlib import Path

import pytest

from tests.tracker.exchange.importing import after, empty, file, planned
from tracker.exchange.parsing.mapping import mapping_from
from tracker.model import Kind
from tracker.register import Register

CREATES = mapping_from({"create_opds": True})


def names(register: Register) -> list[str]:
    return [opd.name for opd in register.opds.values()]


@pytest.mark.parametrize(
    "lines",
    [
        ("id,nama", "1,Dinas Contoh Satu", "2,Kecamatan Contoh"),
        ("nama", "Dinas Contoh Satu", "Kecamatan Contoh"),
        ("idopd,namaopd", "010,Dinas Contoh Satu", "020,Kecamatan Contoh"),
        ("nama,singkatan", "Dinas Contoh Satu,DCS", "Kecamatan Contoh,KC"),
        ("No,Nama OPD", "1,Dinas Contoh Satu", "2,Kecamatan Contoh"),
    ],
)
def test_a_list_of_agencies_is_one_of_opds(
    tmp_path: Path, lines: tuple[str, ...]
) -> None:
    register = after(
        empty(), planned(empty(), file(tmp_path, "daftar.csv", *lines))
    )
    assert names(register) == ["Dinas Contoh Satu", "Kecamatan Contoh"]
    assert [opd.kind for opd in register.opds.values()] == [
        Kind.DINAS,
        Kind.KECAMATAN,
    ]
    assert not register.applications


def test_agencies_are_listed_by_the_column_of_their_names_alone(
    tmp_path: Path,
) -> None:
    path = file(
        tmp_path, "x.csv", "kontak,induk", "Bu Ani,Dinas A", "b,Dinas B"
    )
    same_name = mapping_from({"kind": "opds", "defaults": {"name": "Cabang"}})
    [problem] = planned(empty(), path, mapping=same_name).problems
    assert problem.values["columns"] == "code (kode)"


def test_names_of_which_nothing_is_known_are_asked_about(
    tmp_path: Path,
) -> None:
    path = file(tmp_path, "daftar.csv", "id,nama", "1,Salaman", "2,Sapawarga")
    [question] = planned(empty(), path).questions
    assert question.key == "kind:daftar.csv"
    as_opds = planned(empty(), path, answers={"kind": "opds"})
    assert names(after(empty(), as_opds)) == ["Salaman", "Sapawarga"]
    as_apps = planned(empty(), path, answers={"kind": "applications"})
    assert len(after(empty(), as_apps).applications) == 2


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("aplikasi.csv", "nama"),
        ("denpasar_aplikasi_2020.csv", "nama"),
        ("x.csv", "nama aplikasi"),
        ("x.csv", "aplikasi"),
    ],
)
def test_applications_are_known_by_the_header_or_by_the_file(
    tmp_path: Path, name: str, header: str
) -> None:
    made = planned(
        empty(), file(tmp_path, name, header, "Salaman", "Sapawarga")
    )
    assert len(after(empty(), made).applications) == 2


@pytest.mark.parametrize(
    "lines",
    [
        ("NO;LOKASI;APLIKASI", "1;Bagian Contoh;15", "2;Dinas Contoh;3"),
        ("APLIKASI;LOKASI", "15;Bagian Contoh", "3;Dinas Contoh"),
    ],
)
def test_counts_are_no_names(lines: tuple[str, ...], tmp_path: Path) -> None:
    made = planned(empty(), file(tmp_path, "counts.csv", *lines))
    [problem] = made.problems
    assert str(problem).startswith(
        "counts.csv has numbers alone in the column “APLIKASI”: they count Applications and name none."
    )
    assert not made.counts


def test_opening_hours_are_no_closures(tmp_path: Path) -> None:
    lines = "Layanan;Dari;Sampai", "KTP;08:00;15:00", "KK;08:00;14:00"
    [problem] = planned(empty(), file(tmp_path, "jam.csv", *lines)).problems
    assert problem.values["kind"] == "Services"


def test_a_wrong_day_among_right_ones_is_told_in_its_row(
    tmp_path: Path,
) -> None:
    lines = "Layanan;Dari", "KTP;2026-01-01", "KK;nanti"
    made = planned(empty(), file(tmp_path, "x.csv", *lines))
    assert ("Dari", 3) in {
        (problem.values.get("column"), problem.values.get("row"))
        for problem in made.problems
    }


def test_a_file_without_rows_says_so(tmp_path: Path) -> None:
    path = file(tmp_path, "x.csv", "Perangkat daerah,Nama layanan,Tahap")
    [remark] = planned(empty(), path).account.remarks
    assert remark.msgid == "no row below the header"


def test_agencies_in_any_script_are_each_an_agency(tmp_path: Path) -> None:
    names_there = (
        "市民課",
        "税務課",
        "福祉課",
        "A 区",
        "A 県",
        "ສຳນັກງານ",
        "Ведомство",
    )
    rows = [f"{name},窓口 {n},daring" for n, name in enumerate(names_there)]
    path = file(tmp_path, "x.csv", "OPD,Nama Layanan,Tahap", *rows)
    made = planned(empty(), path, mapping=CREATES)
    register = after(empty(), made)
    assert sorted(names(register)) == sorted(names_there)
    assert len({opd.code for opd in register.opds.values()}) == len(names_there)
    assert len(register.services) == len(names_there)
    again = planned(register, path, mapping=CREATES)
    assert after(register, again).opds == register.opds


def test_unknown_agencies_in_any_script_are_a_question_each(
    tmp_path: Path,
) -> None:
    before = after(
        empty(),
        planned(
            empty(),
            file(tmp_path, "o.csv", "kode,nama", "a,東京都市民局第一課"),
        ),
    )
    rows = [
        f"{name},窓口,daring"
        for name in (
            "東京都市民局第二課",
            "東京都市民局第三課",
            "東京都市民局第四課",
        )
    ]
    path = file(tmp_path, "x.csv", "OPD,Nama Layanan,Tahap", *rows)
    made = planned(before, path, mapping=CREATES)
    assert len({question.key for question in made.questions}) == 3


@pytest.mark.parametrize("title", ["idopd", "id_opd", "id skpd", "ID OPD"])
def test_the_numbers_of_agencies_are_their_codes(
    tmp_path: Path, title: str
) -> None:
    lines = f"{title},namaopd", "010,Dinas Contoh Satu", "020,Kecamatan Contoh"
    register = after(
        empty(), planned(empty(), file(tmp_path, "opd.csv", *lines))
    )
    assert [opd.code for opd in register.opds.values()] == ["010", "020"]


@pytest.mark.parametrize(
    "rows",
    [
        (
            "Dinas A,Izin satu,Manual",
            "Dinas A,Izin dua,Daring",
            "Dinas A,Izin,Daring",
        ),
        (
            "Dinas A,Izin satu,Manual",
            "Dinas B,Izin dua,Daring",
            "Dinas C,Izin,Daring",
        ),
    ],
)
def test_a_list_with_stages_or_an_agency_many_times_is_none_of_opds(
    tmp_path: Path, rows: tuple[str, ...]
) -> None:
    path = file(tmp_path, "x.csv", "Nama OPD,Uraian,Tahap", *rows)
    made = planned(empty(), path)
    assert made.problems
    assert "opds" not in made.counts
