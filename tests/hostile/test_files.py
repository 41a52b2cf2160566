"""Files from other hands are refused in words, within seconds and little memory, or read harmlessly."""

import errno
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from fuzz.targets import workbook
from tests.depth import one_in
from tests.hostile.texts import FORMULAS, MARKUP, ORDERS, harm_in
from tests.tracker.actions.world import small_city
from tests.tracker.builder import Builder
from tests.tracker.cli.conftest import terminal
from tests.tracker.cli.terminal import Terminal
from tracker.actions.draft import Context
from tracker.actions.perform import perform
from tracker.errors import Rejected, UserError
from tracker.exchange.importing import plan_import
from tracker.exchange.options import ImportOptions
from tracker.exchange.problems import problem_line
from tracker.exchange.reading.archive import check_archive
from tracker.language import load_language
from tracker.os_errors import reason_for
from tracker.register import Register
from tracker.store.memory import MemoryStore

__all__ = ["terminal"]

NOW = Context("rani", datetime(2026, 11, 22, 3, tzinfo=UTC), date(2026, 11, 22))
HEAD = b"opd,name,volume,visits,registered_on\n"
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'


def book(**parts: bytes) -> bytes:
    """Return an archive that holds parts."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def with_shared_strings(strings: bytes) -> bytes:
    file = BytesIO(workbook(SHEET.format("<sheetData/>").encode()))
    with ZipFile(file, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", strings)
    return file.getvalue()


def of_rows(rows: bytes) -> bytes:
    """Return a workbook of rows."""
    return workbook(
        SHEET.format("<sheetData>{}</sheetData>").encode().replace(b"{}", rows)
    )


def lying(size: int, said: int) -> bytes:
    """Return a workbook whose sheet of ``size`` bytes is said to be another size."""
    data = of_rows(b" " * size)
    length = len(SHEET.format("<sheetData></sheetData>")) + size
    return data.replace(
        length.to_bytes(4, "little"), said.to_bytes(4, "little")
    )


def laughing() -> bytes:
    """Return a sheet whose entities would grow to a thousand million letters."""
    entities = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
    )
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>'
    sheet = SHEET.format(f"<sheetData>{row}</sheetData>")
    return f'<!DOCTYPE x [<!ENTITY l0 "tertawa">{entities}]>{sheet}'.encode()


def reaching(path: str) -> bytes:
    """Return a sheet that asks for another file of this computer."""
    row = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&berkas;</t></is></c></row>'
    )
    sheet = SHEET.format(f"<sheetData>{row}</sheetData>")
    return f'<!DOCTYPE x [<!ENTITY berkas SYSTEM "file://{path}">]>{sheet}'.encode()


REFUSED: dict[str, Callable[[], bytes]] = {
    "kosong.csv": lambda: b"",
    "nol.csv": lambda: HEAD + b"dinkes,a\0b,1,1,2026-01-05\n",
    "biner.csv": lambda: bytes(range(256)) * 40,
    "utf16-tanpa-tanda.csv": lambda: HEAD.decode().encode("utf-16-le"),
    "utf16-rusak.csv": lambda: b"\xff\xfe\x00\xd8\x00",
    "kutip.csv": lambda: HEAD + b'dinkes,"tidak ditutup,1,1\n' * 3,
    "sel-raksasa.csv": lambda: (
        HEAD + b"dinkes," + b"x" * 2_000_000 + b",1,1,2026-01-05\n"
    ),
    "kolom.csv": lambda: b"kolom," * 100_000 + b"\n" + b"x," * 100_000,
    "angka.csv": lambda: (
        HEAD + b"dinkes,a," + b"9" * 400 + b",1e400,2026-01-05\n"
    ),
    "angka-panjang.csv": lambda: (
        HEAD
        + b"dinkes,a,"
        + b"9" * 5000
        + b","
        + b"8" * 5000
        + b",2026-01-05\n"
    ),
    "tanggal.csv": lambda: (
        HEAD + b"dinkes,a,1,1,9999-12-31\ndinkes,b,1,1,0001-01-01\n"
    ),
    "nan.csv": lambda: (
        HEAD + b"dinkes,a,NaN,inf,2026-01-05\ndinkes,b,-1,-5,2026-01-05\n"
    ),
    "minggu.csv": lambda: (
        b"opd,week,note\ndinkes,0001-W01,x\ndinkes,9999-W52,x\n"
    ),
    "dalam.json": lambda: b"[" * 200_000,
    "dalam-sekali.json": lambda: (
        b'{"format":"opd-tracker","version":1,"opds":' + b"[" * 100_000
    ),
    "luas.json": lambda: (
        b'{"format":"opd-tracker","version":1,"opds":['
        + b"1e9," * 13_000_000
        + b"1]}"
    ),
    "angka.json": lambda: (
        b'{"format":"opd-tracker","version":1,"opds":[{"code":'
        + b"9" * 5000
        + b"}]}"
    ),
    "versi.json": lambda: b'{"format":"opd-tracker","version":1e999}',
    "sendiri.json": lambda: (
        b'{"format":"opd-tracker","version":1,"opds":[{"code":"a","name":"\\ud800"}]}'
    ),
    "isi.json": lambda: (
        b'{"format":"opd-tracker","version":1,"opds":{"a":1},"city":[],"snapshots":7}'
    ),
    "potret.json": lambda: json.dumps(
        {
            "format": "opd-tracker",
            "version": 1,
            "snapshots": [{"week": "../../x", "figures": 7}],
        }
    ).encode(),
    "bukan-zip.xlsx": lambda: b"PK\x03\x04" + b"\0" * 500,
    "terpotong.xlsx": lambda: workbook(SHEET.format("<sheetData/>").encode())[
        :-200
    ],
    "tanpa-buku.xlsx": lambda: book(**{"x.txt": b"x"}),
    "xml-rusak.xlsx": lambda: workbook(
        b"<worksheet><sheetData><row r='a'><c r='??'><v>"
    ),
    "luar.xlsx": lambda: workbook(reaching("/etc/passwd")),
    "tertawa.xlsx": lambda: workbook(laughing()),
    "bom.xlsx": lambda: lying(1_000_000, 400_000_000),
    "bohong.xlsx": lambda: lying(20_000_000, 1_000),
    "bom-teks.xlsx": lambda: with_shared_strings(
        b"<sst>" + b"<si/>" * 11_000_000
    ),
    "bom-baris.xlsx": lambda: of_rows(
        b"<row>" + b"<c><v>1</v></c>" * 500_000 + b"</row>"
    ),
    "json-rusak.json": lambda: b'{"format":"opd-tracker\xff\xfe"}',
    "gabung.xlsx": lambda: workbook(
        SHEET.format(
            '<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ).encode()
    ),
}


def broken(fill: bytes) -> bytes:
    """Return a workbook whose sheet is damaged in its third million of bytes."""
    data = bytearray(
        of_rows(random.Random(1).randbytes(1_500_000).hex().encode())
    )
    data[-len(data) // 4 : -len(data) // 4 + len(fill)] = fill
    return bytes(data)


CELLS = b"<c><v>1</v></c>"
MANY = 300_000
OTHERS = b"<x a='' b='' c='' d='' e='' f='' g='' h='' i='' j='' k='' l='' m='' n=''/>"
BOMBS: dict[str, Callable[[], bytes]] = {
    "outer file": lambda: workbook(reaching("/etc/passwd")),
    "outer file in UTF-16": lambda: workbook(
        reaching("/etc/passwd").decode().encode("utf-16")
    ),
    "entities": lambda: workbook(laughing()),
    "entities after a long comment": lambda: workbook(
        b"<!--" + b" " * 3_000_000 + b"-->" + laughing()
    ),
    "texts": lambda: with_shared_strings(
        b"<sst>" + OTHERS.replace(b"x", b"si") * MANY
    ),
    "one text": lambda: with_shared_strings(
        b"<sst><si><t>" + b"x" * 60_000_000
    ),
    "row": lambda: of_rows(b"<row>" + CELLS * MANY + b"</row>"),
    "row behind comments": lambda: of_rows(
        b"<row>" + (CELLS * 9 + b"<!--</row>-->") * (MANY // 9) + b"</row>"
    ),
    "row behind CDATA": lambda: of_rows(
        b"<row>" + (CELLS * 9 + b"<![CDATA[</row>]]>") * (MANY // 9) + b"</row>"
    ),
    "row behind instructions": lambda: of_rows(
        b"<row>" + (CELLS * 9 + b"<?x </row>?>") * (MANY // 9) + b"</row>"
    ),
    "row behind rows of another kind": lambda: of_rows(
        b"<row xmlns:x='x'>"
        + (CELLS * 9 + b"<x:row></x:row>") * (MANY // 9)
        + b"</row>"
    ),
    "row in UTF-16": lambda: workbook(
        SHEET.format(
            f"<sheetData><row>{(CELLS * (MANY // 2)).decode()}</row></sheetData>"
        ).encode("utf-16")
    ),
    "row that does not end": lambda: workbook(
        SHEET.partition("{}")[0].encode() + b"<sheetData><row>" + CELLS * MANY
    ),
    "row that is no more than one tag": lambda: of_rows(
        b"<row x='" + b"x" * 9_000_000 + b"'/>"
    ),
    "cells outside of rows": lambda: of_rows(OTHERS * MANY),
}


@pytest.mark.parametrize("bomb", one_in(3, BOMBS))
def test_an_archive_is_looked_at_before_any_xml_is_read(
    tmp_path: Path, bomb: str
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(BOMBS[bomb]())
    with pytest.raises(Rejected):
        check_archive(path)


@pytest.mark.thorough
def test_as_many_rows_as_a_spreadsheet_can_have_are_no_bomb(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(
        of_rows(b"<row>" + CELLS * 16_384 + b"</row>" + b"<row/>" * 1_000_000)
    )
    check_archive(path)


def test_a_row_of_a_sheet_has_4_mib_at_most(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    row = b"<row>".ljust(4 << 20)
    path.write_bytes(of_rows(row + b"</row>"))
    check_archive(path)
    path.write_bytes(of_rows(row + b" </row>"))
    with pytest.raises(Rejected):
        check_archive(path)


@pytest.mark.parametrize(
    "fill",
    one_in(3, [b"\x00" * 50, b"\xff" * 2_000, b"\xff" * 20_000]),
    ids=len,
)
def test_a_workbook_damaged_far_within_is_refused(
    tmp_path: Path, fill: bytes
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(broken(fill))
    problems = plan_import(small_city(), [path], ImportOptions(), NOW).problems
    assert [str(problem) for problem in problems] == [
        "x.xlsx is damaged, or no spreadsheet."
    ]


def test_long_tables_of_many_rows_are_read(tmp_path: Path) -> None:
    row = (
        b"<x:row><x:c t='str'><x:v>" + b"a" * 900_000 + b"</x:v></x:c></x:row>"
    )
    path = tmp_path / "x.xlsx"
    path.write_bytes(of_rows(row * 12))
    check_archive(path)


def plan_all(folder: Path) -> None:
    """Plan the import of every file of ``REFUSED`` with 400 MB of memory, and print what is said."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))
    for name in REFUSED:
        path = folder / name
        start = time.process_time()
        # The stage is answered, so that what is wrong with the rows themselves is said.
        answers = {"stage": "conventional"}
        planned = plan_import(
            small_city(), [path], ImportOptions(create_opds=True), NOW, answers
        )
        said = [
            problem_line(load_language("en"), problem)
            for problem in planned.problems
        ]
        print(
            json.dumps(
                {
                    "file": name,
                    "said": said,
                    "seconds": time.process_time() - start,
                }
            )
        )


