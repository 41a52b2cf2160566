"""Registers of older and newer layouts on a server: the same migrations as of a file."""

import pytest

from tests.server.harness import TestServer, put_register
from tests.tracker.store.world import Advance, Rename, Settle, context
from tracker.actions.perform import perform
from tracker.errors import Rejected, Unreadable
from tracker.store.migrations import SCHEMA
from tracker.store.opening import open_store


def set_layout(server: TestServer, schema: int) -> None:
    put_register(server)
    perform(open_store(server.address()), Settle(), context())
    perform(open_store(server.address()), Advance("disdukcapil-0"), context())
    server.run(f"update opd_tracker.register set schema = {schema}")


def test_an_older_layout_is_read_and_written_once_it_is_brought_up_to_date(
    server: TestServer,
) -> None:
    set_layout(server, 1)
    store = open_store(server.address())
    before = store.load()
    assert store.load() is before
    with pytest.raises(Rejected, match="server init"):
        perform(store, Rename("disdukcapil-0", "Lain"), context())

    from tracker.store.postgres.administration import lay_out

    assert lay_out(server.address()) == 1
    assert lay_out(server.address()) == 0
    assert store.load() == before
    perform(store, Rename("disdukcapil-0", "Lain"), context())
    assert open_store(server.address()).load() == store.load()


def test_a_newer_layout_is_read_with_a_warning_and_never_written(
    server: TestServer,
) -> None:
    set_layout(server, SCHEMA + 1)
    store = open_store(server.address())
    before = store.load()
    assert len(before.moves) == 1
    assert len(store.warnings()) == 1
    with pytest.raises(Unreadable, match="newer version"):
        perform(store, Rename("disdukcapil-0", "Lain"), context())
    assert store.load() is before


def test_a_newer_layout_with_what_nobody_knows_is_told(
    server: TestServer,
) -> None:
    set_layout(server, SCHEMA + 1)
    server.run(
        "update opd_tracker.fact set doc = '{\"new\": 1}' where kind = 'moves'"
    )
    with pytest.raises(Unreadable, match="newer version"):
        open_store(server.address()).load()


def test_a_damaged_fact_is_named(server: TestServer) -> None:
    set_layout(server, SCHEMA)
    store = open_store(server.address())
    store.load()
    server.run(
        "update opd_tracker.fact set doc = '{}', version = version + 1 where kind = 'moves'"
    )
    server.run("update opd_tracker.register set version = version + 1")
    for reader in (store, open_store(server.address())):
        with pytest.raises(Unreadable, match="moves"):
            reader.load()


def test_a_fact_that_is_taken_out_while_others_refer_to_it_is_told(
    server: TestServer,
) -> None:
    set_layout(server, SCHEMA)
    store = open_store(server.address())
    store.load()
    server.run(
        "update opd_tracker.register set version = version + 1; "
        "update opd_tracker.fact set doc = null, gone = true, "
        "version = (select version from opd_tracker.register) where kind = 'services'"
    )
    for reader in (store, open_store(server.address())):
        with pytest.raises(Unreadable, match="moves"):
            reader.load()


def test_a_server_restored_to_an_earlier_state_is_read_anew(
    server: TestServer,
) -> None:
    put_register(server)
    store = open_store(server.address())
    perform(store, Settle(), context())
    perform(store, Advance("disdukcapil-0"), context())
    server.run(
        "delete from opd_tracker.fact where version = 3; "
        "update opd_tracker.register set version = 2"
    )
    assert not store.load().moves
    perform(store, Rename("disdukcapil-0", "Lain"), context())
    assert open_store(server.address()).load() == store.load()
