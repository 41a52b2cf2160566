"""Put fields of a fact to new values, whatever form they come in."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from msgspec import ValidationError, convert, to_builtins

from tracker.actions.draft import Draft
from tracker.errors import Rejected
from tracker.fields import ChangedBy, Field, ValueType, kind_of_fact
from tracker.lookup import find_application, find_opd
from tracker.model import Fact
from tracker.register import Register
from tracker.text import collapse_whitespace, collapse_whitespace_in_lines

F = TypeVar("F", bound=Fact)

Fields = Mapping[str, Any]
"""New values by field name, as the model holds them; None empties a field.

What is referred to goes by any name that a person knows it by. What a person types is read
by the command or the dialog: a text is not a number here.
"""

ANY_CHANGE = ChangedBy.EDIT | ChangedBy.CORRECT
"""Whoever corrects an entry may also change what its edit action changes."""


def edit_fields(
    draft: Draft,
    fact: F,
    fields: Fields,
    by: ChangedBy = ANY_CHANGE,
) -> F:
    """Put ``fields`` of ``fact`` to new values and return the fact after it.

    Raises ``Rejected`` for a field that ``by`` may not change, or a value that does not fit.
    """
    kind = kind_of_fact(fact)
    for name, value in fields.items():
        field = kind.by_name.get(name)
        if field is None or not field.changed_by & by:
            raise Rejected("“{field}” cannot be changed here.", field=name)
        if value in (None, "") and field.type is ValueType.STAGE:
            # Without this the default would take its place: another stage, not none.
            raise Rejected("“{field}” cannot be empty.", field=name)

    after = to_builtins(fact)
    for name, value in fields.items():
        after[name] = _as_stored(draft.register, kind.by_name[name], value)
    kept = {name: value for name, value in after.items() if value is not None}
    try:
        edited = convert(to_builtins(kept), type(fact))
    except ValidationError as error:
        raise _misfit_error(str(error), fields) from None

    if edited != fact:
        draft.put(edited)
    return edited


def _misfit_error(reason: str, fields: Fields) -> Rejected:
    name = next(
        (
            name
            for name in fields
            if f"$.{name}" in reason or f"`{name}`" in reason
        ),
        "",
    )
    value = fields.get(name)
    if value in (None, ""):
        return Rejected("“{field}” cannot be empty.", field=name)
    return Rejected(
        "“{value}” is not what “{field}” can be.",
        value=str(value),
        field=name,
    )


def _as_stored(register: Register, field: Field, value: Any) -> Any:
    """Return a value as a fact keeps it: references by key, texts without stray spaces, empty as None."""
    if value is None or value == "":
        return None
    if field.type is ValueType.OPD:
        return find_opd(register, value).id
    if field.type is ValueType.APPLICATION:
        return find_application(register, value).id
    if field.type is ValueType.LIST and isinstance(value, list | tuple):
        return collapse_items(value)
    if isinstance(value, str):
        has_lines = field.type is ValueType.LINES
        return (
            collapse_whitespace_in_lines if has_lines else collapse_whitespace
        )(value)
    return value


def collapse_items(items: Iterable[str]) -> tuple[str, ...]:
    """Return aliases or tags without stray spaces, empty ones and repetitions."""
    collapsed = map(collapse_whitespace, items)
    return tuple(dict.fromkeys(item for item in collapsed if item))
