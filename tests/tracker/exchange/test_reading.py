"""Files are read whatever program has saved them, and refused in words where they cannot be."""

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from tests.tracker.builder import Builder
from tests.tracker.exchange.importing import (
    NOW,
    complaints,
    empty,
    file,
    imported,
    planned,
)
from tracker.actions.perform import perform, plan
from tracker.errors import Rejected
from tracker.exchange.importing import plan_import
from tracker.exchange.options import ImportOptions
from tracker.exchange.parsing.mapping import mapping_from
from tracker.exchange.progress import WHOLE, Cancelled, Progress
from tracker.exchange.reading import files as reading
from tracker.exchange.reading.csv_file import read_csv
from tracker.exchange.reading.files import read_file
from tracker.model import Stage
from tracker.store.memory import MemoryStore

TEXT = 'Perangkat Daerah;Nama Layanan;Catatan\nDinas Kesehatan;Imunisasi – é;"dua\nbaris; satu"\n'


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("cp1252"),
        TEXT.encode("utf-16"),
        TEXT.replace("\n", "\r\n").encode(),
        ("sep=;\n" + TEXT).encode(),
        TEXT.replace("baris; satu", "baris, satu").replace(";", "\t").encode(),
    ],
    ids=["utf-8", "bom", "windows", "utf-16", "crlf", "sep", "tab"],
)
def test_csv_is_read_in_any_encoding_and_with_any_separator(
    data: bytes, tmp_path: Path
) -> None:
    (tmp_path / "x.csv").write_bytes(data)
    rows = read_csv(tmp_path / "x.csv", Progress()).rows
    assert rows[-1][1][:2] == ["Dinas Kesehatan", "Imunisasi – é"]
    assert "dua" in str(rows[-1][1][2])


def test_a_comma_in_names_does_not_hide_the_separator(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        "x.csv",
        "kode;nama",
        'a;"Badan A, B, C"',
        "b;Badan D, E, F",
        "c;Badan G, H, I",
    )
    assert [len(cells) for _, cells in read_csv(path, Progress()).rows] == [
        2,
        2,
        2,
        2,
    ]


def test_a_title_that_is_a_column_s_name_does_not_hide_the_separator(
    tmp_path: Path,
) -> None:
    path = file(
        tmp_path,
        "x.csv",
        "Layanan",
        "Bidang;Layanan;Rincian",
        "Sehat, kuat;KTP;a",
        "Bina, marga;Akta",
        "Tata, kota;KK;b;c",
    )
    assert read_csv(path, Progress()).rows[1][1] == [
        "Bidang",
        "Layanan",
        "Rincian",
    ]


def test_an_open_quotation_mark_is_refused_with_its_row(tmp_path: Path) -> None:
    path = file(tmp_path, "x.csv", "kode,nama", "a,A", 'b,"B', "c,C")
    with pytest.raises(Rejected) as error:
        read_csv(path, Progress())
    assert error.value.values["row"] == 3


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"\x00\x01\x02" * 99)
    with pytest.raises(Rejected):
        read_csv(tmp_path / "x.csv", Progress())


