"""A screen looks after a resize as if it had been opened in a terminal of that size."""

from pathlib import Path

import pytest

from screens.importing.screen import ImportScreen
from screens.screen_registry import SCREENS, create_screen
from tests.depth import one_in
from tests.screens.harness import settled, shown
from tests.screens.importing.files import file
from tests.screens.test_pictures import open_demonstration

WIDE, NARROW = (160, 50), (80, 24)
ABOUT = {"opd": "opds", "service": "services", "application": "applications"}
"""The tables of what the screens are about that show one thing."""


@pytest.mark.parametrize("name", one_in(5, sorted(SCREENS)))
@pytest.mark.parametrize(
    ("first", "last"),
    [
        (WIDE, NARROW),
        pytest.param(NARROW, WIDE, marks=pytest.mark.thorough),
    ],
)
async def test_a_resized_screen_is_as_one_opened_in_that_size(
    name: str,
    first: tuple[int, int],
    last: tuple[int, int],
    tmp_path: Path,
) -> None:
    # Its columns are not known, so that the list says what is wrong at length.
    unknown = file(
        tmp_path, "judul,unit,pranala\nSatu,dinkes,https://x.example"
    )
    resized = await look(name, unknown, first, last)
    assert (
        resized.splitlines() == (await look(name, unknown, last)).splitlines()
    )


async def look(name: str, imported: Path, *sizes: tuple[int, int]) -> str:
    """Return how a screen looks in the last of some sizes of the terminal."""
    first, *others = sizes
    app = open_demonstration("textual-dark", "id")
    async with app.run_test(size=first) as pilot:
        await settled(pilot)
        if name != "overview":
            table = (
                app.state.register.table(ABOUT[name]) if name in ABOUT else ()
            )
            app.push_screen(create_screen(name, *list(table)[:1]))
            await settled(pilot)
        if isinstance(app.screen, ImportScreen):
            app.screen.choose(imported)
            await settled(pilot)
        for size in others:
            await pilot.resize_terminal(*size)
            await settled(pilot)
        return shown(pilot)
