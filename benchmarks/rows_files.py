"""Reading and writing files, beside the bare libraries and the bare disk."""

import csv
import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

import msgspec

from benchmarks.city import TODAY, register
from benchmarks.timing import Samples, time_clock, time_cpu
from tracker.actions.draft import Context
from tracker.actions.moves import MoveServices
from tracker.actions.perform import perform
from tracker.exchange.exporting import export
from tracker.exchange.progress import Progress
from tracker.exchange.reading.files import read_file
from tracker.model import Stage
from tracker.store.file import FileStore

HEADERS = ("OPD", "Nama layanan", "Tahap", "Permohonan", "Hari", "Pemilik")


def time_durable_move(services: int, folder: Path) -> dict[str, Samples]:
    """Time one move until it is safe on the disk."""
    path = folder / "register.json"
    store = FileStore.create(path, register(services))
    city = store.load()
    service = next(iter(city.services.values())).code
    stages = cycle((Stage.ONLINE, Stage.INTEGRATED))

    def move() -> None:
        action = MoveServices((service,), next(stages), TODAY)
        perform(store, action, Context("Sari", datetime.now(UTC), TODAY))

    ours = time_clock(move, 15)
    data = path.read_bytes()
    return {
        "ours": ours,
        "bare replace": time_clock(lambda: replace_bare(folder, data), 15),
        "SQLite FULL": time_clock(sqlite_insert(folder), 15),
    }


def replace_bare(folder: Path, data: bytes) -> None:
    """Write, synchronise and rename the same bytes, and synchronise the folder."""
    with (folder / "bare.tmp").open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    (folder / "bare.tmp").replace(folder / "bare")
    directory = os.open(folder, os.O_RDONLY)
    os.fsync(directory)
    os.close(directory)


def sqlite_insert(folder: Path) -> Callable[[], None]:
    """Return what inserts a row and commits it in a database that synchronises fully."""
    db = sqlite3.connect(folder / "bare.sqlite")
    db.execute("pragma synchronous = full")
    db.execute("create table move (service text, day text)")

    def insert() -> None:
        db.execute("insert into move values ('s-1', '2026-01-01')")
        db.commit()

    return insert


def time_opening(services: int, folder: Path) -> dict[str, Samples]:
    """Time opening and checking a register."""
    path = folder / "register.json"
    FileStore.create(path, register(services))
    return {
        "ours": time_cpu(lambda: FileStore(path).load()),
        "msgspec untyped": time_cpu(
            lambda: msgspec.json.decode(path.read_bytes())
        ),
    }


def rows_of(count: int) -> list[list[str | int]]:
    """Return an inventory of so many rows."""
    return [
        [
            f"Dinas {number % 70}",
            f"Layanan nomor {number}",
            ("konvensional", "daring", "terintegrasi")[number % 3],
            number,
            number % 30,
            f"Pegawai {number % 500}",
        ]
        for number in range(count)
    ]


def time_csv(rows: int, folder: Path) -> dict[str, Samples]:
    """Time reading a CSV into rows that are kept."""
    path = folder / "rows.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADERS, *rows_of(rows)])

    def read_bare() -> list[list[str]]:
        with path.open(newline="", encoding="utf-8") as file:
            return list(csv.reader(file))

    found = {
        "ours": time_cpu(lambda: read_file(path, None, Progress(None)), 5),
        "csv.reader": time_cpu(read_bare, 5),
    }
    try:
        import pandas as pd
    except ImportError:
        return found
    return {**found, "pandas": time_cpu(lambda: pd.read_csv(path), 5)}


def time_xlsx_read(rows: int, folder: Path) -> dict[str, Samples]:
    """Time reading an XLSX, of which Calamine alone drops formats, errors and hidden rows."""
    import openpyxl
    import python_calamine
    import xlsxwriter

    path = folder / "rows.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADERS, *rows_of(rows)]):
            sheet.write_row(number, 0, row)

    def read_by_calamine() -> object:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        return book.get_sheet_by_index(0).to_python()

    def read_by_openpyxl() -> object:
        book = openpyxl.load_workbook(path, read_only=True)
        return list(book.worksheets[0].iter_rows(values_only=True))

    return {
        "ours": time_cpu(lambda: read_file(path, None, Progress(None)), 5),
        "calamine": time_cpu(read_by_calamine, 5),
        "openpyxl": time_cpu(read_by_openpyxl, 1),
    }


def time_xlsx_written(services: int, folder: Path) -> dict[str, Samples]:
    """Time writing the whole register as XLSX, beside the same cells by the library alone."""
    import openpyxl
    import xlsxwriter

    city = register(services)
    path = folder / "register.xlsx"
    ours = time_cpu(lambda: export(city, path), 3)
    book = openpyxl.load_workbook(path, read_only=True)
    sheets = {
        sheet.title: list(sheet.iter_rows(values_only=True))
        for sheet in book.worksheets
    }

    def write_bare() -> None:
        options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
        with xlsxwriter.Workbook(folder / "bare.xlsx", options) as bare:
            for title, rows in sheets.items():
                sheet = bare.add_worksheet(title)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)

    return {"ours": ours, "xlsxwriter": time_cpu(write_bare, 3)}
