"""JSON read as rows: this program's export, or lists of rows as other programs write them."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from tracker.errors import Rejected
from tracker.exchange.account import Part, Unread
from tracker.exchange.columns import KINDS, column_names
from tracker.exchange.reading.grid import Contents, Grid, Numbered
from tracker.exchange.reading.sheet_choice import (
    choose_sheets,
    unread_sheet,
)
from tracker.exchange.source import read_source
from tracker.language import N_
from tracker.os_errors import reason_of
from tracker.paths import path_as_typed
from tracker.store.storage import check_values

FORMAT, VERSION = "opd-tracker", 1
_WEEK_FORMAT = "opd-tracker week"
"""What the counts of a published week call themselves: `tracker.comparison.summary` writes and reads them."""
_BOM = b"\xef\xbb\xbf"
_LINES = re.compile(rb"\s*\{[^\n]*\}\s*\n\s*\{")
"""How JSON Lines begin: an object on one line, and another on the next."""
_OWN_KEYS = frozenset(
    (
        *KINDS,
        "format",
        "version",
        "exported_on",
        "register",
        "city",
        "snapshots",
    ),
)


def read_json(path: Path, sheet: str | None = None) -> Contents:
    """Read a JSON file; where it holds several lists of rows, ``sheet`` names the one to read.

    ``Rejected`` if it is damaged, holds no rows, or is newer than this program.
    """
    document = _decode_file(path)
    if isinstance(document, list):
        return _read_lists(path.name, {"": document}, sheet)
    if not isinstance(document, dict):
        return _read_lists(path.name, {}, sheet)
    if document.get("format") == FORMAT:
        return _read_export(path, document)
    if document.get("format") == _WEEK_FORMAT:
        raise Rejected(
            "{file} holds the counts of a published week and no services: “collect” reads it.",
            file=path.name,
        )
    if _is_register(document):
        raise Rejected(
            "{file} is a register, not an export. Bring in what was done in it: `opd-tracker merge {path}`, "
            "on the screens “Merge copies” (^P).",
            file=path.name,
            path=path_as_typed(path),
        )
    if _is_split(document):
        columns = document.pop("columns")
        rows = document.pop("data")
        document = {"": [columns, *rows], **document}
    return _read_lists(path.name, document, sheet)


def _is_register(document: dict[str, Any]) -> bool:
    """Tell whether a file is a register as it is kept, such as a copy of this one."""
    meta = document.get("meta")
    described = meta.get("1") if isinstance(meta, dict) else None
    if not isinstance(described, dict):
        return False
    return "schema" in described and "prefix" in described


def _read_export(path: Path, document: dict[str, Any]) -> Contents:
    version = document.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise Rejected(
            "{file} was written by a newer program: update this one.",
            file=path.name,
        )
    grids = [
        _make_grid(path.name, kind, document[kind])
        for kind in KINDS
        if document.get(kind)
    ]
    unread = []
    for name, value in document.items():
        if name in _OWN_KEYS:
            continue
        count = _count(value)
        reason = N_("this program knows no such part of an export")
        part = Unread(Part.SHEET, path.name, name, count, reason)
        unread.append(part)
    return Contents(
        grids,
        _check_table(document.get("city"), path),
        _check_tables(document.get("snapshots"), path),
        tuple(unread),
        source=read_source(document.get("register")),
    )


def _read_lists(
    file: str,
    document: dict[str, Any],
    sheet: str | None,
) -> Contents:
    """Return the lists of rows that another program's file holds, as the sheets of a workbook are."""
    lists = {
        name: value for name, value in document.items() if _has_rows(value)
    }
    if not lists:
        raise Rejected(
            "{file} holds no rows: what is read is an array with an object for each row.",
            file=file,
        )
    names = list(lists)
    if len(names) == 1:
        chosen = names
        grids = [_foreign_grid(file, lists[names[0]], "")]
    else:
        chosen = choose_sheets(file, names, names, sheet)
        grids = [_foreign_grid(file, lists[name], name) for name in chosen]

    unread = []
    for name, value in document.items():
        if name in lists and name not in chosen:
            count = sum(map(_count, value))
            unread.append(unread_sheet(file, name, count, is_hidden=False))
        elif name not in lists:
            count = _count(value)
            reason = N_("it holds no rows")
            unread.append(Unread(Part.SHEET, file, name, count, reason))
    return Contents(grids, unread=tuple(unread))


