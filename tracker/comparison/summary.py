"""A published week of one city as a small file for others: a row of counts for the city and each OPD."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct, structs

from tracker.errors import Rejected
from tracker.limits import is_week
from tracker.model import StoredSnapshot
from tracker.os_errors import reason_of
from tracker.paths import require_ordinary_file
from tracker.register import Register
from tracker.snapshot.stored import CITY_KEY, figures_of_row
from tracker.text import MAX_NAME, content_digest, find_harmful

VERSION = 1
"""Raised when an older program could not read a summary rightly."""

MAX_SIZE = 5_000_000
"""Bytes that a file may have: a hundred times what a large city's week takes."""

Count = Annotated[int, Meta(ge=0, le=1_000_000)]
Name = Annotated[str, Meta(min_length=1, max_length=MAX_NAME)]


class ScopeCounts(Struct, frozen=True, kw_only=True):
    """What was published of the city or of an OPD: its services by stage, and the week's points."""

    code: Name
    name: Name
    kind: Annotated[str, Meta(max_length=MAX_NAME)] = ""
    conventional: Count
    online: Count
    integrated: Count
    joined: Count
    left: Count
    forward: Count
    backward: Count


class WeekSummary(Struct, frozen=True, kw_only=True):
    """A city's published week; ``digest`` shows whether a file is as it was written."""

    format: Literal["opd-tracker week"] = "opd-tracker week"
    version: int = VERSION
    register: Annotated[str, Meta(pattern=r"^[a-z0-9]{1,20}$")]
    city: Name
    illustrative: bool = False
    week: Annotated[str, Meta(max_length=8)]
    as_of: date
    final: bool
    recorded_at: Annotated[datetime, Meta(tz=True)]
    total: ScopeCounts
    opds: Annotated[list[ScopeCounts], Meta(max_length=2000)]
    digest: str = ""

    def find_digest(self) -> str:
        """Return the digest of everything else in the summary."""
        plain = structs.replace(self, digest="")
        return content_digest(msgspec.json.encode(plain).decode())


class _Head(Struct):
    """What tells a summary, and of which version, from any other file."""

    format: Literal["opd-tracker week"]
    version: int


@dataclass(frozen=True)
class ReadSummary:
    """A summary and the name of the file that it was read from."""

    file: str
    summary: WeekSummary


def summarize_week(register: Register, snapshot: StoredSnapshot) -> WeekSummary:
    """Return what others may collect of a published week."""
    city = register.only_city
    counts = {
        scope: figures_of_row(row) for scope, row in snapshot.figures.items()
    }
    opds = [
        _count_scope(
            opd.code,
            opd.name,
            str(opd.kind),
            counts[opd.id],
        )
        for opd in register.opds.values()
        if opd.id in counts
    ]
    total = counts.get(CITY_KEY) or figures_of_row(())
    summary = WeekSummary(
        register=register.prefix,
        city=city.name,
        illustrative=city.illustrative,
        week=snapshot.week,
        as_of=snapshot.as_of,
        final=snapshot.final,
        recorded_at=snapshot.recorded_at,
        total=_count_scope(CITY_KEY, city.name, "", total),
        opds=opds,
    )
    return structs.replace(summary, digest=summary.find_digest())


def read_summary(path: Path) -> ReadSummary:
    """Read a summary; raise ``Rejected`` if it is none, is damaged, or too new for this program."""
    try:
        with require_ordinary_file(path).open("rb") as file:
            data = file.read(MAX_SIZE + 1)
    except OSError as error:
        raise Rejected(
            "{path} cannot be read: {reason}.",
            path=path.name,
            reason=reason_of(error),
        ) from None

    try:
        data = _to_utf8(data)
        head = msgspec.json.decode(data, type=_Head)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        raise Rejected(
            "{path} is no week to collect: `snapshot show WEEK --summary` writes one.",
            path=path.name,
        ) from None
    if head.version > VERSION:
        raise Rejected(
            "{path} was written by a newer program: update this one.",
            path=path.name,
        )

    try:
        summary = msgspec.json.decode(data, type=WeekSummary)
        is_whole = summary.digest == summary.find_digest()
        is_sound = is_whole and _is_harmless(summary)
    except (msgspec.MsgspecError, UnicodeError):
        is_sound = False
    if not is_sound or not is_week(summary.week):
        raise Rejected(
            "{path} is damaged or was edited: ask the city for it again.",
            path=path.name,
        )
    return ReadSummary(path.name, summary)


def _to_utf8(data: bytes) -> bytes:
    """Return a text in UTF-8 that ``>`` of a shell may have written in UTF-16, as PowerShell does."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data.decode("utf-16").encode()
    return data.removeprefix(BOM_UTF8)


def _is_harmless(summary: WeekSummary) -> bool:
    """Tell whether the texts could stand in a register: no register writes others."""
    texts = [summary.city]
    for scope in (summary.total, *summary.opds):
        texts += [scope.code, scope.name, scope.kind]
    return not any(map(find_harmful, texts))


def _count_scope(
    code: str,
    name: str,
    kind: str,
    figures: dict[str, int],
) -> ScopeCounts:
    counts = {
        field: figures[field]
        for field in ScopeCounts.__struct_fields__
        if field in figures
    }
    return ScopeCounts(code=code, name=name, kind=kind, **counts)
