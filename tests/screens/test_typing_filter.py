"""What is typed into the filter goes into the filter, letter by letter, on whichever screen."""

import pytest
from textual import events

from screens.app import TrackerApp
from tests.screens.harness import settled


@pytest.mark.parametrize(
    "screen",
    [
        "1",
        "3",
        *(
            pytest.param(number, marks=pytest.mark.thorough)
            for number in "24567"
        ),
    ],
)
@pytest.mark.parametrize(
    "typed", ["ktp", pytest.param("zzz", marks=pytest.mark.thorough)]
)
async def test_no_list_takes_the_keys_while_one_types(
    app: TrackerApp, screen: str, typed: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press(screen)
        await settled(pilot)
        await pilot.press("slash")
        for letter in typed:
            await pilot.press(letter)
            await settled(pilot)
        assert app.state.filter.text == typed
        await pilot.press("enter")
        await settled(pilot)
        assert app.state.filter.text == typed
        await pilot.press("backslash")
        assert not app.state.filter


async def test_what_arrives_in_one_piece_is_typed_and_no_command(
    app: TrackerApp,
) -> None:
    """A slow line brings several keys at once: ``t`` would open the dialog of a transfer."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("4")
        await settled(pilot)
        for key, sign in (("slash", "/"), ("k", "k"), ("t", "t"), ("p", "p")):
            app.post_message(events.Key(key, sign))
        await settled(pilot)
        assert app.state.filter.text == "ktp"
        assert app.screen is app.active_screen
