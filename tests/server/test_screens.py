"""The screens on a register on a server: reads go on without it, and nothing typed is lost."""

from collections.abc import Iterator

import pytest
from textual.pilot import Pilot

from screens.app import TrackerApp
from screens.dialogs.base import FormDialog
from screens.widgets.header import Header
from tests.screens.harness import TODAY, settled, until
from tests.screens.patience import be_patient
from tests.server.harness import TestServer, put_register
from tests.server.proxy import Network
from tests.tracker.store.world import Rename, Settle, context
from tracker.actions.perform import perform
from tracker.language import load_language
from tracker.store.opening import open_store

__all__ = ["be_patient"]


@pytest.fixture
def network(server: TestServer) -> Iterator[Network]:
    put_register(server)
    perform(open_store(server.address()), Settle(), context())
    made = Network(server)
    yield made
    made.close()


def head(pilot: Pilot[None]) -> str:
    header = pilot.app.screen_stack[0].query_one(Header)
    return "".join(piece[0] for line in header.draw(120, 2) for piece in line)


async def test_a_lost_server_is_told_and_what_was_typed_stays(
    server: TestServer, network: Network
) -> None:
    store = open_store(network.address, wait=0.2)
    app = TrackerApp(store, lambda: TODAY, "Sari", load_language("en"))
    async with app.run_test(size=(120, 30)) as pilot:
        await settled(pilot)
        assert "postgres@127.0.0.1" in head(pilot)
        await pilot.press("4", "b", "tab", *"tidak ada petugas")
        dialog = app.screen
        assert isinstance(dialog, FormDialog)
        dialog.rows[1].entry.focus()
        await pilot.press("right", "right")

        network.cut()
        await until(pilot, lambda: "out of reach" in head(pilot))
        await pilot.press("f2")
        said = str(dialog.query_one("#says").render())
        assert "nothing was changed" in said
        assert dialog.is_current
        assert "tidak ada petugas" in str(dialog.rows[2].filled.value)
        assert len(app.state.register.services) == 3

        network.mend()
        await until(pilot, lambda: "out of reach" not in head(pilot))
        await pilot.press("f2")
        await until(pilot, lambda: not dialog.is_current)
    register = open_store(server.address()).load()
    (obstacle,) = register.obstacles.values()
    assert obstacle.description == "tidak ada petugas"


async def test_what_others_do_on_the_server_is_shown(
    server: TestServer, network: Network
) -> None:
    store = open_store(network.address)
    app = TrackerApp(store, lambda: TODAY, "Sari", load_language("en"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        other = open_store(server.address())
        perform(other, Rename("disdukcapil-0", "Nama baru"), context("Budi"))
        await until(
            pilot,
            lambda: (
                "Nama baru"
                in {s.name for s in app.state.register.services.values()}
            ),
        )