def _decode_file(path: Path) -> Any:
    """Return what a file says; JSON Lines, an object on each line, as a list of them."""
    try:
        data = path.read_bytes().removeprefix(_BOM)
        check_values(data)
        try:
            return msgspec.json.decode(data)
        except msgspec.DecodeError:
            if not _LINES.match(data):
                raise
            return msgspec.json.Decoder().decode_lines(data)
    except OSError as error:
        raise Rejected(
            "{file} cannot be read: {reason}.",
            file=path.name,
            reason=reason_of(error),
        ) from None
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Rejected(
            "{file} is damaged: {reason}.",
            file=path.name,
            reason=str(error),
        ) from None


def is_export(path: Path) -> bool:
    """Tell whether a file begins as a JSON export does."""
    with path.open("rb") as file:
        return FORMAT.encode() in file.read(100)


def read_day_of_export(path: Path) -> date | None:
    """Return the day on which a JSON export was made, None if it tells none that can be read."""
    try:
        data = path.read_bytes().removeprefix(_BOM)
        return msgspec.json.decode(data, type=_ExportHead).exported_on
    except msgspec.MsgspecError:
        return None


class _ExportHead(msgspec.Struct):
    exported_on: date | None = None


def _make_grid(file: str, kind: str, rows: Any) -> Grid:
    """Return an export's rows of one kind; columns that this program does not know come last."""
    if not _are_objects(rows):
        raise Rejected("{file} is damaged: {reason}.", file=file, reason=kind)
    titles = _list_titles(rows, column_names(kind))
    numbered = _number_rows(titles, rows)
    return Grid(file, numbered, sheet=kind, kind=kind, exact=True)


def _foreign_grid(
    file: str,
    rows: list[Any],
    sheet: str,
) -> Grid:
    """Return another program's rows: objects, whose keys are the header, or arrays, the first the header."""
    if _are_objects(rows):
        titles = _list_titles(rows)
        return Grid(file, _number_rows(titles, rows), sheet)
    arrays: Numbered = [
        (number, [*row]) for number, row in enumerate(rows, start=1)
    ]
    return Grid(file, arrays, sheet)


def _has_rows(value: Any) -> bool:
    """Tell whether something is a list of rows: objects, or arrays of a header and at least one row."""
    if not isinstance(value, list) or not value:
        return False
    if _are_objects(value):
        return True
    return len(value) > 1 and all(isinstance(row, list) for row in value)


def _is_split(document: dict[str, Any]) -> bool:
    """Tell whether the titles and the rows stand apart, as ``{"columns": […], "data": [[…], …]}``."""
    columns = document.get("columns")
    rows = document.get("data")
    if not isinstance(columns, list) or not isinstance(rows, list):
        return False
    return _has_rows([columns, *rows])


def _are_objects(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def _list_titles(
    rows: list[dict[str, Any]],
    known: Iterable[str] = (),
) -> list[str]:
    """Return the known titles and then every other key of the rows, each once."""
    titles = dict.fromkeys(known)
    for row in rows:
        titles.update(dict.fromkeys(row))
    return list(titles)


def _number_rows(titles: list[str], rows: list[dict[str, Any]]) -> Numbered:
    """Return objects as rows of cells below their titles, which are row 0."""
    numbered: Numbered = [(0, [*titles])]
    for number, row in enumerate(rows, start=1):
        numbered.append((number, [row.get(title) for title in titles]))
    return numbered


def _count(value: Any) -> int:
    return len(value) if isinstance(value, list | dict) else 1


def _check_table(value: Any, path: Path) -> dict[str, object]:
    if not value:
        return {}
    if not isinstance(value, dict):
        raise Rejected(
            "{file} is damaged: {reason}.",
            file=path.name,
            reason="city",
        )
    return value


def _check_tables(value: Any, path: Path) -> list[dict[str, object]]:
    if not value:
        return []
    if not isinstance(value, list):
        raise Rejected(
            "{file} is damaged: {reason}.",
            file=path.name,
            reason="snapshots",
        )
    return [_check_table(item, path) for item in value]
