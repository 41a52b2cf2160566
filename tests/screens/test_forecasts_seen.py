"""A forecast is made for the OPDs that somebody looks at, no more."""

import pytest

from screens.app import TrackerApp
from tests.screens.harness import TODAY, settled
from tests.tracker.metrics.test_updating import big_city
from tracker.language import load_language
from tracker.store.memory import MemoryStore


def list_forecast(app: TrackerApp) -> list[str]:
    """Return the OPDs whose forecast was made."""
    return [
        opd.code
        for opd in app.state.facts.figures.opds
        if "value" in vars(opd.figures.forecast_ahead)
    ]


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_only_an_opd_that_is_looked_into_has_a_forecast_made(
    size: tuple[int, int],
) -> None:
    app = TrackerApp(
        MemoryStore(big_city().register),
        lambda: TODAY,
        "Uji",
        load_language("en"),
    )
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for key in "134562":
            await pilot.press(key)
            await settled(pilot)
            assert list_forecast(app) == []
        await pilot.press("enter")
        await settled(pilot)
        assert len(list_forecast(app)) == 1
