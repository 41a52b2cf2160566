"""Put fields of a fact to new values, whatever form they come in."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import ValidationError, convert, to_builtins

from tracker.actions.draft import Draft
from tracker.errors import Rejected
from tracker.lookup import find_application, find_opd
from tracker.model import Fact
from tracker.register import Register
from tracker.text import collapse_whitespace, collapse_whitespace_in_lines

Fields = Mapping[str, Any]
"""New values by field name, as the model or a person writes them; None empties a field."""

_NEVER = {"id", "recorded_at", "by", "service"}
_NEEDED = {"stage"}
"""What may be left out of a new fact, but never emptied: the stage would be another."""


def edit(
    draft: Draft, fact: Fact, fields: Fields, allowed: frozenset[str] | None = None
) -> Fact:
    """Put ``fields`` of ``fact`` right; raise ``Rejected`` for an unknown one or a value that does not fit."""
    known = set(fact.__struct_fields__) - _NEVER
    for name in fields:
        if name not in (allowed or known):
            raise Rejected("“{field}” cannot be changed here.", field=name)
        if name in _NEEDED and fields[name] in (None, ""):
            raise Rejected("“{field}” cannot be empty.", field=name)
    after = {
        **to_builtins(fact),
        **{name: resolved(draft.register, name, fields[name]) for name in fields},
    }
    kept = {name: value for name, value in after.items() if value is not None}
    try:
        edited = convert(to_builtins(kept), type(fact), strict=False)
    except ValidationError as error:
        raise _misfit(str(error), fields) from None
    if edited != fact:
        draft.put(edited)
    return edited


def _misfit(reason: str, fields: Fields) -> Rejected:
    name = next(
        (name for name in fields if f"$.{name}" in reason or f"`{name}`" in reason), ""
    )
    value = fields.get(name)
    if value in (None, ""):
        return Rejected("“{field}” cannot be empty.", field=name)
    return Rejected(
        "“{value}” is not what “{field}” can be.", value=str(value), field=name
    )


def resolved(register: Register, name: str, value: Any) -> Any:
    """Return a value as a fact keeps it: references by key, texts tidied, the emptied None."""
    if value is None or value == "":
        return None
    if name == "opd":
        return find_opd(register, value).id
    if name == "application":
        return find_application(register, value).id
    if isinstance(value, list | tuple):
        return tidied(value)
    if isinstance(value, str):
        return (
            collapse_whitespace(value)
            if name in {"name", "code", "owner", "url", "portal"}
            else collapse_whitespace_in_lines(value)
        )
    return value


def tidied(items: Iterable[str]) -> tuple[str, ...]:
    """Return aliases or tags tidied, the empty and the doubled left out."""
    return tuple(
        dict.fromkeys(kept for item in items if (kept := collapse_whitespace(item)))
    )
