from typing import Any

import pytest
from textual.pilot import Pilot

from screens.app import TrackerApp
from screens.dialogs.base import FormDialog
from screens.filter import filter_by_flag
from screens.navigation import FilteredList, MissingLine, OPDPage
from screens.widgets.lines import LineList
from tests.depth import one_in
from tests.screens.conftest import MakeApp
from tests.screens.harness import settled, shown
from tests.tracker.builder import Builder

KNOWN: dict[str, Any] = {"volume": 1, "visits": 0, "days": 1, "owner": "Rini"}


@pytest.fixture
def lacking(make_app: MakeApp) -> TrackerApp:
    """An OPD of four services that lack nothing, the owner, the days, and everything."""
    city = Builder()
    city.opd("dinkes", name="Dinas Kesehatan")
    for code, absent in (
        ("lengkap", ()),
        ("pemilik", ("owner",)),
        ("hari", ("days",)),
        ("semua", tuple(KNOWN)),
    ):
        known = {name: KNOWN[name] for name in KNOWN if name not in absent}
        city.service(code, "dinkes", "2026-08-03", name=code, **known)
    return make_app(city.register)


async def open_page(pilot: Pilot[None]) -> LineList:
    app = pilot.app
    assert isinstance(app, TrackerApp)
    await settled(pilot)
    key = app.state.register.opd_codes["dinkes"].id
    app.open_destination(OPDPage(key))
    await settled(pilot)
    return app.active_screen.query_one("#things", LineList)


async def test_an_opds_page_lists_what_is_missing_the_worst_first(
    lacking: TrackerApp,
) -> None:
    async with lacking.run_test(size=(100, 60)) as pilot:
        view = await open_page(pilot)
        keys = view.keys()
        lines = [key for key in keys if isinstance(key, MissingLine)]
        services = lacking.state.register.services
        assert [services[line.service].code for line in lines] == [
            "semua",
            "hari",
            "pemilik",
        ]
        assert "Data missing 6" in shown(pilot)
        assert "requests a year, office visits, days to process, owner" in (
            shown(pilot)
        )


@pytest.mark.parametrize(
    ("code", "field", "value"),
    one_in(2, [("pemilik", "owner", "Sari"), ("hari", "days", "3")]),
)
async def test_enter_opens_the_dialog_at_the_field_that_is_missing(
    lacking: TrackerApp, code: str, field: str, value: str
) -> None:
    async with lacking.run_test(size=(100, 60)) as pilot:
        view = await open_page(pilot)
        service = lacking.state.register.service_codes[code]
        line = MissingLine(service.id, service.id, field)
        lacking.active_screen.go_to_line(line)
        assert view.key == line
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(lacking.screen, FormDialog)
        await pilot.press(*value, "f2")
        await settled(pilot)
        filled = lacking.state.register.services[service.id]
        assert getattr(filled, field) in (value, float(3))
        left = view.keys()
        assert line not in left


async def test_a_filter_asks_for_services_of_which_data_are_missing(
    lacking: TrackerApp,
) -> None:
    async with lacking.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        lacking.open_destination(
            FilteredList("services", filter_by_flag("incomplete"))
        )
        await settled(pilot)
        assert "lengkap" not in shown(pilot).replace("incomplete", "")
        assert "semua" in shown(pilot)
