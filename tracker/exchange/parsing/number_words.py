"""Numbers that are written as words: ``tiga hari``, ``dua puluh lima``, ``100 ribu``, ``twenty-one``."""

import re
from functools import lru_cache
from itertools import takewhile

from tracker.vocabulary import comparable_word, meanings

_DIGITS = re.compile(r"\d[\d.,]*")
_MOST_WORDS = 8
_TEEN = "teen"
_HALF = 0.5
_ONES = range(2, 10)
"""What stands before ``belas`` and ``puluh``."""


@lru_cache(maxsize=4096)
def spell_in_digits(text: str) -> str:
    """Return a text with the number words at its beginning as digits: ``20 hari`` for ``dua puluh hari``.

    Words that make no proper number are left as they are.
    """
    words = text.split()
    for count in range(min(len(words), _MOST_WORDS), 0, -1):
        number = read_number_words(" ".join(words[:count]))
        if number is not None:
            return " ".join([f"{number:.15g}", *words[count:]])
    return text


def read_number_words(text: str) -> float | None:
    """Return the number that words mean; None if they are none, or not in their proper order.

    Each part must fit into the zeros of the one before it: ``dua puluh tiga`` is 23, and ``dua tiga``
    none.
    """
    words = comparable_word(text).split()
    numbers, total, room = meanings("number_words"), 0.0, float("inf")
    while words:
        said = numbers.get(words[0])
        if said is None:
            return None
        part = _apply_scale(float(said), words)
        if part is None or part >= room:
            return None
        total += part
        room = _room_below(part)
    return total or None


def split_scale(text: str) -> tuple[str, int]:
    """Return the digits of ``100 ribu`` and what they are multiplied by: 1 where nothing is said."""
    digits, _, word = text.partition(" ")
    scale = meanings("number_scales").get(comparable_word(word))
    if scale is None or scale == _TEEN or not _DIGITS.fullmatch(digits):
        return text, 1
    return digits, int(scale)


def _apply_scale(number: float, words: list[str]) -> float | None:
    """Return a number multiplied by the words after it; they and its own are taken off the list."""
    scales = meanings("number_scales")
    del words[0]
    after = list(takewhile(scales.__contains__, words))
    del words[: len(after)]
    for word in after:
        scale = scales[word]
        if scale in {_TEEN, "10"} and number not in _ONES:
            return None
        number = number + 10 if scale == _TEEN else number * int(scale)
    return number


def _room_below(part: float) -> float:
    """Return the power of ten below which a further part must stay: 10 after 20, 100 after 300."""
    if part != int(part):
        return 0
    zeros = len(str(int(part))) - len(str(int(part)).rstrip("0"))
    return 10**zeros if zeros else 0