@pytest.mark.thorough
def test_what_is_no_file_of_ours_is_refused_in_words_soon_and_with_little_memory(
    tmp_path: Path,
) -> None:
    for name, made in REFUSED.items():
        (tmp_path / name).write_bytes(made())
    code = "import sys; from pathlib import Path; from tests.hostile.test_files import plan_all"
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{code}; plan_all(Path(sys.argv[1]))",
            str(tmp_path),
        ],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = {
        row["file"]: row for row in map(json.loads, done.stdout.splitlines())
    }
    assert found.keys() == REFUSED.keys()
    for name, row in found.items():
        assert row["said"], name
        assert all(
            len(line) < 2_000 and not harm_in(line) for line in row["said"]
        ), row
        assert row["seconds"] < 8, row
        assert "Traceback" not in "".join(row["said"])
        assert "root:" not in "".join(row["said"])


def test_a_sheet_without_end_is_refused_before_it_is_unpacked(
    tmp_path: Path,
) -> None:
    path = tmp_path / "bom.xlsx"
    path.write_bytes(lying(1_000_000, 400_000_000))
    problems = plan_import(small_city(), [path], ImportOptions(), NOW).problems
    assert [str(problem)[:27] for problem in problems] == [
        "bom.xlsx would unpack to 40"
    ]


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
def test_two_gigabytes_are_refused_at_once(
    terminal: Terminal, ending: str
) -> None:
    terminal.ok("init", "--city", "Bandung", "--portal", "Sadayana")
    path = terminal.folder / f"besar.{ending}"
    path.touch()
    os.truncate(path, 2 << 30)
    assert "is too big: 2,147 MB" in terminal.refused("import", str(path))
    assert "is too big: 2,147 MB" in terminal.refused("compare", str(path))
    assert terminal("restore", str(path)).code == 4
    os.truncate(terminal.db, 2 << 30)
    for command in ("metrics", "doctor"):
        said = terminal(command)
        assert said.code in (1, 4)
        assert reason_for(errno.EFBIG) in said.out + said.err


