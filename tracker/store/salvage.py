"""Read as much as possible of a damaged register, and report what is lost."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from tracker.changes import last_documents_before
from tracker.errors import Rejected, Unreadable, UserError
from tracker.fields import REFERENCES
from tracker.model import TABLES, City, Fact, Report
from tracker.os_errors import reason_of
from tracker.register import Register
from tracker.store.faults import find_other_file
from tracker.store.fragments import (
    Found,
    documents_in,
    is_whole,
    next_number_in,
    prefix_in,
    schema_in,
)
from tracker.store.migrations import MIGRATIONS, Migration, migrate
from tracker.store.reading import (
    Damaged,
    check_reach,
    check_week,
    check_zone,
    document_of,
    number_of,
)
from tracker.store.storage import bytes_of
from tracker.store.tables import Tables

_KEY = re.compile(r"[a-z0-9]+-([0-9]{7,12})")


@dataclass
class Salvaged:
    """The readable part as a consistent register, and what was lost."""

    register: Register
    lost: list[UserError] = field(default_factory=list)


def salvage_register(
    path: Path,
    migrations: Sequence[Migration] = MIGRATIONS,
) -> Salvaged:
    """Read as much as possible of the file at ``path``; raise ``Unreadable`` if that is nothing.

    Documents of an older layout are migrated. If the file no longer says which layout it has,
    the one with which the least is lost is taken.
    """
    try:
        data = bytes_of(path)
    except OSError as error:
        raise Unreadable(
            "{path} could not be opened ({reason}).",
            path=str(path),
            reason=reason_of(error),
        ) from error
    text, prefix = data.decode("utf-8", "replace"), prefix_in(data)
    documents = list(documents_in(text))
    tries = [
        _read_facts(documents, prefix, migrations[schema - 1 :])
        for schema in _possible_schemas(data, len(migrations) + 1)
    ]
    facts, lost = min(tries, key=lambda tried: len(tried[1]))
    if not any(facts.values()):
        raise find_other_file(path) or Unreadable(
            "Nothing of {path} can be read: bring a backup back if there is one.",
            path=str(path),
        )
    next_number = next_number_in(data, prefix)
    if text.encode() != data:
        lost += _find_marred(documents)
    if not is_whole(text):
        lost += _find_missing(facts, lost, next_number)
    _drop_dangling(facts, lost)
    return Salvaged(_assemble_register(prefix, facts, next_number, lost), lost)


def _possible_schemas(data: bytes, latest: int) -> Sequence[int]:
    """Return the file's own layout version, or all versions, the latest first, if it names none."""
    found = schema_in(data)
    return [found] if found and found <= latest else range(latest, 0, -1)


def _read_facts(
    documents: Iterable[Found],
    prefix: str,
    migrations: Sequence[Migration],
) -> tuple[dict[str, dict[str, Any]], list[UserError]]:
    """Return the facts in the documents, and an error for each document that holds none."""
    lost: list[UserError] = []
    facts: dict[str, dict[str, Any]] = {name: {} for name in TABLES}
    whole = [found for found in documents if found[2] is not None]
    lost += [
        _lost_error(table, number)
        for table, number, document in documents
        if document is None
    ]
    for table, number, document in (
        _migrate_documents(whole, migrations, lost) if migrations else whole
    ):
        if table in TABLES:
            _take_document(facts[table], table, number, document, prefix, lost)
    return facts, lost


def _migrate_documents(
    documents: Iterable[Found],
    migrations: Sequence[Migration],
    lost: list[UserError],
) -> Iterator[Found]:
    """Migrate documents together; if that fails one by one, so that a bad one costs only itself."""
    names = dict.fromkeys([*TABLES, *(table for table, _, _ in documents)])
    for layer in _split_repeated(documents):
        try:
            yield from _brought_over(layer, names, migrations)
        except (Damaged, RecursionError):
            for found in layer:
                try:
                    yield from _brought_over([found], names, migrations)
                except (Damaged, RecursionError):
                    lost.append(_lost_error(found[0], found[1]))


def _split_repeated(documents: Iterable[Found]) -> Iterable[list[Found]]:
    """Split documents so that no number occurs twice in a table."""
    layers: dict[int, list[Found]] = {}
    times: Counter[tuple[str, str]] = Counter()
    for found in documents:
        layers.setdefault(times[found[:2]], []).append(found)
        times[found[:2]] += 1
    return layers.values()


