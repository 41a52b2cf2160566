"""How long or how often something takes, as people write it: ``7 hari kerja``, ``30 menit``, ``1 s/d 24 Jam``.

Working days count as days. A text that gives two numbers, or a number with a condition, can be read in
several ways: a person chooses.
"""

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from tracker.exchange.parsing.number_words import spell_in_digits
from tracker.vocabulary import comparable_word, meanings

_DAYS_OF = {
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "month": 30.0,
    "time": 1.0,
}
"""How many days a unit lasts; a time, as in ``3 kali``, counts as one."""
_TIMES = "time"

_AT_MOST = (
    r"(?:(?:maksimal|maksimum|maks?\.?|max\.?|paling lama|paling lambat|selama|kurang lebih"
    r"|lebih kurang|sekitar|up to|about|±|≤|<=?|~)\s*)?"
)
# Compiled when they are first asked for: few commands read a duration.
_NUMBER = r"\d[\d.,]*"
_UNIT = r"[a-z]+"
_MEASURE = (
    rf"(?i)(?P<number>{_NUMBER})\s*(?:\([^)\d]*\)\s*)?(?P<unit>{_UNIT})?"
    r"(?:\s+(?:kerja|kalender|working))?\.?"
)
_TIMES_24_HOURS = rf"(?i)(?P<number>{_NUMBER})\s*[x×*]\s*24\s*(?:jam|hours?)\.?"
_BETWEEN = (
    r"(?i)\s*(?:-|–|—|\bs\s*/\s*d\b|\bs\.?\s?d\.?(?=\s)|\bsampai(?:\s+dengan)?\b|\bhingga\b"
    r"|\bto\b|\batau\b|\bor\b)\s*"
)
_REMARK = r"(?s)(?P<measure>[^(]*(?:\([^)\d]*\)[^(]*?)?)\s*(?P<remark>\(.*\)|[;,:]\s.*)"


class SpanReading(StrEnum):
    """Which number of several a text is read as."""

    LONGEST = "longest"
    SHORTEST = "shortest"
    MIDDLE = "middle"


class Measure(NamedTuple):
    """A number as it is written, how many days its unit lasts, and the unit; empty if none is written."""

    number: str
    days: float
    unit: str = ""

    @property
    def is_time(self) -> bool:
        """Whether its unit is one of time, so that it counts nothing."""
        return self.unit not in ("", _TIMES)

    @property
    def is_count(self) -> bool:
        """Whether its unit says that it counts how often, so that it lasts for no time."""
        return self.unit == _TIMES


@lru_cache(maxsize=4096)
def read_measure(text: str) -> Measure:
    """Read ``Maksimal 20 (dua puluh) hari kerja``; raise ``ValueError`` if it is not one measure."""
    bare = re.sub(f"^{_AT_MOST}", "", text.strip(), flags=re.IGNORECASE)
    one = meanings("one_unit").get(comparable_word(bare))
    if one is not None:
        return Measure("1", _DAYS_OF[one], one)
    bare = spell_in_digits(bare)
    if found := re.fullmatch(_TIMES_24_HOURS, bare):
        return Measure(found["number"], 1.0, "day")
    found = re.fullmatch(_MEASURE, bare)
    if not found:
        raise ValueError(text)
    if not found["unit"]:
        return Measure(found["number"], 1.0)
    unit = meanings("units").get(comparable_word(found["unit"]))
    if unit is None:
        raise ValueError(text)
    return Measure(found["number"], _DAYS_OF[unit], unit)


@lru_cache(maxsize=4096)
def read_measures(text: str) -> tuple[Measure, ...]:
    """Return the measures of a text that has several, or one with a condition behind it.

    ``3-4 Hari Kerja`` has two, ``1 Hari Kerja (jika blangko tersedia)`` one. Raises ``ValueError`` for
    any other text, also for one that is simply a measure.
    """
    remarked = re.fullmatch(_REMARK, text.strip())
    bare = remarked["measure"] if remarked else text.strip()
    bare = re.sub(f"^{_AT_MOST}", "", bare, flags=re.IGNORECASE)
    parts = re.split(_BETWEEN, bare)
    if len(parts) == 1 and remarked:
        return (read_measure(bare),)
    if len(parts) != 2:
        raise ValueError(text)
    start = spell_in_digits(parts[0].strip())
    last = read_measure(parts[1])
    first = read_measure(start)
    if re.fullmatch(rf"{_NUMBER}\s*(?:\([^)]*\))?", start):
        first = last._replace(number=first.number)
    return first, last
