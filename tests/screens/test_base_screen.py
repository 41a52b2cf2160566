import asyncio
import re
from pathlib import Path
from threading import Event

import pytest

from screens.app import TrackerApp
from screens.figures.background_result import BackgroundResult
from screens.opd.screen import OPDScreen
from screens.state import DayView
from screens.widgets.cards import CardList
from screens.widgets.filter_bar import FilterBar
from screens.widgets.header import MODES
from screens.widgets.lines import LineList
from screens.widgets.table import Table
from tests.depth import SPOKEN, one_in
from tests.screens.conftest import MakeApp
from tests.screens.harness import TODAY, settled, shown, until
from tests.tracker.builder import Builder
from tracker.actions.draft import Context
from tracker.actions.moves import MoveServices
from tracker.actions.opds import ReportOPDs
from tracker.actions.perform import perform
from tracker.language import LANGUAGES, load_language
from tracker.model import Stage
from tracker.settings import Settings
from tracker.store.file import FileStore


def by_another(
    store: FileStore, service: str = "akta", stage: Stage = Stage.ONLINE
) -> None:
    """Let another person enter a move through a store of their own."""
    other = FileStore(store.path)
    now = other.load().only_city.recorded_at.replace(
        year=2026, month=11, day=19
    )
    perform(
        other,
        MoveServices((service,), stage, TODAY),
        Context("Budi", now, TODAY),
    )


