"""The register as one JSON file: every kind, the city's settings and the snapshots, without the log."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from tracker.exchange.columns import KINDS
from tracker.exchange.progress import Progress
from tracker.exchange.reading.json_file import FORMAT, VERSION
from tracker.exchange.writing.files import replacing
from tracker.exchange.writing.rows import rows_of
from tracker.model import City, StoredSnapshot
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
    exported: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    if today is not None:
        exported["exported_on"] = today
    exported["city"] = (
        _city_as_json(register.only_city) if register.city else {}
    )
    for place, kind in enumerate(KINDS, start=1):
        exported[kind] = [
            {name: value for name, value in row.items() if value is not None}
            for row in rows_of(register, kind)
        ]
        progress.tell(place, len(KINDS))
    exported["snapshots"] = [
        _snapshot_as_json(register, s, read_page)
        for _, s in sorted(register.snapshots.items())
    ]
    with replacing(path) as beside:
        beside.write_bytes(
            msgspec.json.format(msgspec.json.encode(exported), indent=1) + b"\n"
        )
    return [path]


def _city_as_json(city: City) -> dict[str, Any]:
    return {
        name: value
        for name, value in msgspec.structs.asdict(city).items()
        if name != "id"
    }


def _snapshot_as_json(
    register: Register,
    snapshot: StoredSnapshot,
    read_page: Callable[[str], str | None],
) -> dict[str, Any]:
    """Return a snapshot with its published texts, and its OPDs by code.

    Keys mean nothing in another register, and neither do digests without their texts.
    """
    told = {
        name: value
        for name, value in msgspec.structs.asdict(snapshot).items()
        if name != "id"
    }
    rows = {key: row for key, row in snapshot.figures.items() if key != "city"}
    codes = {
        key: register.opds[key].code if key in register.opds else key
        for key in rows
    }
    told["figures"] = {
        "city": snapshot.figures.get("city"),
        "opds": {codes[key]: row for key, row in rows.items()},
    }
    texts = {form: read_page(digest) for form, digest in snapshot.pages.items()}
    told["pages"] = {
        form: text for form, text in texts.items() if text is not None
    }
    return told
