"""A file is known by its content, whatever it is called, and every common kind is read or named."""

import json
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from tests.depth import one_in
from tests.tracker.exchange.importing import empty, file, imported, planned
from tests.tracker.exchange.ods import write_ods
from tests.tracker.exchange.old_formats import write_xls, write_xlsb
from tracker.exchange.account import unread_lines
from tracker.exchange.progress import Progress
from tracker.exchange.reading.file_type import FileType, detect_type
from tracker.exchange.reading.files import read_file
from tracker.exchange.reading.number_format import format_number
from tracker.exchange.reading.strict_xlsx import _NAMESPACES
from tracker.language import load_language

ROWS: list[list[Any]] = [
    ["OPD", "Nama Layanan", "Tahap", "Volume"],
    ["Dinas A", "KTP", "Daring", 12],
    ["Dinas A", "KK", "Manual", 3],
]
EXPECTED = {"KTP": ("online", 12), "KK": ("conventional", 3)}


def a_book() -> Workbook:
    book = Workbook()
    book.active.title = "Layanan"
    for row in ROWS:
        book.active.append(row)
    return book


def write_xlsx(path: Path) -> Path:
    a_book().save(path.with_suffix(".xlsx"))
    return path.with_suffix(".xlsx").rename(path)


def write_strict(path: Path) -> Path:
    usual = write_xlsx(path.with_name("usual"))
    with ZipFile(usual) as archive, ZipFile(path, "w", ZIP_DEFLATED) as strict:
        for name in archive.namelist():
            data = archive.read(name)
            for namespace, known in _NAMESPACES.items():
                data = data.replace(known, namespace)
            strict.writestr(name, data)
    return path


def write_json(path: Path) -> Path:
    rows = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]
    path.write_text(json.dumps(rows), encoding="utf-8-sig")
    return path


WRITERS = {
    FileType.XLSX: write_xlsx,
    "strict": write_strict,
    FileType.ODS: lambda path: write_ods(path, a_book()),
    FileType.XLS: write_xls,
    FileType.XLSB: lambda path: write_xlsb(path, ROWS),
    FileType.JSON: write_json,
}


@pytest.mark.parametrize(
    "name", one_in(3, ["a", "a.csv", "a.download", "a.xlsb", "a.XLS", "a.xlsx"])
)
@pytest.mark.parametrize("kind", WRITERS, ids=str)
def test_a_workbook_is_read_whatever_it_is_called(
    kind: Any, name: str, tmp_path: Path
) -> None:
    path = WRITERS[kind](tmp_path / name)
    if isinstance(kind, FileType):
        assert detect_type(path) is kind
    register = imported(empty(), path, create_opds=True)
    found = {s.name: (s.stage, s.volume) for s in register.services.values()}
    assert found == EXPECTED


@pytest.mark.parametrize("kind", [FileType.ODS, FileType.XLS])
def test_other_sheets_are_named_in_every_format(
    kind: FileType, tmp_path: Path
) -> None:
    book = a_book()
    book.create_sheet("Lain").append(["x"])
    writers = {
        FileType.ODS: lambda path: write_ods(path, book),
        FileType.XLS: write_xls,
    }
    made = planned(empty(), writers[kind](tmp_path / "a"), create_opds=True)
    lines = unread_lines(made.account, load_language("en"))
    assert lines[0].startswith("a: the sheet “Lain” is not read (1 value)")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (b"<html><table><tr><td>opd</td></tr></table>", "web page"),
        (b"Rar!\x1a\x07", "archive"),
        (b"PK\x03\x04 rusak", "damaged"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + "Workbook".encode("utf-16-le"),
            "damaged",
        ),
    ],
)
@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a"])
def test_what_cannot_be_read_is_said_for_what_it_is(
    data: bytes, words: str, name: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    [problem] = planned(empty(), tmp_path / name).problems
    assert words in str(problem)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (["januari.csv", "februari.csv"], "unpack it"),
        (["[Content_Types].xml", "word/document.xml"], "not of a kind"),
        (["mimetype", "content.xml"], "not of a kind"),
    ],
)
def test_an_archive_is_told_from_a_document_of_an_office_program(
    parts: list[str], words: str, tmp_path: Path
) -> None:
    with ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    [problem] = planned(empty(), tmp_path / "a.xlsx").problems
    assert words in str(problem)


