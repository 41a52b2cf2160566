"""JSON read as rows: this program's export, or an array of objects as other programs write it."""

from pathlib import Path
from typing import Any

import msgspec

from tracker.errors import Rejected
from tracker.exchange.account import Part, Unread
from tracker.exchange.columns import KINDS, column_names
from tracker.exchange.reading.grid import Contents, Grid, Numbered
from tracker.language import N_
from tracker.os_errors import reason_of
from tracker.store.storage import check_values

FORMAT, VERSION = "opd-tracker", 1
_BOM = b"\xef\xbb\xbf"
_OWN_KEYS = frozenset(
    (*KINDS, "format", "version", "exported_on", "city", "snapshots")
)


def read_json(path: Path) -> Contents:
    """Read a JSON file; ``Rejected`` if it is damaged, holds no rows, or is newer than this program."""
    said = _decoded(path)
    if isinstance(said, list):
        return Contents([_foreign_grid(path.name, said)])
    if _is_register(said):
        raise Rejected(
            "{file} is a register, not an export: bring in what was done in it with `merge`.",
            file=path.name,
        )
    if said.get("format") != FORMAT and (rows := _only_rows(said)):
        unread = [
            Unread(
                Part.SHEET,
                path.name,
                name,
                _count(value),
                N_("it holds no rows"),
            )
            for name, value in said.items()
            if value is not rows
        ]
        return Contents([_foreign_grid(path.name, rows)], unread=tuple(unread))
    if said.get("format") != FORMAT:
        raise Rejected(
            "{file} is neither an export of this program nor an array of objects.",
            file=path.name,
        )
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


def _decoded(path: Path) -> dict[str, Any] | list[Any]:
    try:
        data = path.read_bytes().removeprefix(_BOM)
        check_values(data)
        said = msgspec.json.decode(data, type=dict[str, Any] | list[Any])
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
    return said


def _is_register(said: dict[str, Any]) -> bool:
    """Tell whether a file is a register as it is kept, such as a copy of this one."""
    meta = said.get("meta")
    described = meta.get("1") if isinstance(meta, dict) else None
    return isinstance(described, dict) and {"schema", "prefix"} <= set(
        described
    )


def is_export(path: Path) -> bool:
    """Tell whether a file begins as a JSON export does."""
    with path.open("rb") as file:
        return FORMAT.encode() in file.read(100)


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


def _foreign_grid(file: str, rows: list[Any]) -> Grid:
    """Return another program's rows, their keys as the header."""
    if not _are_objects(rows):
        raise Rejected(
            "{file} is not an array of objects, one for each row.", file=file
        )
    titles = list(dict.fromkeys(key for row in rows for key in row))
    return Grid(file, _numbered(titles, rows))


def _only_rows(said: dict[str, Any]) -> list[Any]:
    """Return the one array of objects that an answer of a web service wraps, empty if there is none."""
    arrays = [value for value in said.values() if value and _are_objects(value)]
    return arrays[0] if len(arrays) == 1 else []


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
