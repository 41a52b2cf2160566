"""A city's catalogue written for other cities to begin from."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from tracker.errors import Rejected
from tracker.exchange.catalogue.selection import (
    COLUMNS,
    Row,
    Selection,
    select_rows,
    share_names,
)
from tracker.exchange.columns import KINDS
from tracker.exchange.exporting import FORMATS, form_of
from tracker.exchange.progress import Progress
from tracker.exchange.writing.csv_folder import write_csv_folder
from tracker.exchange.writing.json_file import write_json_tables
from tracker.exchange.writing.rows import Table
from tracker.exchange.writing.xlsx_file import write_xlsx
from tracker.register import Register


def export_catalogue(
    register: Register,
    dest: Path,
    selection: Selection,
    today: date,
    form: str | None = None,
) -> tuple[list[Path], Mapping[str, int]]:
    """Write the catalogue to ``dest``; return the files, and the number of rows by kind.

    ``form`` is csv (a folder), json or xlsx; told by the ending of ``dest`` where it is
    not given. Raises ``Rejected`` if the place cannot be written.
    """
    form = form or form_of(dest)
    rows = select_rows(register, selection, today)
    share_names(rows, register.only_city)
    tables = [_as_table(kind, rows[kind]) for kind in COLUMNS]
    counts = {table.kind: table.size for table in tables}
    return _write_tables(tables, dest, form), counts


def _as_table(kind: str, rows: Sequence[Row]) -> Table:
    """Return rows as a table with all columns of an export, by which an import knows its own.

    What is left out stays empty, who recorded a row among it.
    """
    columns = KINDS[kind]
    cut = [
        {
            column.name: None
            if (value := row.get(column.name)) in ("", ())
            else value
            for column in columns
        }
        for row in rows
    ]
    return Table(kind, columns, len(rows), cut)


def _write_tables(
    tables: Sequence[Table],
    dest: Path,
    form: str,
) -> list[Path]:
    progress = Progress(None)
    if form == "json":
        write_json_tables({}, tables, {}, dest, progress)
        return [dest]
    if form == "xlsx":
        return write_xlsx(tables, dest, progress)
    if form == "csv":
        return write_csv_folder(tables, dest, progress)
    raise Rejected(
        "“{value}” is not a format: write one of {expected}.",
        value=form,
        expected=", ".join(FORMATS),
    )
