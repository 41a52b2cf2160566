from time import process_time

import pytest
from textual.widgets._toast import Toast

from screens.app import TrackerApp
from screens.board.screen import BoardScreen
from screens.dialogs.base import FormDialog
from screens.navigation import ServicePage
from screens.widgets.cards import CardList
from tests.depth import SPOKEN
from tests.screens.conftest import MakeApp
from tests.screens.harness import TODAY, paste, settled, shown
from tests.tracker.builder import Builder
from tracker.actions.moves import MoveServices
from tracker.history import stage_at
from tracker.model import Stage


def board(app: TrackerApp) -> BoardScreen:
    assert isinstance(app.active_screen, BoardScreen)
    return app.active_screen


def counts(app: TrackerApp) -> list[int]:
    return [len(column.keys()) for column in board(app).columns]


def stage_of(app: TrackerApp, code: str) -> Stage:
    register = app.state.register
    return stage_at(register, register.service_codes[code], TODAY)


def names(app: TrackerApp, column: int) -> list[str]:
    services = app.state.register.services
    return [
        services[card.key].name
        for card in board(app).columns[column].there
        if isinstance(card, ServicePage)
    ]


def code_here(app: TrackerApp) -> str:
    return app.state.register.services[
        board(app).current_selection().services[0]
    ].code


