"""The JSON export, read back."""

from pathlib import Path
from typing import Any

import msgspec

from tracker.errors import Rejected
from tracker.exchange.columns import KINDS, names
from tracker.exchange.reading.grid import Contents, Grid, Numbered
from tracker.os_errors import reason_of
from tracker.store.storage import check_values

FORMAT, VERSION = "opd-tracker", 1


def read_json(path: Path) -> Contents:
    """Read a JSON export; ``Rejected`` where it is damaged, another's or newer than this program."""
    data = path.read_bytes()
    try:
        check_values(data)
        said = msgspec.json.decode(data, type=dict[str, Any])
    except OSError as error:
        raise Rejected(
            "{file} cannot be read: {reason}.", file=path.name, reason=reason_of(error)
        ) from None
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Rejected(
            "{file} is damaged: {reason}.", file=path.name, reason=str(error)
        ) from None
    if said.get("format") != FORMAT:
        raise Rejected("{file} is no export of this program.", file=path.name)
    version = said.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise Rejected(
            "{file} was written by a newer program: update this one.", file=path.name
        )
    grids = [_grid(path.name, kind, said[kind]) for kind in KINDS if said.get(kind)]
    return Contents(
        grids, _table(said.get("city"), path), _tables(said.get("snapshots"), path)
    )


def is_export(path: Path) -> bool:
    """Tell whether a file begins as a JSON export does."""
    with path.open("rb") as file:
        return FORMAT.encode() in file.read(100)


def _grid(file: str, kind: str, rows: Any) -> Grid:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Rejected("{file} is damaged: {reason}.", file=file, reason=kind)
    titles = list(names(kind))
    numbered: Numbered = [(0, [*titles])]
    numbered += [
        (number, [row.get(title) for title in titles])
        for number, row in enumerate(rows, start=1)
    ]
    return Grid(file, numbered, sheet=kind, kind=kind, exact=True)


def _table(said: Any, path: Path) -> dict[str, object]:
    if not isinstance(said or {}, dict):
        raise Rejected("{file} is damaged: {reason}.", file=path.name, reason="city")
    return said or {}


def _tables(said: Any, path: Path) -> list[dict[str, object]]:
    if not isinstance(said or [], list):
        raise Rejected(
            "{file} is damaged: {reason}.", file=path.name, reason="snapshots"
        )
    return [_table(item, path) for item in said or []]
