"""The register's facts as rows with the columns that are promised, references as codes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from tracker.exchange.columns import FIELDS, KINDS, Column
from tracker.fields import REFERENCES
from tracker.model import Fact
from tracker.register import Register

Row = dict[str, Any]
"""A row's values by column name, as the model has them; what is empty is None."""


class Table(NamedTuple):
    """Rows of one kind, ready to be written in any format; ``size`` is their number."""

    kind: str
    columns: Sequence[Column]
    size: int
    rows: Iterable[Row]

    @property
    def names(self) -> list[str]:
        """The names of its columns."""
        return [column.name for column in self.columns]


def tables_of(register: Register) -> list[Table]:
    """Return everything in a register that travels in files, kind by kind."""
    return [
        Table(
            kind,
            columns,
            len(register.table(kind)),
            rows_of(register, kind),
        )
        for kind, columns in KINDS.items()
    ]


def rows_of(register: Register, kind: str) -> Iterator[Row]:
    """Return the rows of a kind in the order of their keys: that is the order in which they count."""
    facts = register.table(kind)
    retired = _retirement_days(register) if kind == "services" else {}
    fields = [
        (
            c.name,
            _field_of_column(kind, c.name),
            _code_in(register, kind, c.name),
        )
        for c in KINDS[kind]
    ]
    for key in sorted(facts):
        fact = facts[key]
        row = {
            name: _cell_value(fact, field, code) for name, field, code in fields
        }
        if kind == "services":
            row["retired_on"] = retired.get(key)
        yield row


def _field_of_column(kind: str, column: str) -> str:
    return FIELDS.get(kind, {}).get(column, column)


def _cell_value(
    fact: Fact,
    field: str,
    code: Callable[[str], str] | None,
) -> Any:
    value = getattr(fact, field, None)
    if field == "stage" and getattr(fact, "assumed", False):
        return None
    if value is None or value in {"", ()}:
        return None
    return code(value) if code else value


def _code_in(
    register: Register,
    kind: str,
    column: str,
) -> Callable[[str], str] | None:
    """Return how the key in a column becomes a code; None where the column holds no key."""
    referenced = REFERENCES.get(kind, {}).get(_field_of_column(kind, column))
    if referenced is None:
        return None
    table = register.table(referenced)

    def code(key: str) -> str:
        return str(table[key].code) if key in table else key

    return code


def _retirement_days(register: Register) -> dict[str, Any]:
    """Return since when each service is retired for good."""
    return {
        c.service: c.start
        for c in register.closures.values()
        if c.until is None
    }
