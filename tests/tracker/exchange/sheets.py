"""What tests of sheets share: a small city, its sheets, and people who fill them in."""

from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copyfile
from typing import Any

from openpyxl import load_workbook

from tests.tracker.builder import Builder
from tracker.actions.draft import Context
from tracker.actions.perform import plan
from tracker.exchange.importing import ImportPlan, plan_import
from tracker.exchange.options import ImportOptions
from tracker.exchange.questions import Answers
from tracker.exchange.sheets.layout import HEADER_ROW, PLACES, REMARK_ROW
from tracker.exchange.sheets.writing import write_sheets
from tracker.language import load_language
from tracker.register import Register

MONDAY = date(2026, 11, 16)
THURSDAY = Context(
    "kordinator", datetime(2026, 11, 19, tzinfo=UTC), date(2026, 11, 19)
)


ONLINE = {"stage": "Daring", "date": "17/11/2026"}
INTEGRATED = {"stage": "Terintegrasi", "date": "17/11/2026"}


def health_city() -> Builder:
    """Return a city with two OPDs: one has a service at the counter, one online and one that is closed."""
    city = Builder()
    city.opd("dinkes", name="=Dinas Kesehatan")
    city.service(
        "dinkes-imun",
        "dinkes",
        "2026-01-05",
        name="Imunisasi",
        visits=2.0,
        days=5.0,
    )
    city.service(
        "dinkes-izin", "dinkes", "2026-01-05", "online", name="Izin praktik"
    )
    city.service("dinkes-lama", "dinkes", "2026-01-05", name="Yang ditutup")
    city.closure("dinkes-lama", "2026-02-02")
    city.service("disdik-ppdb", "disdik", "2026-01-05")
    return city


def the_sheet(register: Register, folder: Path, lang: str = "id") -> Path:
    """Write the sheet of the health agency."""
    [(path, _, _)] = write_sheets(
        register, folder, ["dinkes"], load_language(lang), MONDAY
    )
    return path


def fill(
    path: Path, answers: dict[str, dict[str, Any]], remark: str = ""
) -> None:
    """Fill in answers by service, and the remark."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(REMARK_ROW, 2).value = remark or None
    for row in range(HEADER_ROW + 1, sheet.max_row + 1):
        for name, value in answers.get(sheet.cell(row, 1).value, {}).items():
            sheet.cell(row, PLACES[name] + 1).value = value
    book.save(path)


def read_back(
    register: Register, *paths: Path, answers: Answers | None = None
) -> ImportPlan:
    """Plan the import of sheets that have come back."""
    return plan_import(register, paths, ImportOptions(), THURSDAY, answers)


def carried_out(register: Register, planned: ImportPlan) -> Register:
    """Return the register after an import."""
    commit = plan(register, planned.action, THURSDAY)
    return register.changed(commit.changes, commit.next_number)


def put_in(path: Path, *rows: tuple[str, dict[str, Any]]) -> None:
    """Write rows of services and answers below those of a sheet, as people who copy rows do."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for number, (service, answers) in enumerate(rows, start=sheet.max_row + 1):
        sheet.cell(number, 1).value = service
        for name, value in answers.items():
            sheet.cell(number, PLACES[name] + 1).value = value
    book.save(path)


def second(path: Path, name: str = "lembar kedua.xlsx") -> Path:
    """Return a copy of a sheet, as a second division of the OPD fills one in."""
    return Path(copyfile(path, path.with_name(name)))
