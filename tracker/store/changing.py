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


def put_changes(
    db: TinyDB, before: Register, changes: Changes, meta: Meta
) -> None:
    """Apply ``changes`` to the tables; raise ValueError for NaN and infinities."""
    # The document ids are the facts' own numbers: TinyDB gives the id of a deleted last
    # document out again, and an entry's number must never come to mean another entry.
    db.table(META).truncate()
    db.table(META).insert(Document(to_builtins(meta), 1))
    for name, facts in changes.items():
        _change_table(db.table(name), before.table(name), facts)


def _change_table(
    table: Table, before: Mapping[str, Fact], facts: Mapping[str, Fact | None]
) -> None:
    """Change a table in at most three passes: new facts, edited ones, removed ones."""
    # TinyDB's ``upsert`` reads the whole table four times; ``insert_multiple`` with an id
    # that is taken overwrites that document silently, so what is there is told apart first.
    new, edited, gone = [], {}, []
    for key, fact in facts.items():
        if fact is None and key in before:
            gone.append(number_of(key))
        elif fact is not None and key in before:
            edited[key] = document_of(fact)
        elif fact is not None:
            new.append(Document(document_of(fact), number_of(key)))

    if new:
        table.insert_multiple(new)
    if edited:
        table.update(
            lambda document: _replace_document(document, edited),
            doc_ids=[number_of(k) for k in edited],
        )
    if gone:
        table.remove(doc_ids=gone)


def _replace_document(
    document: Any, edited: Mapping[str, dict[str, Any]]
) -> None:
    # TinyDB's own update only adds fields: one that is empty again would keep its old value.
    after = edited[document["id"]]
    document.clear()
    document.update(after)
