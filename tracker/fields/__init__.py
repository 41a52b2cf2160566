"""What every field of every fact is: the one description that the rest of the program reads."""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from msgspec import NODEFAULT, structs

from tracker.fields.description import (
    MAX_NUMBER,
    ChangedBy,
    FactKind,
    Field,
    ValueType,
)
from tracker.fields.kinds import FACT_KINDS
from tracker.fields.registered import MAX_VOLUME
from tracker.fields.shared import RECORDED
from tracker.model import TABLES, Fact

__all__ = [
    "FACT_KINDS",
    "MAX_NUMBER",
    "MAX_VOLUME",
    "RECORDED",
    "REFERENCES",
    "SERVICE_TABLES",
    "ChangedBy",
    "FactKind",
    "Field",
    "ValueType",
    "default_of",
    "field_of",
    "fields_beside",
    "fields_changed_by",
    "is_required",
    "kind_of_fact",
    "label_of",
]

_TABLE_OF = {kind: table for table, kind in TABLES.items()}

REFERENCES: Mapping[str, Mapping[str, str]] = {
    kind.table: references
    for kind in FACT_KINDS.values()
    if (
        references := {
            field.name: field.referenced_table
            for field in kind.by_name.values()
            if field.referenced_table
        }
    )
}
"""The tables whose facts refer to others: field by field, the table in which the key must stand."""

SERVICE_TABLES = tuple(
    table for table in TABLES if "service" in REFERENCES.get(table, ())
)
"""The tables of facts about a service, in the order in which they are shown."""


def kind_of_fact(fact: Fact) -> FactKind:
    """Return the kind of a fact."""
    return FACT_KINDS[_TABLE_OF[type(fact)]]


def field_of(table: str, name: str) -> Field | None:
    """Return a table's field; None for one that is described nowhere, such as a stored figure."""
    return FACT_KINDS[table].by_name.get(name)


def label_of(table: str, name: str) -> str:
    """Return the msgid by which users know a field; its plain name where it has no description."""
    field = field_of(table, name)
    return name if field is None else field.label


@cache
def default_of(table: str, name: str) -> Any:
    """Return what a field holds unless told otherwise; ``msgspec.NODEFAULT`` where it must be given."""
    defaults = {
        item.name: item.default for item in structs.fields(TABLES[table])
    }
    return defaults.get(name, NODEFAULT)


def is_required(table: str, field: Field) -> bool:
    """Return whether a field can never be empty.

    A stage is required though new facts may leave it out: emptied, it would be another stage.
    """
    return (
        field.type is ValueType.STAGE
        or default_of(table, field.name) is NODEFAULT
    )


def fields_changed_by(table: str, by: ChangedBy) -> tuple[Field, ...]:
    """Return the fields of a table that an edit, or a correction, may change."""
    fields = FACT_KINDS[table].by_name.values()
    return tuple(field for field in fields if by & field.changed_by)


def fields_beside(table: str, names: Collection[str]) -> tuple[Field, ...]:
    """Return the fields of a table that an edit may change, besides those in ``names``.

    What shows some fields in ways of their own lets a new field follow them so. Fields that
    refer to other facts are left out: a key says nothing to a reader.
    """
    return tuple(
        field
        for field in fields_changed_by(table, ChangedBy.EDIT)
        if field.name not in names and not field.referenced_table
    )
