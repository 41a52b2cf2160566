"""Changes to facts, as changes to TinyDB's tables."""

from collections.abc import Mapping
from typing import Any

from msgspec import to_builtins
from tinydb import TinyDB
from tinydb.table import Document, Table

from tracker.model import Fact
from tracker.register import Changes, Register
from tracker.store.reading import META, Meta, document_of, number_of


def check_keys(register: Register, changes: Changes, next_number: int) -> None:
    """Raise ValueError for a key that is not this register's, or that could be given out again."""
    for facts in changes.values():
        for key in facts:
            number = number_of(key)
            if key != register.key(number) or number >= next_number:
                raise ValueError(key)


def put_changes(db: TinyDB, before: Register, changes: Changes, meta: Meta) -> None:
    """Apply ``changes`` to the tables; raise ValueError for NaN and infinities."""
    db.table(META).truncate()
    db.table(META).insert(Document(to_builtins(meta), 1))
    for name, facts in changes.items():
        _change_table(db.table(name), before.table(name), facts)


def _change_table(
    table: Table, before: Mapping[str, Fact], facts: Mapping[str, Fact | None]
) -> None:
    """Change a table in at most three passes: new facts, edited ones, removed ones."""
    new = [
        Document(document_of(f), number_of(k))
        for k, f in facts.items()
        if f and k not in before
    ]
    edited = {k: document_of(f) for k, f in facts.items() if f and k in before}
    gone = [number_of(k) for k, f in facts.items() if f is None and k in before]
    if new:
        table.insert_multiple(new)
    if edited:
        table.update(
            lambda document: _replace_document(document, edited),
            doc_ids=[number_of(k) for k in edited],
        )
    if gone:
        table.remove(doc_ids=gone)


def _replace_document(document: Any, edited: Mapping[str, dict[str, Any]]) -> None:
    after = edited[document["id"]]
    document.clear()
    document.update(after)
