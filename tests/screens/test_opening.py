"""The screens while the opening is not closed: who has answered, and the way to close it."""

import pytest

from screens.app import TrackerApp
from tests.screens.conftest import MakeApp
from tests.screens.harness import settled, shown, until
from tests.tracker.builder import Builder
from tracker.actions.moves import MoveServices
from tracker.model import Stage


@pytest.fixture
def opening() -> Builder:
    """A city in its opening: two OPDs with three services, of which one has told."""
    made = Builder(in_opening=True)
    made.opd("dukcapil", name="Dinas Kependudukan")
    made.opd("dinkes", name="Dinas Kesehatan")
    made.service("ktp", "dukcapil", "2026-11-02", assumed=True)
    made.service("kk", "dukcapil", "2026-11-02", "online")
    made.service("izin", "dinkes", "2026-11-02", assumed=True)
    return made


def services_left(app: TrackerApp) -> int:
    return sum(one.assumed for one in app.state.register.services.values())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_overview_tells_who_has_answered_and_no_forecast(
    make_app: MakeApp, opening: Builder, size: tuple[int, int]
) -> None:
    app = make_app(opening.register)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        screen = shown(pilot)
        assert "Not told yet: 2 of 3 services, in 2 OPDs." in screen
        assert "OPDs that have not told how their services stand 2" in screen
        for word in ("Pace", "Done by", "Forecast"):
            assert f" {word} " not in screen


async def test_closing_is_proposed_once_all_have_answered(
    make_app: MakeApp, opening: Builder
) -> None:
    app = make_app(opening.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.try_action(
            MoveServices(("ktp", "izin"), Stage.CONVENTIONAL, app.state.today)
        )
        await settled(pilot)
        assert services_left(app) == 0
        assert "All have answered: close the opening." in shown(pilot)
        await pilot.press("O")
        await pilot.pause()
        await pilot.press("f2")
        await settled(pilot)
        assert not app.state.register.only_city.in_opening
        assert app.state.register.only_city.started_on == app.state.today
        assert "All have answered" not in shown(pilot)


async def test_nobody_has_answered_where_there_are_no_services(
    make_app: MakeApp,
) -> None:
    made = Builder(in_opening=True)
    made.opd("dinkes", name="Dinas Kesehatan")
    app = make_app(made.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for key in ("1", "O"):
            await pilot.press(key)
            await settled(pilot)
            assert "No service is entered yet." in shown(pilot)
            assert "All have answered" not in shown(pilot)


async def test_an_opds_page_tells_the_opening_too(
    make_app: MakeApp, opening: Builder
) -> None:
    app = make_app(opening.register)
    async with app.run_test(size=(80, 30)) as pilot:
        await settled(pilot)
        await pilot.press("2", "enter")
        await settled(pilot)
        screen = shown(pilot)
        assert "Not told yet: 1 of" in screen
        for word in ("Pace", "Done by", "Forecast"):
            assert f" {word} " not in screen


async def test_the_table_of_opds_tells_who_has_answered_and_no_pace(
    make_app: MakeApp, opening: Builder
) -> None:
    app = make_app(opening.register)
    async with app.run_test(size=(120, 30)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        await settled(pilot)
        screen = shown(pilot)
        assert "1 not told" in screen
        for word in ("Pace", "pts/wk", "12 weeks"):
            assert word not in screen
        footer = screen.splitlines()[-1]
        assert " O " in footer
        assert " D " in footer


async def test_an_opd_that_the_city_lacks_is_taken_out_with_a_key(
    make_app: MakeApp, opening: Builder
) -> None:
    app = make_app(opening.register)
    async with app.run_test(size=(120, 30)) as pilot:
        await settled(pilot)
        await pilot.press("2", "D")
        await pilot.pause()
        await pilot.press("f2")
        await until(pilot, lambda: len(app.state.register.opds) == 1)
        assert len(app.state.register.services) < 3


async def test_the_filter_finds_what_nobody_has_told(
    make_app: MakeApp, opening: Builder
) -> None:
    app = make_app(opening.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.set_filter("belum-didata")
        codes = {row.at.service.code for row in app.state.filtered_services()}
        assert codes == {"ktp", "izin"}
