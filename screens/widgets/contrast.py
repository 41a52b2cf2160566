"""Make colours readable on any theme.

Text gets a contrast of 4.5 to 1, signs of 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from functools import lru_cache

from rich.color import Color, ColorType
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as TextualColor
from textual.filter import LineFilter

TEXT_CONTRAST, SIGN_CONTRAST = 4.5, 3.0
BORDER = "border"
"""Key in a style's ``meta`` of a cell that is part of two fills: its colours are made readable as they are."""
_STEPS = 20
"""Number of mixtures with black or white that are tried; the first readable one wins."""


class ContrastFilter(LineFilter):
    """Makes everything drawn readable, also Textual's placeholders and buttons.

    What a dialog dims behind itself is dimmed afterwards, and stays dim.
    """

    def apply(
        self,
        segments: list[Segment],
        background: TextualColor,
    ) -> list[Segment]:
        """Return the segments, readable on their backgrounds."""
        return [_readable_segment(segment) for segment in segments]


def _readable_segment(segment: Segment) -> Segment:
    text, style, control = segment
    if style is None or control or not text.strip():
        return segment
    if style._meta is not None and BORDER in style.meta:
        return segment
    readable = readable_style(style, least_contrast(text))
    return segment if readable is style else Segment(text, readable)


def contrast_of(one: ColorTriplet, other: ColorTriplet) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(text: str) -> float:
    """Return the contrast that a text needs: signs need less than letters and digits."""
    return TEXT_CONTRAST if any(map(str.isalnum, text)) else SIGN_CONTRAST


@lru_cache(maxsize=4096)
def readable_style(style: Style, least: float) -> Style:
    """Return a style whose colour has at least this contrast to its background.

    The colour is mixed with white or black, whichever is further from the background,
    no more than needed. Colours that the terminal itself chooses are left alone.
    """
    colour, ground = _rgb(style.color), _rgb(style.bgcolor)
    if colour is None or ground is None or contrast_of(colour, ground) >= least:
        return style

    black, white = ColorTriplet(0, 0, 0), ColorTriplet(255, 255, 255)
    end = max((black, white), key=lambda pole: contrast_of(pole, ground))
    for step in range(1, _STEPS + 1):
        share = step / _STEPS
        channels = zip(colour, end, strict=True)
        mixed = ColorTriplet(*(round(a + (b - a) * share) for a, b in channels))
        if contrast_of(mixed, ground) >= least:
            return style + Style(color=Color.from_triplet(mixed))

    return style + Style(color=Color.from_triplet(end))


def _luminance(colour: ColorTriplet) -> float:
    """Return the relative luminance of an sRGB colour, 0 for black and 1 for white."""
    linear = []
    # The constants are those of WCAG 2.2, "relative luminance".
    for part in colour:
        channel = part / 255
        if channel <= 0.04045:
            linear.append(channel / 12.92)
        else:
            linear.append(((channel + 0.055) / 1.055) ** 2.4)

    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: Color | None) -> ColorTriplet | None:
    if colour is None or colour.type is not ColorType.TRUECOLOR:
        return None
    return colour.triplet
