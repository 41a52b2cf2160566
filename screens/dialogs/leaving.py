"""Whether so much was filled in that one key must not throw it away."""

from collections.abc import Sequence

from screens.dialogs.checking import Typed

LONG = 20
"""Characters from which on one text alone is not thrown away at one key."""


def is_much_typed(began: Sequence[Typed], filled: Sequence[Typed]) -> bool:
    """Tell whether several fields, or one long text, are not as they were at first."""
    changed = [
        now
        for then, now in zip(began, filled, strict=True)
        if _entered_length(now) != _entered_length(then)
    ]
    return len(changed) > 1 or any(
        len(str(_entered_length(now))) >= LONG for now in changed
    )


def _entered_length(typed: Typed) -> object:
    return typed.unknown or typed.value or ""
