"""The register as a folder of CSV files, one a kind."""

import csv
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from tracker.exchange.columns import KINDS, column_names
from tracker.exchange.parsing.numbers import plain_number
from tracker.exchange.parsing.values import join_items
from tracker.exchange.progress import Progress
from tracker.exchange.writing.files import replacing
from tracker.exchange.writing.rows import rows_of
from tracker.register import Register
from tracker.text import cell, visible


def write_csv_folder(
    register: Register, folder: Path, progress: Progress
) -> list[Path]:
    """Write every kind as ``<kind>.csv`` and return the files."""
    written: list[Path] = []
    for place, kind in enumerate(KINDS):
        path = folder / f"{kind}.csv"
        part = progress.part(place / len(KINDS), (place + 1) / len(KINDS))
        total = len(register.table(kind))
        with (
            replacing(path) as beside,
            beside.open("w", encoding="utf-8", newline="") as file,
        ):
            writer = csv.writer(file)
            writer.writerow(column_names(kind))
            for done, row in enumerate(rows_of(register, kind), start=1):
                writer.writerow([plain_text(value) for value in row.values()])
                part.tell(done, total)
        written.append(path)
    return written


def plain_text(value: Any) -> str:
    """Return a value as a CSV cell: plain digits and a point, ISO dates, no text that could run."""
    if value is None:
        return ""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, str | tuple):
        return cell(
            visible(
                value if isinstance(value, str) else join_items(value),
                lines=True,
            )
        )
    if isinstance(value, float):
        return plain_number(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value).lower()