@pytest.mark.parametrize(
    "name", one_in(3, ["kelompok.json", "nilai.json", "sel.csv"])
)
def test_what_would_take_gigabytes_of_memory_is_refused(
    terminal: Terminal, name: str
) -> None:
    terminal.ok("init", "--city", "Bandung", "--portal", "Sadayana")
    head = b'{"format":"opd-tracker","version":1,"opds":['
    path = terminal.folder / name
    path.write_bytes(
        {
            "kelompok.json": lambda: (
                head + b"[],[],[],[]," * 1_700_000 + b"1]}"
            ),
            "nilai.json": lambda: head + b"1,1,1,1,1,1," * 3_400_000 + b"1]}",
            "sel.csv": lambda: HEAD + b"a,a,a,a,a,a,a,a\n" * 1_900_000,
        }[name]()
    )
    too_large = reason_for(errno.EFBIG)
    assert (
        terminal.refused("import", name)
        == f"{name} cannot be read: {too_large}.\n"
    )
    assert too_large in terminal("compare", name).err
    if name.endswith(".json"):
        terminal.db.write_bytes(path.read_bytes())
        for command in ("metrics", "doctor"):
            said = terminal(command)
            assert said.code in (1, 4)
            assert too_large in said.out + said.err


@pytest.mark.parametrize(
    "name",
    ["dalam.json", "luar.xlsx", "nol.csv", "angka.csv", "xml-rusak.xlsx"],
)
def test_every_way_in_says_the_same(terminal: Terminal, name: str) -> None:
    path = terminal.folder / name
    path.write_bytes(REFUSED[name]())
    for words in (("--catalogue", name), ()):
        init = terminal(
            "init", "--city", "Bandung", "--portal", "Sadayana", *words
        )
        assert init.code == (1 if words else 0), init
    assert terminal("import", name).code == 1
    assert terminal("compare", name).code in (1, 4)
    assert terminal("restore", name).code == 4
    assert terminal("import", "--map", name, name).code == 1
    assert terminal("import", "--answers", name, name).code == 1