def _brought_over(
    documents: Iterable[Found],
    names: Iterable[str],
    migrations: Sequence[Migration],
) -> list[Found]:
    tables = Tables()
    tables.update({name: {} for name in names})
    for table, number, document in documents:
        tables[table][number] = deepcopy(document)
    migrate(tables, 1, migrations)
    return [
        (name, number, document)
        for name in tables
        for number, document in tables[name].items()
    ]


def _take_document(
    facts: dict[str, Any],
    table: str,
    number: str,
    document: Any,
    prefix: str,
    lost: list[UserError],
) -> None:
    try:
        fact = msgspec.convert(document, TABLES[table])
        _check_fact(table, fact)
        msgspec.json.encode(document_of(fact))
    except (ValueError, RecursionError):
        lost.append(_lost_error(table, number))
        return
    tail = fact.id.removeprefix(f"{prefix}-")
    ours = (
        tail.isdecimal()
        and tail.isascii()
        and fact.id == f"{prefix}-{int(tail[:12]):07d}"
    )
    if not ours or facts.get(fact.id, fact) != fact:
        lost.append(_lost_error(table, number))
    if ours:
        facts[fact.id] = fact


def _check_fact(table: str, fact: Fact) -> None:
    """Check what would keep a register from being opened."""
    check_reach(table, fact)
    if isinstance(fact, City):
        check_zone(fact)
    if isinstance(fact, Report):
        check_week(table, fact.week)


def _find_marred(documents: Iterable[Found]) -> Iterator[UserError]:
    """Report documents with the replacement character, which marks bytes that were not text."""
    for table, number, document in documents:
        if _contains_sign(document, "\ufffd"):
            yield Rejected(
                "Entry {number} of the table {table} holds letters that cannot be read: � stands for them.",
                number=number,
                table=table,
            )


def _contains_sign(document: Any, sign: str) -> bool:
    left = [document]
    while left:
        value = left.pop()
        if isinstance(value, str) and sign in value:
            return True
        left += (
            [*value, *value.values()]
            if isinstance(value, dict)
            else value
            if isinstance(value, list)
            else ()
        )
    return False


def _find_missing(
    facts: Mapping[str, Mapping[str, Any]],
    lost: Iterable[UserError],
    next_number: int,
) -> list[UserError]:
    """Report how many more entries may be lost where not even their numbers can be read.

    Entries that the log shows as removed do not count.
    """
    known = {number_of(key) for table in facts.values() for key in table}
    known |= {int(said.values["number"]) for said in lost}
    out = [
        key
        for (_, key), before in last_documents_before(facts["log"]).items()
        if before is not None
    ]
    known |= {int(found[1]) for key in out if (found := _KEY.fullmatch(key))}
    count = next_number - 1 - sum(0 < number < next_number for number in known)
    if count <= 0:
        return []
    return [
        Rejected(
            "More entries are missing, from where the file cannot be read: up to {count}.",
            count=count,
        ),
    ]


def _lost_error(table: str, number: str) -> UserError:
    return Rejected(
        "Entry {number} of the table {table} cannot be read.",
        number=number,
        table=table,
    )


def _drop_dangling(
    facts: dict[str, dict[str, Any]],
    lost: list[UserError],
) -> None:
    """Remove facts that refer to something lost; an optional reference is emptied instead."""
    for table, fields in REFERENCES.items():
        for key, fact in list(facts[table].items()):
            missing = set()
            for name, there in fields.items():
                reference = getattr(fact, name)
                if reference is not None and reference not in facts[there]:
                    missing.add(name)
            if not missing:
                continue
            lost.append(
                Rejected(
                    "Entry {key} of the table {table} refers to one that is lost.",
                    key=key,
                    table=table,
                ),
            )
            if missing <= _optional_fields(type(fact)):
                facts[table][key] = replace(fact, **dict.fromkeys(missing))
            else:
                del facts[table][key]


def _optional_fields(kind: type[Fact]) -> set[str]:
    return {
        item.name
        for item in msgspec.structs.fields(kind)
        if item.default is None
    }


def _assemble_register(
    prefix: str,
    facts: Mapping[str, dict[str, Any]],
    number: int,
    lost: list[UserError],
) -> Register:
    tables = {
        name: dict(sorted(table.items())) for name, table in facts.items()
    }
    register = Register(prefix, number, **tables)
    if len(register.city) == 1:
        return register
    lost.append(
        Rejected(
            "The city's own entry is lost: set its name, portal and time zone again.",
        ),
    )
    moment = datetime.fromtimestamp(0, UTC)
    city = City(
        id=register.key(number),
        recorded_at=moment,
        by="?",
        name="?",
        portal="?",
    )
    return Register(prefix, number + 1, **{**tables, "city": {city.id: city}})