def test_every_file_of_a_folder_is_read_or_named(tmp_path: Path) -> None:
    folder = tmp_path / "jawaban"
    (folder / "sub").mkdir(parents=True)
    write_xlsx(folder / "tanpa akhiran")
    file(folder, "b.csv", "opd,nama layanan,tahap", "Dinas A,Akta,manual")
    file(folder, "catatan.txt", "x")
    for name, data in (
        ("c.pdf", b"%PDF"),
        ("d.jpg", b"\xff\xd8\xff"),
        ("~$b.xlsx", b"x"),
    ):
        (folder / name).write_bytes(data)
    made = planned(empty(), folder, create_opds=True)
    assert made.counts["services"] == {"new": 3}
    named = [one.file for one in made.account.unread]
    assert named == ["c.pdf", "catatan.txt", "d.jpg", "sub"]
    assert [one.values["files"] for one in made.account.remarks] == ["~$b.xlsx"]


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (1, "0000", "0001"),
        (2.1, "0.00", "2.10"),
        (2.1, '0.00" m"', "2.10 m"),
        (2.1, '"±"0.00" m"', "±2.10 m"),
        (12, '"KTP-"000', "KTP-012"),
        (40502, "0-00-00", "4-05-02"),
        (1234, "#,##0", "1234"),
        (12345, "000", "12345"),
    ],
)
def test_codes_are_read_as_they_are_shown(
    value: float, form: str, shown: str
) -> None:
    number = format_number(value, form)
    assert number == value
    assert getattr(number, "shown", str(number)) == shown


def test_codes_of_a_workbook_stay_as_shown(tmp_path: Path) -> None:
    book = a_book()
    book.active.insert_cols(1)
    for row, (value, form) in enumerate(
        [("Kode layanan", "@"), (1, "0000"), (2.1, "0.00")], 1
    ):
        book.active.cell(row, 1).value = value
        book.active.cell(row, 1).number_format = form
    book.save(tmp_path / "a.xlsx")
    register = imported(empty(), tmp_path / "a.xlsx", create_opds=True)
    assert sorted(service.code for service in register.services.values()) == [
        "0001",
        "2-10",
    ]


def test_escaped_control_characters_are_decoded(tmp_path: Path) -> None:
    book = a_book()
    book.active["B2"] = "Kartu_x000D_\nTanda"
    book.save(tmp_path / "a.xlsx")
    rows = read_file(tmp_path / "a.xlsx", None, Progress()).grids[0].rows
    assert rows[1][1][1] == "Kartu\nTanda"


def test_rows_that_a_web_service_wraps_are_read(tmp_path: Path) -> None:
    rows = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]
    path = file(tmp_path, "a.json", json.dumps({"status": "ok", "data": rows}))
    made = planned(empty(), path, create_opds=True)
    assert made.counts["services"] == {"new": 2}
    assert [(one.name, one.count) for one in made.account.unread] == [
        ("status", 1)
    ]


def test_keys_that_only_some_rows_have_are_columns_too(tmp_path: Path) -> None:
    rows = [
        {"opd": "A", "nama layanan": "KTP", "tahap": "manual"},
        {"opd": "A", "nama layanan": "KK", "biaya": "gratis"},
    ]
    made = planned(
        empty(), file(tmp_path, "a.json", json.dumps(rows)), create_opds=True
    )
    assert [(one.name, one.count) for one in made.account.unread] == [
        ("biaya", 1)
    ]


RECORDS = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]
SHAPES = {
    "lines": "\n".join(map(json.dumps, RECORDS)),
    "arrays": json.dumps(ROWS),
    "split": json.dumps(
        {"columns": ROWS[0], "index": [0, 1], "data": ROWS[1:]}
    ),
    "wrapped": json.dumps({"status": "ok", "data": RECORDS}),
    "two lists": json.dumps({"layanan": RECORDS, "lain": [{"x": 1}, {"x": 2}]}),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_json_is_read_in_every_shape_in_which_programs_write_rows(
    shape: str, tmp_path: Path
) -> None:
    path = file(tmp_path, "a.json", SHAPES[shape])
    register = imported(empty(), path, create_opds=True)
    found = {s.name: (s.stage, s.volume) for s in register.services.values()}
    assert found == EXPECTED


def test_a_further_list_of_a_json_file_is_named_or_read(tmp_path: Path) -> None:
    path = file(tmp_path, "a.json", SHAPES["two lists"])
    [left] = planned(empty(), path, create_opds=True).account.unread
    assert (left.name, left.count, left.may_list) == ("lain", 2, True)
    register = imported(empty(), path, sheet="layanan", create_opds=True)
    assert len(register.services) == 2


def test_unknown_parts_of_an_export_are_named_in_its_order(
    tmp_path: Path,
) -> None:
    parts = {name: [1] for name in ("satu", "dua", "tiga", "empat", "lima")}
    export = {"format": "opd-tracker", "version": 1, **parts}
    path = file(tmp_path, "a.json", json.dumps(export))
    unread = planned(empty(), path).account.unread
    assert [part.name for part in unread] == [*parts]


@pytest.mark.parametrize(
    "text",
    [
        *('{"meta":{}}', "[]", "null", "7", '{"data":[]}'),
        *('{"columns":["a"],"data":5}', '{"columns":["a"],"data":true}'),
    ],
)
def test_json_without_rows_is_told_so(text: str, tmp_path: Path) -> None:
    [problem] = planned(empty(), file(tmp_path, "a.json", text)).problems
    assert "holds no rows" in str(problem)


@pytest.mark.parametrize("text", ["", "\n \n,,\n"])
def test_a_file_without_a_value_is_empty(text: str, tmp_path: Path) -> None:
    [problem] = planned(empty(), file(tmp_path, "a.csv", text)).problems
    assert "is empty" in str(problem)
