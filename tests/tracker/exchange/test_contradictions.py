"""What two rows or files of one import say differently of one thing is refused or asked, never chosen."""

from datetime import date
from pathlib import Path
from shutil import copyfile

import pytest

from tests.tracker.builder import Builder
from tests.tracker.exchange.importing import NOW, empty, file, imported, planned
from tracker.exchange.exporting import export
from tracker.exchange.importing import ImportPlan
from tracker.history import opd_at, stage_at
from tracker.model import Stage, StoredSnapshot

DAY = date(2026, 11, 20)
MOVES = "layanan,tanggal,tahap,kunjungan,bukti"
TRANSFERS = "layanan,tanggal,perangkat daerah"
TARGETS = "layanan,tahap,tenggat"
OBSTACLES = "layanan,faktor,uraian,tanggal_buka,tanggal_selesai"
CLOSURES = "layanan,dari,sampai"
SERVICES = "kode layanan,opd,nama layanan,tahap"
APPLICATIONS = "kode aplikasi,nama aplikasi,tautan"


@pytest.fixture
def city() -> Builder:
    city = Builder()
    city.opd("dinkes", name="Dinas Kesehatan", aliases=("Dinkes",))
    city.opd("disdik", name="Dinas Pendidikan")
    city.service("imun", "dinkes", "2026-01-05", name="Imunisasi", visits=2.0)
    return city


def two(folder: Path, head: str, first: str, second: str) -> tuple[Path, Path]:
    """Write two files of one row each."""
    return file(folder, "a.csv", head, first), file(
        folder, "b.csv", head, second
    )


def places(made: ImportPlan) -> list[tuple[object, ...]]:
    """Return of each problem where it stands, and where the other row does."""
    return [
        tuple(p.values.get(name) for name in ("file", "row", "other", "first"))
        for p in made.problems
    ]


@pytest.mark.parametrize(
    ("head", "first", "second"),
    [
        (MOVES, "imun,2026-11-17,daring,,", "imun,2026-11-17,terpadu,,"),
        (MOVES, "imun,2026-11-17,daring,2,", "Imunisasi,2026-11-17,daring,0,"),
        (TRANSFERS, "imun,2026-11-17,disdik", "imun,2026-11-17,dinkes"),
        (TARGETS, "imun,daring,2026-12-01", "imun,daring,2027-12-01"),
        (
            OBSTACLES,
            "imun,sdm,kurang,2026-11-01,",
            "imun,sdm,Kurang,2026-11-01,2026-11-09",
        ),
        (CLOSURES, "imun,2026-11-01,2026-11-03", "imun,2026-11-01,2026-11-09"),
        (SERVICES, "gizi,dinkes,Gizi,daring", "gizi,dinkes,Gizi,terpadu"),
        (SERVICES, "gizi,dinkes,Gizi,daring", "gizi,disdik,Gizi,daring"),
        (SERVICES, ",dinkes,Gizi,daring", ",Dinas Kesehatan,Gizi,terpadu"),
    ],
)
def test_two_files_that_contradict_each_other_are_refused_by_the_places_of_both(
    city: Builder, tmp_path: Path, head: str, first: str, second: str
) -> None:
    made = planned(city.register, *two(tmp_path, head, first, second))
    assert places(made) == [("b.csv", 2, "a.csv", "2")]


@pytest.mark.parametrize(
    ("head", "first", "second", "table"),
    [
        (
            MOVES,
            "imun,2026-11-17,daring,2,",
            "Imunisasi,17/11/2026,Daring,2,",
            "moves",
        ),
        (
            TRANSFERS,
            "imun,2026-11-17,disdik",
            "imun,2026-11-17,Dinas Pendidikan",
            "transfers",
        ),
        (
            TARGETS,
            "imun,daring,2026-12-01",
            "imun,daring,1 Desember 2026",
            "targets",
        ),
        (
            OBSTACLES,
            "imun,sdm,kurang,2026-11-01,",
            "imun,sdm,Kurang,2026-11-01,",
            "obstacles",
        ),
        (
            CLOSURES,
            "imun,2026-11-01,2026-11-03",
            "imun,2026-11-01,2026-11-03",
            "closures",
        ),
        (
            "tanggal,uraian",
            "2026-11-01,SOTK baru",
            "2026-11-01,SOTK baru",
            "milestones",
        ),
        (
            "opd,nama layanan,tahap",
            "Dinkes,Gizi,daring",
            "dinkes,gizi,Daring",
            "services",
        ),
    ],
)
def test_what_two_files_say_alike_is_entered_once(
    city: Builder,
    tmp_path: Path,
    head: str,
    first: str,
    second: str,
    table: str,
) -> None:
    before = len(city.register.table(table))
    after = imported(city.register, *two(tmp_path, head, first, second))
    assert len(after.table(table)) == before + 1


