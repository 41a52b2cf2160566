import pytest

from screens.app import TrackerApp
from screens.widgets.flow_chart import FlowChart
from screens.widgets.lines import LineList
from tests.screens.harness import settled


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_the_chart_has_the_whole_screen_and_gives_it_back(
    app: TrackerApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("z")
        await settled(pilot)
        chart = app.screen.query_one(FlowChart)
        assert chart.size.width == size[0]
        assert chart.size.height >= size[1] - 4
        assert not app.screen.query_one("#attention", LineList).display
        await pilot.press("z")
        await settled(pilot)
        assert app.screen.query_one("#attention", LineList).display


async def test_a_page_has_the_whole_screen(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("7")
        await settled(pilot)
        await pilot.press("z")
        await settled(pilot)
        assert app.screen.query_one("#page", LineList).size.height >= 18
