import pytest

from screens.app import TrackerApp
from screens.application import ApplicationScreen
from screens.applications import ApplicationsScreen
from screens.dialogs.base import FormDialog
from screens.navigation import ApplicationPage
from tests.depth import SPOKEN
from tests.screens.conftest import MakeApp
from tests.screens.harness import HOSTILE, TODAY, settled, shown
from tests.tracker.builder import Builder
from tracker.history import stage_at
from tracker.model import Stage


@pytest.fixture
def with_apps(city: Builder) -> Builder:
    """The small city with three applications, one of them with services."""
    city.application(
        "salaman", "dukcapil", name="Salaman", url="https://salaman.example"
    )
    city.application(
        "gampil", "dinkes", name="Gampil", integrated_on="2026-06-08"
    )
    city.application("lama", name="Loket lama", retired_on="2026-02-09")
    city.service(
        "cetak",
        "dukcapil",
        "2026-08-03",
        "online",
        name="Cetak akta",
        application="salaman",
    )
    city.service(
        "pindah",
        "dukcapil",
        "2026-08-03",
        "online",
        name="Surat pindah",
        application="salaman",
    )
    city.service(
        "nikah",
        "dukcapil",
        "2026-08-03",
        name="Surat nikah",
        application="salaman",
    )
    return city


def names(app: TrackerApp) -> list[str]:
    assert isinstance(app.active_screen, ApplicationsScreen)
    return [row.application.name for row in app.active_screen.table.rows]


async def test_applications_tell_their_services_by_stage_and_their_single_door(
    make_app: MakeApp, with_apps: Builder
) -> None:
    app = make_app(with_apps.register)
    async with app.run_test(size=(160, 50)) as pilot:
        await settled(pilot)
        await pilot.press("5")
        lines = {
            line.split()[0]: line
            for line in shown(pilot).splitlines()
            if line.strip()
        }
        assert (
            lines["Salaman"].split()[-5:] == ["1", "2", "0", "░", "not"]
            or "not yet" in lines["Salaman"]
        )
        assert "since 8 Jun 2026" in lines["Gampil"]
        assert "off 9 Feb 2026" in lines["Loket"]


@pytest.mark.parametrize("language", SPOKEN)
async def test_integrating_an_application_takes_its_online_services_with_it(
    make_app: MakeApp, with_apps: Builder, language: str
) -> None:
    app = make_app(with_apps.register, language)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("5", "down", "down", "i", "f2")
        await pilot.pause()
        assert isinstance(app.active_screen, ApplicationsScreen)
        row = app.active_screen.table.row
        assert row is not None
        assert row.stages == (1, 0, 2)
        assert row.application.integrated_on == TODAY
        await pilot.press("u")
        row = app.active_screen.table.row
        assert row is not None
        assert row.stages == (1, 2, 0)


async def test_one_application_shows_its_services_and_its_integration_shows_at_once(
    make_app: MakeApp, with_apps: Builder
) -> None:
    app = make_app(with_apps.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("5", "down", "down", "enter")
        assert isinstance(app.active_screen, ApplicationScreen)
        for words in (
            "Salaman",
            "https://salaman.example",
            "Cetak akta",
            "Surat nikah",
            "Online 2",
            "not yet",
        ):
            assert words in shown(pilot)
        await pilot.press("i", "f2")
        await pilot.pause()
        assert "Integrated 2" in shown(pilot)
        assert "since 19 Nov 2026" in shown(pilot)
        await pilot.press("enter")
        assert app.screen_name == "service"
        await pilot.press("escape", "escape")
        assert app.screen_name == "applications"


@pytest.mark.parametrize("key", ["E", "X"])
async def test_the_keys_of_an_application_open_their_dialogs(
    make_app: MakeApp, with_apps: Builder, key: str
) -> None:
    app = make_app(with_apps.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("5", key)
        assert isinstance(app.screen, FormDialog)


@pytest.mark.parametrize("language", SPOKEN)
async def test_a_service_moves_from_its_applications_page(
    make_app: MakeApp, with_apps: Builder, language: str
) -> None:
    app = make_app(with_apps.register, language)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("5", "down", "down", "enter", "down", "m", "f2")
        await pilot.pause()
        register = app.state.register
        assert (
            stage_at(register, register.service_codes["nikah"], TODAY)
            is Stage.ONLINE
        )


async def test_the_filter_holds_for_applications(
    make_app: MakeApp, with_apps: Builder
) -> None:
    app = make_app(with_apps.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("5")
        app.set_filter("opd:dinkes")
        assert names(app) == ["Gampil"]
        app.set_filter("tahap:konvensional")
        assert names(app) == ["Salaman"]
        app.set_filter("loket")
        assert names(app) == ["Loket lama"]
        app.set_filter("")
        assert len(names(app)) == 3


async def test_an_application_that_is_gone_says_so(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.open_destination(ApplicationPage("x-9999999"))
        await pilot.pause()
        assert "This application is no longer in the register." in shown(pilot)


async def test_without_applications_the_screen_says_how_to_enter_one(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("5")
        assert "There are no applications yet." in shown(pilot)
        await pilot.press("enter")
        assert isinstance(app.screen, FormDialog)


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 50)])
async def test_hostile_text_is_shown_and_never_obeyed(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    made = Builder()
    made.opd("opd", name=HOSTILE[1])
    for number, text in enumerate(HOSTILE):
        made.application(f"app-{number}", "opd", name=text, url=text)
        made.service(
            f"s-{number}",
            "opd",
            "2026-08-03",
            name=text,
            application=f"app-{number}",
        )
    app = make_app(made.register)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("5")
        for text in ("[/x]", "[@click=app", "<U+202E>", "<U+001B>", "日本語"):
            assert text in shown(pilot)
        await pilot.press("enter")
        assert isinstance(app.active_screen, ApplicationScreen)
        assert app.is_running


@pytest.mark.parametrize("width", [60, 80])
async def test_all_three_counts_are_seen_or_none(
    make_app: MakeApp, city: Builder, width: int
) -> None:
    city.application("salaman", "dukcapil", name="Salaman")
    app = make_app(city.register)
    async with app.run_test(size=(width, 20)) as pilot:
        await settled(pilot)
        await pilot.press("5")
        head = shown(pilot).splitlines()[2].split()
        assert head[-5:] == ["Conv.", "Onl.", "Int.", "Single", "door"]
