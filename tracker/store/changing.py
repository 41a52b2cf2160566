"""Changes to facts, as changes to the documents of a file's tables.

TinyDB's own tables decode and rebuild every document of a table for each change, which
took half of a move at 10,000 services. Here a document is encoded once, when it changes.
"""

from msgspec import to_builtins
from msgspec.json import encode

from tracker.register import Changes, Register
from tracker.store.reading import META, Meta, document_of, number_of
from tracker.store.tables import Tables


def check_keys(register: Register, changes: Changes, next_number: int) -> None:
    """Raise ValueError for a key that is not this register's, or that could be given out again."""
    for facts in changes.values():
        for key in facts:
            number = number_of(key)
            if key != register.key(number) or number >= next_number:
                raise ValueError(key)


def put_changes(
    tables: Tables,
    before: Register,
    changes: Changes,
    meta: Meta,
) -> None:
    """Apply ``changes`` to the tables; raise ValueError for NaN and infinities."""
    tables[META] = {"1": to_builtins(meta)}
    for name, facts in changes.items():
        new: dict[str, bytes] = {}
        edited: dict[str, bytes | None] = {}
        for key, fact in facts.items():
            # The document ids are the facts' own numbers: TinyDB gives the id of a deleted last
            # document out again, and an entry's number must never come to mean another entry.
            number = str(number_of(key))
            document = None if fact is None else encode(document_of(fact))
            if key in before.table(name):
                edited[number] = document
            elif document is not None:
                new[number] = document

        if edited:
            tables.edit_documents(name, edited)
        if new:
            tables.append_documents(name, new)
