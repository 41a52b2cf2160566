"""Between rows of the server and a register of checked facts."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import msgspec

from tracker.fields import REFERENCES
from tracker.model import TABLES, Fact
from tracker.register import Changes, Register
from tracker.store.migrations import Migration, migrate
from tracker.store.postgres.connection import Row
from tracker.store.reading import (
    META,
    Damaged,
    Meta,
    check_reach,
    document_of,
    number_of,
    register_of,
)
from tracker.store.tables import Tables


def build_register(
    meta: Meta,
    tables: Iterable[tuple[str, str]],
    migrations: Sequence[Migration],
) -> Register:
    """Return the register of a whole reading: ``tables`` are kinds and their documents.

    The documents are JSON members, ``"12":{…},"13":{…}``. They are migrated and checked
    as those of a file. Raises ``Damaged``.
    """
    encoded = {META: b'{"1":' + msgspec.json.encode(meta) + b"}"}
    for kind, members in tables:
        encoded[kind] = b"{" + members.encode() + b"}"
    found = Tables(encoded)
    migrate(found, meta.schema, migrations)
    return register_of(found)


def read_changes(
    register: Register,
    rows: Iterable[Row],
    next_number: int,
) -> Register:
    """Return ``register`` after the changed facts in ``rows``: kind, number, document.

    Raises ``Damaged`` for a document that is no fact, and for a reference to a missing one.
    """
    changes: Changes = {}
    for kind, number, document in rows:
        if kind not in TABLES:
            raise Damaged(kind, "unknown")
        key = register.key(number)
        fact = None if document is None else _read_fact(kind, key, document)
        changes.setdefault(kind, {})[key] = fact
    after = register.changed(changes, next_number)
    _check_references(after, changes)
    return after


def write_facts(changes: Changes) -> str:
    """Return changed facts as JSON: [kind, number, document or null]; ValueError for NaN."""
    written = []
    for kind, facts in changes.items():
        for key, fact in facts.items():
            document = None if fact is None else document_of(fact)
            written.append((kind, number_of(key), document))
    return msgspec.json.encode(written).decode()


@cache
def _fact_decoder(kind: str) -> "msgspec.json.Decoder[Any]":
    return msgspec.json.Decoder(TABLES[kind])


def _read_fact(kind: str, key: str, document: str) -> Fact:
    try:
        fact: Fact = _fact_decoder(kind).decode(document)
    except (ValueError, RecursionError) as error:
        raise Damaged(f"{kind} {key}", str(error)) from error
    if fact.id != key:
        raise Damaged(f"{kind} {key}", f"key {fact.id}")
    check_reach(kind, fact)
    return fact


def _check_references(register: Register, changes: Changes) -> None:
    """Raise ``Damaged`` if a changed fact refers to a missing one, or a missing one is referred to."""
    for kind, facts in changes.items():
        for field, target in REFERENCES.get(kind, {}).items():
            there = register.table(target)
            for key, fact in facts.items():
                referred = getattr(fact, field, None)
                if referred is not None and referred not in there:
                    raise Damaged(f"{kind} {key}", f"{field} {referred}")

    gone = {
        kind: {key for key, fact in facts.items() if fact is None}
        for kind, facts in changes.items()
    }
    for kind, fields in REFERENCES.items():
        for field, target in fields.items():
            missing = gone.get(target)
            if not missing:
                continue
            for fact in register.table(kind).values():
                if getattr(fact, field) in missing:
                    raise Damaged(f"{kind} {fact.id}", field)
