from datetime import date

import pytest
from textual.pilot import Pilot

from screens.app import TrackerApp
from screens.dialogs.base import FormDialog
from screens.navigation import Destination, ServicePage, TimelineEntry
from screens.service.screen import ServiceScreen
from tests.depth import SPOKEN, one_in
from tests.screens.conftest import MakeApp
from tests.screens.harness import HOSTILE, settled, shown
from tests.tracker.builder import Builder
from tracker.model import Stage


@pytest.fixture
def rich(city: Builder) -> Builder:
    """The small city, one of its services with everything that can happen to one."""
    city.application(
        "salaman", "dukcapil", name="Salaman", integrated_on="2026-09-01"
    )
    city.service(
        "kia",
        "dukcapil",
        "2026-08-03",
        name="Kartu identitas anak",
        visits=3,
        days=14,
        volume=1200,
        application="salaman",
        tags=("wajib",),
        owner="Bidang 2",
    )
    city.move(
        "kia",
        "2026-08-20",
        "online",
        verified="2026-08-21",
        visits=1,
        evidence="Surat 1/2026",
    )
    city.move("kia", "2026-09-20", "conventional", note="Sistem mati", days=20)
    city.transfer("kia", "2026-09-25", "dinkes")
    city.closure("kia", "2026-09-26", "2026-10-05")
    city.obstacle(
        "kia", "2026-10-06", "leadership", description="Belum ada keputusan"
    )
    city.obstacle(
        "kia",
        "2026-10-06",
        "people",
        resolved_on="2026-10-20",
        description="Petugas pindah",
    )
    city.target("kia", "2026-10-01", "online")
    return city


async def opened(
    app: TrackerApp, pilot: Pilot[None], code: str
) -> ServiceScreen:
    await settled(pilot)
    app.open_destination(ServicePage(app.state.register.service_codes[code].id))
    await pilot.pause()
    assert isinstance(app.active_screen, ServiceScreen)
    return app.active_screen


async def on_entry(screen: ServiceScreen, pilot: Pilot[None], key: str) -> None:
    assert screen.active_list is not None
    place = next(
        place
        for place, line in enumerate(_keys(screen))
        if isinstance(line, TimelineEntry) and line.fact.startswith(key)
    )
    await pilot.press("home", *["down"] * place)


def _keys(screen: ServiceScreen) -> list[Destination]:
    return screen.active_list.keys() if screen.active_list else []


@pytest.mark.parametrize(
    "size", [(80, 50), pytest.param((160, 50), marks=pytest.mark.thorough)]
)
async def test_the_page_tells_what_a_service_is_and_asks_and_all_that_happened(
    make_app: MakeApp, rich: Builder, size: tuple[int, int]
) -> None:
    app = make_app(rich.register)
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot, "kia")
        screen = shown(pilot)
        for words in (
            "Kartu identitas anak",
            "[░ Conventional]",
            "Dinas Kesehatan",
            "Salaman",
            "behind the single door",
            "#wajib",
            "1,200",
            "3 → 1  (−2)",
            "14 → 20  (+6)",
            "Online by 1 Oct 2026",
            "overdue",
            "Belum ada keputusan",
            "Conventional → Online",
            "✓ verified on 21 Aug 2026",
            "Surat 1/2026",
            "Online → Conventional",
            "? a claim",
            "Sistem mati",
            "passed to Dinas Kesehatan",
            "Retired",
            "Reopened",
            "Obstacle resolved",
            "Registered",
        ):
            assert words in screen


async def test_the_timeline_begins_with_the_latest_entry_and_numbers_each(
    make_app: MakeApp, rich: Builder
) -> None:
    app = make_app(rich.register)
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await opened(app, pilot, "kia")
        register = app.state.register
        service = register.service_codes["kia"]
        entries = [
            line for line in _keys(screen) if isinstance(line, TimelineEntry)
        ]
        days = [entry.line for entry in entries if isinstance(entry.line, date)]
        assert days == sorted(days, reverse=True)
        assert entries[-1].fact == service.id
        assert service.id.rsplit("-", 1)[-1].lstrip("0") in shown(pilot)


@pytest.mark.parametrize("language", SPOKEN)
async def test_the_entry_under_the_cursor_is_corrected(
    make_app: MakeApp, rich: Builder, language: str
) -> None:
    app = make_app(rich.register, language)
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await opened(app, pilot, "kia")
        move = app.state.register.moves_of[screen.key][-1]
        await on_entry(screen, pilot, move.id)
        assert screen.current_selection().facts == (move.id,)
        await pilot.press("f")
        assert isinstance(app.screen, FormDialog)
        await pilot.press("right", "f2")
        await pilot.pause()
        assert app.state.register.moves[move.id].stage is Stage.ONLINE
        await pilot.press("u")
        assert app.state.register.moves[move.id].stage is Stage.CONVENTIONAL


