"""The register as a folder of CSV files, one a kind."""

import csv
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from tracker.exchange.parsing.numbers import plain_number
from tracker.exchange.parsing.values import join_items
from tracker.exchange.progress import Progress
from tracker.exchange.writing.files import replace_file
from tracker.exchange.writing.rows import Table
from tracker.text import cell, visible


def write_csv_folder(
    tables: Sequence[Table],
    folder: Path,
    progress: Progress,
) -> list[Path]:
    """Write every table as ``<kind>.csv`` and return the files."""
    written: list[Path] = []
    for place, table in enumerate(tables):
        path = folder / f"{table.kind}.csv"
        part = progress.part(place / len(tables), (place + 1) / len(tables))
        with (
            replace_file(path) as beside,
            beside.open("w", encoding="utf-8", newline="") as file,
        ):
            writer = csv.writer(file)
            writer.writerow(table.names)
            for done, row in enumerate(table.rows, start=1):
                writer.writerow([plain_text(value) for value in row.values()])
                part.tell(done, table.size)
        part.tell(1, 1)
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
            ),
        )
    if isinstance(value, float):
        return plain_number(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value).lower()