@pytest.mark.parametrize("name", ["tidak-ada.csv", "x.xls", "x.pdf"])
def test_what_cannot_be_read_is_refused(name: str, tmp_path: Path) -> None:
    if name.startswith("x"):
        (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0 apa saja")
    with pytest.raises(Rejected):
        read_file(tmp_path / name, None, Progress())


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "besar.csv"
    with path.open("wb") as big:
        big.truncate(2_000_000_000)
    with pytest.raises(Rejected) as error:
        read_file(path, None, Progress())
    assert error.value.values["size"] == 2000


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "bom.xlsx"
    with (
        ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(620):
            part.write(bytes(1_000_000))
    assert path.stat().st_size < reading.MAX_BYTES
    with pytest.raises(Rejected) as error:
        read_file(path, None, Progress())
    assert error.value.values["size"] == 620


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04 rusak", b"{rusak", b'{"lain": 1}']
)
def test_damaged_files_are_refused_in_words(
    data: bytes, tmp_path: Path
) -> None:
    (tmp_path / "x.dat").write_bytes(data)
    with pytest.raises(Rejected):
        read_file(tmp_path / "x.dat", None, Progress())


def a_workbook(path: Path) -> Path:
    """Save a workbook as an OPD would: a title, merged cells, spreadsheet dates and percentages."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Layanan 2026"
    sheet["A1"] = "DAFTAR LAYANAN KOTA BANDUNG"
    sheet.merge_cells("A1:F1")
    sheet.append([])
    sheet.append(
        ["No", "OPD", "Nama Layanan", "Tahap", "Tanggal Daftar", "Volume"]
    )
    sheet.append(
        [
            1,
            "Dinas Kesehatan",
            "Imunisasi",
            "Daring",
            datetime(2026, 1, 5),
            1250,
        ]
    )
    sheet.append([2, None, "Izin praktik", "Manual", date(2026, 1, 6), 90.0])
    sheet.merge_cells("B4:B5")
    sheet.append([])
    sheet.append(
        [3, "Dinas Pendidikan", "=1+1", "Sadayana", "7 Januari 2026", "1.500"]
    )
    sheet["C7"].data_type = "s"
    other = book.create_sheet("Nilai")
    other.append(["Instrumen", "Tahun", "Nilai"])
    other.append(["SPBE", 2024, 0.364])
    other["C2"].number_format = "0.0%"
    book.save(path)
    return path


def test_a_spreadsheet_is_read_as_it_looks(tmp_path: Path) -> None:
    register = imported(
        empty(), a_workbook(tmp_path / "x.xlsx"), create_opds=True
    )
    found = {
        s.name: (register.opds[s.opd].name, s.stage, s.registered_on, s.volume)
        for s in register.services.values()
    }
    assert found == {
        "Imunisasi": ("Dinas Kesehatan", Stage.ONLINE, date(2026, 1, 5), 1250),
        "Izin praktik": (
            "Dinas Kesehatan",
            Stage.CONVENTIONAL,
            date(2026, 1, 6),
            90,
        ),
        "=1+1": ("Dinas Pendidikan", Stage.INTEGRATED, date(2026, 1, 7), 1500),
    }


def test_another_sheet_is_read_where_it_is_asked_for(tmp_path: Path) -> None:
    register = imported(empty(), a_workbook(tmp_path / "x.xlsx"), sheet="nilai")
    [evaluation] = register.evaluations.values()
    assert evaluation.score == 36.4


def test_a_sheet_that_is_not_there_is_refused(tmp_path: Path) -> None:
    made = planned(empty(), a_workbook(tmp_path / "x.xlsx"), sheet="Bogor")
    assert made.problems[0].values["sheets"] == "Layanan 2026, Nilai"


def test_the_place_of_a_bad_cell_is_that_of_the_spreadsheet(
    tmp_path: Path,
) -> None:
    wrong = mapping_from(
        {
            "columns": {"volume": "OPD"},
            "defaults": {"opd": "Dinas A"},
            "create_opds": True,
        }
    )
    made = planned(empty(), a_workbook(tmp_path / "x.xlsx"), mapping=wrong)
    assert complaints(made) == [(4, "OPD"), (5, "OPD"), (7, "OPD")]


def test_long_work_tells_how_far_it_is_and_can_be_stopped(
    tmp_path: Path,
) -> None:
    path = file(
        tmp_path,
        "opds.csv",
        "kode,nama",
        *(f"opd{n},Dinas {n}" for n in range(1500)),
    )
    told: list[tuple[int, int]] = []
    plan_import(
        empty(),
        [path],
        ImportOptions(),
        NOW,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == sorted(told)
    assert told[-1] == (WHOLE, WHOLE)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        plan_import(empty(), [path], ImportOptions(), NOW, progress=stop)


def test_what_was_planned_is_entered_and_can_be_stopped(
    tmp_path: Path,
) -> None:
    path = file(tmp_path, "opds.csv", "kode,nama", "dinkes,Dinas Kesehatan")
    register = empty()
    made = planned(register, path)
    told: list[tuple[int, int]] = []

    def note(done: int, total: int) -> None:
        told.append((done, total))

    store = MemoryStore(register)
    perform(store, replace(made.action, hook=note), NOW)
    assert told == [(WHOLE, WHOLE)]
    assert list(store.load().opd_codes) == ["dinkes"]

    def stop(done: int, total: int) -> None:
        raise Cancelled

    store = MemoryStore(register)
    with pytest.raises(Cancelled):
        perform(store, replace(made.action, hook=stop), NOW)
    assert not store.load().opds


def test_evidence_and_notes_told_in_the_opening_stay_in_the_log(
    tmp_path: Path,
) -> None:
    city = Builder(in_opening=True)
    city.service("ktp", "dinkes", "2026-01-05")
    head = "layanan,tanggal,tahap,bukti,catatan"
    row = "ktp,2026-11-20,daring,nota 7,kata kepala dinas"
    register = city.register
    made = planned(register, file(tmp_path, "moves.csv", head, row))
    for action in (made.action, replace(made.action, planned=None)):
        commit = plan(register, action, NOW)
        assert commit.entry is not None
        assert commit.entry.why == "nota 7\nkata kepala dinas"
        assert set(commit.changes) == {"services"}


@pytest.mark.parametrize(
    ("described", "words"),
    [
        ({"schema": 5, "prefix": "abcde"}, "is a register, not an export"),
        ({"schema": 5}, "holds no rows"),
        ({"prefix": "abcde"}, "holds no rows"),
    ],
)
def test_a_register_is_known_by_the_whole_of_its_description(
    tmp_path: Path, described: dict[str, object], words: str
) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"meta": {"1": described}}))
    [problem] = planned(empty(), path).problems
    assert words in str(problem)


@pytest.mark.parametrize(
    "row", [pytest.param(2_000_000, marks=pytest.mark.thorough), 10**12]
)
def test_a_sheet_without_end_is_refused(row: int, tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "x.xlsx")
    bomb = tmp_path / "bom.xlsx"
    with ZipFile(path) as source, ZipFile(bomb, "w", ZIP_DEFLATED) as target:
        for part in source.namelist():
            data = source.read(part)
            target.writestr(
                part,
                data.replace(b'<row r="7"', b'<row r="%d"' % row)
                if "sheet1" in part
                else data,
            )
    with pytest.raises(Rejected):
        read_file(bomb, None, Progress())


def test_a_dimension_that_a_program_has_written_wrong_hides_nothing(
    tmp_path: Path,
) -> None:
    path = a_workbook(tmp_path / "x.xlsx")
    wrong = tmp_path / "salah.xlsx"
    with ZipFile(path) as source, ZipFile(wrong, "w") as target:
        for part in source.namelist():
            data = source.read(part)
            target.writestr(
                part,
                data.replace(b'<dimension ref="A1:F7"', b'<dimension ref="A1"'),
            )
    assert (
        read_file(wrong, None, Progress()).grids[0].rows
        == read_file(path, None, Progress()).grids[0].rows
    )


def test_an_error_of_a_spreadsheet_is_no_text(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["kode", "nama"])
    book.active.append(["a", "#REF!"])
    book.save(tmp_path / "x.xlsx")
    assert complaints(planned(empty(), tmp_path / "x.xlsx")) == [(2, "nama")]


def test_two_columns_of_one_name_are_told(tmp_path: Path) -> None:
    [problem] = planned(
        empty(), file(tmp_path, "x.csv", "kode,Kode,nama", "a,b,c")
    ).problems
    assert problem.values["column"] == "kode"


@pytest.mark.parametrize(
    ("rows", "bad"),
    [
        ({"opds": [{"code": "a", "name": ["x"]}]}, (1, "name")),
        ({"opds": [{"code": "a", "name": "x", "kind": {"a": 1}}]}, (1, "kind")),
        (
            {"services": [{"opd": "a", "name": "x", "volume": "abc"}]},
            (1, "volume"),
        ),
        ({"opds": 5}, (None, None)),
        ({"opds": [5]}, (None, None)),
        ({"city": {"name": 3}}, (None, None)),
        ({"snapshots": [{"week": "2026-W01"}]}, (None, None)),
    ],
)
def test_a_damaged_export_is_told_where_it_is_damaged(
    rows: dict[str, object], bad: object, tmp_path: Path
) -> None:
    text = json.dumps({"format": "opd-tracker", "version": 1, **rows})
    assert complaints(planned(empty(), file(tmp_path, "x.json", text))) == [bad]


@pytest.mark.parametrize("version", [2, "1", 1.5, None])
def test_an_export_of_an_unknown_version_is_left_to_a_newer_program(
    version: object, tmp_path: Path
) -> None:
    text = json.dumps({"format": "opd-tracker", "version": version, "opds": []})
    with pytest.raises(Rejected, match="newer program"):
        read_file(file(tmp_path, "x.json", text), None, Progress())
