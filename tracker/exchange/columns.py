"""The kinds of rows that travel in files and the names of their columns: a promise to spreadsheets.

The columns of facts follow from the description of their fields (``tracker.fields``); only
the rows that an OPD fills in on its sheet are described here.
"""

from functools import cache
from typing import NamedTuple

from tracker.fields import FACT_KINDS, RECORDED, FactKind, Field, ValueType
from tracker.language import N_

CHOSEN = frozenset(
    (
        ValueType.STAGE,
        ValueType.FACTOR,
        ValueType.KIND,
        ValueType.REMINDER_LEVEL,
        ValueType.YES,
    ),
)
"""What is one of a few values, so that an unknown word for one can be given its meaning."""


class Column(NamedTuple):
    """A column: its English and Indonesian header, what it holds, and what else people call it.

    ``label`` is the msgid by which users know it.
    """

    name: str
    indonesian: str
    holds: ValueType
    needed: bool = False
    also: tuple[str, ...] = ()
    label: str = ""


def _column_of_field(field: Field) -> Column:
    # A year is written like any whole number; only people must type four digits of it.
    holds = ValueType.WHOLE if field.type is ValueType.YEAR else field.type
    return Column(
        field.column or field.name,
        field.indonesian,
        holds,
        field.needed_in_files,
        field.also,
        field.column_label or field.label,
    )


def _columns_of_kind(kind: FactKind) -> tuple[Column, ...]:
    fields = (*kind.fields, *RECORDED)
    return tuple(
        _column_of_field(field) for field in fields if field.indonesian
    )


KINDS: dict[str, tuple[Column, ...]] = {
    kind.table: _columns_of_kind(kind)
    for kind in FACT_KINDS.values()
    if kind.in_files
}
"""Every kind of row, in the order in which an import enters them: what is referred to comes first."""

ANSWERS = "answers"
"""The kind of the rows that an OPD fills in on its sheet: moves, where anything differs."""

RETURNS = "returns"
"""The kind of the one row that tells of each sheet that came back: the OPD's report of the week."""


def _column_named(kind: str, name: str, *, needed: bool) -> Column:
    """Return a column of a kind as another kind of rows has it."""
    column = next(column for column in KINDS[kind] if column.name == name)
    return column._replace(needed=needed)


COLUMNS: dict[str, tuple[Column, ...]] = {
    **KINDS,
    ANSWERS: (
        _column_named("moves", "service", needed=True),
        _column_named("moves", "stage", needed=False)._replace(also=()),
        _column_named("moves", "date", needed=False),
        _column_named("services", "opd", needed=False),
        _column_named("moves", "evidence", needed=False),
        _column_named("moves", "visits", needed=False),
        _column_named("moves", "days", needed=False),
        _column_named("moves", "note", needed=False),
        Column(
            "new_date",
            "tanggal_baru",
            ValueType.DATE,
            label=N_("New date"),
        ),
        *(
            Column(f"shown_{name}", f"tampil_{name}", holds, label=label)
            for name, holds, label in (
                ("name", ValueType.TEXT, N_("Name of the service")),
                ("stage", ValueType.STAGE, N_("Stage now")),
                ("since", ValueType.DATE, N_("Since")),
                ("visits", ValueType.VISITS, N_("Visits now")),
                ("days", ValueType.DAYS, N_("Days now")),
            )
        ),
        _column_named("reports", "week", needed=False)._replace(also=()),
    ),
    RETURNS: (
        _column_named("reports", "opd", needed=True),
        _column_named("reports", "week", needed=True)._replace(also=()),
        Column("filled", "terisi", ValueType.YES, label=N_("Filled in")),
        _column_named("reports", "note", needed=False),
    ),
}
"""The columns of every kind of row that can be read."""

FIELDS: dict[str, dict[str, str]] = {
    kind.table: renamed
    for kind in FACT_KINDS.values()
    if kind.in_files
    and (
        renamed := {
            field.column: field.name for field in kind.fields if field.column
        }
    )
}
"""The fields of the model that columns stand for, where they are called otherwise."""

INDONESIAN_KINDS = {
    kind.table: kind.also for kind in FACT_KINDS.values() if kind.in_files
}
"""What people call the kinds, for ``--kind`` and file names."""


@cache
def column_names(kind: str) -> tuple[str, ...]:
    """Return the names of a kind's columns, in the order in which exports write them."""
    return tuple(c.name for c in KINDS[kind])


def column_of_field(kind: str, field: str) -> str:
    """Return the column in which a field of the model stands."""
    return next(
        (name for name, own in FIELDS.get(kind, {}).items() if own == field),
        field,
    )
