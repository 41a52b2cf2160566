"""How alike two names are: spelling, spacing and abbreviations aside."""

import re
from collections.abc import Iterable
from functools import lru_cache

from tracker.text import hyphenate, is_spelled_out, normalize_name
from tracker.vocabulary import meanings, words_for

NEAR = 82.0
"""From this likeness on, of 100, two names could mean one thing: a person decides."""


@lru_cache(maxsize=65_536)
def bare_name(name: str) -> str:
    """Return a name without case, spacing and punctuation: two names so alike are the same."""
    return re.sub(r"[\W_]+", "", normalize_name(name))


def compute_similarity(first: str, second: str) -> float:
    """Return from 0 to 100 how alike two names are."""
    from rapidfuzz import fuzz

    for long, short in ((first, second), (second, first)):
        if find_initials(long) & find_abbreviations(short):
            return 95.0
    one, other = spell_out(first), spell_out(second)
    return max(
        fuzz.token_sort_ratio(one, other),
        fuzz.ratio(one.replace(" ", ""), other.replace(" ", "")),
    )


def find_nearest(
    name: str,
    others: Iterable[tuple[str, str]],
    limit: int = 5,
) -> list[str]:
    """Return the keys of the names that come near ``name``, the nearest first.

    ``others`` are keys and names; one key may have several names.
    """
    best: dict[str, float] = {}
    for key, other in others:
        score = _score_names(name, other)
        if score >= NEAR and score > best.get(key, 0):
            best[key] = score
    return sorted(best, key=lambda key: (-best[key], key))[:limit]


@lru_cache(maxsize=65_536)
def find_initials(name: str) -> frozenset[str]:
    """Return the first letters of a name's words, with and without the little words."""
    words = [word for word in _split_words(name) if word]
    if len(words) < 3:
        return frozenset()
    little_words = words_for("little_words", "words")
    long_words = [word for word in words if word not in little_words]
    first_letters = [
        "".join(word[0] for word in chosen) for chosen in (words, long_words)
    ]
    return frozenset(first_letters)


@lru_cache(maxsize=65_536)
def find_abbreviations(name: str) -> frozenset[str]:
    """Return the abbreviations that stand in a name: words in capitals, of three letters and more."""
    return frozenset(
        word.lower() for word in re.findall(r"\b[A-Z0-9]{3,}\b", name)
    )


def _score_names(name: str, other: str) -> float:
    names = (bare_name(name), bare_name(other))
    shorter, longer = sorted(names, key=len)
    if len(shorter) >= 4 and shorter in longer:
        return 90.0
    return compute_similarity(name, other)


def _split_words(name: str) -> list[str]:
    if is_spelled_out(name):
        return hyphenate(name).split("-")
    return re.findall(r"[^\W_]+", normalize_name(name))


@lru_cache(maxsize=65_536)
def spell_out(name: str) -> str:
    """Return a name in lower case with its abbreviations written in full."""
    in_full = meanings("name_abbreviations")
    return " ".join(in_full.get(word, word) for word in _split_words(name))