def test_moves_of_several_days_are_several_facts(
    city: Builder, tmp_path: Path
) -> None:
    files = two(
        tmp_path, MOVES, "imun,2026-11-17,daring,,", "imun,2026-11-18,terpadu,,"
    )
    assert len(imported(city.register, *files).moves) == 2


def test_moves_of_one_day_count_in_the_order_of_their_file(
    city: Builder, tmp_path: Path
) -> None:
    rows = ("imun,2026-11-17,terpadu,,", "imun,2026-11-17,daring,,")
    after = imported(city.register, file(tmp_path, "a.csv", MOVES, *rows))
    [service] = after.services.values()
    assert stage_at(after, service, DAY) is Stage.ONLINE


def test_transfers_of_one_day_count_in_the_order_of_their_file(
    city: Builder, tmp_path: Path
) -> None:
    rows = ("imun,2026-11-17,disdik", "imun,2026-11-17,dinkes")
    path = file(tmp_path, "a.csv", TRANSFERS, *rows)
    after = imported(city.register, path)
    [service] = after.services.values()
    assert len(after.transfers) == 2
    assert opd_at(after, service, DAY) == after.opd_codes["dinkes"].id


def test_an_obstacle_that_stands_twice_in_a_file_holds_a_service_back_once(
    city: Builder, tmp_path: Path
) -> None:
    row = "imun,sdm,kurang,2026-11-01,"
    assert (
        len(
            imported(
                city.register, file(tmp_path, "a.csv", OBSTACLES, row, row)
            ).obstacles
        )
        == 1
    )


def test_files_of_one_name_are_told_apart_by_their_folders(
    city: Builder, tmp_path: Path
) -> None:
    files = []
    for folder, stage in (("jan", "daring"), ("feb", "terpadu")):
        (tmp_path / folder).mkdir()
        files.append(
            file(
                tmp_path / folder,
                "moves.csv",
                MOVES,
                f"imun,2026-11-17,{stage},,",
            )
        )
    [(where, _, other, _)] = places(planned(city.register, *files))
    assert (where, other) == (files[1].as_posix(), files[0].as_posix())


def test_files_of_one_name_that_cannot_be_read_are_told_apart_too(
    tmp_path: Path,
) -> None:
    for folder in ("jan", "feb"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "moves.xlsx").write_bytes(b"%PDF-1.7")
    files = [tmp_path / folder / "moves.xlsx" for folder in ("jan", "feb")]
    told = [one.values["file"] for one in planned(empty(), *files).problems]
    assert sorted(told) == sorted(path.as_posix() for path in files)


def test_a_file_that_is_named_twice_is_read_once(
    city: Builder, tmp_path: Path
) -> None:
    path = file(tmp_path, "a.csv", MOVES, "imun,2026-11-17,daring,,")
    (tmp_path / "x").mkdir()
    assert (
        len(
            imported(city.register, path, tmp_path / "x" / ".." / "a.csv").moves
        )
        == 1
    )


@pytest.mark.parametrize("as_of", [None, DAY])
@pytest.mark.parametrize(
    ("head", "first", "second", "table"),
    [
        (
            SERVICES,
            ",dinkes,Gizi,daring",
            "gizi,dinkes,Gizi,terpadu",
            "services",
        ),
        (
            SERVICES,
            "gizi,dinkes,Gizi,daring",
            "gz,dinkes,Gizi,terpadu",
            "services",
        ),
        (
            SERVICES,
            ",dinkes,Gizi buruk,daring",
            ",dinkes,Gizi-Buruk,terpadu",
            "services",
        ),
        (
            APPLICATIONS,
            ",Sakti,http://a",
            "sakti-1,Sakti,http://b",
            "applications",
        ),
    ],
)
def test_a_name_that_an_import_would_enter_twice_is_asked_about(
    city: Builder,
    tmp_path: Path,
    head: str,
    first: str,
    second: str,
    table: str,
    as_of: date | None,
) -> None:
    files = two(tmp_path, head, first, second)
    [question] = planned(city.register, *files, as_of=as_of).questions
    assert question.sort == "doubled"
    before = len(city.register.table(table))
    for answer, more in (("skip", 1), ("new", 2)):
        after = imported(
            city.register, *files, as_of=as_of, answers={"doubled": answer}
        )
        assert len(after.table(table)) == before + more


