import pytest

from screens.app import TrackerApp
from screens.navigation import OPDPage
from tests.depth import one_in
from tests.screens.conftest import MakeApp
from tests.screens.harness import TODAY, settled, shown
from tests.tracker.builder import Builder
from tracker.metrics import measure
from tracker.week import Week


async def test_a_past_week_shows_the_figures_it_ended_with(
    make_app: MakeApp, city: Builder
) -> None:
    app = make_app(city.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("left_square_bracket", "left_square_bracket")
        await settled(pilot)
        facts = app.state.measured
        assert facts is app.state.facts
        assert facts.week == Week(2026, 45)
        assert facts.figures == measure(city.register, Week(2026, 45), TODAY)
        assert facts.figures.complete
        assert "Past week" in shown(pilot)
        assert "2026-W45" in shown(pilot)
        assert f"Index {facts.figures.city.index:.1f}" in shown(pilot)
        stages = {row.service.code: row.stage.value for row in facts.rows}
        assert stages["ktp"] == "online"
        assert stages["izin"] == "conventional"


@pytest.mark.parametrize("back", ["0", "right_square_bracket"])
async def test_one_comes_back_to_today(app: TrackerApp, back: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("left_square_bracket", back)
        await settled(pilot)
        assert app.state.today == TODAY
        assert not app.state.facts.is_past
        assert "Past week" not in shown(pilot)


@pytest.mark.parametrize(
    "keys", one_in(3, ["3 shift+right", "3 m", "u", "n", "2 r", "7 t"])
)
async def test_nothing_can_be_changed_in_a_past_week(
    app: TrackerApp, keys: str
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        before = app.state.register
        await pilot.press("left_square_bracket")
        await settled(pilot)
        await pilot.press(*keys.split())
        await settled(pilot)
        assert app.screen is app.active_screen
        assert app.state.register is before
        assert any("past week" in note.message for note in app._notifications)


async def test_no_week_comes_before_the_first_service(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for _ in range(20):
            await pilot.press("left_square_bracket")
        await settled(pilot)
        assert app.state.facts.week == Week(2026, 32)


async def test_every_screen_can_show_a_past_week(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("left_square_bracket")
        for key in "234567":
            await pilot.press(key)
            await settled(pilot)
            assert "2026-W46" in shown(pilot), key
        opd = app.state.register.opd_codes["dukcapil"].id
        app.open_destination(OPDPage(opd))
        await settled(pilot)
        assert "Disdukcapil" in shown(pilot)
