from datetime import UTC, datetime

import pytest

from screens.app import TrackerApp
from screens.filter import filter_by_flag
from screens.navigation import FilteredList, OPDPage
from screens.opds.screen import OPDsScreen
from screens.state import DayView
from screens.widgets.table import Table
from tests.screens.conftest import MakeApp
from tests.screens.harness import TODAY, settled, shown
from tests.tracker.builder import Builder
from tracker.actions.opds import AddOPD
from tracker.actions.undo import Undo


def losing(city: Builder) -> None:
    """Two OPDs that made a step a week for seven weeks, and then one or two in seven."""
    for code, name, later in (
        ("dinsos", "Dinas Sosial", ["2026-10-06"]),
        ("dishub", "Dinas Perhubungan", ["2026-10-06", "2026-11-10"]),
    ):
        city.opd(code, name=name)
        days = [
            f"2026-{day}"
            for day in ("08-11", "08-18", "08-25", "09-01", "09-08")
        ]
        days += ["2026-09-15", "2026-09-22", *later]
        for number in range(12):
            city.service(f"{code}-{number}", code, "2026-08-03")
        for number, day in enumerate(days):
            city.move(f"{code}-{number}", day, "online")


def row(said: str, name: str) -> str:
    return next(line for line in said.splitlines() if name in line)


