"""The pictures in the documentation show the screens as they are."""

from pathlib import Path

import pytest

from handbook.pictures import FOLDER, SCREENS, draw_screens, read_words

ROOT = Path(__file__).parents[2]
LARGEST = 64_000
"""Bytes of a picture, so that a page with several still opens at once."""


@pytest.mark.thorough
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_screen_says_what_its_picture_says(language: str) -> None:
    stale = [
        name
        for name, svg in draw_screens(language)
        if read_words(svg)
        != read_words((FOLDER / language / f"{name}.svg").read_text("utf-8"))
    ]
    assert not stale, "python -m handbook pictures"


@pytest.mark.parametrize("language", ["id", "en"])
def test_pictures_are_small_and_none_is_left_over(language: str) -> None:
    files = list((FOLDER / language).glob("*.svg"))
    assert {file.stem for file in files} == set(SCREENS)
    assert max(file.stat().st_size for file in files) < LARGEST


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_picture_stands_in_a_chapter(language: str) -> None:
    text = "".join(
        path.read_text("utf-8")
        for path in (ROOT / "docs" / language).glob("*.md")
    )
    assert not [
        name
        for name in SCREENS
        if f"pictures/{language}/{name}.svg" not in text
    ]