@pytest.mark.parametrize(
    ("head", "known", "other"),
    [
        (SERVICES, "imun,dinkes,Imunisasi,", "im,dinkes,Imunisasi,daring"),
        (SERVICES, "imun,dinkes,Imunisasi,", ",dinkes,Imunisasi,daring"),
        (APPLICATIONS, "sakti,Sakti,", "s1,Sakti,"),
        (APPLICATIONS, "sakti,Sakti,", ",Sakti,http://b"),
    ],
)
def test_the_name_of_what_a_row_tells_of_by_its_code_is_asked_about_in_another_file(
    city: Builder, tmp_path: Path, head: str, known: str, other: str
) -> None:
    city.application("sakti", name="Sakti")
    files = two(tmp_path, head, known, other)
    [question] = planned(city.register, *files).questions
    assert (question.sort, question.values["first"]) == ("doubled", "2")


def test_two_rows_of_one_file_with_codes_of_their_own_are_two(
    tmp_path: Path,
) -> None:
    path = file(
        tmp_path,
        "a.csv",
        SERVICES,
        "a,dinkes,Gizi,daring",
        "b,dinkes,Gizi,terpadu",
    )
    assert len(imported(empty(), path, create_opds=True).services) == 2


def test_a_known_name_under_another_code_is_asked_about(
    city: Builder, tmp_path: Path
) -> None:
    path = file(tmp_path, "a.csv", SERVICES, "im,dinkes,Imunisasi,")
    [question] = planned(city.register, path).questions
    assert question.key == "recoded:services/im"
    for answer, codes in (
        ("same", {"im"}),
        ("new", {"imun", "im"}),
        ("skip", {"imun"}),
    ):
        assert (
            imported(
                city.register, path, answers={question.key: answer}
            ).service_codes.keys()
            == codes
        )


def test_a_known_application_under_another_code_is_asked_about(
    city: Builder, tmp_path: Path
) -> None:
    city.application("sakti", "dinkes", name="Sakti")
    path = file(tmp_path, "a.csv", APPLICATIONS, "s1,Sakti,")
    [question] = planned(city.register, path).questions
    assert question.key == "recoded:applications/s1"
    other = file(
        tmp_path, "b.csv", "kode aplikasi,nama aplikasi,opd", "s1,Sakti,disdik"
    )
    assert len(imported(city.register, other).applications) == 2


def test_a_new_code_comes_first_among_what_a_row_changes(
    city: Builder, tmp_path: Path
) -> None:
    city.application("sakti", "dinkes", name="Sakti")
    header = "kode aplikasi,nama aplikasi,url"
    path = file(tmp_path, "a.csv", header, "s1,Sakti,https://s.example")
    answers = {"recoded:applications/s1": "same"}
    [effect] = planned(city.register, path, answers=answers).effects
    assert [change.name for change in effect.changes] == ["code", "url"]


def test_a_move_that_an_inventory_of_its_day_belies_is_refused(
    city: Builder, tmp_path: Path
) -> None:
    inventory = file(
        tmp_path,
        "inventaris.csv",
        SERVICES,
        "imun,dinkes,Imunisasi,konvensional",
    )
    moves = file(tmp_path, "moves.csv", MOVES, f"imun,{DAY},daring,,")
    made = planned(city.register, inventory, moves, as_of=DAY)
    assert places(made) == [("moves.csv", 2, "inventaris.csv", "2")]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (TRANSFERS, "imun,2026-02-01,disdik"), (CLOSURES, "imun,2026-02-01,"),
        (TRANSFERS, f"imun,{DAY},disdik"), (CLOSURES, f"imun,{DAY},"),
    ],
)  # fmt: skip
def test_an_inventory_that_a_transfer_or_a_closure_belies_is_refused(
    head: str, row: str, city: Builder, tmp_path: Path
) -> None:
    inventory = file(
        tmp_path, "inventaris.csv", SERVICES, "imun,dinkes,Imunisasi,daring"
    )
    other = file(tmp_path, "lain.csv", head, row)
    made = planned(city.register, inventory, other, as_of=DAY)
    assert places(made) == [("inventaris.csv", 2, "lain.csv", "2")]
    assert (
        places(
            planned(city.register, inventory, other, as_of=date(2026, 1, 31))
        )
        == []
    )


