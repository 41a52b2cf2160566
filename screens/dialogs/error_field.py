"""Which field a refusal speaks of."""

from datetime import date
from typing import Any

from screens.dialogs.form import Values
from tracker.errors import Conflict, ProblemList, UserError
from tracker.text import normalize_name


def field_of(error: UserError, values: Values) -> str | None:
    """Return the name of the field whose value the refusal names; None where it names none of them."""
    if isinstance(error, Conflict | ProblemList):
        return None
    named = error.values.get("field")
    if isinstance(named, str) and named in values:
        return named
    for name, value in values.items():
        if any(
            _is_same_rejection(value, key, said)
            for key, said in error.values.items()
        ):
            return name
    return None


def _is_same_rejection(value: Any, key: str, said: Any) -> bool:
    """Tell whether what a refusal says under ``key`` is a field's value; a number may be so by chance."""
    if value in (None, "", ()) or isinstance(value, bool):
        return False
    if isinstance(value, date):
        return bool(value == said) or str(value) == said
    if isinstance(value, str) and isinstance(said, str):
        return normalize_name(value) == normalize_name(said) or (
            len(said) >= 40 and value.startswith(said)
        )
    return key == "value" and str(value) == str(said)
