"""The same service of many OPDs is one row that opens, and is moved at once."""

import pytest

from screens.app import TrackerApp
from screens.board.screen import BoardScreen
from screens.families import FamilyRow, group_families, running_row_shares
from screens.navigation import FamilyLine, OPDPage, ServicePage
from screens.services.families import family_stage
from screens.services.screen import ServicesScreen
from screens.state import DayView
from tests.screens.conftest import MakeApp
from tests.screens.harness import TODAY, settled, shown
from tests.tracker.builder import Builder
from tracker.history import stage_at
from tracker.language import load_language
from tracker.model import Stage

LETTER = "Surat pengantar"


@pytest.fixture
def city() -> Builder:
    """Three kecamatan with the same letter, one of them online, and a service of their own."""
    made = Builder()
    for number, name in enumerate(("Andir", "Cidadap", "Coblong")):
        code = name.casefold()
        made.opd(code, "kecamatan", name=f"Kecamatan {name}")
        made.service(
            f"{code}-surat",
            code,
            "2026-08-03",
            name=LETTER,
            family=LETTER,
            volume=100 * (number + 1),
            visits=2,
        )
    made.service(
        "izin", "andir", "2026-08-03", name="Izin acara", volume=900, visits=1
    )
    made.move("andir-surat", "2026-09-01", "online", visits=2)
    return made


@pytest.fixture
def app(make_app: MakeApp, city: Builder) -> TrackerApp:
    return make_app(city.register)


def stages(app: TrackerApp) -> list[Stage]:
    register = app.state.register
    return [
        stage_at(register, service, TODAY)
        for service in register.services.values()
        if service.family
    ]


def test_rows_of_a_family_become_one_and_no_service_is_lost(
    city: Builder,
) -> None:
    rows = DayView(city.register, TODAY).rows
    grouped = group_families(rows)
    (family,) = [row for row in grouped if isinstance(row, FamilyRow)]
    assert family.family_size == len(family.members) == 3
    assert family_stage(family, load_language("en"))[0][0] == "▓ 1 of 3"
    others = [row for row in grouped if not isinstance(row, FamilyRow)]
    kept = sorted(row.key for row in (*others, *family.members))
    assert kept == sorted(row.key for row in rows)


def test_a_family_of_which_one_member_is_shown_is_no_family(
    city: Builder,
) -> None:
    rows = DayView(city.register, TODAY).rows
    alone = [row for row in rows if row.opd.code == "andir"]
    assert group_families(alone) == alone


def test_the_running_share_counts_a_family_as_one_row(city: Builder) -> None:
    rows = DayView(city.register, TODAY).rows
    burdens = {row.key: 100.0 for row in rows}
    shares = running_row_shares(group_families(rows), burdens)
    assert shares[FamilyLine(LETTER)] == 0.75
    assert max(shares.values()) == 1


async def test_the_services_show_a_family_as_one_row_that_opens(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("4")
        await settled(pilot)
        screen = app.active_screen
        assert isinstance(screen, ServicesScreen)
        assert screen.table.key == FamilyLine(LETTER)
        assert "1 of 3" in shown(pilot)
        assert len(screen.table.rows) == 2
        await pilot.press("enter")
        await settled(pilot)
        keys = screen.table.keys()
        assert len(keys) == 5
        assert keys[0] == FamilyLine(LETTER)
        assert all(isinstance(key, ServicePage) for key in keys[1:4])
        await pilot.press("enter")
        await settled(pilot)
        assert len(screen.table.rows) == 2


async def test_a_familys_card_moves_all_of_its_members_in_that_stage(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(132, 30)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        await settled(pilot)
        screen = app.active_screen
        assert isinstance(screen, BoardScreen)
        assert "2 of 3 OPDs" in shown(pilot)
        assert screen.go_to_line(FamilyLine(LETTER, "conventional"))
        assert len(screen.current_selection().services) == 2
        await pilot.press("shift+right")
        await settled(pilot)
        assert stages(app) == [Stage.ONLINE] * 3
        assert "3 of 3 OPDs" in shown(pilot)


async def test_of_an_open_family_the_marked_members_alone_are_moved(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(132, 30)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        await settled(pilot)
        screen = app.active_screen
        assert isinstance(screen, BoardScreen)
        assert screen.go_to_line(FamilyLine(LETTER, "conventional"))
        await pilot.press("enter", "down", "down", "space", "shift+right")
        await settled(pilot)
        assert stages(app).count(Stage.ONLINE) == 2


async def test_undo_leads_back_to_the_card_that_it_brought_back(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(132, 30)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        await settled(pilot)
        screen = app.active_screen
        assert isinstance(screen, BoardScreen)
        izin = ServicePage(app.state.register.service_codes["izin"].id)
        assert screen.go_to_line(izin)
        await pilot.press("shift+right")
        await settled(pilot)
        await pilot.press("u")
        await settled(pilot)
        assert screen.active_index == 0
        assert screen.columns[0].key == izin


async def test_an_opds_page_says_how_many_others_have_its_service_online(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(100, 50)) as pilot:
        await settled(pilot)
        key = app.state.register.opd_codes["cidadap"].id
        app.open_destination(OPDPage(key))
        await settled(pilot)
        assert "▓ 1 of 3" in shown(pilot)
