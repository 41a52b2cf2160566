"""Colours of the pages: text is readable on what it stands on, in light and in dark."""

import re
from importlib.resources import files
from itertools import product

import pytest

CSS = (files("tracker.publish") / "templates" / "style.css").read_text("utf-8")
TEXT, GROUND = ("ink", "quiet", "bad", "integrated"), ("paper", "box")
ON_AREAS = {
    "light": {
        "integrated": "#fff",
        "online": "#10161d",
        "conventional": "#10161d",
    },
    "dark": {"integrated": "#10161d", "online": "#fff", "conventional": "#fff"},
}


def colours(scheme: str) -> dict[str, str]:
    """Return the variables of a scheme: the first block is light, the second dark."""
    light, dark, *_ = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    chosen = light if scheme == "light" else dark
    return dict(re.findall(r"--([\w-]+): (#\w+)", chosen))


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    digits = colour.lstrip("#")
    pairs = (
        [c * 2 for c in digits]
        if len(digits) == 3
        else re.findall("..", digits)
    )
    parts = [int(pair, 16) / 255 for pair in pairs]
    linear = [
        p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4
        for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(scheme: str) -> None:
    known = colours(scheme)
    for text, ground in product(TEXT, GROUND):
        assert contrast(known[text], known[ground]) >= 4.5, (text, ground)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_names_of_stages_stand_out_from_their_areas(scheme: str) -> None:
    known = colours(scheme)
    for area, text in ON_AREAS[scheme].items():
        assert contrast(text, known[area]) >= 4.5, area


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_and_areas_stand_out(scheme: str) -> None:
    known = colours(scheme)
    for line in ("integrated", "bad", "goal"):
        assert contrast(known[line], known["paper"]) >= 3, line
    for cell in ("heat-1", "heat-2", "heat-3", "bad"):
        assert contrast(known[cell], known["box"]) >= 3, cell
