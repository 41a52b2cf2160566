"""What is typed into the filter goes into the filter, letter by letter, on whichever screen."""

import pytest

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
