"""How every screen looks, in both sizes that matter, dark and light, in both languages.

After a change that is meant: ``pytest tests/screens/test_pictures.py --snapshot-update``, and look.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from screens.app import TrackerApp
from tests.demonstration import invented_city
from tests.screens.harness import settled
from tracker.demo import TODAY
from tracker.language import load_language
from tracker.settings import Settings
from tracker.store.memory import MemoryStore

WAYS = {
    "overview": "1",
    "opds": "2",
    "heat": "2 h",
    "opd": "2 enter",
    "board": "3",
    "service": "3 enter",
    "services": "4",
    "applications": "5",
    "application": "5 enter",
    "obstacles": "6",
    "snapshots": "7",
    "move": "3 m",
    "help": "question_mark",
}
"""The keys that lead to each screen from the start."""


def open_demonstration(theme: str, language: str) -> TrackerApp:
    return TrackerApp(
        MemoryStore(invented_city()),
        lambda: TODAY,
        "koordinator",
        load_language(language),
        Settings(theme=theme),
    )


def going(keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    async def go(pilot: Pilot[None]) -> None:
        await settled(pilot)
        for key in keys.split():
            await pilot.press(key)
            await settled(pilot)
        await hold_cursors_still(pilot)

    return go


async def hold_cursors_still(pilot: Pilot[None]) -> None:
    """Show the cursor of whatever field has the keys: while it blinks, half of the pictures lack it."""
    for field in pilot.app.screen.query("Input, TextArea"):
        assert isinstance(field, Input | TextArea)
        field.cursor_blink = False
    await pilot.pause()


SEVEN = (
    "overview",
    "opds",
    "board",
    "service",
    "applications",
    "obstacles",
    "snapshots",
)
SIZES = {"80x24": (80, 24), "120x40": (120, 40)}
THEMES = {"dark": "textual-dark", "light": "textual-light"}
QUICK = ("80x24", "dark", "id")
"""How the seven screens look in every run; the rest is looked at in the thorough one."""
OTHERS = (QUICK, ("120x40", "light", "en"))
"""How what the screens open looks."""


PICTURES = [
    *(
        pytest.param(
            way,
            size,
            theme,
            language,
            marks=()
            if (size, theme, language) == QUICK
            else pytest.mark.thorough,
        )
        for way in SEVEN
        for size in SIZES
        for theme in THEMES
        for language in ("id", "en")
    ),
    *(
        pytest.param(way, *look, marks=pytest.mark.thorough)
        for way in WAYS
        if way not in SEVEN
        for look in OTHERS
    ),
]


@pytest.mark.parametrize(("way", "size", "theme", "language"), PICTURES)
def test_picture(
    snap_compare: Any, way: str, size: str, theme: str, language: str
) -> None:
    app = open_demonstration(THEMES[theme], language)
    assert snap_compare(
        app, terminal_size=SIZES[size], run_before=going(WAYS[way])
    )


async def test_a_picture_has_the_cursor_also_where_it_would_be_out() -> None:
    app = open_demonstration(THEMES["dark"], "id")
    async with app.run_test(size=SIZES["80x24"]) as pilot:
        await going(WAYS["help"])(pilot)
        before = app.export_screenshot()
        # As long as a cursor that blinks would be seen, and a little more.
        await pilot.pause(0.6)
        assert app.export_screenshot() == before
