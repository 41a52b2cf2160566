"""Find the field that an error is about."""

from datetime import date
from typing import Any

from screens.dialogs.form import Values
from tracker.errors import Conflict, ProblemList, UserError
from tracker.text import normalize_name


def field_of(error: UserError, values: Values) -> str | None:
    """Return the name of the field that an error names, itself or by its value.

    None if it names none of them.
    """
    if isinstance(error, Conflict | ProblemList):
        return None

    named = error.values.get("field")
    if isinstance(named, str) and named in values:
        return named

    for name, value in values.items():
        for key, shown in error.values.items():
            if _is_value_shown(value, key, shown):
                return name

    return None


def _is_value_shown(value: Any, key: str, shown: Any) -> bool:
    """Return whether ``shown``, named ``key`` in an error, is the value of a field."""
    if value in (None, "", ()) or isinstance(value, bool):
        return False
    if isinstance(value, date):
        return bool(value == shown) or str(value) == shown
    if isinstance(value, str) and isinstance(shown, str):
        # Errors show the first 40 characters of long texts.
        is_start = len(shown) >= 40 and value.startswith(shown)
        return is_start or normalize_name(value) == normalize_name(shown)

    # A number under another name, such as a count, may be equal by chance.
    return key == "value" and str(value) == str(shown)