async def test_each_service_stands_in_the_column_of_its_stage(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        assert counts(app) == [1, 3, 1]
        screen = shown(pilot)
        for words in (
            "Conventional 1",
            "Online 3",
            "Integrated 1",
            "Akta kelahiran",
            "dinkes",
        ):
            assert words in screen


async def test_a_card_tells_by_signs_what_wants_attention(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        assert "!■× 108 d" in shown(pilot)
        assert "! overdue  ■ stalled  × held back" in shown(pilot)


@pytest.mark.parametrize("language", SPOKEN)
async def test_arrows_go_between_columns_and_cards(
    make_app: MakeApp, city: Builder, language: str
) -> None:
    app = make_app(city.register, language)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        assert board(app).active_index == 0
        await pilot.press("right", "down", "down")
        assert board(app).active_index == 1
        assert board(app).columns[1].cursor == 4
        await pilot.press("up", "right", "right")
        assert board(app).active_index == 2
        await pilot.press("left")
        assert board(app).columns[1].cursor == 2


@pytest.mark.parametrize("language", SPOKEN)
async def test_one_key_asks_for_the_evidence_of_the_next_stage(
    make_app: MakeApp, city: Builder, language: str
) -> None:
    app = make_app(city.register, language)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3", "greater_than_sign")
        assert isinstance(app.screen, FormDialog)
        await pilot.press(*"Surat", "f2")
        await pilot.pause()
        assert counts(app) == [0, 4, 1]
        assert (
            app.state.register.moves[max(app.state.register.moves)].evidence
            == "Surat"
        )
        await pilot.press("u")
        assert counts(app) == [1, 3, 1]


async def test_one_key_moves_a_card_on_at_once_and_one_takes_it_back(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3", "shift+right")
        assert counts(app) == [0, 4, 1]
        made = app.state.register.moves[max(app.state.register.moves)]
        assert (made.on, made.evidence, made.verified_on) == (TODAY, "", None)
        await pilot.press("u")
        assert counts(app) == [1, 3, 1]


@pytest.mark.parametrize(
    "size",
    [
        (60, 20),
        pytest.param((80, 24), marks=pytest.mark.thorough),
        pytest.param((120, 40), marks=pytest.mark.thorough),
    ],
)
async def test_what_a_move_did_is_told_over_no_card(
    make_app: MakeApp, city: Builder, size: tuple[int, int]
) -> None:
    city.service("akta-mati", "dukcapil", "2026-08-03", name="Akta kematian")
    app = make_app(city.register)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("3", "shift+right", "shift+right")
        await settled(pilot)
        await pilot.pause()
        told = list(app.screen.query(Toast))
        assert len(told) == 1
        for column in app.screen.query(CardList):
            assert not told[0].region.overlaps(column.region)


async def test_a_move_tells_what_may_be_behind_the_single_door_already_and_its_undo_does_not(
    make_app: MakeApp, city: Builder
) -> None:
    city.application("salaman", "dukcapil", integrated_on="2026-10-05")
    city.service(
        "mati",
        "dukcapil",
        "2026-08-03",
        name="Akta kematian",
        application="salaman",
    )
    app = make_app(city.register)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("3", "/")
        await paste(pilot, "kematian")
        await pilot.press("enter", "greater_than_sign")
        await settled(pilot)
        assert "salaman is behind the single door since 5 Oct 2026" in shown(
            pilot
        )
        await pilot.press("f2")
        await settled(pilot)
        assert (
            "may be integrated already" in list(app._notifications)[-1].message
        )
        await pilot.press("u")
        await settled(pilot)
        assert (
            "may be integrated already"
            not in list(app._notifications)[-1].message
        )


async def test_marked_cards_of_one_stage_move_at_once_and_those_of_several_are_asked_about(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3", "right", "space", "space", "shift+right")
        assert counts(app) == [1, 1, 3]
        assert not any(column.marks for column in board(app).columns)
        await pilot.press("asterisk", "left", "space", "shift+right")
        assert isinstance(app.screen, FormDialog)


@pytest.mark.parametrize("keys", [("less_than_sign", "f2"), ("shift+left",)])
async def test_a_card_goes_back_a_stage_where_a_claim_was_not_true(
    app: TrackerApp, keys: tuple[str, ...]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3", "right", "right", *keys)
        await pilot.pause()
        assert stage_of(app, "ktp") is Stage.ONLINE


async def test_beyond_the_last_stage_there_is_nothing(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("3", "less_than_sign")
        assert app.screen is board(app)
        assert [n.message for n in app._notifications] == [
            "There is no stage beyond this one."
        ]


@pytest.mark.parametrize("language", SPOKEN)
async def test_marked_cards_move_together(
    make_app: MakeApp, city: Builder, language: str
) -> None:
    app = make_app(city.register, language)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3", "right", "space", "space")
        assert len(board(app).current_selection().services) == 2
        await pilot.press("greater_than_sign", "f2")
        await pilot.pause()
        assert counts(app) == [1, 1, 3]
        assert not any(column.marks for column in board(app).columns)
        await pilot.press("u")
        assert counts(app) == [1, 3, 1]


async def test_a_range_and_cards_of_several_columns_can_be_marked(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3", "space", "right", "v", "down", "v")
        assert len(board(app).current_selection().services) == 3
        await pilot.press("escape")
        assert not any(column.marks for column in board(app).columns)
        await pilot.press("asterisk")
        assert len(board(app).current_selection().services) == 3


async def test_the_cursor_stays_where_it_stood_when_others_change_the_register(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3", "right", "down")
        here = code_here(app)
        app.try_action(MoveServices(("akta",), Stage.ONLINE, TODAY))
        await settled(pilot)
        assert code_here(app) == here
        assert board(app).active_index == 1


async def test_after_a_move_the_cursor_is_on_the_next_card(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3", "right")
        place = board(app).columns[1].cursor
        await pilot.press("greater_than_sign", "f2")
        await pilot.pause()
        assert board(app).columns[1].cursor == place
        assert board(app).columns[1].key is not None


@pytest.mark.parametrize("language", SPOKEN)
async def test_enter_opens_the_service_and_escape_comes_back(
    make_app: MakeApp, city: Builder, language: str
) -> None:
    app = make_app(city.register, language)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3", "right", "down")
        here = code_here(app)
        await pilot.press("enter")
        assert app.screen_name == "service"
        await pilot.press("escape")
        assert app.screen_name == "board"
        assert code_here(app) == here


async def test_s_puts_cards_in_another_order_and_a_capital_turns_it_round(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3", "right")
        by_days = ["Surat rujukan", "Kartu keluarga", "Izin praktik dokter"]
        assert names(app, 1) == by_days
        await pilot.press("s")
        assert names(app, 1) == sorted(by_days)
        await pilot.press("S")
        assert names(app, 1) == sorted(by_days)[::-1]


async def test_the_filter_holds_on_the_board_and_says_so_where_nothing_fits(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        app.set_filter("opd:dinkes")
        await pilot.pause()
        assert counts(app) == [0, 2, 0]
        app.set_filter("tidak ada yang begini")
        await pilot.pause()
        assert "Nothing here matches the filter." in shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert not app.state.filter
        assert isinstance(app.screen.focused, CardList)


async def test_an_empty_register_says_how_to_begin(make_app: MakeApp) -> None:
    app = make_app(Builder().register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        assert "There are three ways to begin" in shown(pilot)


async def test_a_narrow_screen_shows_one_column_at_a_time(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        assert [
            column.display and column.size.width > 0
            for column in board(app).columns
        ] == [
            True,
            False,
            False,
        ]
        await pilot.press("right")
        await pilot.pause()
        assert "Surat rujukan" in shown(pilot)
        assert "Akta kelahiran" not in shown(pilot)


async def test_a_click_selects_a_card_by_either_of_its_lines_and_a_second_opens_it(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        await pilot.click("#online", offset=(5, 4))
        assert board(app).active_index == 1
        assert board(app).columns[1].cursor == 2
        await pilot.click("#online", offset=(5, 4), times=2)
        assert app.screen_name == "service"


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(80, 24), (160, 50), (60, 20)])
async def test_hostile_names_are_shown_and_never_obeyed(
    make_app: MakeApp, hostile: Builder, size: tuple[int, int]
) -> None:
    app = make_app(hostile.register)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("3", "down", "down")
        screen = shown(pilot)
        for text in (
            "[/x]",
            "[@click=app.quit]x[/]",
            "<U+202E>",
            "<U+001B>",
            "日本語",
        ):
            assert text in screen
        assert "\x1b" not in screen


async def test_a_move_on_a_board_of_a_thousand_cards_shows_within_a_tenth_of_a_second(
    make_app: MakeApp,
) -> None:
    made = Builder()
    for number in range(1000):
        made.service(
            f"l{number}",
            f"opd{number % 70}",
            "2025-01-06",
            ("conventional", "online")[number % 2],
        )
    app = make_app(made.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        taken = []
        for _ in range(3):
            key = board(app).columns[0].key
            assert isinstance(key, ServicePage)
            started = process_time()
            app.try_action(MoveServices((key.key,), Stage.ONLINE, TODAY))
            taken.append(process_time() - started)
            await settled(pilot)
        assert counts(app) == [497, 503, 0]
        assert min(taken) < 0.1


async def test_districts_are_told_apart_on_narrow_cards(
    make_app: MakeApp, city: Builder
) -> None:
    city.opd("kecamatan-andir", kind="kecamatan", name="Kecamatan Andir")
    city.service(
        "waris", "kecamatan-andir", "2026-08-03", name="Legalisasi ahli waris"
    )
    app = make_app(city.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        await settled(pilot)
        assert "Kec. Andir" in shown(pilot)


async def test_the_board_opens_on_the_first_column_that_has_cards(
    make_app: MakeApp,
) -> None:
    city = Builder()
    city.service("daring", "dinkes", "2026-08-03", "online")
    app = make_app(city.register)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        await settled(pilot)
        assert board(app).active_index == 1
        assert board(app).columns[1].has_focus
        await pilot.press("left")
        assert board(app).active_index == 1
