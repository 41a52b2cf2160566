import pytest

from screens.app import TrackerApp
from screens.opds import OPDsScreen
from screens.widgets.table import Table
from tests.screens.conftest import MakeApp
from tests.screens.harness import settled, shown
from tests.tracker.builder import Builder


def row(said: str, name: str) -> str:
    return next(line for line in said.splitlines() if name in line)


async def test_each_opd_stands_in_a_row_with_its_bar_index_and_pace(app: TrackerApp) -> None:
    async with app.run_test(size=(160, 30)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        await settled(pilot)
        said = row(shown(pilot), "Dinas Kesehatan")
        assert "▓" in said
        assert "50.0" in said
        assert "+25.0" in said
        assert "■ standing still" in said


async def test_sorting_goes_through_the_columns_and_can_be_turned_round(app: TrackerApp) -> None:
    async with app.run_test(size=(160, 30)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        screen = app.screen
        assert isinstance(screen, OPDsScreen)
        assert screen.table.sorted_by == "name"
        await pilot.press("s")
        assert screen.table.sorted_by == "services"
        assert [opd.code for opd in screen.table.rows] == ["dukcapil", "dinkes"]
        await pilot.press("S")
        assert [opd.code for opd in screen.table.rows] == ["dinkes", "dukcapil"]


async def test_the_heat_map_shows_the_weeks_in_which_steps_were_made(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "h")
        said = row(shown(pilot), "Dinas Kesehatan")
        assert said.count("▒") == 1
        assert "·" in said
        await pilot.press("h")
        assert "Pace" in shown(pilot)


async def test_the_heat_map_has_those_on_top_that_stand_longest(make_app: MakeApp, city: Builder) -> None:
    city.opd("dinsos", name="Dinas Sosial")
    city.service("bantuan", "dinsos", "2026-08-03")
    city.service("jenazah", "dinsos", "2026-08-03", name="Pemakaman")
    city.move("bantuan", "2026-09-08", "online")
    app = make_app(city.register)
    async with app.run_test(size=(120, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "s", "h")
        screen = app.screen
        assert isinstance(screen, OPDsScreen)
        assert [opd.code for opd in screen.table.rows] == ["dinsos", "dukcapil", "dinkes"]
        assert screen.table.cursor == 0
        said = shown(pilot)
        assert "──────────" in row(said, "Dinas Sosial")
        assert "■ 10 weeks" in row(said, "Dinas Sosial")
        assert "─" not in row(said, "Dinas Kesehatan")
        assert "█ 3+" in said
        await pilot.press("h")
        assert screen.table.sorted_by == "services"


async def test_an_opd_that_is_done_does_not_stand_still(make_app: MakeApp) -> None:
    made = Builder()
    made.service("ktp", "dukcapil", "2026-08-03")
    made.move("ktp", "2026-08-11", "integrated")
    app = make_app(made.register)
    async with app.run_test(size=(120, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "h")
        said = shown(pilot)
        assert "─" not in said
        assert "✓" in said


async def test_a_page_of_one_opd_shows_its_services_obstacles_and_timeline(app: TrackerApp) -> None:
    async with app.run_test(size=(160, 50)) as pilot:
        await settled(pilot)
        app.open_thing(f"opd:{app.state.register.opd_codes['dukcapil'].id}")
        await settled(pilot)
        said = shown(pilot)
        assert "Dinas Kependudukan dan Pencatatan Sipil" in said
        assert "People: Belum ada petugas" in said
        assert "!■" in row(said, "Akta kelahiran")
        assert "Online → Integrated" in said
        assert "Izin praktik dokter" not in said


async def test_marked_services_of_a_page_are_what_its_keys_act_on(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        opd = app.state.register.opd_codes["dukcapil"].id
        app.open_thing(f"opd:{opd}")
        await settled(pilot)
        await pilot.press("space", "space")
        selection = app.front.selection()
        assert selection.opds == (opd,)
        assert [app.state.register.services[key].code for key in selection.services] == ["akta", "kk"]
        await pilot.press("escape")
        assert app.place == "opd"
        assert len(app.front.selection().services) == 1
        await pilot.press("escape")
        assert app.place == "overview"


async def test_the_board_of_an_opd_is_a_filter_that_can_be_cleared(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "p")
        await settled(pilot)
        assert app.place == "board"
        assert app.state.filter.text == "opd:dukcapil"


async def test_a_filter_that_lets_no_opd_through_is_said(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        app.set_filter("tidak ada yang begini")
        await pilot.pause()
        assert "Nothing here matches the filter." in shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "Dinas Kesehatan" in shown(pilot)
        assert isinstance(app.screen.focused, Table)


@pytest.mark.parametrize("width", [60, 80])
async def test_the_heat_map_shows_no_part_of_a_figure(app: TrackerApp, width: int) -> None:
    async with app.run_test(size=(width, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "h")
        await settled(pilot)
        head, row = shown(pilot).splitlines()[2:4]
        assert "…" not in head
        assert row.count("…") <= 1
