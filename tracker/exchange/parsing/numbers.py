"""Numbers as people write them: ``1.250`` and ``1,5`` by Indonesians, ``1,250`` and ``1.5`` by others.

Most cells show which it is. ``1.250`` does not, so a file's style is found from all its cells, and
asked for where they leave it open.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum, StrEnum

from tracker.errors import Rejected

_NUMBER = re.compile(r"[+-]?\d[\d.,]*|[+-]?[.,]\d+", re.ASCII)
_SPACES = re.compile(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))")


def is_number(text: str) -> bool:
    """Tell whether a text is a number in some style; spaces may part its thousands."""
    return _NUMBER.fullmatch(_SPACES.sub("", text)) is not None


class Style(StrEnum):
    """How a file writes numbers, called by the language that does."""

    INDONESIAN = "id"
    ENGLISH = "en"


class Shown(Enum):
    """What one number shows of the style in which it is written, if it does not show one."""

    NOTHING = "nothing"
    OPEN = "open"


def style_shown(text: str, *, whole: bool = False) -> Style | Shown:
    """Return the style of one number; ``OPEN`` if it has another value in each.

    ``whole`` says that only whole numbers make sense, so that ``1.250`` must be 1250.
    """
    points, commas = text.count("."), text.count(",")
    if not points and not commas:
        return Shown.NOTHING
    if points and commas:
        return (
            Style.INDONESIAN
            if text.rfind(",") > text.rfind(".")
            else Style.ENGLISH
        )
    mark = "." if points else ","
    before, _, after = text.lstrip("+-").rpartition(mark)
    could_group = (
        len(after) == 3 and before not in {"", "0"} and len(before) <= 3
    )
    grouping = points + commas > 1 or (whole and could_group)
    if not grouping and could_group:
        return Shown.OPEN
    return Style.INDONESIAN if (mark == ".") == grouping else Style.ENGLISH


def find_number_style(numbers: Iterable[tuple[str, bool]]) -> Style | Shown:
    """Find the style of a file from its numbers, each with whether it must be whole.

    ``OPEN`` where some could be read in two ways and the others show none of them, or both.
    """
    shown = {style_shown(text, whole=whole) for text, whole in numbers}
    styles = [style for style in Style if style in shown]
    if len(styles) == 1:
        return styles[0]
    return Shown.OPEN if Shown.OPEN in shown else Shown.NOTHING


def read_number(
    text: str,
    style: Style,
    *,
    whole: bool = False,
) -> float:
    """Read a number, in ``style`` if it does not show its own. Raises ``ValueError`` if it is not one."""
    plain = _SPACES.sub("", text).removesuffix("%").strip()
    if not _NUMBER.fullmatch(plain):
        raise ValueError(text)
    shown = style_shown(plain, whole=whole)
    own = shown if isinstance(shown, Style) else style
    separator, point = ",", "."
    if own is Style.INDONESIAN:
        separator, point = ".", ","

    whole_part, _, decimals = plain.partition(point)
    first, *thousands = whole_part.lstrip("+-").split(separator)
    if thousands:
        has_short_start = 1 <= len(first) <= 3
        are_threes = all(len(part) == 3 for part in thousands)
        if not (has_short_start and are_threes):
            raise ValueError(text)

    digits = whole_part.replace(separator, "")
    return float(f"{digits}.{decimals or 0}")


def check_clear(text: str) -> None:
    """Raise ``Rejected`` for a number that could be two, such as ``1.250``: a person can write it clearly."""
    if style_shown(text.rstrip("% ")) is not Shown.OPEN:
        return
    broken, whole = sorted(read_number(text, style) for style in Style)
    raise Rejected(
        "“{value}” could be two numbers: write {first} or {second}.",
        value=text,
        first=plain_number(whole),
        second=plain_number(broken),
    )


def plain_number(value: float) -> str:
    """Return a number that no reader takes for thousands: ``1.125`` is written ``1.1250``."""
    if value.is_integer():
        return str(int(value))
    text = format(Decimal(repr(value)), "f")
    _, _, decimals = text.partition(".")
    return text + "0" if len(decimals) == 3 else text