async def test_each_opd_stands_in_a_row_with_its_bar_index_and_pace(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(160, 30)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        await settled(pilot)
        said = row(shown(pilot), "Dinas Kesehatan")
        assert "▓" in said
        assert "50.0" in said
        assert "+25.0" in said
        assert "▶ moves again" in said


async def test_sorting_goes_through_the_columns_and_can_be_turned_round(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(160, 30)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        screen = app.screen
        assert isinstance(screen, OPDsScreen)
        assert screen.table.sorted_by == "pace"
        screen.table.sort_by("name")
        await pilot.press("greater_than_sign")
        assert screen.table.sorted_by == "services"
        assert [opd.code for opd in screen.table.rows] == ["dukcapil", "dinkes"]
        await pilot.press("S")
        assert [opd.code for opd in screen.table.rows] == ["dinkes", "dukcapil"]


async def test_once_sorted_the_line_below_tells_of_the_row_that_is_under_the_cursor(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        screen = app.screen
        assert isinstance(screen, OPDsScreen)
        for key in "sSsS":
            await pilot.press(key)
            await pilot.pause()
            assert screen.table.row is screen.table.rows[0]
            assert screen.table.row.name in shown(pilot).splitlines()[-2]


async def test_the_heat_map_shows_the_weeks_in_which_steps_were_made(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "h")
        said = row(shown(pilot), "Dinas Kesehatan")
        assert said.count("▒") == 1
        assert "·" in said
        await pilot.press("h")
        assert "Pace" in shown(pilot)


async def test_the_heat_map_has_those_on_top_that_stand_longest(
    make_app: MakeApp, city: Builder
) -> None:
    city.opd("dinsos", name="Dinas Sosial")
    city.service("bantuan", "dinsos", "2026-08-03")
    city.service("jenazah", "dinsos", "2026-08-03", name="Pemakaman")
    city.move("bantuan", "2026-09-08", "online")
    app = make_app(city.register)
    async with app.run_test(size=(120, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        screen = app.screen
        assert isinstance(screen, OPDsScreen)
        screen.table.sort_by("services")
        await pilot.press("h")
        assert [opd.code for opd in screen.table.rows] == [
            "dinsos",
            "dukcapil",
            "dinkes",
        ]
        assert screen.table.cursor == 0
        said = shown(pilot)
        assert "──────────" in row(said, "Dinas Sosial")
        assert "■ 9 weeks" in row(said, "Dinas Sosial")
        assert "─" not in row(said, "Dinas Kesehatan")
        assert "█ 3+" in said
        await pilot.press("h")
        assert screen.table.sorted_by == "services"


async def test_an_opd_that_is_done_does_not_stand_still(
    make_app: MakeApp,
) -> None:
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


async def test_a_page_of_one_opd_shows_its_services_obstacles_and_timeline(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(160, 50)) as pilot:
        await settled(pilot)
        app.open_destination(
            OPDPage(app.state.register.opd_codes["dukcapil"].id)
        )
        await settled(pilot)
        said = shown(pilot)
        assert "Dinas Kependudukan dan Pencatatan Sipil" in said
        assert "People: Belum ada petugas" in said
        assert any(
            "!■" in line
            for line in said.splitlines()
            if "Akta kelahiran" in line
        )
        assert "Online → Integrated" in said
        assert "Izin praktik dokter" not in said


async def test_marked_services_of_a_page_are_what_its_keys_act_on(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        opd = app.state.register.opd_codes["dukcapil"].id
        app.open_destination(OPDPage(opd))
        await settled(pilot)
        await pilot.press("space", "space")
        selection = app.active_screen.current_selection()
        assert selection.opds == (opd,)
        assert [
            app.state.register.services[key].code for key in selection.services
        ] == ["akta", "kk"]
        await pilot.press("escape")
        assert app.screen_name == "opd"
        assert len(app.active_screen.current_selection().services) == 1
        await pilot.press("escape")
        assert app.screen_name == "overview"


async def test_the_board_of_an_opd_is_a_filter_that_can_be_cleared(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "p")
        await settled(pilot)
        assert app.screen_name == "board"
        assert app.state.filter.text == "opd:dukcapil"


async def test_a_filter_that_lets_no_opd_through_is_said(
    app: TrackerApp,
) -> None:
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
async def test_the_heat_map_shows_no_part_of_a_figure(
    app: TrackerApp, width: int
) -> None:
    async with app.run_test(size=(width, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "h")
        await settled(pilot)
        head, row = shown(pilot).splitlines()[2:4]
        assert "…" not in head
        assert row.count("…") <= 1


async def test_an_opds_page_says_within_one_screen_why_it_moves_as_it_does(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.open_destination(
            OPDPage(app.state.register.opd_codes["dukcapil"].id)
        )
        await settled(pilot)
        said = shown(pilot)
        assert "Why it moves as it does" in said
        assert "2 steps in the last 7 complete weeks, 1 in the 7 before" in said
        assert "10 Nov 2026  KTP elektronik" in row(said, "KTP elektronik")
        assert "Online → Integrated" in row(said, "10 Nov 2026")
        assert "6 Oct 2026  Kartu keluarga" in said
        assert "Open obstacles: People 1" in said
        assert "People: Belum ada petugas  Akta kelahiran" in said
        assert "Why it moves as it does  3 steps left" in said
        assert "overdue 1, stalled 1, unverified 2" in said
        assert "░ Conventional 1  ! overdue  ■ stalled  × held back" in said
        assert app.active_screen.current_selection().services


async def test_an_opds_page_says_what_it_waits_for(
    make_app: MakeApp, city: Builder
) -> None:
    city.report("dukcapil", "2026-W46", note="Menunggu printer")
    city.report("dukcapil", "2026-W45", note="Menunggu anggaran")
    app = make_app(city.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.open_destination(
            OPDPage(app.state.register.opd_codes["dukcapil"].id)
        )
        await settled(pilot)
        assert "last note, for 2026-W46: Menunggu printer" in shown(pilot)
        assert "of silence" not in shown(pilot)


@pytest.mark.parametrize("heard", [False, True])
async def test_an_opds_page_says_how_long_it_is_silent_until_it_is_heard(
    make_app: MakeApp, heard: bool
) -> None:
    made = Builder()
    made.service("ktp", "dukcapil", "2026-08-03")
    made.report(
        "dukcapil",
        "2026-W47" if heard else "2026-W44",
        note="Menunggu anggaran",
    )
    app = make_app(made.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.open_destination(
            OPDPage(app.state.register.opd_codes["dukcapil"].id)
        )
        await settled(pilot)
        assert "Menunggu anggaran" in shown(pilot)
        assert ("weeks of silence" in shown(pilot)) is not heard


async def test_an_opds_timeline_tells_what_passed_through_it_and_what_was_done_there(
    make_app: MakeApp, city: Builder
) -> None:
    """The service moved in one OPD, came to a second, moved there and went on to a third."""
    city.service("siup", "dinkes", "2026-08-03", name="Izin usaha")
    city.opd("dpmptsp", name="Dinas Penanaman Modal")
    city.opd("kominfo", name="Dinas Kominfo")
    city.move("siup", "2026-08-10", "online")
    city.transfer("siup", "2026-08-20", "dpmptsp")
    city.move("siup", "2026-08-25", "integrated")
    city.transfer("siup", "2026-09-01", "kominfo")
    city.service("pbg", "dpmptsp", "2026-08-03", name="Bangunan")
    app = make_app(city.register)
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        app.open_destination(
            OPDPage(app.state.register.opd_codes["dpmptsp"].id)
        )
        await settled(pilot)
        said = shown(pilot)
        timeline = said.partition("Timeline")[2].splitlines()[1:4]
        assert [
            "1 Sep 2026" in timeline[0],
            "passed to Dinas Kominfo" in timeline[0],
        ] == [True, True]
        assert [
            "25 Aug 2026" in timeline[1],
            "Online → Integrated" in timeline[1],
        ] == [
            True,
            True,
        ]
        assert [
            "20 Aug 2026" in timeline[2],
            "passed to Dinas Penanaman Modal" in timeline[2],
        ] == [
            True,
            True,
        ]
        assert "Conventional → Online" not in said
        app.set_filter("pbg")
        await settled(pilot)
        assert "Izin usaha" not in shown(pilot).partition("Timeline")[2]


async def test_a_report_stands_on_the_day_that_it_was_in_the_city(
    make_app: MakeApp, city: Builder
) -> None:
    city.report(
        "dukcapil",
        "2026-W46",
        recorded_at=datetime(2026, 11, 10, 22, tzinfo=UTC),
    )
    app = make_app(city.register)
    async with app.run_test(size=(80, 60)) as pilot:
        await settled(pilot)
        app.open_destination(
            OPDPage(app.state.register.opd_codes["dukcapil"].id)
        )
        await settled(pilot)
        assert "11 Nov 2026" in row(shown(pilot), "reported for 2026-W46")


async def test_an_opd_that_never_moved_is_said_to(make_app: MakeApp) -> None:
    made = Builder()
    made.service("ktp", "dukcapil", "2026-08-03")
    app = make_app(made.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.open_destination(
            OPDPage(app.state.register.opd_codes["dukcapil"].id)
        )
        await settled(pilot)
        said = shown(pilot)
        assert "0 steps in the last 7 complete weeks, 0 in the 7 before" in said
        assert "No step has been made yet." in said
        assert "No open obstacle is recorded." in said


async def test_an_opd_without_services_is_listed_without_figures_and_changes_none(
    make_app: MakeApp, city: Builder
) -> None:
    without = DayView(city.register, TODAY).figures
    city.opd("dinsos", name="Dinas Sosial")
    city.opd("lama", name="Dinas Lama", retired_on="2026-01-01")
    app = make_app(city.register)
    async with app.run_test(size=(120, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        await settled(pilot)
        said = shown(pilot)
        assert "no services yet" in row(said, "Dinas Sosial")
        assert not any(
            figure in row(said, "Dinas Sosial") for figure in "0123456789"
        )
        assert "Dinas Lama" not in said
        assert app.state.facts.figures == without
        await pilot.press("h")
        await settled(pilot)
        assert "no services yet" in row(shown(pilot), "Dinas Sosial")


async def test_the_first_service_is_added_from_the_page_of_an_opd_without_any(
    make_app: MakeApp,
) -> None:
    made = Builder()
    made.opd("dinsos", name="Dinas Sosial")
    app = make_app(made.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "enter")
        await settled(pilot)
        assert app.screen_name == "opd"
        assert "This OPD has no services yet." in shown(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert app.screen is not app.active_screen
        assert "New service" in shown(pilot)
        assert "Dinas Sosial" in shown(pilot)


async def test_the_table_has_weeks_and_pace_where_there_is_little_room(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        await settled(pilot)
        head = shown(pilot).splitlines()[2]
        for label in ("OPD", "Stages", "Index", "12 weeks", "pts/wk", "Pace▼"):
            assert label in head
        screen = app.screen
        assert isinstance(screen, OPDsScreen)
        screen.table.sort_by("index")
        screen.table.sort_beside(1)
        await pilot.pause()
        assert "Change▼" in shown(pilot).splitlines()[2]


async def test_the_opds_that_lost_speed_come_with_the_greatest_loss_on_top(
    make_app: MakeApp, city: Builder
) -> None:
    losing(city)
    app = make_app(city.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.open_destination(FilteredList("opds", filter_by_flag("slowed")))
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, OPDsScreen)
        assert [opd.code for opd in screen.table.rows] == ["dinsos", "dishub"]
        assert "± 4 wk▲" in shown(pilot)
        assert "Filter: lost velocity" in shown(pilot)


async def test_the_signs_of_a_heat_map_are_told_in_words(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "h")
        await settled(pilot)
        last = shown(pilot).splitlines()[-2]
        assert "steps a week: · 0  ▒ 1  ▓ 2  █ 3+  ▼ −" in last
        assert last.startswith(" ▶ steady")


async def test_those_most_in_need_come_first_and_ties_by_name(
    make_app: MakeApp, city: Builder
) -> None:
    for code, name in (("b", "Dinas Bina"), ("a", "Dinas Alam")):
        city.opd(code, name=name)
        city.service(f"layanan-{code}", code, "2026-08-03")
    app = make_app(city.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        screen = app.screen
        assert isinstance(screen, OPDsScreen)
        in_need = [opd.code for opd in screen.table.rows]
        assert in_need == ["a", "b", "dukcapil", "dinkes"]
        screen.table.sort_by("services")
        screen.table.sort_by("pace")
        assert [opd.code for opd in screen.table.rows] == in_need


async def test_a_name_that_does_not_fit_is_short_and_in_full_under_the_table(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        await settled(pilot)
        assert "Disdukcapil" in shown(pilot)
        assert "…" not in shown(pilot)
        assert "Dinas Kependudukan dan Pencatatan Sipil" in shown(pilot)


async def test_of_an_opd_that_is_gone_there_is_nothing_to_do(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.try_action(AddOPD("Dinas Baru", "baru"))
        app.open_destination(OPDPage(app.state.register.opd_codes["baru"].id))
        await settled(pilot)
        app.try_action(Undo())
        await settled(pilot)
        assert "This OPD is no longer in the register." in shown(pilot)
        commands = ("open_board", "report", "edit_opd", "merge_opd")
        for command in (*commands, "retire_opd"):
            app.run_command(command)
            await settled(pilot)
            assert app.screen_name == "opd"
            assert app.screen is app.active_screen
