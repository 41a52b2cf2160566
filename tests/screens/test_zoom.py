import pytest

from screens.app import TrackerApp
from screens.widgets.flow_chart import FlowChart
from screens.widgets.lines import LineList
from tests.screens.conftest import MakeApp
from tests.screens.harness import settled, shown
from tests.tracker.builder import Builder


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


async def test_the_chart_draws_a_year_back_and_more_on_demand(
    make_app: MakeApp,
) -> None:
    made = Builder()
    made.service("ktp", "dukcapil", "2025-06-02")
    made.move("ktp", "2026-11-03", "online")
    app = make_app(made.register)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert "52 weeks: " in shown(pilot)
        await pilot.press("plus")
        assert "26 weeks: " in shown(pilot)
        await pilot.press("minus", "minus")
        await pilot.pause()
        assert "76 weeks: " in shown(pilot)


async def test_a_list_has_the_whole_screen_until_escape(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("4", "z")
        await settled(pilot)
        assert shown(pilot).splitlines()[0].startswith("  Service")
        await pilot.press("escape")
        await settled(pilot)
        assert shown(pilot).splitlines()[0].startswith(" 1 Overview")
