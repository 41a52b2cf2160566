"""How deep tests look: what takes long is left to the thorough run."""

import os
from collections.abc import Iterable
from typing import Any

import pytest

THOROUGH = bool(os.environ.get("THOROUGH"))
"""Whether random histories are tried many times over; CI does."""


def examples(quick: int, thorough: int) -> int:
    """Return how many random examples to try."""
    return thorough if THOROUGH else quick


def one_in(every: int, cases: Iterable[Any]) -> list[Any]:
    """Return the cases of a test: the quick run tries the first, and one of so many after it."""
    return [
        case
        if number % every == 0
        else pytest.param(
            *(case if isinstance(case, tuple) else (case,)),
            marks=pytest.mark.thorough,
        )
        for number, case in enumerate(cases)
    ]


SPOKEN = ["id", pytest.param("en", marks=pytest.mark.thorough)]
"""Both languages: the second one in the thorough run."""
