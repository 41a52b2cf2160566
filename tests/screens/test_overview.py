from datetime import date, timedelta
from threading import Event

import pytest

from screens.app import TrackerApp
from screens.figures.filtered import measure_filtered
from screens.figures.weeks import FORECAST_AFTER, Weeks
from screens.filter import filter_by_flag
from screens.navigation import FilteredList, OPDPage, ServicePage, WeekLine
from screens.overview.screen import OverviewScreen
from screens.state import DayView
from screens.widgets.lines import LineList, LineView
from tests.screens.conftest import MakeApp
from tests.screens.figures.test_scoped import moving
from tests.screens.harness import TODAY, settled, shown
from tests.screens.test_opds import losing
from tests.tracker.builder import Builder
from tracker.actions.moves import MoveServices
from tracker.model import Stage


async def test_the_figures_are_those_of_the_metrics_in_words(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        said = shown(pilot)
        assert "█ 1  ▓ 3  ░ 1" in said
        await pilot.press("h")
        await settled(pilot)
        said = shown(pilot)
        assert (
            "█ Integrated 1 (20%)  ▓ Online 3 (60%)  ░ Conventional 1 (20%)"
            in said
        )
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


async def test_what_stayed_in_its_stage_has_not_moved(
    make_app: MakeApp, city: Builder
) -> None:
    city.move("rujuk", "2026-11-18", "online", visits=1)
    city.move("kk", "2026-11-11", "online", visits=0)
    app = make_app(city.register)
    async with app.run_test(size=(80, 70)) as pilot:
        await settled(pilot)
        assert "Moved this week 1" in shown(pilot)
        assert "Moved last week 1" in shown(pilot)
        for flag, moved in (("moved", "izin"), ("moved_before", "ktp")):
            app.open_destination(FilteredList("services", filter_by_flag(flag)))
            await settled(pilot)
            assert [
                row.service.code for row in app.state.filtered_services()
            ] == [moved]


async def test_every_line_that_has_a_cursor_opens_what_it_speaks_of(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        view = app.screen.query_one("#attention", LineList)
        keys = view.keys()
        assert {type(key) for key in keys} == {
            FilteredList,
            OPDPage,
            ServicePage,
            WeekLine,
        }
        assert len(keys) == view.count() - 1
        place = next(
            p
            for p in range(view.count())
            if isinstance(view.destination_at(p), OPDPage)
        )
        view.move_to(place)
        await pilot.press("enter")
        assert app.screen_name == "opd"
        await pilot.press("escape")
        assert view.cursor == place


async def test_a_heading_opens_its_list_and_no_page_that_was_left_open_there(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        await pilot.press("2", "enter")
        await settled(pilot)
        assert app.screen_name == "opd"
        await pilot.press("1")
        app.open_destination(FilteredList("opds", filter_by_flag("silent")))
        await settled(pilot)
        assert app.screen_name == "opds"
        await pilot.press("3", "enter")
        await settled(pilot)
        assert app.screen_name == "service"
        await pilot.press("2", "p")
        await settled(pilot)
        assert app.screen_name == "board"


async def test_a_heading_opens_all_that_it_counts(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        app.open_destination(FilteredList("opds", filter_by_flag("silent")))
        await settled(pilot)
        assert app.screen_name == "opds"
        assert [opd.code for opd in app.state.filtered_opds()] == ["dukcapil"]


async def test_the_filter_narrows_what_is_listed(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        app.set_filter("opd:dinkes")
        await pilot.pause()
        said = shown(pilot)
        assert "Izin praktik dokter" in said
        assert "Akta kelahiran" not in said


async def test_the_figures_are_the_citys_until_a_filter_says_whose_they_are(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        assert "The whole city — 5 services" in shown(pilot)
        app.set_filter("kartu")
        await settled(pilot)
        said = shown(pilot)
        assert "Filter: “kartu” — 1 service that matches today" in said
        assert "░ Conventional 0 (0%)" in said
        assert "15 weeks: integrated from 0 to 0 of 1 services" in said
        assert "The whole city" not in said.split("\n", 3)[3]
        await pilot.press("backslash")
        await settled(pilot)
        assert "The whole city — 5 services" in shown(pilot)
        assert "Conventional 1 (20%)" in shown(pilot)


async def test_no_figures_are_shown_while_those_of_the_filter_are_worked_out(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        screen, may = app.screen, Event()
        assert isinstance(screen, OverviewScreen)
        screen.figures.work = lambda facts, wanted: (
            may.wait(10),
            measure_filtered(facts, wanted),
        )[1]
        app.set_filter("kartu")
        await pilot.pause()
        said = shown(pilot)
        may.set()
        assert "Filter: “kartu” — Working out the figures …" in said
        assert "Index" not in said
        assert "integrated from" not in said
        await settled(pilot)
        assert "Index" in shown(pilot)


async def test_a_filter_of_one_opd_shows_that_opds_figures(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        app.set_filter("opd:dinkes")
        await settled(pilot)
        said = shown(pilot)
        assert "Filter: dinkes — Dinas Kesehatan, 2 services" in said
        assert "Index 50.0  +25.00 this week" in said


async def test_services_chosen_by_how_they_stand_are_told_no_pace(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        app.set_filter("tahap:online")
        await settled(pilot)
        said = shown(pilot)
        assert "Pace none: chosen by how they stand today" in said
        assert "Done by none: chosen by how they stand today" in said
        assert "Index 50.0" in said
        assert "this week: progress" not in said


async def test_a_change_is_followed_by_the_figures_of_the_filter(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        app.set_filter("opd:dukcapil")
        await settled(pilot)
        key = app.state.register.service_codes["akta"].id
        app.try_action(
            MoveServices(services=(key,), stage=Stage.ONLINE, on=TODAY)
        )
        await settled(pilot)
        assert "Conventional 0 (0%)" in shown(pilot)


async def test_the_chart_turns_from_stages_to_steps(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "15 weeks" not in shown(pilot)
        await pilot.press("h")
        await settled(pilot)
        assert "15 weeks: integrated from 0 to 1 of 5 services" in shown(pilot)
        await pilot.press("h")
        await settled(pilot)
        assert "15 weeks: 1 to 5 of 10 steps made" in shown(pilot)
        await pilot.press("h")
        await settled(pilot)
        assert "15 weeks" not in shown(pilot)


async def test_a_high_terminal_shows_chart_and_lines_at_once(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        assert "15 weeks: integrated from 0 to 1 of 5 services" in shown(pilot)
        await pilot.press("h")
        assert "15 weeks: 1 to 5 of 10 steps made" in shown(pilot)
        await pilot.press("h")
        assert "15 weeks: integrated from 0 to 1 of 5 services" in shown(pilot)


async def test_the_week_says_what_it_still_wants_and_opens_it(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        said = shown(pilot)
        assert "Week 47, Thursday" in said
        for line in (
            "1 of 2 OPDs heard from",
            "1 not yet",
            "3 claims unchecked",
            "Snapshot 2026-W46 not taken",
            "1 service overdue",
        ):
            assert line in said
        view = app.screen.query_one("#attention", LineList)
        assert view.key == FilteredList("opds", filter_by_flag("silent"))
        await pilot.press("enter")
        await settled(pilot)
        assert app.screen_name == "opds"
        assert app.state.filter.text == "silent"


async def test_an_untaken_week_opens_on_the_snapshots(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.open_destination(WeekLine("2026-W46"))
        await settled(pilot)
        assert app.screen_name == "snapshots"
        assert app.active_screen.query_one("#weeks", LineView).key == WeekLine(
            "2026-W46"
        )


async def test_a_city_without_a_goal_or_a_move_is_told_as_it_is(
    make_app: MakeApp,
) -> None:
    made = Builder()
    made.service("ktp", "dukcapil", "2026-11-02")
    app = make_app(made.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        said = shown(pilot)
        assert "No goal date is set." in said
        assert "too little history" in said
        assert "• new" in said


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize(
    ("stage", "said"),
    [("online", "Oct 2026: missed"), ("integrated", "Oct 2026: met")],
)
async def test_a_goal_that_has_come_is_told_with_its_outcome(
    make_app: MakeApp, size: tuple[int, int], stage: str, said: str
) -> None:
    made = Builder(goal="2026-10-31")
    made.opd("dinkes")
    for service in ("ktp", "kk"):
        made.service(service, "dukcapil", "2026-01-05")
        made.move(service, "2026-10-05", stage)
    app = make_app(made.register)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert said in shown(pilot)
        app.set_filter("dukcapil")
        await settled(pilot)
        assert said not in shown(pilot)


async def test_a_city_in_its_first_week_is_not_said_to_have_no_service(
    make_app: MakeApp,
) -> None:
    made = Builder()
    made.service("ktp", "dukcapil", TODAY)
    app = make_app(made.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert (
            "Done by not yet (no service at the end of the last complete week)"
            in shown(pilot)
        )


async def test_of_a_first_week_no_movement_is_told(make_app: MakeApp) -> None:
    made = Builder()
    made.service("ktp", "dukcapil", TODAY)
    app = make_app(made.register)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert "0 weeks" not in shown(pilot)
        app.open_destination(
            OPDPage(app.state.register.opd_codes["dukcapil"].id)
        )
        await settled(pilot)
        assert "Steps –" in shown(pilot)
        assert "0 weeks" not in shown(pilot)


async def test_opds_that_lost_speed_are_one_list_with_units(
    make_app: MakeApp, city: Builder
) -> None:
    losing(city)
    app = make_app(city.register)
    async with app.run_test(size=(80, 60)) as pilot:
        await settled(pilot)
        lines = shown(pilot).splitlines()
        place = next(
            place
            for place, line in enumerate(lines)
            if "OPDs that lost velocity 2" in line
        )
        assert "beyond chance" in lines[place]
        assert "Dinas Sosial" in lines[place + 1]
        assert "1 step in 7 weeks, 7 in those before" in lines[place + 1]
        assert "Dinas Perhubungan" in lines[place + 2]
        assert "2 steps in 7 weeks, 7 in those before" in lines[place + 2]


async def test_an_opds_name_goes_before_what_is_told_of_it_at_length(
    make_app: MakeApp, city: Builder
) -> None:
    name = "Dinas Pemberdayaan Perempuan dan Perlindungan Anak"
    city.opd("dpppa", name=name)
    city.service("aduan", "dpppa", "2026-06-01")
    app = make_app(city.register)
    async with app.run_test(size=(80, 60)) as pilot:
        await settled(pilot)
        await pilot.pause()
        line = next(
            line
            for line in shown(pilot).splitlines()
            if "weeks without a step" in line
        )
        assert name in line
        assert "left" not in line
        await pilot.resize_terminal(200, 60)
        await pilot.pause()
        await pilot.pause()
        line = next(
            line
            for line in shown(pilot).splitlines()
            if "weeks without a step" in line
        )
        assert "weeks without a step, 2 steps left" in line


async def test_the_lists_use_the_height_that_there_is(
    make_app: MakeApp,
) -> None:
    made = Builder()
    for number in range(30):
        made.service(f"s{number}", "dinkes", "2026-06-01")
    app = make_app(made.register)
    async with app.run_test(size=(200, 60)) as pilot:
        await settled(pilot)
        await pilot.pause()
        view = app.screen.query_one("#attention", LineList)
        assert view.count() >= 30
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        await pilot.pause()
        assert view.count() < 15
        await pilot.resize_terminal(200, 60)
        await pilot.pause()
        await pilot.pause()
        assert view.count() >= 30


async def test_the_forecast_says_on_how_many_weeks_it_rests(
    make_app: MakeApp,
) -> None:
    app = make_app(moving(20, 14).register)
    async with app.run_test(size=(120, 24)) as pilot:
        await settled(pilot)
        await pilot.press("h")
        await settled(pilot)
        assert "from the last 12 complete weeks" in shown(pilot)
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert "from 12 full weeks" in shown(pilot)


async def test_in_its_first_weeks_a_city_is_told_from_when_on_there_are_figures(
    make_app: MakeApp,
) -> None:
    made = Builder()
    made.service("ktp", "dukcapil", "2026-11-02")
    app = make_app(made.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        said = shown(pilot)
        assert (
            "Pace • new  velocity from 7 Dec 2026 on, acceleration from 4 Jan 2027"
            in said
        )
        assert "too little history: a date from 21 Dec 2026 on" in said
        assert "–" not in "".join(
            line
            for line in said.splitlines()
            if line.startswith((" Pace", " Index"))
        )


@pytest.mark.parametrize(
    ("weeks", "figure"),
    [(0, "index_change"), (4, "velocity"), (8, "acceleration")],
)
def test_a_figure_is_there_from_the_day_that_is_told(
    weeks: int, figure: str
) -> None:
    made = Builder()
    made.service("ktp", "dukcapil", "2026-07-01")
    began = date(2026, 7, 1)
    day = Weeks(
        DayView(made.register, began).series["city"], began
    ).first_day_after(weeks)
    assert day is not None
    assert (
        getattr(
            DayView(made.register, day - timedelta(days=1)).figures.city, figure
        )
        is None
    )
    assert getattr(DayView(made.register, day).figures.city, figure) is not None


def test_a_forecast_is_there_from_the_day_that_is_told() -> None:
    made = Builder()
    made.service("ktp", "dukcapil", "2026-07-01")
    began = date(2026, 7, 1)
    day = Weeks(
        DayView(made.register, began).series["city"], began
    ).first_day_after(FORECAST_AFTER)
    assert day == date(2026, 8, 17)
    before = DayView(
        made.register, day - timedelta(days=1)
    ).figures.city.forecast
    assert before.reason == "too_little_history"
    assert (
        DayView(made.register, day).figures.city.forecast.reason
        == "no_progress"
    )


def test_a_forecast_rests_on_as_many_weeks_as_there_are_up_to_twelve() -> None:
    made = Builder()
    made.service("ktp", "dukcapil", "2026-09-28")
    assert (
        Weeks(
            DayView(made.register, TODAY).series["city"], TODAY
        ).behind_forecast
        == 6
    )
    made.service("kk", "dukcapil", "2026-06-01")
    assert (
        Weeks(
            DayView(made.register, TODAY).series["city"], TODAY
        ).behind_forecast
        == 12
    )
