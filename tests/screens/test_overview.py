from threading import Event

from screens.app import TrackerApp
from screens.filtered import filtered
from screens.overview import OverviewScreen
from screens.widgets.lines import LineList
from tests.screens.conftest import MakeApp
from tests.screens.harness import TODAY, settled, shown
from tests.tracker.builder import Builder
from tracker.actions import MoveServices
from tracker.model import Stage


async def test_the_figures_are_those_of_the_metrics_in_words(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        said = shown(pilot)
        assert "█ Integrated 1 (20%)  ▓ Online 3 (60%)  ░ Conventional 1 (20%)" in said
        assert "Index 50.0" in said
        assert "Goal 31 Dec 2027: needs" in said
        assert app.state.facts.figures.city.index == 50.0


async def test_what_moved_is_listed_with_from_and_to(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        lines = shown(pilot).splitlines()
        moved = next(line for line in lines if "Izin praktik dokter" in line)
        assert "Dinas Kesehatan" in moved
        assert "Conventional → Online" in moved
        assert "17 Nov" in moved
        assert any("Moved this week 1" in line for line in lines)


async def test_every_line_that_has_a_cursor_opens_what_it_speaks_of(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        view = app.screen.query_one("#attention", LineList)
        keys = view.keys()
        assert {key.partition(":")[0] for key in keys} == {"filter", "opd", "service"}
        assert len(keys) == view.count()
        place = next(p for p in range(view.count()) if (view.key_at(p) or "").startswith("opd:"))
        view.move_to(place)
        await pilot.press("enter")
        assert app.place == "opd"
        await pilot.press("escape")
        assert view.cursor == place


async def test_a_heading_opens_all_that_it_counts(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        app.open_thing("filter:opds:sunyi")
        await settled(pilot)
        assert app.place == "opds"
        assert [opd.code for opd in app.state.opds()] == ["dukcapil"]


async def test_the_filter_narrows_what_is_listed(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        app.set_filter("opd:dinkes")
        await pilot.pause()
        said = shown(pilot)
        assert "Izin praktik dokter" in said
        assert "Akta kelahiran" not in said


async def test_the_figures_are_the_citys_until_a_filter_says_whose_they_are(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        assert "City — 5 services" in shown(pilot)
        app.set_filter("kartu")
        await settled(pilot)
        said = shown(pilot)
        assert "Filter: “kartu” — 1 service that matches today" in said
        assert "░ Conventional 0 (0%)" in said
        assert "15 weeks: integrated from 0 to 0 of 1 services" in said
        assert "City" not in said.split("\n", 3)[3]
        await pilot.press("backslash")
        await settled(pilot)
        assert "City — 5 services" in shown(pilot)
        assert "Conventional 1 (20%)" in shown(pilot)


async def test_no_figures_are_shown_while_those_of_the_filter_are_worked_out(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        screen, may = app.screen, Event()
        assert isinstance(screen, OverviewScreen)
        screen.figures.work = lambda facts, wanted: (may.wait(10), filtered(facts, wanted))[1]
        app.set_filter("kartu")
        await pilot.pause()
        said = shown(pilot)
        may.set()
        assert "Filter: “kartu” — Working out the figures …" in said
        assert "Index" not in said
        assert "integrated from" not in said
        await settled(pilot)
        assert "Index" in shown(pilot)


async def test_a_filter_of_one_opd_shows_that_opds_figures(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        app.set_filter("opd:dinkes")
        await settled(pilot)
        said = shown(pilot)
        assert "Filter: dinkes — Dinas Kesehatan, 2 services" in said
        assert "Index 50.0  +25.00 this week" in said


async def test_services_chosen_by_how_they_stand_are_told_no_pace(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        app.set_filter("tahap:online")
        await settled(pilot)
        said = shown(pilot)
        assert "Pace none: chosen by how they stand today" in said
        assert "Done by none: chosen by how they stand today" in said
        assert "Index 50.0" in said
        assert "this week: progress" not in said


async def test_a_change_is_followed_by_the_figures_of_the_filter(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        app.set_filter("opd:dukcapil")
        await settled(pilot)
        key = app.state.register.service_codes["akta"].id
        app.act(MoveServices(services=(key,), stage=Stage.ONLINE, on=TODAY))
        await settled(pilot)
        assert "Conventional 0 (0%)" in shown(pilot)


async def test_the_chart_turns_from_stages_to_steps(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "15 weeks: integrated from 0 to 1 of 5 services" in shown(pilot)
        await pilot.press("h")
        assert "15 weeks: 1 to 5 of 10 steps made" in shown(pilot)


async def test_a_city_without_a_goal_or_a_move_is_told_as_it_is(make_app: MakeApp) -> None:
    made = Builder()
    made.service("ktp", "dukcapil", "2026-11-02")
    app = make_app(made.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        said = shown(pilot)
        assert "No goal date is set." in said
        assert "too little history" in said
        assert "• new" in said
