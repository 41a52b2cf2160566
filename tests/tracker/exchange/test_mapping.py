"""A mapping says how a foreign file names things; answers say what it leaves open."""

import tomllib
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.tracker.exchange.importing import (
    complaints,
    empty,
    file,
    imported,
    planned,
)
from tracker.errors import Rejected
from tracker.exchange.parsing.mapping import (
    Mapping,
    mapping_as_toml,
    mapping_from,
    read_mapping,
)
from tracker.exchange.problems import problem_line
from tracker.exchange.questions import answers_form, read_answers
from tracker.language import load_language
from tracker.model import Stage

TOML = """
kind = "services"
create_opds = true
[columns]
name = "Jenis Izin"
days = "Durasi"
retired_on = "Status"
stage = "Cara"
[values.stage]
"lewat loket" = "conventional"
"lewat HP" = "online"
[values.retired_on]
"tidak aktif" = "as-of"
"aktif" = ""
[defaults]
opd = "DPMPTSP"
registered_on = "2019-01-01"
[skip]
No = ["Jumlah"]
"""


@pytest.mark.parametrize("header", ["nama_layanan,tahap", "bintang,bulan"])
def test_columns_that_nothing_names_lead_to_the_mapping(
    header: str, tmp_path: Path
) -> None:
    foreign = file(tmp_path, "asing.csv", header, "KTP,daring")
    [problem] = planned(empty(), foreign).problems
    assert "--map" in load_language("en").say(problem)


def a_foreign_file(folder: Path) -> Path:
    return file(
        folder,
        "izin.csv",
        "Daftar izin,,,,",
        "No,Jenis Izin,Durasi,Status,Cara",
        "1,Izin Lokasi,Maksimal 20 (dua puluh) hari,Aktif,Lewat Loket",
        "2,Izin Reklame,30 Menit,Tidak Aktif,lewat hp",
        "Jumlah,2,,,",
    )


def test_a_foreign_file_goes_in_with_a_mapping(tmp_path: Path) -> None:
    mapping = read_mapping(file(tmp_path, "map.toml", TOML))
    path = a_foreign_file(tmp_path)
    register = imported(empty(), path, as_of=date(2020, 6, 24), mapping=mapping)
    found = {
        s.name: (s.stage, s.days, s.registered_on)
        for s in register.services.values()
    }
    assert found == {
        "Izin Lokasi": (Stage.CONVENTIONAL, 20, date(2019, 1, 1)),
        "Izin Reklame": (Stage.ONLINE, 0.020833, date(2019, 1, 1)),
    }
    assert [closure.start for closure in register.closures.values()] == [
        date(2020, 6, 24)
    ]
    assert [opd.name for opd in register.opds.values()] == ["DPMPTSP"]


def test_a_mapping_says_what_the_words_of_the_first_column_mean(
    tmp_path: Path,
) -> None:
    path = file(tmp_path, "x.csv", "tahap,opd,nama", "lewat hp,Dinas A,KTP")
    mapping = mapping_from(
        {"create_opds": True, "values": {"stage": {"lewat hp": "online"}}}
    )
    [service] = imported(empty(), path, mapping=mapping).services.values()
    assert service.stage is Stage.ONLINE


def test_a_mapping_is_written_as_it_is_read() -> None:
    mapping = mapping_from(tomllib.loads(TOML))
    assert mapping_from(tomllib.loads(mapping_as_toml(mapping))) == mapping
    assert mapping_as_toml(Mapping()) == ""


@pytest.mark.parametrize(
    "said",
    [
        "rusak = ",
        "[kolom]\na = 'b'",
        "[columns]\ntahapan = 'x'",
        "values = 3",
        "[values]\nstage = 'x'",
    ],
)
def test_a_mapping_that_says_what_does_not_exist_is_refused(
    said: str, tmp_path: Path
) -> None:
    with pytest.raises(Rejected):
        read_mapping(file(tmp_path, "map.toml", said))


def test_a_mapping_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Rejected):
        read_mapping(tmp_path / "tidak-ada.toml")


def test_a_mapped_column_that_the_file_lacks_is_told(tmp_path: Path) -> None:
    path = file(tmp_path, "x.csv", "kode,nama", "a,A")
    [problem] = planned(
        empty(), path, mapping=mapping_from({"columns": {"contact": "Telepon"}})
    ).problems
    assert problem.values["column"] == "Telepon"


