import pytest

from screens.app import TrackerApp
from screens.commands.registry import commands_on
from screens.navigation import RunCommand
from screens.widgets.lines import LineList
from screens.widgets.table import Table
from tests.depth import SPOKEN, one_in
from tests.screens.conftest import MakeApp
from tests.screens.harness import paste, settled, shown, until
from tests.tracker.builder import Builder
from tracker.actions.opds import ReportOPDs
from tracker.week import Week


async def test_a_few_letters_and_enter_open_an_opd(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p", *"disduk", "enter")
        await settled(pilot)
        assert app.screen_name == "opd"
        assert "Dinas Kependudukan dan Pencatatan Sipil" in shown(pilot)


async def test_enter_opens_what_is_found_first_whatever_stood_first_before(
    make_app: MakeApp, city: Builder
) -> None:
    for number in range(30):
        city.service(
            f"akta-{number}",
            "dukcapil",
            "2026-08-03",
            name=f"Akta baru {number}",
        )
    app = make_app(city.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p")
        view = app.screen.query_one(LineList)
        for letter in "akta lah":
            await pilot.press("space" if letter == " " else letter)
            assert view.cursor == 0
            await pilot.press("down", "down")
        await pilot.press("x", "backspace")
        assert (view.cursor, view.scroll_y) == (0, 0)
        await pilot.press("enter")
        await settled(pilot)
        assert "Akta kelahiran" in shown(pilot)


async def test_a_service_is_found_by_its_whole_name_whoever_offers_it(
    make_app: MakeApp, city: Builder
) -> None:
    city.opd(
        "lama",
        name="Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu Kota",
    )
    city.service(
        "klinik",
        "lama",
        "2026-08-03",
        name="Izin klinik pratama bagi warga negara asing",
    )
    app = make_app(city.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p", *"klinik")
        assert (
            "Izin klinik pratama bagi warga negara asing  Dinas Penanaman Modal"
            in shown(pilot)
        )


async def test_a_command_of_the_palette_is_carried_out(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("colon")
        await paste(pilot, "snapshots")
        await pilot.press("enter")
        await settled(pilot)
        assert app.screen_name == "snapshots"


async def test_the_palette_says_when_nothing_is_called_that_and_escape_leaves(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p", *"qqzz")
        assert "Nothing is called that." in shown(pilot)
        await pilot.press("enter", "escape")
        assert app.screen is app.active_screen


async def test_hostile_names_are_found_and_shown_as_they_are(
    make_app: MakeApp, hostile: Builder
) -> None:
    app = make_app(hostile.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p", *"click")
        assert "[@click=app.quit]x[/]" in shown(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert app.is_running


async def test_colours_are_chosen_by_name(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.run_command("theme")
        await pilot.pause()
        assert "Choose the colours" in shown(pilot)
        await pilot.press(*"nord", "enter")
        assert app.theme == "nord"
        assert app.view_state.theme == "nord"


@pytest.mark.parametrize("key", one_in(2, ["1", "2", "7"]))
async def test_help_lists_every_key_that_works_here(
    app: TrackerApp, key: str
) -> None:
    async with app.run_test(size=(80, 60)) as pilot:
        await settled(pilot)
        await pilot.press(key)
        place = app.screen_name
        await pilot.press("question_mark")
        keys = app.screen.query_one(LineList).keys()
        listed = {key.id for key in keys if isinstance(key, RunCommand)}
        assert listed == {
            command.id for command in commands_on(place) if command.keys
        }
        await pilot.press("escape")
        assert app.screen is app.active_screen


@pytest.mark.parametrize("language", SPOKEN)
async def test_help_is_never_cut(
    make_app: MakeApp, city: Builder, language: str
) -> None:
    app = make_app(city.register, language)
    async with app.run_test(size=(60, 200)) as pilot:
        await settled(pilot)
        await pilot.press("question_mark")
        await pilot.pause()
        page = [
            line for line in shown(pilot).splitlines() if line.startswith("│")
        ]
        assert len(page) > 40
        assert not any("…" in line for line in page if ":…" not in line)


async def test_what_help_lists_can_be_done_from_it(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 60)) as pilot:
        await settled(pilot)
        await pilot.press("question_mark", "down", "enter")
        await settled(pilot)
        assert app.screen_name == "opds"


async def test_the_head_and_the_footer_can_be_clicked(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.click("Header", offset=(15, 0))
        assert app.screen_name == "opds"
        await settled(pilot)
        footer = shown(pilot).splitlines()[-1]
        await pilot.click("KeyFooter", offset=(footer.index("Help"), 0))
        assert app.screen is not app.active_screen


async def test_the_end_of_help_tells_what_signs_mean_and_what_a_filter_can_ask(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 60)) as pilot:
        await settled(pilot)
        await pilot.press("4", "f1", "end")
        said = shown(pilot)
        assert "stalled overdue unverified hybrid silent moved closed" in said
        assert "½             hybrid" in said
        assert "▽             slowing" in said
        assert "?  F1" in said


async def test_a_line_of_help_opened_twice_in_one_stroke_is_done_once(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for week in (46, 45):
            app.try_action(ReportOPDs(("dukcapil",), Week(2026, week)))
        await pilot.press("question_mark")
        view = app.screen.query_one(LineList)
        for _ in range(2):
            view.post_message(LineList.Opened(view, RunCommand("undo")))
        await settled(pilot)
        assert len(app.state.register.reports) == 2


async def test_help_leaves_only_the_lines_that_have_what_is_typed(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("question_mark")
        await paste(pilot, "last action")
        await settled(pilot)
        keys = app.screen.query_one(LineList).keys()
        assert keys == [RunCommand("undo")]
        await pilot.press("escape")
        assert app.screen is app.active_screen


async def test_colours_are_seen_before_they_are_chosen_and_escape_gives_the_old_ones_back(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        before = app.theme
        app.run_command("theme")
        await pilot.pause()
        await pilot.press(*"nord")
        await until(pilot, lambda: app.theme == "nord")
        # What is kept, should the terminal be closed now.
        assert app.view_state.theme == before
        await pilot.press("escape")
        await until(pilot, lambda: app.theme == before)


async def test_columns_are_chosen_from_a_menu_and_passed_by_keys(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        await settled(pilot)
        table = app.screen.query_one(Table)
        await pilot.press("s", *"index", "enter")
        await until(pilot, lambda: table.sorted_by == "index")
        await pilot.press("less_than_sign")
        await until(pilot, lambda: table.sorted_by == "stages")
        await pilot.press("greater_than_sign")
        await until(pilot, lambda: table.sorted_by == "index")
