"""Rows go into the register whole or not at all, and rows that are there already change nothing."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.tracker.builder import Builder
from tests.tracker.exchange.importing import (
    NOW,
    after,
    complaints,
    empty,
    file,
    imported,
    planned,
)
from tracker.actions.draft import Context
from tracker.actions.perform import plan
from tracker.errors import ProblemList, Rejected
from tracker.exchange.columns import KINDS
from tracker.exchange.importing import plan_import
from tracker.exchange.options import ImportOptions
from tracker.exchange.parsing.headers import read_header_as
from tracker.exchange.parsing.mapping import Mapping
from tracker.exchange.progress import Progress
from tracker.exchange.questions import group_questions
from tracker.exchange.reading.csv_file import read_csv
from tracker.history import is_active, stage_at
from tracker.model import Kind, Stage
from tracker.text import MAX_NAME


@pytest.fixture
def city() -> Builder:
    city = Builder()
    city.opd("dinkes", name="Dinas Kesehatan", aliases=("Dinkes",))
    city.opd("disdik", name="Dinas Pendidikan")
    city.service("imun", "dinkes", "2026-01-05", name="Imunisasi", visits=2.0)
    city.service("ppdb", "disdik", "2026-01-05", "online", name="PPDB")
    return city


def test_files_of_one_import_may_refer_to_each_other_in_any_order(
    tmp_path: Path,
) -> None:
    moves = file(
        tmp_path,
        "moves.csv",
        "layanan,tanggal,tahap",
        "Imunisasi,2/2/2026,daring",
    )
    services = file(
        tmp_path,
        "a.csv",
        "OPD,Nama Layanan,Tanggal Daftar",
        "Dinkes,Imunisasi,2026-01-05",
    )
    opds = file(
        tmp_path, "b.csv", "kode,nama,alias", "dk,Dinas Kesehatan,Dinkes"
    )
    register = imported(empty(), moves, services, opds)
    [service] = register.services.values()
    assert (service.code, register.opds[service.opd].code) == (
        "dk-imunisasi",
        "dk",
    )
    assert stage_at(register, service, NOW.today) is Stage.ONLINE


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("kode,nama", "opds"), ("KODE, Nama ,Jenis", "opds"), ("opd,name,stage", "services"),
        ("Perangkat_Daerah,NAMA LAYANAN", "services"), ("nama aplikasi,tautan", "applications"),
        ("service,date,stage", "moves"), ("layanan,tanggal,perangkat daerah", "transfers"),
        ("service,from", "closures"), ("layanan,dari,sampai", "closures"),
        ("layanan,tahap,tenggat", "targets"), ("layanan,faktor,uraian", "obstacles"),
        ("instrumen,tahun,nilai", "evaluations"), ("tanggal,uraian", "milestones"), ("opd,minggu", "reports"),
    ],
)  # fmt: skip
def test_the_kind_of_a_file_is_told_by_its_header(
    header: str, kind: str, tmp_path: Path
) -> None:
    made = planned(empty(), file(tmp_path, "x.csv", header))
    assert [found.kind for _, found in made.headers] == [kind]


def test_a_header_that_fits_two_kinds_is_asked_for(tmp_path: Path) -> None:
    path = file(tmp_path, "x.csv", "service,date,stage,opd")
    [problem] = planned(empty(), path).problems
    assert problem.values["kinds"] == "transfers, moves"
    assert planned(empty(), path, kind="moves").problems == []
    called = file(tmp_path, "perpindahan.csv", "service,date,stage,opd")
    assert planned(empty(), called).headers[0][1].kind == "moves"
    assert (
        planned(empty(), path, kind="perpindahan").headers[0][1].kind == "moves"
    )


def test_missing_columns_are_named(tmp_path: Path) -> None:
    [problem] = planned(
        empty(), file(tmp_path, "x.csv", "layanan,tanggal,bukti")
    ).problems
    assert problem.values["columns"] == "stage (tahap)"


def test_every_bad_row_is_listed_and_nothing_is_written(
    city: Builder, tmp_path: Path
) -> None:
    path = file(
        tmp_path,
        "moves.csv",
        "Layanan,Tanggal,Tahap,Kunjungan",
        "imun,2026-02-02,setengah,1",
        "tidak-ada,2026-02-02,daring,1",
        "imun,kemarin,daring,banyak",
        "imun,2026-02-02,daring,1",
        "imun,2025-02-02,daring,1",
        ",2026-02-02,daring,1",
    )
    made = planned(city.register, path)
    assert complaints(made) == [
        (2, "Tahap"),
        (3, "Layanan"),
        (4, "Tanggal"),
        (4, "Kunjungan"),
        (7, "Layanan"),
    ]
    assert {problem.values["file"] for problem in made.problems} == {
        "moves.csv"
    }
    with pytest.raises(ProblemList) as error:
        plan(city.register, made.action, NOW)
    assert len(error.value.problems) == 5


def test_what_the_rules_refuse_is_told_with_its_row(
    city: Builder, tmp_path: Path
) -> None:
    rows = (
        "imun,2026-02-02,daring",
        "imun,2025-02-02,daring",
        "ppdb,2027-02-02,terpadu",
    )
    made = planned(
        city.register, file(tmp_path, "x.csv", "layanan,tanggal,tahap", *rows)
    )
    assert sorted(complaints(made)) == [(3, ""), (4, "")]


@pytest.mark.parametrize(
    "name", ["x" * (MAX_NAME + 1), "awas\u202egnp.exe", "\x1b[31mmerah"]
)
def test_names_that_may_not_enter_are_refused_with_their_column(
    name: str, tmp_path: Path
) -> None:
    made = planned(empty(), file(tmp_path, "x.csv", "kode,nama", f"a,{name}"))
    assert complaints(made) == [(2, "nama")]


@pytest.mark.parametrize(
    "opd", ["dinkes,Dinas Kesehatan", "dinsos,Dinas Sosial"]
)
def test_a_name_of_another_opd_is_no_alias_of_a_known_or_a_new_one(
    city: Builder, tmp_path: Path, opd: str
) -> None:
    lines = "kode,nama,alias", f"{opd},Dinas Pendidikan"
    made = planned(city.register, file(tmp_path, "x.csv", *lines))
    assert complaints(made) == [(2, "alias")]


def test_names_that_look_like_formulas_stay_text(tmp_path: Path) -> None:
    register = imported(
        empty(), file(tmp_path, "x.csv", "kode,nama", "a,'=SUM(A1)", "b,+62 22")
    )
    assert [opd.name for opd in register.opds.values()] == [
        "=SUM(A1)",
        "+62 22",
    ]


def test_a_missing_code_is_made_from_the_name_the_same_every_time(
    tmp_path: Path,
) -> None:
    header = "opd,nama_layanan,volume"
    path = file(
        tmp_path,
        "x.csv",
        header,
        "Dinas A,Surat Ijin É,10",
        "Dinas A," + "panjang " * 20 + ",1",
    )
    register = imported(empty(), path, create_opds=True)
    assert (
        next(s.code for s in register.services.values())
        == "dinas-a-surat-ijin-e"
    )
    again = file(
        tmp_path,
        "y.csv",
        header,
        "Dinas A," + "panjang " * 20 + ",1",
        "dinas a,surat  ijin é,20",
    )
    register = imported(register, again)
    assert {s.volume for s in register.services.values()} == {1, 20}


def test_the_kind_of_an_opd_is_read_from_its_name_where_none_is_given(
    tmp_path: Path,
) -> None:
    register = imported(
        empty(),
        file(tmp_path, "x.csv", "kode,nama", "a,Kecamatan Andir", "b,PDAM"),
    )
    assert [opd.kind for opd in register.opds.values()] == [
        Kind.KECAMATAN,
        Kind.LAINNYA,
    ]


def test_rows_of_moves_count_as_recorded_in_file_order(
    city: Builder, tmp_path: Path
) -> None:
    rows = ("imun,2026-02-02,terpadu", "imun,2026-02-02,daring")
    register = imported(
        city.register, file(tmp_path, "x.csv", "layanan,tanggal,tahap", *rows)
    )
    assert (
        stage_at(register, register.service_codes["imun"], NOW.today)
        is Stage.ONLINE
    )


@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Jakarta", 16), ("Europe/London", 15)]
)
def test_an_instant_is_on_the_day_that_it_was_in_the_city(
    tmp_path: Path, zone: str, day: int
) -> None:
    city = Builder(timezone=zone)
    city.service("imun", "dinkes", "2026-01-05")
    rows = file(
        tmp_path,
        "x.csv",
        "service,date,stage",
        "imun,2026-11-15T20:00:00Z,online",
    )
    assert [
        move.on for move in imported(city.register, rows).moves.values()
    ] == [date(2026, 11, day)]


def test_retired_on_is_a_closure_without_end(tmp_path: Path) -> None:
    header = "opd,nama,kode_layanan,tanggal_daftar,tanggal_henti"
    services = file(
        tmp_path, "services.csv", header, "A,B,b,2026-01-05,2026-03-01"
    )
    closures = file(
        tmp_path,
        "closures.csv",
        "layanan,dari,sampai,oleh",
        "b,2026-03-01,,ani",
    )
    register = imported(empty(), services, create_opds=True)
    assert [(c.start, c.until) for c in register.closures.values()] == [
        (date(2026, 3, 1), None)
    ]
    assert planned(register, services, closures).changes_nothing
    open_still = file(tmp_path, "open.csv", header, "A,B,b,2026-01-05,")
    before = imported(empty(), open_still, create_opds=True)
    closed = imported(before, services)
    assert [c.start for c in closed.closures.values()] == [date(2026, 3, 1)]
    both = imported(empty(), services, closures, create_opds=True)
    assert [c.by for c in both.closures.values()] == ["ani"]


def test_what_is_not_dated_is_put_right_and_what_is_empty_is_left(
    city: Builder, tmp_path: Path
) -> None:
    lines = (
        "opd,nama,kode_layanan,volume,penanggung_jawab",
        "dinkes,Imunisasi dasar,imun,100,",
    )
    register = imported(city.register, file(tmp_path, "x.csv", *lines))
    service = register.service_codes["imun"]
    assert (service.name, service.volume, service.visits) == (
        "Imunisasi dasar",
        100,
        2.0,
    )
    assert planned(register, tmp_path / "x.csv").changes_nothing


@pytest.mark.parametrize(
    "row", ["dinkes,Imunisasi,imun,daring", "disdik,Imunisasi,imun,"]
)
def test_a_baseline_is_no_import_s_to_change(
    row: str, city: Builder, tmp_path: Path
) -> None:
    made = planned(
        city.register,
        file(tmp_path, "x.csv", "opd,nama,kode_layanan,tahap", row),
    )
    assert [where[0] for where in complaints(made)] == [2]


def test_a_row_that_tells_how_a_service_stands_today_changes_nothing(
    city: Builder, tmp_path: Path
) -> None:
    city.move("imun", "2026-02-02", "online", visits=0.0)
    city.transfer("imun", "2026-02-03", "disdik")
    lines = (
        "opd,nama,kode_layanan,tahap,kunjungan",
        "disdik,Imunisasi,imun,daring,0",
    )
    assert planned(
        city.register, file(tmp_path, "x.csv", *lines)
    ).changes_nothing


@pytest.mark.parametrize("has_moved", [False, True])
def test_visits_that_a_baseline_does_not_tell_are_put_in_until_a_move_is_told(
    has_moved: bool, city: Builder, tmp_path: Path
) -> None:
    if has_moved:
        city.move("ppdb", "2026-02-02", "integrated")
    lines = "opd,nama,kode_layanan,kunjungan", "disdik,PPDB,ppdb,3"
    made = planned(city.register, file(tmp_path, "x.csv", *lines))
    assert complaints(made) == ([(2, "kunjungan")] if has_moved else [])
    if not has_moved:
        register = after(city.register, made)
        assert register.service_codes["ppdb"].visits == 3


def test_the_name_of_the_city_s_own_portal_means_integrated(
    tmp_path: Path,
) -> None:
    city = Builder(portal="Siap Melayani")
    city.opd("dinkes", name="Dinas Kesehatan")
    lines = (
        "opd,name,stage",
        "dinkes,Imunisasi,siap  MELAYANI",
        "dinkes,Donor,Sadayana",
    )
    made = planned(city.register, file(tmp_path, "a.csv", *lines))
    assert complaints(made) == [(3, "stage")]
    register = imported(city.register, file(tmp_path, "b.csv", *lines[:2]))
    [service] = register.services.values()
    assert stage_at(register, service, NOW.today) is Stage.INTEGRATED


def test_a_move_told_again_is_put_right(city: Builder, tmp_path: Path) -> None:
    city.move("imun", "2026-02-02", "online")
    lines = (
        "layanan,tanggal,tahap,bukti,tanggal_verifikasi",
        "imun,2026-02-02,daring,surat 1,2026-02-05",
    )
    register = imported(city.register, file(tmp_path, "x.csv", *lines))
    [move] = register.moves.values()
    assert (move.evidence, move.verified_on, move.by) == (
        "surat 1",
        date(2026, 2, 5),
        "uji",
    )


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (
            ("layanan,tanggal,tahap,bukti", "ppdb,2026-02-02,terpadu,SK 9"),
            "PPDB 2026-02-02",
        ),
        (
            ("opd,minggu,catatan", "disdik,2026-W10,tenang"),
            "Dinas Pendidikan 2026-W10",
        ),
        (("layanan,tahap,tenggat", "ppdb,terpadu,2026-12-31"), "PPDB"),
    ],
)
def test_what_is_put_right_is_told_by_the_name_that_people_know(
    city: Builder, tmp_path: Path, lines: tuple[str, str], name: str
) -> None:
    city.move("ppdb", "2026-02-02", "integrated")
    city.report("disdik", "2026-W10")
    city.target("ppdb", "2026-11-30")
    [effect] = planned(city.register, file(tmp_path, "x.csv", *lines)).effects
    assert (effect.what, effect.name) == ("changed", name)


def test_one_of_two_moves_of_a_day_is_known_by_what_it_says(
    city: Builder, tmp_path: Path
) -> None:
    for number in (1, 2):
        city.move("imun", "2026-02-02", "online", evidence=f"surat {number}")
    lines = "layanan,tanggal,tahap,bukti", "imun,2026-02-02,daring,surat 2"
    path = file(tmp_path, "x.csv", *lines)
    assert planned(city.register, path).changes_nothing


@pytest.mark.parametrize(
    ("there", "after_it"),
    [
        (["2026-11-30"], ["2026-12-31"]),
        (
            ["2026-11-30", "2027-01-31"],
            ["2026-11-30", "2026-12-31", "2027-01-31"],
        ),
        (["2026-11-30", "2026-12-31"], ["2026-11-30", "2026-12-31"]),
    ],
)
def test_a_target_is_given_another_date_where_it_is_the_only_one(
    there: list[str], after_it: list[str], city: Builder, tmp_path: Path
) -> None:
    for due in there:
        city.target("ppdb", due)
    lines = "layanan,tahap,tenggat", "ppdb,terpadu,2026-12-31"
    register = imported(city.register, file(tmp_path, "x.csv", *lines))
    dues = sorted(str(one.due_on) for one in register.targets.values())
    assert dues == after_it


@pytest.mark.parametrize(
    ("table", "day", "lines"),
    [
        (
            "obstacles",
            "opened_on",
            ("layanan,faktor,uraian", "imun,sdm,Kurang petugas"),
        ),
        (
            "decisions",
            "asked_on",
            ("keputusan,penanggung_jawab,tenggat", "Tambah,Sekda,2026-12-31"),
        ),
    ],
)
def test_what_has_no_day_begins_on_the_day_on_which_it_is_first_told(
    table: str,
    day: str,
    lines: tuple[str, str],
    city: Builder,
    tmp_path: Path,
) -> None:
    path = file(tmp_path, "x.csv", *lines)
    register = imported(city.register, path)
    [told] = register.table(table).values()
    assert getattr(told, day) == NOW.today
    later = Context(NOW.by, NOW.now, NOW.today + timedelta(days=7))
    assert plan_import(register, [path], ImportOptions(), later).changes_nothing


def test_a_former_name_of_an_opd_stays_as_an_alias(
    city: Builder, tmp_path: Path
) -> None:
    path = file(
        tmp_path, "x.csv", "kode,nama,alias", "dinkes,Dinas Kesehatan Kota,DKK"
    )
    register = imported(city.register, path)
    assert register.opd_codes["dinkes"].aliases == (
        "Dinkes",
        "DKK",
        "Dinas Kesehatan",
    )
    assert planned(register, path).changes_nothing


def test_an_unknown_opd_is_asked_about_with_what_comes_near(
    city: Builder, tmp_path: Path
) -> None:
    lines = (
        "opd,nama_layanan,tahap",
        "Dinas Kesehatn,X,daring",
        "Badan Pusat,Y,daring",
    )
    first, second = planned(
        city.register, file(tmp_path, "x.csv", *lines)
    ).questions
    assert first.answers == ("dinkes", "new", "skip")
    assert second.answers == ("new", "skip")


def test_a_row_of_an_opd_is_counted_once_however_often_it_stands(
    tmp_path: Path,
) -> None:
    path = file(tmp_path, "x.csv", "kode,nama", *["dk,Dinas Kesehatan"] * 3)
    made = planned(empty(), path)
    assert made.counts["opds"] == {"new": 1, "repeated": 2}


def test_an_opd_is_known_by_the_name_that_the_same_import_gives_it(
    city: Builder, tmp_path: Path
) -> None:
    opds = file(tmp_path, "a.csv", "kode,nama", "dinkes,Badan Medis")
    services = file(tmp_path, "b.csv", "opd,nama_layanan", "Badan Medis,Donor")
    register = imported(city.register, opds, services, answers={"opd": "same"})
    owners = [register.opds[s.opd].name for s in register.services.values()]
    assert owners.count("Badan Medis") == 2


def test_one_answer_enters_all_unknown_opds(
    city: Builder, tmp_path: Path
) -> None:
    rows = [
        f"Badan {name},Layanan {name},daring"
        for name in ("Pusat", "Utara", "Tata")
    ]
    path = file(tmp_path, "x.csv", "opd,nama_layanan,tahap", *rows)
    [group] = group_questions(planned(city.register, path).questions)
    assert group.question.key == "opd"
    assert group.question.values["count"] == 3
    assert group.question.answers == ("new", "skip", "each")

    one_by_one = planned(city.register, path, answers={"opd": "each"})
    assert len(one_by_one.questions) == 3
    entered = planned(city.register, path, answers={"opd": "new"})
    assert [one.what for one in entered.effects].count("created") == 3
    after_it = after(city.register, entered)
    assert len(after_it.opds) == len(city.register.opds) + 3
    left_out = planned(city.register, path, answers={"opd": "skip"})
    assert left_out.counts["services"] == {"skipped": 3}


def test_a_report_of_an_unknown_opd_is_refused(
    city: Builder, tmp_path: Path
) -> None:
    path = file(tmp_path, "x.csv", "opd,minggu", "Dinas Kesehatn,2026-W40")
    [problem] = planned(city.register, path).problems
    assert problem.values["names"] == "Dinas Kesehatan (dinkes)"


def test_missing_opds_are_made_on_demand_but_never_beside_a_near_name(
    city: Builder, tmp_path: Path
) -> None:
    path = file(
        tmp_path,
        "x.csv",
        "opd,nama_layanan",
        "Dinas Kesehatn,X",
        "Badan Pusat,Y",
    )
    made = planned(city.register, path, create_opds=True)
    assert [question.key for question in made.questions] == [
        "opd:dinas-kesehatn"
    ]
    register = imported(
        city.register,
        path,
        create_opds=True,
        answers={"opd:dinas-kesehatn": "dinkes"},
    )
    assert {opd.code for opd in register.opds.values()} == {
        "dinkes",
        "disdik",
        "badan-pusat",
    }


def test_two_rows_of_one_opd_code_are_asked_about(tmp_path: Path) -> None:
    lines = (
        "kode,nama,tanggal_henti",
        "d,Dinas Tenaga Kerja,2021-04-24",
        "d,Dinas Ketenagakerjaan,",
    )
    path = file(tmp_path, "x.csv", *lines)
    [question] = planned(empty(), path).questions
    same = imported(empty(), path, answers={question.key: "same"})
    [opd] = same.opds.values()
    assert (opd.name, opd.aliases, opd.retired_on) == (
        "Dinas Ketenagakerjaan",
        ("Dinas Tenaga Kerja",),
        None,
    )
    assert len(imported(empty(), path, answers={question.key: "new"}).opds) == 2
    assert (
        len(imported(empty(), path, answers={question.sort: "skip"}).opds) == 1
    )


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        (("d1,Sub Bagian", "d2,Sub Bagian"), "opd:d2:sub-bagian"),
        (("d1,Sub Bagian", "d1,Kecamatan Coblong"), "opd:d1:kecamatan-coblong"),
        (
            ("d1,Sub Bagian", "d2,Kecamatan Coblong", "d1,Kecamatan Coblong"),
            "opd:d1:kecamatan-coblong",
        ),
    ],
)
def test_an_opd_entered_beside_another_is_known_when_it_is_told_of_again(
    rows: tuple[str, ...], key: str, tmp_path: Path
) -> None:
    path = file(tmp_path, "x.csv", "kode,nama", *rows)
    register = imported(empty(), path, answers={key: "new"})
    assert len(register.opds) == len(rows)
    assert planned(register, path, answers={key: "new"}).changes_nothing


def test_what_a_row_says_of_an_opd_entered_beside_another_is_put_right(
    tmp_path: Path,
) -> None:
    head, answers = "kode,nama,kontak", {"opd": "new"}
    rows = "d1,Sub Bagian,", "d1,Kecamatan Coblong,Bu Ani"
    path = file(tmp_path, "x.csv", head, *rows)
    register = imported(empty(), path, answers=answers)
    path = file(tmp_path, "x.csv", head, rows[1].replace("Ani", "Tuti"))
    register = imported(register, path, answers=answers)
    assert [(opd.name, opd.contact) for opd in register.opds.values()] == [
        ("Sub Bagian", ""),
        ("Kecamatan Coblong", "Bu Tuti"),
    ]


def test_an_open_question_keeps_an_import_from_being_done(
    tmp_path: Path,
) -> None:
    made = planned(
        empty(),
        file(tmp_path, "x.csv", "kode,nama", "a,Sub Bagian", "b,Sub Bagian"),
    )
    assert not made.is_ready
    with pytest.raises(Rejected):
        plan(empty(), made.action, NOW)


def test_a_service_twice_in_a_file_is_refused_unless_word_for_word(
    tmp_path: Path,
) -> None:
    header = "opd,nama_layanan,volume"
    path = file(tmp_path, "x.csv", header, "A,KTP,1", "A,KTP,1")
    assert len(imported(empty(), path, create_opds=True).services) == 1
    path = file(tmp_path, "y.csv", header, "A,KTP,1", "A,KTP,2")
    assert complaints(planned(empty(), path, create_opds=True)) == [(3, "")]


def test_a_closed_service_is_known_by_its_name_though_another_opd_offers_one_like_it(
    city: Builder, tmp_path: Path
) -> None:
    rows = "dinkes,Legalisir,2/2/2026,2026-06-01", "disdik,Legalisir,2/2/2026,"
    path = file(
        tmp_path,
        "l.csv",
        "opd,nama layanan,tanggal daftar,tanggal henti",
        *rows,
    )
    register = imported(city.register, path)
    assert planned(register, path).changes_nothing


def test_a_name_that_two_services_have_is_no_reference(
    city: Builder, tmp_path: Path
) -> None:
    city.service("imun2", "disdik", "2026-01-05", name="imunisasi")
    made = planned(
        city.register,
        file(
            tmp_path,
            "x.csv",
            "layanan,tanggal,tahap",
            "Imunisasi,2026-02-02,daring",
        ),
    )
    assert made.problems[0].values["codes"] == "imun, imun2"


@pytest.mark.parametrize(
    "lines",
    [
        ("instrumen;tahun;nilai", "SPBE;2024;3,215"),
        ("nilai;instrumen;tahun", "3,215;SPBE;2024"),
    ],
)
def test_the_style_of_numbers_is_asked_where_a_file_leaves_it_open(
    lines: tuple[str, str], tmp_path: Path
) -> None:
    path = file(tmp_path, "x.csv", *lines)
    [question] = planned(empty(), path).questions
    scores = [
        next(
            iter(
                imported(
                    empty(), path, answers={question.key: style}
                ).evaluations.values()
            )
        ).score
        for style in ("id", "en")
    ]
    assert scores == [3.215, 3215]


def test_a_number_whose_thousands_are_apart_shows_how_a_file_writes_numbers(
    tmp_path: Path,
) -> None:
    rows = "SPBE;2023;1 250,5", "SPBE;2024;3.215"
    path = file(tmp_path, "x.csv", "instrumen;tahun;nilai", *rows)
    told = imported(empty(), path).evaluations.values()
    assert [evaluation.score for evaluation in told] == [1250.5, 3215]


def test_a_plan_made_on_another_register_is_made_anew(
    city: Builder, tmp_path: Path
) -> None:
    path = file(
        tmp_path, "x.csv", "layanan,tanggal,tahap", "imun,2026-02-02,daring"
    )
    made = planned(city.register, path)
    city.move("imun", "2026-02-02", "online")
    assert not plan(city.register, made.action, NOW).changes


def test_one_undo_takes_an_import_back(city: Builder, tmp_path: Path) -> None:
    made = planned(
        city.register, file(tmp_path, "x.csv", "kode,nama", "a,A", "b,B")
    )
    commit = plan(city.register, made.action, NOW)
    assert commit.entry is not None
    assert commit.entry.changes == {
        "opds": dict.fromkeys(commit.changes["opds"])
    }
    assert len(after(city.register, made).opds) == 4


def test_services_that_are_closed_can_be_reopened_by_their_closure(
    city: Builder, tmp_path: Path
) -> None:
    city.closure("imun", "2026-03-01")
    register = imported(
        city.register,
        file(
            tmp_path,
            "x.csv",
            "layanan,dari,sampai",
            "imun,2026-03-01,2026-04-01",
        ),
    )
    assert is_active(register, register.service_codes["imun"], NOW.today)
    assert len(register.closures) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("style", ["english", "indonesian", "as people write"])
def test_the_promised_headers_are_understood(
    kind: str, style: str, tmp_path: Path
) -> None:
    headers = {
        "english": [column.name for column in KINDS[kind]],
        "indonesian": [column.indonesian for column in KINDS[kind]],
        "as people write": [
            f" {column.indonesian.replace('_', ' ').upper()} "
            for column in KINDS[kind]
        ],
    }
    made = planned(empty(), file(tmp_path, "x.csv", ";".join(headers[style])))
    [(_, header)] = made.headers
    assert header.kind == kind
    assert header.places == {
        column.name: place for place, column in enumerate(KINDS[kind])
    }
    assert header.unread == []


def test_a_header_that_is_not_complete_shows_what_of_it_is_understood(
    tmp_path: Path,
) -> None:
    path = file(
        tmp_path, "x.csv", "No,Uraian Izin,OPD", "1,Izin Lokasi,DPMPTSP"
    )
    grid = read_csv(path, Progress())
    header = read_header_as(grid, "services", 1, Mapping())
    assert header.places == {"opd": 2}
    assert header.unread == ["No", "Uraian Izin"]
    header = read_header_as(
        grid, "services", 1, Mapping(columns={"name": "uraian izin"})
    )
    assert header.places == {"opd": 2, "name": 1}


def test_no_row_lets_an_opd_that_is_no_more_offer_a_service(
    tmp_path: Path,
) -> None:
    city = Builder()
    city.opd("dinkes")
    city.opd("lama", retired_on=date(2026, 6, 1))
    city.service("tutup", "lama", "2026-01-05")
    city.closure("tutup", "2026-05-04")
    city.service("imun", "dinkes", "2026-01-05")
    services = file(
        tmp_path,
        "a.csv",
        "opd,nama layanan,tanggal daftar",
        "lama,Baru,2026-07-06",
    )
    transfers = file(
        tmp_path, "b.csv", "layanan,tanggal,opd", "imun,2026-07-06,lama"
    )
    closures = file(
        tmp_path, "c.csv", "layanan,dari,sampai", "tutup,2026-05-04,2026-07-06"
    )
    opds = file(
        tmp_path,
        "d.csv",
        "kode,nama,tanggal henti",
        "dinkes,Dinas dinkes,2026-07-06",
    )
    for path in (services, transfers, closures):
        [problem] = planned(city.register, path).problems
        assert (
            "was retired on 2026-06-01 and cannot offer it on 2026-07-06"
            in str(problem)
        )
        assert problem.values["row"] == 2
    [problem] = planned(city.register, opds).problems
    assert "imun: dinkes was retired on 2026-07-06" in str(problem)
    away = file(
        tmp_path, "e.csv", "layanan,tanggal,opd", "tutup,2026-07-06,dinkes"
    )
    assert planned(city.register, closures, away).problems == []


def test_who_waits_for_many_rows_sees_them_being_entered(
    tmp_path: Path,
) -> None:
    lines = (f"Dinas {number}" for number in range(2100))
    path = file(tmp_path, "opds.csv", "Nama OPD", *lines)
    told: list[int] = []
    plan_import(
        empty(),
        [path],
        ImportOptions(),
        NOW,
        {"stage": "unknown"},
        lambda done, whole: told.append(done),
    )
    assert told == sorted(told)
    assert len([done for done in told if 650 < done < 1000]) >= 2