def test_problems_name_the_file_s_own_columns(tmp_path: Path) -> None:
    mapping = mapping_from({"columns": {"stage": "Cara"}, "create_opds": True})
    path = file(tmp_path, "x.csv", "opd,nama layanan,Cara", "A,B,entah")
    made = planned(empty(), path, mapping=mapping)
    assert complaints(made) == [(2, "Cara")]
    assert problem_line(load_language("en"), made.problems[0]).startswith(
        "x.csv, row 2, Cara: “entah”"
    )


def test_the_form_of_answers_is_filled_in_and_read_back(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        "x.csv",
        "kode,nama",
        'a,"Sub ""Bagian"""',
        'b,"Sub ""Bagian"""',
    )
    [question] = planned(empty(), path).questions
    form = answers_form([question], load_language("en"))
    assert form.count("#   ") == 3
    assert read_answers(file(tmp_path, "a.toml", form)) == {}
    filled = file(tmp_path, "a.toml", form.replace('= ""', '= "new"'))
    names = [
        opd.name
        for opd in imported(
            empty(), path, answers=read_answers(filled)
        ).opds.values()
    ]
    assert names == ['Sub "Bagian"', 'Sub "Bagian" (b)']


def test_an_answer_that_is_none_is_refused(tmp_path: Path) -> None:
    path = file(tmp_path, "x.csv", "kode,nama", "a,Sub Bagian", "b,Sub Bagian")
    [problem] = planned(empty(), path, answers={"opd": "mungkin"}).problems
    assert problem.values["answer"] == "mungkin"


def test_a_file_of_answers_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Rejected):
        read_answers(file(tmp_path, "a.toml", "[answers"))


def test_a_form_keeps_the_answers_that_are_given(tmp_path: Path) -> None:
    path = file(tmp_path, "x.csv", "opd,nama layanan,hari", "dinkes,Gizi,1.250")
    [question] = planned(empty(), path, create_opds=True).questions
    given = {"opd": "new", "unfilled:dinkes/2026-W47": "report"}
    form = file(
        tmp_path,
        "jawaban.toml",
        answers_form([question], load_language("id"), given),
    )
    assert read_answers(form) == given
    form.write_text(
        form.read_text().replace(
            f'"{question.key}" = ""', f'"{question.key}" = "id"'
        )
    )
    assert read_answers(form) == {**given, question.key: "id"}


def test_our_columns_may_be_called_by_their_indonesian_names() -> None:
    indonesian = mapping_from(
        {
            "kind": "services",
            "columns": {
                "nama_layanan": "Jenis Izin",
                "Perangkat Daerah": "Dinas",
                "tanggal_daftar": "Sejak",
            },
            "values": {"tahap": {"lewat loket": "conventional"}},
            "defaults": {"volume": 5},
        }
    )
    assert indonesian == mapping_from(
        {
            "kind": "services",
            "columns": {
                "name": "Jenis Izin",
                "opd": "Dinas",
                "registered_on": "Sejak",
            },
            "values": {"stage": {"lewat loket": "conventional"}},
            "defaults": {"volume": 5},
        }
    )
    assert set(mapping_from({"columns": {"uraian": "Isi"}}).columns) == {
        "description",
        "text",
    }
    with pytest.raises(Rejected):
        mapping_from({"columns": {"tahapp": "Isi"}})


def test_a_moment_that_a_mapping_gives_keeps_its_time_zone(
    tmp_path: Path,
) -> None:
    moment = datetime.fromisoformat("2026-01-05T00:00:00+07:00")
    defaults = {"registered_on": date(2026, 1, 5), "recorded_at": moment}
    made = imported(
        empty(),
        file(tmp_path, "a.csv", "OPD,Nama Layanan", "Dinas A,Izin"),
        mapping=mapping_from({"create_opds": True, "defaults": defaults}),
    )
    [service] = made.services.values()
    assert service.recorded_at == moment


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"row": 3, "column": "Tahap"}, "x.csv, row 3, Tahap:"),
        ({"row": 3}, "x.csv, row 3:"),
        (
            {"row": 3, "rows": [3, 4, 6], "column": "Tahap"},
            "x.csv, rows 3, 4, 6, Tahap:",
        ),
        ({"row": 3, "rows": [3, 4, 6]}, "x.csv, rows 3, 4, 6:"),
        ({"row": 0}, "x.csv:"),
    ],
)
def test_a_problem_is_told_with_its_place(
    values: dict[str, object], place: str
) -> None:
    problem = Rejected("A name is needed.", file="x.csv", **values)
    line = problem_line(load_language("en"), problem)
    assert line == f"{place} A name is needed."
