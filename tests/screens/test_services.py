from datetime import date

import pytest

from screens.app import TrackerApp
from screens.families import FamilyRow
from screens.services.screen import ServicesScreen
from screens.widgets.lines import LineList
from tests.depth import SPOKEN, one_in
from tests.screens.conftest import MakeApp
from tests.screens.harness import TODAY, paste, settled, shown
from tests.tracker.builder import Builder
from tracker.actions.services import RetireServices
from tracker.history import stage_at
from tracker.model import Stage


def names(app: TrackerApp) -> list[str]:
    assert isinstance(app.active_screen, ServicesScreen)
    rows = app.active_screen.table.rows
    return [
        row.name if isinstance(row, FamilyRow) else row.service.name
        for row in rows
    ]


async def test_all_services_stand_in_a_table_with_what_they_ask(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(160, 50)) as pilot:
        await settled(pilot)
        await pilot.press("4")
        assert names(app) == sorted(names(app), key=str.casefold)
        assert len(names(app)) == 5
        row = next(
            line
            for line in shown(pilot).splitlines()
            if "Kartu keluarga" in line
        )
        assert "Disdukcapil" in row
        assert "▓ Online" in row
        assert "?½" in row


@pytest.mark.parametrize("language", SPOKEN)
async def test_marked_services_move_together(
    make_app: MakeApp, city: Builder, language: str
) -> None:
    app = make_app(city.register, language)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("4", "down", "space", "space", "m", "f2")
        await pilot.pause()
        register = app.state.register
        moved = [
            s.code
            for s in register.services.values()
            if any(m.on == TODAY for m in register.moves_of.get(s.id, ()))
        ]
        assert sorted(moved) == ["izin", "kk"]
        assert (
            stage_at(register, register.service_codes["izin"], TODAY)
            is Stage.INTEGRATED
        )
        await pilot.press("u")
        assert len(app.state.register.moves) == len(register.moves) - 2


async def test_sorting_keeps_the_cursor_on_its_service(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("4", "down")
        assert isinstance(app.active_screen, ServicesScreen)
        key = app.active_screen.table.key
        await pilot.press("s", "S")
        assert app.active_screen.table.key == key


async def test_enter_opens_a_service_and_escape_comes_back_to_it(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("4", "down", "down", "enter")
        assert app.screen_name == "service"
        assert "Kartu keluarga" in shown(pilot)
        await pilot.press("escape")
        assert isinstance(app.active_screen, ServicesScreen)
        assert app.active_screen.table.cursor == 2


async def test_what_the_filter_hides_is_said_and_can_be_shown_again(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("4")
        app.set_filter("ktp")
        assert names(app) == ["KTP elektronik"]
        app.set_filter("tidak ada yang begini")
        await pilot.pause()
        assert "Nothing here matches the filter." in shown(pilot)
        assert isinstance(app.screen.focused, LineList)
        await pilot.press("backslash", "down")
        assert len(names(app)) == 5
        assert app.screen.focused is app.active_screen.active_list


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize(
    "typed",
    one_in(
        4,
        ["closed", "dihentikan", "status:berhenti", "status:closed kelahiran"],
    ),
)
async def test_closed_services_are_found_with_their_reason_and_reopened(
    make_app: MakeApp, city: Builder, language: str, typed: str
) -> None:
    app = make_app(city.register, language)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("4")
        app.try_action(
            RetireServices(
                ("akta",), date(2026, 11, 17), "digabung\ndengan kartu keluarga"
            )
        )
        await pilot.pause()
        akta = app.state.register.service_codes["akta"]
        assert akta.id not in app.state.facts.row_of
        assert "Akta kelahiran" not in shown(pilot)
        app.set_filter(typed)
        await pilot.pause()
        assert "Akta kelahiran" in shown(pilot)
        assert "digabung" in shown(pilot)
        assert names(app) == ["Akta kelahiran"]
        await pilot.press("enter")
        assert app.screen_name == "service"
        assert "dengan kartu keluarga" in shown(pilot)
        await pilot.press("escape", "o", "f2")
        await pilot.pause()
        assert akta.id in app.state.facts.row_of
        assert names(app) == []


async def test_where_only_offered_services_stand_the_way_to_the_closed_is_shown(
    make_app: MakeApp, city: Builder
) -> None:
    city.closure("ktp", "2026-11-15")
    app = make_app(city.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        app.set_filter("closed")
        await pilot.pause()
        assert "Nothing here matches the filter." in shown(pilot)
        await pilot.press("enter")
        assert names(app) == ["KTP elektronik"]


async def test_the_palette_leads_to_the_closed_services(
    make_app: MakeApp, city: Builder
) -> None:
    city.closure("ktp", "2026-11-15")
    app = make_app(city.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p", *"ktp")
        assert "closed · Dinas Kependudukan" in shown(pilot)
        await pilot.press("escape", "ctrl+p")
        await paste(pilot, "berhenti")
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen_name == "services"
        assert names(app) == ["KTP elektronik"]


async def test_an_empty_register_says_how_to_begin(make_app: MakeApp) -> None:
    app = make_app(Builder().register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("4")
        said = shown(pilot)
        assert (
            "There are three ways to begin: choose one and press Enter." in said
        )
        assert said.count("  • ") == 3
        assert "1. " not in said


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 50)])
async def test_hostile_names_are_shown_and_never_obeyed(
    make_app: MakeApp, hostile: Builder, size: tuple[int, int]
) -> None:
    app = make_app(hostile.register)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("4")
        for text in (
            "[/x]",
            "[@click=app.quit]x[/]",
            "<U+202E>",
            "<U+001B>",
            "日本語",
        ):
            assert text in shown(pilot)


async def test_the_signs_of_the_service_under_the_cursor_are_told_in_words(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("4")
        await settled(pilot)
        assert (
            "! overdue  ■ stalled  × held back  Akta kelahiran"
            in shown(pilot).splitlines()[-2]
        )
        await pilot.press("down")
        await pilot.pause()
        assert (
            "? unverified  Izin praktik dokter  Dinas Kesehatan"
            in shown(pilot).splitlines()[-2]
        )


async def test_what_asks_most_of_citizens_comes_first_with_its_running_share(
    make_app: MakeApp, city: Builder
) -> None:
    city.service(
        "bus", "dinkes", "2026-08-03", name="Zona antar", volume=300, visits=2
    )
    city.service(
        "obat", "dinkes", "2026-08-03", name="Obat", volume=200, visits=1
    )
    app = make_app(city.register)
    async with app.run_test(size=(160, 50)) as pilot:
        await settled(pilot)
        await pilot.press("4")
        assert names(app)[:2] == ["Zona antar", "Obat"]
        lines = shown(pilot).splitlines()
        heaviest = next(line for line in lines if "Zona antar" in line)
        assert "600" in heaviest
        assert "75%" in heaviest
        assert "100%" in next(line for line in lines if " Obat " in line)
