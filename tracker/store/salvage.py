"""Read a damaged register as far as it can be read, and tell what is lost."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from tracker.actions.rules import REFERENCES
from tracker.errors import Refused, Said, Unreadable
from tracker.model import TABLES, City, Fact, Report
from tracker.register import Register
from tracker.store.reading import META, check_reach, check_week, check_zone, document_of
from tracker.store.storage import bytes_of

_TABLE = re.compile(r'"(\w+)"\s*:\s*\{(?=\s*(?:"\d+"\s*:\s*\{|\}))')
_DOCUMENT = re.compile(r'"(\d+)"\s*:\s*(?=\{)')
_KEY = re.compile(r'"([a-z2-7]{1,20})-\d{7,12}"')
_DECODER = json.JSONDecoder()


@dataclass
class Salvaged:
    """What could be read, as a register that is whole again, and what could not be."""

    register: Register
    lost: list[Said] = field(default_factory=list)


def salvage(path: Path) -> Salvaged:
    """Read what can be read of the file at ``path``; raise ``Unreadable`` where nothing of it can be."""
    try:
        text = bytes_of(path).decode("utf-8", "replace")
    except OSError as error:
        raise Unreadable(
            "{path} could not be opened ({reason}).", path=str(path), reason=error.strerror or ""
        ) from error
    lost: list[Said] = []
    facts: dict[str, dict[str, Any]] = {name: {} for name in TABLES}
    prefix = _prefix(text)
    for table, number, document in _documents(text, lost):
        if table in TABLES:
            _take(facts[table], table, number, document, prefix, lost)
    if not any(facts.values()):
        raise Unreadable("Nothing of {path} can be read: bring a backup back.", path=str(path))
    _drop_dangling(facts, lost)
    return Salvaged(_register(prefix, facts, text, lost), lost)


def _prefix(text: str) -> str:
    """Return what most keys in the text start with."""
    found = Counter(_KEY.findall(text)).most_common(1)
    return found[0][0] if found else ""


def _documents(text: str, lost: list[Said]) -> Iterator[tuple[str, str, Any]]:
    """Find the documents that are whole, each with its table, and skip over what is not."""
    tables = list(_TABLE.finditer(text))
    for table, after in zip(tables, [*tables[1:], None], strict=False):
        at, end = table.end(), after.start() if after else len(text)
        while (found := _DOCUMENT.search(text, at, end)) is not None:
            try:
                document, at = _DECODER.raw_decode(text, found.end())
                yield table[1], found[1], document
            except (ValueError, RecursionError):
                at = found.end()
                lost.append(_lost(table[1], found[1]))


def _take(
    facts: dict[str, Any], table: str, number: str, document: Any, prefix: str, lost: list[Said]
) -> None:
    try:
        fact = msgspec.convert(document, TABLES[table])
        _check(table, fact)
        msgspec.json.encode(document_of(fact))
    except (ValueError, RecursionError):
        lost.append(_lost(table, number))
        return
    tail = fact.id.removeprefix(f"{prefix}-")
    ours = tail.isdecimal() and tail.isascii() and fact.id == f"{prefix}-{int(tail[:12]):07d}"
    if not ours or facts.get(fact.id, fact) != fact:
        lost.append(_lost(table, number))
    if ours:
        facts[fact.id] = fact


def _check(table: str, fact: Fact) -> None:
    """Look at what a register cannot be opened with."""
    check_reach(table, fact)
    if isinstance(fact, City):
        check_zone(fact)
    if isinstance(fact, Report):
        check_week(table, fact.week)


def _lost(table: str, number: str) -> Said:
    return Refused("Entry {number} of the table {table} cannot be read.", number=number, table=table)


def _drop_dangling(facts: dict[str, dict[str, Any]], lost: list[Said]) -> None:
    """Take out what refers to something lost; where it can stand without, it loses the reference alone."""
    for table, fields in REFERENCES.items():
        for key, fact in list(facts[table].items()):
            missing = {f for f, to in fields.items() if _dangles(getattr(fact, f), facts[to])}
            if not missing:
                continue
            lost.append(
                Refused("Entry {key} of the table {table} refers to one that is lost.", key=key, table=table)
            )
            if missing <= _optional(type(fact)):
                facts[table][key] = replace(fact, **dict.fromkeys(missing))
            else:
                del facts[table][key]


def _dangles(key: str | None, there: dict[str, Any]) -> bool:
    return key is not None and key not in there


def _optional(kind: type[Fact]) -> set[str]:
    return {item.name for item in msgspec.structs.fields(kind) if item.default is None}


def _register(prefix: str, facts: dict[str, dict[str, Any]], text: str, lost: list[Said]) -> Register:
    numbers = [int(n) for n in re.findall(rf'"{re.escape(prefix)}-(\d{{7,12}})"', text)]
    meta = re.search(rf'"{META}".{{0,200}}?"next_number"\s*:\s*(\d{{1,12}})', text, re.DOTALL)
    number = max(max(numbers, default=0) + 1, int(meta[1]) if meta else 0)
    tables = {name: dict(sorted(table.items())) for name, table in facts.items()}
    register = Register(prefix, number, **tables)
    if len(register.city) == 1:
        return register
    lost.append(Refused("The city's own entry is lost: set its name, portal and time zone again."))
    moment = datetime.fromtimestamp(0, UTC)
    city = City(id=register.key(number), recorded_at=moment, by="?", name="?", portal="?")
    return Register(prefix, number + 1, **{**tables, "city": {city.id: city}})