def test_toml_without_end_is_no_mapping_and_no_settings(
    terminal: Terminal,
) -> None:
    terminal.ok("init", "--city", "Bandung", "--portal", "Sadayana")
    path = terminal.folder / "peta.toml"
    for text in (
        "a = " + "[" * 50_000,
        "answers = 7",
        "columns = 7",
        "\ud7ff = \x00",
        "defaults = {volume = nan}",
    ):
        path.write_text(text, encoding="utf-8")
        (terminal.folder / "x.csv").write_bytes(
            HEAD + b"dinkes,a,1,1,2026-01-05\n"
        )
        for option in ("--map", "--answers"):
            assert terminal("import", option, "peta.toml", "x.csv").code == 1
    settings = terminal.folder / "config/opd-tracker/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("a = " + "[" * 50_000)
    assert terminal("config", "get", "by").code == 1


def csv_of(text: str) -> bytes:
    quoted = text.replace('"', '""')
    return f'opd,name,owner,tags\n"{quoted}","{quoted}","{quoted}","{quoted}"\n'.encode(
        "utf-8", "replace"
    )


def json_of(text: str) -> bytes:
    row = {"opd": text, "name": text, "owner": text, "tags": [text]}
    said = {
        "format": "opd-tracker",
        "version": 1,
        "city": {"name": text, "portal": text},
        "services": [row],
    }
    return json.dumps(said).encode()


def export_with(**city: str) -> dict[str, object]:
    return {
        "format": "opd-tracker",
        "version": 1,
        "city": {"recorded_at": "2026-01-05T00:00:00Z", "by": "x", **city},
    }


@pytest.mark.parametrize(
    "said",
    [
        export_with(name="Kota", portal="P", timezone="Mars"),
        export_with(
            name="Kota", portal="P", recorded_at="9999-12-31T23:59:59Z"
        ),
        export_with(name="Kota", portal="P", goal="9999-12-31"),
        export_with(name="\x1b[2J", portal="P"),
        {
            **export_with(),
            "city": {},
            "opds": [
                {
                    "code": "a",
                    "name": "A",
                    "recorded_at": "1731-01-01T00:00:00Z",
                }
            ],
        },
        {
            **export_with(),
            "city": {},
            "snapshots": [
                {
                    **{
                        "week": "2026-W20",
                        "as_of": "2026-05-17",
                        "final": True,
                        "by": "x",
                    },
                    **{
                        "recorded_at": "2026-05-18T00:00:00Z",
                        "figures": {"city": [10**18] * 7},
                    },
                }
            ],
        },
    ],
)
def test_an_export_from_elsewhere_brings_nothing_that_could_not_be_read_again(
    tmp_path: Path, said: dict[str, object]
) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(said))
    assert plan_import(
        Builder().register, [path], ImportOptions(), NOW
    ).problems


def after(path: Path, register: Register) -> Register | None:
    """Import a file; None where it is refused, which must be said harmlessly."""
    planned = plan_import(
        register, [path], ImportOptions(create_opds=True), NOW
    )
    for error in planned.problems:
        assert not harm_in(problem_line(load_language("id"), error))
    with suppress(UserError):
        return perform(MemoryStore(register), planned.action, NOW).register
    return None


@pytest.mark.parametrize("text", one_in(4, [*ORDERS, *MARKUP, *FORMULAS]))
@pytest.mark.parametrize("made", [csv_of, json_of])
def test_an_import_keeps_no_order(
    tmp_path: Path, text: str, made: Callable[[str], bytes]
) -> None:
    from tests.hostile.test_actions import assert_harmless

    path = tmp_path / ("x.csv" if made is csv_of else "x.json")
    path.write_bytes(made(text))
    register = after(path, small_city())
    if register is not None:
        assert_harmless(register)