@pytest.mark.parametrize("key", one_in(3, ["w", "f", "enter"]))
async def test_withdraw_correct_and_enter_ask_about_the_entry(
    make_app: MakeApp, rich: Builder, key: str
) -> None:
    app = make_app(rich.register)
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await opened(app, pilot, "kia")
        await on_entry(
            screen, pilot, app.state.register.moves_of[screen.key][0].id
        )
        await pilot.press(key)
        assert isinstance(app.screen, FormDialog)
        await pilot.press("escape")
        assert app.screen_stack[-1] == screen


@pytest.mark.thorough
@pytest.mark.parametrize("key", list("mcxtgGbe"))
@pytest.mark.parametrize("language", SPOKEN)
async def test_each_key_of_a_service_opens_its_dialog(
    make_app: MakeApp, rich: Builder, language: str, key: str
) -> None:
    app = make_app(rich.register, language)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, "kia")
        await pilot.press(key)
        assert isinstance(app.screen, FormDialog)
        await pilot.press("escape")
        assert app.screen_stack[-1] == screen


async def test_a_closed_service_says_so_and_is_reopened(
    make_app: MakeApp, rich: Builder
) -> None:
    rich.closure("ktp", "2026-11-15")
    app = make_app(rich.register)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, "ktp")
        assert "Closed since 15 Nov 2026." in shown(pilot)
        await pilot.press("o", "f2")
        await pilot.pause()
        assert screen.key in app.state.facts.row_of
        assert "Closed since" not in shown(pilot)


async def test_of_a_closed_service_no_target_is_overdue_and_no_obstacle_open(
    make_app: MakeApp, rich: Builder
) -> None:
    """As in the figures, which count what active services miss."""
    rich.closure("kia", "2026-11-15")
    app = make_app(rich.register)
    async with app.run_test(size=(160, 50)) as pilot:
        await opened(app, pilot, "kia")
        assert "Online by 1 Oct 2026  closed" in shown(pilot)
        assert "overdue" not in shown(pilot)
        assert "Open obstacles" not in shown(pilot)


async def test_the_signs_of_a_service_are_told_whole_on_a_narrow_screen(
    make_app: MakeApp, rich: Builder
) -> None:
    app = make_app(rich.register)
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(app, pilot, "kia")
        assert "! overdue  × held back" in shown(pilot)


async def test_its_opd_and_its_application_open(
    make_app: MakeApp, rich: Builder
) -> None:
    app = make_app(rich.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "kia")
        await pilot.press("home", "enter")
        assert app.screen_name == "opd"
        await pilot.press("escape")
        await pilot.press("down", "enter")
        assert app.screen_name == "application"


async def test_a_move_shows_at_once_and_the_cursor_stays_on_its_entry(
    make_app: MakeApp, rich: Builder
) -> None:
    app = make_app(rich.register)
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await opened(app, pilot, "kia")
        move = app.state.register.moves_of[screen.key][0]
        await on_entry(screen, pilot, move.id)
        await pilot.press("m", "f2")
        await pilot.pause()
        assert "[▓ Online]" in shown(pilot)
        assert screen.current_selection().facts == (move.id,)


async def test_a_service_that_is_gone_says_so(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.open_destination(ServicePage("x-9999999"))
        await pilot.pause()
        assert "This service is no longer in the register." in shown(pilot)
        await pilot.press("m", "escape")
        assert app.screen_name == "overview"


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 50)])
@pytest.mark.parametrize("number", range(len(HOSTILE)))
async def test_hostile_text_is_shown_and_never_obeyed(
    make_app: MakeApp, hostile: Builder, size: tuple[int, int], number: int
) -> None:
    app = make_app(hostile.register)
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot, f"layanan-{number}")
        said = (
            HOSTILE[number]
            .replace("\u202e", "<U+202E>")
            .replace("\x1b", "<U+001B>")
        )
        assert shown(pilot).replace(" ", "").count(said.replace(" ", "")) >= 2


async def test_the_cursor_begins_on_the_newest_entry_with_its_evidence_beside_it(
    make_app: MakeApp, city: Builder
) -> None:
    app = make_app(city.register)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, "izin")
        await settled(pilot)
        view = screen.active_list
        assert view is not None
        assert isinstance(view.key, TimelineEntry)
        line = view.text_at(view.cursor)
        assert "Conventional → Online" in line
        assert "Surat 470/12" in line


async def test_one_key_asks_for_the_next_stage_of_the_service_on_view(
    make_app: MakeApp, city: Builder
) -> None:
    app = make_app(city.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "akta")
        await pilot.press("greater_than_sign")
        await settled(pilot)
        assert isinstance(app.screen, FormDialog)
        stage = next(r for r in app.screen.rows if r.field.name == "stage")
        assert stage.filled.value is Stage.ONLINE
