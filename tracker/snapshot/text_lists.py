"""Name a few of many."""

from collections.abc import Iterable

from tracker.language import Language

MOST_NAMES = 3


def name_some(names: Iterable[str], language: Language) -> str:
    """Name the first few, and say how many more there are."""
    known = list(names)
    if len(known) <= MOST_NAMES + 1:
        return language.enumeration(known)
    more = language.plural("{n} more", "{n} more", len(known) - MOST_NAMES)
    return language.enumeration([*known[:MOST_NAMES], more])
