"""A chance in words: how many times in a hundred."""

from math import ceil, floor

from tracker.language import Language

MOST_CERTAIN = 99
"""A chance is never said to be 100 in 100: the weeks to come are not known."""


def at_least(chance: float, language: Language) -> str:
    """Return a chance as a whole number in 100 that it is not below."""
    return language.number(min(MOST_CERTAIN, floor(100 * chance)), 0)


def at_most(chance: float, language: Language) -> str:
    """Return a chance as a whole number in 100 that it is not above."""
    return language.number(ceil(100 * chance), 0)
