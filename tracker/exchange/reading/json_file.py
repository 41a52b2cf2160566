"""JSON read as rows: this program's export, or lists of rows as other programs write them."""

import re
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
from tracker.language import N_
from tracker.os_errors import reason_of
from tracker.store.storage import check_values

FORMAT, VERSION = "opd-tracker", 1
_BOM = b"\xef\xbb\xbf"
_LINES = re.compile(rb"\s*\{[^\n]*\}\s*\n\s*\{")
"""How JSON Lines begin: an object on one line, and another on the next."""
_OWN_KEYS = frozenset(
    (*KINDS, "format", "version", "exported_on", "city", "snapshots")
)


def read_json(path: Path, sheet: str | None = None) -> Contents:
    """Read a JSON file; where it holds several lists of rows, ``sheet`` names the one to read.

    ``Rejected`` if it is damaged, holds no rows, or is newer than this program.
    """
    said = _decoded(path)
    if isinstance(said, dict) and said.get("format") == FORMAT:
        return _read_export(path, said)
    if isinstance(said, dict) and _is_register(said):
        raise Rejected(
            "{file} is a register, not an export: bring in what was done in it with `merge`.",
            file=path.name,
        )
    if isinstance(said, list):
        said = {"": said}
    elif isinstance(said, dict) and _is_split(said):
        rows = [said["columns"], *said["data"]]
        rest = {key: said[key] for key in said.keys() - {"columns", "data"}}
        said = {"": rows, **rest}
    return _read_lists(path.name, said if isinstance(said, dict) else {}, sheet)


def _is_register(said: dict[str, Any]) -> bool:
    """Tell whether a file is a register as it is kept, such as a copy of this one."""
    meta = said.get("meta")
    described = meta.get("1") if isinstance(meta, dict) else None
    return isinstance(described, dict) and {"schema", "prefix"} <= set(
        described
    )


def _read_export(path: Path, said: dict[str, Any]) -> Contents:
    version = said.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise Rejected(
            "{file} was written by a newer program: update this one.",
            file=path.name,
        )
    grids = [
        _grid(path.name, kind, said[kind]) for kind in KINDS if said.get(kind)
    ]
    return Contents(
        grids,
        _table(said.get("city"), path),
        _tables(said.get("snapshots"), path),
        tuple(
            Unread(
                Part.SHEET,
                path.name,
                name,
                _count(said[name]),
                N_("this program knows no such part of an export"),
            )
            for name in said.keys() - _OWN_KEYS
        ),
    )


def _read_lists(file: str, said: dict[str, Any], sheet: str | None) -> Contents:
    """Return the lists of rows that another program's file holds, as the sheets of a workbook are."""
    lists = {name: value for name, value in said.items() if _has_rows(value)}
    if not lists:
        raise Rejected(
            "{file} holds no rows: what is read is an array with an object for each row.",
            file=file,
        )
    names = list(lists)
    is_one = len(names) == 1
    chosen = names if is_one else choose_sheets(file, names, names, sheet)
    grids = [
        _foreign_grid(file, lists[name], "" if is_one else name)
        for name in chosen
    ]

    unread = []
    for name, value in said.items():
        if name in lists and name not in chosen:
            count = sum(map(_count, value))
            unread.append(unread_sheet(file, name, count, is_hidden=False))
        elif name not in lists:
            reason = N_("it holds no rows")
            unread.append(Unread(Part.SHEET, file, name, _count(value), reason))
    return Contents(grids, unread=tuple(unread))


def _decoded(path: Path) -> Any:
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
            "{file} is damaged: {reason}.", file=path.name, reason=str(error)
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


def _grid(file: str, kind: str, rows: Any) -> Grid:
    """Return an export's rows of one kind; columns that this program does not know come last."""
    if not _are_objects(rows):
        raise Rejected("{file} is damaged: {reason}.", file=file, reason=kind)
    titles = list(
        dict.fromkeys(
            (*column_names(kind), *(key for row in rows for key in row))
        )
    )
    return Grid(
        file, _numbered(titles, rows), sheet=kind, kind=kind, exact=True
    )


def _foreign_grid(file: str, rows: list[Any], sheet: str) -> Grid:
    """Return another program's rows: objects, whose keys are the header, or arrays, the first the header."""
    if not _are_objects(rows):
        return Grid(file, [(n, [*row]) for n, row in enumerate(rows, 1)], sheet)
    titles = list(dict.fromkeys(key for row in rows for key in row))
    return Grid(file, _numbered(titles, rows), sheet)


def _has_rows(said: Any) -> bool:
    """Tell whether something is a list of rows: objects, or arrays of a header and at least one row."""
    if not isinstance(said, list) or not said:
        return False
    are_arrays = all(isinstance(row, list) for row in said)
    return _are_objects(said) or (are_arrays and len(said) > 1)


def _is_split(said: dict[str, Any]) -> bool:
    """Tell whether the titles and the rows stand apart, as ``{"columns": […], "data": [[…], …]}``."""
    columns, rows = said.get("columns"), said.get("data") or []
    return (
        isinstance(columns, list)
        and isinstance(rows, list)
        and _has_rows([columns, *rows])
    )


def _are_objects(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def _numbered(titles: list[str], rows: list[dict[str, Any]]) -> Numbered:
    return [
        (0, [*titles]),
        *(
            (number, [row.get(title) for title in titles])
            for number, row in enumerate(rows, start=1)
        ),
    ]


def _count(said: Any) -> int:
    return len(said) if isinstance(said, list | dict) else 1


def _table(said: Any, path: Path) -> dict[str, object]:
    if not isinstance(said or {}, dict):
        raise Rejected(
            "{file} is damaged: {reason}.", file=path.name, reason="city"
        )
    return said or {}


def _tables(said: Any, path: Path) -> list[dict[str, object]]:
    if not isinstance(said or [], list):
        raise Rejected(
            "{file} is damaged: {reason}.", file=path.name, reason="snapshots"
        )
    return [_table(item, path) for item in said or []]
