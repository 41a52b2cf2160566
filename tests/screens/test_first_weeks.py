"""A young register says what to do next, where a chart would tell nothing."""

import pytest

from screens.navigation import RunCommand
from screens.widgets.flow_chart import FlowChart
from screens.widgets.lines import LineList
from tests.screens.conftest import MakeApp
from tests.screens.harness import settled, shown
from tests.tracker.builder import Builder


def register_since(day: str) -> Builder:
    made = Builder()
    made.opd("dinkes", name="Dinas Kesehatan")
    made.service("ktp", "dukcapil", day, name="KTP elektronik")
    return made


@pytest.mark.parametrize(
    "size",
    [
        (80, 24),
        pytest.param((120, 40), marks=pytest.mark.thorough),
        (160, 50),
    ],
)
async def test_the_first_weeks_say_what_to_do_next_in_place_of_a_chart(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(register_since("2026-09-28").register)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert "Next steps: week 8 of the first 8" in shown(pilot)
        keys = app.screen.query_one("#attention", LineList).keys()
        wanted = ("settings", "import", "add_service", "sheets", "move")
        assert [RunCommand(id) for id in wanted] == keys[:5]
        assert not app.screen.query_one(FlowChart).display
        await pilot.press("h")
        await settled(pilot)
        assert app.screen.query_one(FlowChart).display


async def test_from_the_ninth_week_on_the_chart_tells_something(
    make_app: MakeApp,
) -> None:
    app = make_app(register_since("2026-09-21").register)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert "Next steps" not in shown(pilot)
        assert app.screen.query_one(FlowChart).display
