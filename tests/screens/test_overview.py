from screens.app import TrackerApp
from screens.widgets.lines import LineList
from tests.screens.conftest import MakeApp
from tests.screens.harness import settled, shown
from tests.tracker.builder import Builder


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