def test_a_move_that_an_inventory_of_its_day_tells_of_too_is_one(
    city: Builder, tmp_path: Path
) -> None:
    inventory = file(
        tmp_path, "inventaris.csv", SERVICES, "imun,dinkes,Imunisasi,daring"
    )
    moves = file(tmp_path, "moves.csv", MOVES, f"imun,{DAY},daring,,SK 12")
    [move] = imported(city.register, inventory, moves, as_of=DAY).moves.values()
    assert (move.stage, move.evidence) == (Stage.ONLINE, "SK 12")


@pytest.mark.parametrize(
    ("stage", "stages"),
    [
        ("daring", [Stage.ONLINE]),
        ("konvensional", [Stage.ONLINE, Stage.CONVENTIONAL]),
        ("terpadu", [Stage.ONLINE, Stage.INTEGRATED]),
    ],
)
def test_an_inventory_is_held_against_the_moves_that_come_with_it(
    city: Builder, tmp_path: Path, stage: str, stages: list[Stage]
) -> None:
    inventory = file(
        tmp_path, "inventaris.csv", SERVICES, f"imun,dinkes,Imunisasi,{stage}"
    )
    moves = file(tmp_path, "moves.csv", MOVES, "imun,2026-02-01,daring,,SK 12")
    register = imported(city.register, inventory, moves, as_of=DAY)
    assert [
        move.stage for move in register.moves_of[city.key("services", "imun")]
    ] == stages
    assert planned(register, inventory, moves, as_of=DAY).changes_nothing


def test_a_move_of_an_inventory_s_day_is_given_the_visits_that_it_states(
    city: Builder, tmp_path: Path
) -> None:
    header = "service,opd,name,stage,visits"
    inventory = file(
        tmp_path, "inventaris.csv", header, "imun,dinkes,Imunisasi,daring,0"
    )
    moves = file(tmp_path, "moves.csv", MOVES, f"imun,{DAY},daring,,SK 12")
    [move] = imported(city.register, inventory, moves, as_of=DAY).moves.values()
    assert (move.stage, move.evidence, move.visits) == (
        Stage.ONLINE,
        "SK 12",
        0,
    )


def test_exports_of_two_cities_do_not_make_one(
    city: Builder, tmp_path: Path
) -> None:
    paths = [tmp_path / "a.json", tmp_path / "b.json"]
    for path, name in zip(paths, ("Bandung", "Denpasar"), strict=True):
        export(Builder(name=name).register, path)
    assert len(planned(empty(), *paths).problems) == 1
    export(Builder(name="Bandung").register, paths[1])
    assert planned(empty(), *paths).is_ready


def test_one_week_has_one_published_snapshot(
    city: Builder, tmp_path: Path
) -> None:
    paths = [tmp_path / "a.json", tmp_path / "b.json"]
    for path, count in zip(paths, (1, 2), strict=True):
        snapshot = StoredSnapshot(
            id="f-snapshot",
            recorded_at=NOW.now,
            by="x",
            week="2026-W46",
            as_of=date(2026, 11, 15),
            final=True,
            figures={"city": [count] * 7},
        )
        export(empty().changed({"snapshots": {snapshot.id: snapshot}}), path)
    assert [
        problem.values for problem in planned(empty(), *paths).problems
    ] == [{"week": "2026-W46"}]
    (tmp_path / "x").mkdir()
    copy = copyfile(paths[0], tmp_path / "x" / "a.json")
    assert len(imported(empty(), paths[0], copy).snapshots) == 1


