"""Everything that is drawn can be read: on every screen, in every theme."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color, ColorType
from rich.color_triplet import ColorTriplet
from rich.style import Style
from textual.pilot import Pilot
from textual.theme import BUILTIN_THEMES

from screens.app import TrackerApp
from screens.widgets.contrast import (
    SIGN_CONTRAST,
    TEXT_CONTRAST,
    contrast_of,
    least_contrast,
    readable_style,
)
from tests.screens.harness import settled
from tests.screens.test_pictures import WAYS, going, open_demonstration
from tracker.language import LANGUAGES

ORNAMENTS = set("▏▎▊▁▂▃▄▅▆▇█▔╭╮╰╯│─ ")
"""Of these alone borders and scrollbars are made, which carry no meaning."""
SHOWN = {
    **WAYS,
    "palette": "ctrl+p",
    "filter": "slash",
    "new service": "n",
    "import": "I",
    "preferences": "ctrl+p p r e f enter",
}
PAGES = ("log", "remind", "decisions", "upkeep")
"""Commands that open a page over a screen."""
VIEWS = [
    pytest.param(view, LANGUAGES[number % 2], marks=pytest.mark.thorough)
    for number, view in enumerate([*SHOWN, *PAGES])
]
"""Every view, in the two languages by turns: no colour depends on a language."""
CHANNEL = st.integers(0, 255)
COLOUR = st.builds(ColorTriplet, CHANNEL, CHANNEL, CHANNEL)


def test_the_ratio_is_that_of_the_standard() -> None:
    black, white = ColorTriplet(0, 0, 0), ColorTriplet(255, 255, 255)
    assert contrast_of(black, white) == pytest.approx(21)
    assert contrast_of(white, white) == 1
    assert contrast_of(ColorTriplet(0x76, 0x76, 0x76), white) == pytest.approx(
        4.54, abs=0.01
    )


@given(COLOUR, COLOUR, st.sampled_from([TEXT_CONTRAST, SIGN_CONTRAST]))
def test_any_colour_can_be_made_readable_on_any_other(
    colour: ColorTriplet, ground: ColorTriplet, least: float
) -> None:
    style = Style(
        color=Color.from_triplet(colour), bgcolor=Color.from_triplet(ground)
    )
    made = readable_style(style, least)
    assert made.color is not None
    assert made.color.triplet is not None
    assert contrast_of(made.color.triplet, ground) >= least
    if contrast_of(colour, ground) >= least:
        assert made == style


def unreadable(pilot: Pilot[Any]) -> list[str]:
    """Return what the top screen draws with too little contrast; what a dialog dims is not meant to be read."""
    found = []
    screen = pilot.app.screen
    seen = screen.children[0].region if screen.is_modal else screen.region
    strips = screen._compositor.render_strips()[seen.y : seen.bottom]
    for strip in strips:
        for segment in strip.crop(seen.x, seen.right):
            text, style = segment.text.strip(), segment.style
            if (
                not set(text) - ORNAMENTS
                or style is None
                or not style.color
                or not style.bgcolor
            ):
                continue
            colour, ground = style.color, style.bgcolor
            if style.reverse:
                colour, ground = ground, colour
            if {colour.type, ground.type} != {ColorType.TRUECOLOR}:
                continue
            assert colour.triplet is not None
            assert ground.triplet is not None
            ratio = contrast_of(colour.triplet, ground.triplet)
            if ratio < least_contrast(text) - 0.01:
                found.append(f"{ratio:.2f} {text!r}")
    return found


@pytest.mark.parametrize(("view", "language"), VIEWS)
async def test_a_view_can_be_read_in_every_theme(
    view: str, language: str
) -> None:
    app: TrackerApp = open_demonstration("textual-dark", language)
    async with app.run_test(size=(132, 40)) as pilot:
        await go_to(pilot, view)
        bad = {}
        for theme in BUILTIN_THEMES:
            app.theme = theme
            await settled(pilot)
            bad[theme] = unreadable(pilot)
        assert {theme: found for theme, found in bad.items() if found} == {}


async def go_to(pilot: Pilot[Any], view: str) -> None:
    """Open the screen, dialog or page that is called ``view``."""
    if view in SHOWN:
        await going(SHOWN[view])(pilot)
        return
    await settled(pilot)
    assert isinstance(pilot.app, TrackerApp)
    pilot.app.run_command(view)
    await settled(pilot)
