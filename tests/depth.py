"""How deep tests look: what takes long is left to the thorough run."""

import os

import pytest

THOROUGH = bool(os.environ.get("THOROUGH"))
"""Whether random histories are tried many times over; CI does."""


def examples(quick: int, thorough: int) -> int:
    """Return how many random examples to try."""
    return thorough if THOROUGH else quick


SPOKEN = ["id", pytest.param("en", marks=pytest.mark.thorough)]
"""Both languages: the second one in the thorough run."""
