"""What the fuzzers try: any bytes as a file to import, and as a register. Only ``UserError`` may be raised.

The suite replays the kept seeds through the same functions.
"""

from contextlib import suppress
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.tracker.actions.world import small_city
from tests.tracker.builder import Builder
from tracker.actions.draft import Context
from tracker.actions.perform import perform
from tracker.changes import audit_log
from tracker.errors import UserError
from tracker.exchange.importing import plan_import
from tracker.exchange.options import ImportOptions
from tracker.exchange.problems import problem_line
from tracker.language import load_language
from tracker.metrics import measure
from tracker.register import Register
from tracker.snapshot import read_week, render
from tracker.store.doctor import examine_register
from tracker.store.file import FileStore
from tracker.store.memory import MemoryStore
from tracker.store.salvage import salvage_register
from tracker.text import find_harmful
from tracker.week import Week

TODAY = date(2026, 11, 22)
NOW = Context("penguji", datetime(2026, 11, 22, 3, tzinfo=UTC), TODAY)
KINDS = {"c": "csv", "j": "json", "x": "xlsx", "s": "xlsx"}
"""What the first letter of a seed says of the rest; ``s`` is a sheet that stands in a sound workbook."""

_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="services" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def workbook(sheet: bytes) -> bytes:
    """Return an XLSX file whose one sheet is ``sheet``, be it as broken as it may."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, part in _PARTS.items():
            archive.writestr(ZipInfo(name), part, ZIP_DEFLATED)
        archive.writestr(
            ZipInfo("xl/worksheets/sheet1.xml"), sheet, ZIP_DEFLATED
        )
    return file.getvalue()


def import_once(data: bytes, folder: Path) -> None:
    """Import bytes: a letter for the format, a digit for the register (0 empty), then the file."""
    letter, digit, body = chr(data[0]) if data else "c", data[1:2], data[2:]
    path = folder / f"berkas.{KINDS.get(letter, 'csv')}"
    path.write_bytes(workbook(body) if letter == "s" else body)
    register = Builder().register if digit == b"0" else small_city()
    options = ImportOptions(
        create_opds=digit != b"2", as_of=TODAY if digit == b"3" else None
    )
    with suppress(UserError):
        planned = plan_import(register, [path], options, NOW)
        for problem in planned.problems:
            assert (
                find_harmful(problem_line(load_language("id"), problem)) is None
            )
        after = perform(MemoryStore(register), planned.action, NOW).register
        _keep(after, folder / "sesudah.json")
        _show(after)


def _keep(register: Register, path: Path) -> None:
    """Keep what an import has made, and read it again: a file that cannot be read is a crash."""
    path.unlink(missing_ok=True)
    FileStore.create(path, register)
    try:
        FileStore(path).load()
    except UserError as error:
        raise AssertionError(str(error)) from error


def open_once(data: bytes, folder: Path) -> None:
    """Open bytes as a register, look it over, read what can be read of it, and show what is found."""
    path = folder / "register.json"
    path.write_bytes(data)
    with suppress(UserError):
        for finding in examine_register(FileStore(path), TODAY):
            assert (
                find_harmful(load_language("id").say(finding.problem)) is None
            )
    with suppress(UserError):
        salvaged = salvage_register(path)
        _keep(salvaged.register, folder / "selamat.json")
        _show(salvaged.register)
    with suppress(UserError):
        _show(FileStore(path).load())


def _show(register: Register) -> None:
    """Look at everything that is worked out of a register; none of it may fail or be harmful."""
    measure(register, Week.of(TODAY), TODAY)
    page = render(
        read_week(register, Week.of(TODAY), TODAY), load_language("id")
    )
    assert find_harmful(page, lines=True) is None
    list(audit_log(register))
