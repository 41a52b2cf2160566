"""The register as one JSON file: every kind, the city's settings and the snapshots, without the log."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from tracker.exchange.progress import Progress
from tracker.exchange.reading.json_file import FORMAT, VERSION
from tracker.exchange.source import source_of
from tracker.exchange.writing.files import replace_file
from tracker.exchange.writing.rows import Table, tables_of
from tracker.model import StoredSnapshot
from tracker.register import Register


def write_json(
    register: Register,
    path: Path,
    progress: Progress,
    read_page: Callable[[str], str | None] = lambda digest: None,
    today: date | None = None,
) -> list[Path]:
    """Write the whole export and return its file.

    ``today`` is the day as of which others are to read it.
    """
    city = {}
    if register.city:
        city = msgspec.structs.asdict(register.only_city)
        del city["id"]
    snapshots = [
        _snapshot_as_json(register, snapshot, read_page)
        for _, snapshot in sorted(register.snapshots.items())
    ]
    head = {
        "exported_on": today,
        "register": source_of(register),
        "city": city,
    }
    write_json_tables(
        head,
        tables_of(register),
        {"snapshots": snapshots},
        path,
        progress,
    )
    return [path]


def write_json_tables(
    head: dict[str, Any],
    tables: Sequence[Table],
    tail: dict[str, Any],
    path: Path,
    progress: Progress,
) -> None:
    """Write tables as one JSON document, with what stands before and after them."""
    document: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    document |= {k: value for k, value in head.items() if value is not None}
    for place, table in enumerate(tables, start=1):
        document[table.kind] = [
            {name: value for name, value in row.items() if value is not None}
            for row in table.rows
        ]
        progress.tell(place, len(tables))
    with replace_file(path) as beside:
        encoded = msgspec.json.encode(document | tail)
        beside.write_bytes(msgspec.json.format(encoded, indent=1) + b"\n")


def _snapshot_as_json(
    register: Register,
    snapshot: StoredSnapshot,
    read_page: Callable[[str], str | None],
) -> dict[str, Any]:
    """Return a snapshot with its published texts, and its OPDs by code.

    Keys mean nothing in another register, and neither do digests without their texts.
    """
    opds = {}
    for key, row in snapshot.figures.items():
        if key != "city":
            opd = register.opds.get(key)
            opds[opd.code if opd else key] = row
    texts = {}
    for form, digest in snapshot.pages.items():
        text = read_page(digest)
        if text is not None:
            texts[form] = text

    document = msgspec.structs.asdict(snapshot)
    del document["id"]
    document["figures"] = {
        "city": snapshot.figures.get("city"),
        "opds": opds,
    }
    document["pages"] = texts
    return document