def test_an_instrument_is_one_however_it_is_spelled(
    city: Builder, tmp_path: Path
) -> None:
    city.evaluation("SPBE", 2023, score=3.98)
    path = file(
        tmp_path,
        "a.csv",
        "instrumen,tahun,nilai",
        'spbe,2023,"3,98"',
        'Spbe,2024,"4,59"',
    )
    told = {
        (e.instrument, e.year)
        for e in imported(city.register, path).evaluations.values()
    }
    assert told == {("SPBE", 2023), ("SPBE", 2024)}


def test_two_rows_of_an_opd_are_one_unless_they_contradict_each_other(
    tmp_path: Path,
) -> None:
    head = "kode,nama,kontak,alias"
    files = two(
        tmp_path,
        head,
        "dk,Dinas Kesehatan,,Dinkes",
        "dk,Dinas  kesehatan,Bu Ani,DK",
    )
    [opd] = imported(empty(), *files).opds.values()
    assert (opd.contact, opd.aliases) == ("Bu Ani", ("Dinkes", "DK"))
    files = two(
        tmp_path,
        head,
        "dk,Dinas Kesehatan,Pak Budi,",
        "dk,Dinas Kesehatan,Bu Ani,",
    )
    assert places(planned(empty(), *files)) == [("b.csv", 2, "a.csv", "2")]


def test_questions_about_rows_of_several_files_name_the_file(
    city: Builder, tmp_path: Path
) -> None:
    first, second = two(
        tmp_path, SERVICES, "gizi,dinkes,Gizi,", "imun,dinkes,Vaksinasi,"
    )
    [question] = planned(city.register, first, second, as_of=DAY).questions
    assert question.values["row"] == "2 (b.csv)"
    [question] = planned(city.register, second, as_of=DAY).questions
    assert question.values["row"] == "2"


def test_an_opd_that_is_retired_in_one_row_alone_is_asked_about(
    tmp_path: Path,
) -> None:
    path = file(
        tmp_path,
        "a.csv",
        "kode,nama,tanggal henti",
        "dk,Dinas Kesehatan,2020-01-05",
        "dk,Dinas Kesehatan,",
    )
    [question] = planned(empty(), path).questions
    [opd] = imported(
        empty(), path, answers={question.key: "same"}
    ).opds.values()
    assert opd.retired_on is None


@pytest.mark.parametrize(
    ("ends", "last"),
    [
        (("", ""), ("Dinas Satu", None)),
        (("2020-01-05", "2021-01-05"), ("Dinas Satu", date(2020, 1, 5))),
        (("", "2020-01-05"), ("Dinas Satu", None)),
        (("2020-01-05", ""), ("Dinas Dua", None)),
    ],
)
def test_of_two_rows_of_an_opd_the_first_counts_unless_the_second_alone_is_in_use(
    ends: tuple[str, str],
    last: tuple[str, date | None],
    tmp_path: Path,
) -> None:
    rows = f"dk,Dinas Satu,{ends[0]}", f"dk,Dinas Dua,{ends[1]}"
    path = file(tmp_path, "a.csv", "kode,nama,tanggal henti", *rows)
    register = imported(empty(), path, answers={"opd": "same"})
    assert [(opd.name, opd.retired_on) for opd in register.opds.values()] == [
        last
    ]


def test_answers_that_make_two_rows_one_service_are_blamed(
    tmp_path: Path,
) -> None:
    before = imported(
        empty(),
        file(tmp_path, "opd.csv", "kode,nama", "a,Dinas A"),
        file(
            tmp_path,
            "s.csv",
            "opd,nama_layanan,tahap",
            "a,Izin Praktik Dokter Umum,daring",
        ),
    )
    rows = (
        "a,Izin Praktek Doktor Umum,daring",
        "a,Ijin Praktik Dokter Umun,manual",
    )
    path = file(tmp_path, "i.csv", "opd,nama_layanan,tahap", *rows)
    day = date(2026, 11, 22)
    asked = planned(before, path, as_of=day).questions
    assert len(asked) == 2
    same = {question.key: "same" for question in asked}
    [problem] = planned(before, path, answers=same, as_of=day).problems
    assert problem.values["key"] == asked[1].key
    one = {asked[0].key: "same", asked[1].key: "new"}
    assert planned(before, path, answers=one, as_of=day).is_ready
