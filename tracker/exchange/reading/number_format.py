"""How a spreadsheet's number format shows a number, as far as it matters: percentages and codes."""

import re
from functools import lru_cache

from tracker.exchange.parsing.values import Formatted, Percent

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]')
_PLAIN = frozenset(("General", "0", "@", "#,##0", ""))
_HOLE = "\0"


BUILT_IN_FORMATS = {2: "0.00", 9: "0%", 10: "0.00%"}
"""Those of the formats that every workbook has which change numbers (ISO/IEC 29500-1, 18.8.30)."""


def format_number(value: float, number_format: str) -> int | float:
    """Return a number as its format shows it: the number itself, a ``Percent``, or ``Formatted``.

    A format of zeros shows them: ``0000`` makes 0001 of 1, ``0.00`` makes 2.10 of 2.1. Every other format
    leaves the number as it is.
    """
    shape = _shape_of(number_format)
    if shape is None:
        return value
    holes, literals = shape
    if "%" in holes:
        return Percent(round(value * 100, 10))
    if value < 0:
        return value
    shown = _fill(value, holes, literals)
    return value if shown == str(value) else Formatted(value, shown)


def changes_numbers(number_format: str) -> bool:
    """Tell whether a format shows numbers as percentages, or with zeros that they do not have."""
    return _shape_of(number_format) is not None


@lru_cache(maxsize=1024)
def _shape_of(number_format: str) -> tuple[str, list[str]] | None:
    """Return a format with a hole for each literal text, and those texts; None if it changes no number."""
    if number_format in _PLAIN:
        return None
    section = number_format.partition(";")[0]
    literals = [
        match[1] or match[2] or "" for match in _LITERAL.finditer(section)
    ]
    holes = _LITERAL.sub(_HOLE, section)
    digits = holes.replace(_HOLE, "")
    if "%" in holes or re.fullmatch(r"[0 -]*0(\.0+)?", digits):
        return holes, literals
    return None


def _fill(
    value: float,
    holes: str,
    literals: list[str],
) -> str:
    """Put the digits of a number in the zeros of a format, the last digit in the last zero."""
    whole_holes, _, decimal_holes = holes.partition(".")
    places = decimal_holes.count("0")
    whole, _, decimals = f"{value:.{places}f}".partition(".")
    least = whole_holes.count("0")
    left = list(whole.zfill(least))

    # The texts after the point are the last ones.
    before = len(literals) - decimal_holes.count(_HOLE)
    kept = literals[:before]
    tail = "".join(literals[before:])

    shown = ""
    for hole in reversed(whole_holes):
        if hole == _HOLE:
            shown = kept.pop() + shown
        elif hole == "0":
            shown = left.pop() + shown
        else:
            shown = hole + shown

    # Digits for which the format has no zero stand before the first that has one.
    first = 0
    for place, character in enumerate(shown):
        if character.isdigit():
            first = place
            break
    shown = shown[:first] + "".join(left) + shown[first:]
    if decimals:
        shown += f".{decimals}"
    return shown + tail