async def test_number_keys_go_to_screens_and_each_is_as_it_was_left(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert app.screen_name == "overview"
        await pilot.press("2", "down", "7")
        assert app.screen_name == "snapshots"
        await pilot.press("2")
        assert app.screen_name == "opds"
        assert app.active_screen.active_list is not None
        assert app.active_screen.active_list.cursor == 1


async def test_enter_goes_in_and_escape_back_to_where_the_cursor_stood(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "down", "enter")
        assert app.screen_name == "opd"
        assert "Dinas Kesehatan" in shown(
            pilot
        ) or "Dinas Kependudukan" in shown(pilot)
        await pilot.press("escape")
        assert app.screen_name == "opds"
        assert app.active_screen.active_list is not None
        assert app.active_screen.active_list.cursor == 1


async def test_the_same_number_again_leads_back_to_a_screens_first_page(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "enter")
        assert app.screen_name == "opd"
        await pilot.press("2")
        assert app.screen_name == "opds"


async def test_escape_on_a_first_page_does_nothing(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("escape", "escape")
        assert app.screen_name == "overview"


async def test_the_filter_shows_its_effect_while_typing_and_holds_on_every_screen(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "slash", *"opd:dinkes")
        await pilot.pause()
        assert "Dinas Kesehatan" in shown(pilot)
        assert "Kependudukan" not in shown(pilot)
        await pilot.press("enter", "1")
        await settled(pilot)
        assert "2 of 5 services" in shown(pilot)
        await pilot.press("7")
        assert "Filter: dinkes" in shown(pilot)
        await pilot.press("backslash")
        assert not app.state.filter
        assert "Filter:" not in shown(pilot)


async def test_the_end_of_the_filters_line_clears_it_and_the_rest_changes_it(
    make_app: MakeApp, city: Builder
) -> None:
    app = make_app(
        city.register, settings=Settings(keys={"clear_filter": "ctrl+l"})
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "slash", *"ktp", "enter")
        line = shown(pilot).splitlines()[2]
        await pilot.click("FilterText", offset=(line.index("^L") - 2, 0))
        assert app.screen.query_one(FilterBar).typing
        await pilot.press("enter")
        await pilot.click("FilterText", offset=(line.index("^L"), 0))
        assert not app.state.filter


async def test_escape_while_typing_brings_the_old_filter_back(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press(
            "2", "slash", *"macet", "enter", "slash", *" ktp", "escape"
        )
        assert app.state.filter.text == "macet"
        assert not app.screen.query_one(FilterBar).typing
        await pilot.press("down")
        assert app.screen_name == "opds"


async def test_keys_typed_into_the_filter_are_not_commands(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("slash", *"2uq?")
        assert app.screen_name == "overview"
        assert app.state.filter.text == "2uq?"


async def test_an_action_is_told_seen_at_once_and_can_be_undone_and_done_again(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        app.try_action(ReportOPDs(("dukcapil",), app.state.facts.week))
        assert len(app.state.register.reports) == 2
        await pilot.press("u")
        assert len(app.state.register.reports) == 1
        await pilot.press("ctrl+r")
        assert len(app.state.register.reports) == 2
        await settled(pilot)
        assert [n.message for n in app._notifications][1].startswith(
            "Taken back:"
        )


async def test_a_refusal_is_said_in_words_and_changes_nothing(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        before = app.state.register
        assert (
            app.try_action(MoveServices(("none",), Stage.ONLINE, TODAY)) is None
        )
        await pilot.press("u")
        messages = [n.message for n in app._notifications]
        assert messages[0].startswith("No service is called “none”")
        assert messages[1] == "There is nothing of Sari's to undo."
        assert app.state.register is before


async def test_a_key_that_can_do_nothing_says_why(make_app: MakeApp) -> None:
    app = make_app(Builder().register)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("2", "r")
        assert [n.message for n in app._notifications] == [
            "Select an OPD first."
        ]


async def test_what_another_program_wrote_appears_with_a_word_about_it(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        assert isinstance(app.store, FileStore)
        by_another(app.store)
        app.watcher.check_for_changes()
        await settled(pilot)
        await settled(pilot)
        assert len(app.state.register.moves) == 5
        assert "Akta kelahiran" in shown(pilot)
        message = next(iter(app._notifications)).message
        assert message.startswith("Budi has changed the register:")
        assert "Akta kelahiran: Conventional → Online" in message


async def test_changes_of_others_are_drawn_with_a_pause_and_own_ones_at_once(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.store, FileStore)
        app.watcher.pause = 1e9
        by_another(app.store)
        app.watcher.check_for_changes()
        await settled(pilot)
        drawn = app.state.register
        assert len(drawn.moves) == 5

        by_another(app.store, "kk", Stage.INTEGRATED)
        app.watcher.check_for_changes()
        await settled(pilot)
        assert app.state.register is drawn

        app.try_action(ReportOPDs(("dukcapil",), app.state.facts.week))
        assert len(app.state.register.moves) == 6

        by_another(app.store, "rujuk", Stage.INTEGRATED)
        app.watcher.pause = 0
        app.watcher.check_for_changes()
        await settled(pilot)
        assert len(app.state.register.moves) == 7


async def test_what_another_wrote_before_ones_own_action_is_told_with_it(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        assert isinstance(app.store, FileStore)
        by_another(app.store)
        app.try_action(ReportOPDs(("dukcapil",), app.state.facts.week))
        await pilot.pause()
        others, own = (n.message for n in app._notifications)
        assert others.startswith("Budi has changed the register:")
        assert "has reported for 2026-W47" in own


async def test_a_look_that_ones_own_action_overtook_is_not_taken(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        before = app.state.facts
        app.try_action(ReportOPDs(("dukcapil",), before.week))
        after = app.state.facts
        app.watcher._adopt(before, DayView(before.register, before.today))
        await pilot.pause()
        assert app.state.facts is after
        assert len(app._notifications) == 1


async def test_a_register_that_cannot_be_read_any_more_is_said_once(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        app.watcher.pause = 0
        assert isinstance(app.store, FileStore)
        whole = Path(app.store.path).read_text()
        Path(app.store.path).write_text("{")
        for _ in range(3):
            app.watcher.check_for_changes()
            await settled(pilot)
        assert len(app._notifications) == 1
        assert "Dinas Kesehatan" in shown(pilot)
        for text in (whole, "{"):
            Path(app.store.path).write_text(text)
            app.watcher.check_for_changes()
            await settled(pilot)
        assert (
            len([n for n in app._notifications if n.severity == "error"]) == 2
        )


async def test_a_users_own_keys_work_and_are_shown(
    make_app: MakeApp, city: Builder
) -> None:
    app = make_app(
        city.register, settings=Settings(keys={"opds": "Q", "help": "h"})
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert " h Help" in shown(pilot).splitlines()[-1]
        await pilot.press("Q")
        assert app.screen_name == "opds"
        await pilot.press("1", "2")
        assert app.screen_name == "overview"


async def test_a_users_own_key_that_means_two_things_is_complained_of(
    make_app: MakeApp, city: Builder
) -> None:
    app = make_app(city.register, settings=Settings(keys={"opds": "m"}))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        assert "The key m means both" in next(iter(app._notifications)).message


@pytest.mark.parametrize("width", one_in(4, [60, 80, 120, 160]))
@pytest.mark.parametrize("language", SPOKEN)
async def test_the_footer_is_never_cut(
    make_app: MakeApp, city: Builder, width: int, language: str
) -> None:
    app = make_app(city.register, language)
    async with app.run_test(size=(width, 24)) as pilot:
        await settled(pilot)
        for key in ("1", "2", "7"):
            await pilot.press(key)
            footer = shown(pilot).splitlines()[-1]
            assert "…" not in footer
            assert footer.rstrip().endswith(
                load_language(language).text("Help")
            )


async def test_the_other_language_is_spoken_at_once(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.run_command("language")
        assert app.state.language.code == "id"
        await pilot.pause()
        assert "19 Nov 2026" in shown(pilot)


async def test_it_opens_where_it_was_left(
    make_app: MakeApp, city: Builder
) -> None:
    app = make_app(city.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "slash", *"ktp", "enter")
    again = TrackerApp(
        app.store,
        lambda: TODAY,
        "Sari",
        load_language("en"),
        begin_at=app.view_state,
    )
    async with again.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert again.screen_name == "opds"
        assert again.state.filter.text == "ktp"


async def test_an_empty_register_greets_with_three_ways_to_begin(
    make_app: MakeApp,
) -> None:
    app = make_app(Builder("Cimahi").register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        said = shown(pilot)
        assert "Nothing has been entered for Cimahi yet." in said
        assert sum(line.startswith("  • ") for line in said.splitlines()) == 3


async def test_the_demonstration_is_marked_on_every_screen(
    make_app: MakeApp,
) -> None:
    made = Builder(illustrative=True)
    made.service("ktp", "dukcapil", "2026-08-03")
    app = make_app(made.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for key in ("1", "2", "7"):
            await pilot.press(key)
            await settled(pilot)
            assert "Demonstration: an illustrative history" in shown(pilot)


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 50)])
async def test_hostile_text_is_shown_and_not_obeyed(
    make_app: MakeApp, hostile: Builder, size: tuple[int, int]
) -> None:
    app = make_app(hostile.register)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for key in ("1", "2", "7"):
            await pilot.press(key)
            await settled(pilot)
            assert "\x1b" not in shown(pilot)
            assert "\u202e" not in shown(pilot)
        await pilot.press("2", "enter")
        await settled(pilot)
        assert "\u202e" not in shown(pilot)
        assert app.is_running


async def test_what_goes_wrong_beside_the_screens_is_a_message_and_not_the_end(
    app: TrackerApp,
) -> None:
    def broken() -> None:
        raise RuntimeError("[/x] broken")

    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        app.run_worker(broken, thread=True, exit_on_error=False)
        await until(pilot, lambda: bool(app._notifications))
        assert (
            "RuntimeError: [/x] broken"
            in next(iter(app._notifications)).message
        )
        assert app.is_running


async def test_a_command_of_another_screen_says_where_it_is_done(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        app.run_command("take")
        await pilot.pause()
        assert [n.message for n in app._notifications] == [
            "This is done elsewhere: Snapshots."
        ]


async def test_ctrl_c_says_how_to_leave_in_the_users_words(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+c")
        assert [n.message for n in app._notifications] == ["Press q to leave."]


async def test_another_screen_does_not_have_all_styles_read_again(
    app: TrackerApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        monkeypatch.setattr(
            app, "refresh_css", lambda animate=True: read.append("again")
        )
        await pilot.press(*"2345671")
        await settled(pilot)
    assert read == []


async def test_another_theme_colours_the_screens_that_are_there_and_those_to_come(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        app.theme = "textual-light"
        await settled(pilot)
        colours = []
        for key in "2345671":
            await pilot.press(key)
            await settled(pilot)
            colours.append(app.screen.background_colors[1])
        assert len(set(colours)) == 1
        assert colours[0].brightness > 0.5


async def test_the_head_counts_what_is_marked(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("4", "space", "space")
        await settled(pilot)
        assert "◉ 2 marked" in shown(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert "marked" not in shown(pilot)


async def test_what_was_done_says_by_which_key_it_is_undone(
    make_app: MakeApp, city: Builder
) -> None:
    app = make_app(city.register, settings=Settings(keys={"undo": "U"}))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("3", "shift+right")
        await settled(pilot)
        said = [note.message for note in app._notifications]
        assert said[-1].splitlines()[-1] == "U undo"
        await pilot.press("U")
        await settled(pilot)
        said = [note.message for note in app._notifications]
        assert said[-1].splitlines()[-1] == "^R redo"


PAGES = ["log", "upkeep", "decisions", "remind", "import"]


@pytest.mark.parametrize("page", one_in(3, PAGES))
async def test_a_page_over_a_screen_has_a_title_and_escape_leads_back(
    app: TrackerApp, page: str
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("2")
        await settled(pilot)
        app.run_command(page)
        await settled(pilot)
        assert app.screen_name != "opds"
        title = app.active_screen.page_title
        assert title
        assert f"› {title}" in shown(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen_name == "opds"


async def test_what_is_typed_for_a_dialog_that_was_refused_does_nothing(
    app: TrackerApp,
) -> None:
    now = 100.0
    app.clock = lambda: now
    key = app.state.register.service_codes["akta"].id
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        app.try_action(MoveServices((key,), Stage.ONLINE, TODAY))
        await pilot.press("3", "end", "right", "right")
        await pilot.press("greater_than_sign", *"su1")
        assert app.screen_name == "board"
        assert app.state.register.moves_of[key]
        now += 2
        await pilot.press("1")
        assert app.screen_name == "overview"


async def test_what_is_typed_before_a_dialog_is_there_is_no_command(
    app: TrackerApp,
) -> None:
    key = app.state.register.service_codes["akta"].id
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.try_action(MoveServices((key,), Stage.ONLINE, TODAY))
        await pilot.press("3")
        await settled(pilot)
        await pilot.press("m")
        await until(pilot, lambda: app.screen.is_modal)
        app.action_command("undo")
        app.action_command("overview")
        assert app.state.register.moves_of[key]
        assert app.screen_name == "board"


async def test_every_tab_has_its_label_on_a_terminal_of_80_columns(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for code in LANGUAGES:
            app.state.language = load_language(code)
            app.update_screen()
            await settled(pilot)
            tabs = shown(pilot).splitlines()[0]
            assert len(re.findall(r"\d [^\W\d]", tabs)) == len(MODES)


async def test_an_at_sign_is_a_key_like_any_other(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for screen, kind in {"1": LineList, "3": CardList, "4": Table}.items():
            await pilot.press(screen)
            await settled(pilot)
            assert isinstance(app.focused, kind)
            await pilot.press("@")
            await settled(pilot)
        assert app.screen_name == "services"


async def test_a_screen_that_opens_or_closes_is_not_drawn_without_its_widgets(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        opd = app.state.register.opd_codes["dukcapil"].id
        screen = OPDScreen(opd)
        app.push_screen(screen)
        while not screen.is_complete:
            app.state.measured = DayView(app.state.register, TODAY)
            app.update_screen()
            await asyncio.sleep(0)
        await settled(pilot)
        assert "Dinas Kependudukan" in shown(pilot)

        app.state.facts = app.state.facts.with_register(app.state.register)
        app.pop_screen()
        while screen.is_attached:
            screen.charted._accept(opd, None)
            await asyncio.sleep(0)


async def test_an_answer_for_a_screen_that_is_gone_is_dropped(
    app: TrackerApp,
) -> None:
    left = Event()

    def answer(facts: DayView, asked: str) -> str:
        left.wait(60)
        return asked

    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        screen = OPDScreen(app.state.register.opd_codes["dukcapil"].id)
        app.push_screen(screen)
        await settled(pilot)
        result = BackgroundResult(screen, answer)
        result.get(app.state.facts, "x")
        await app.pop_screen()
        left.set()
        await settled(pilot)
        assert result.get(app.state.facts, "x") == "x"
        assert not app._notifications
