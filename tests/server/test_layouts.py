"""Registers of older and newer layouts on a server: the same migrations as of a file."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest

from tests.server.harness import TestServer, put_register
from tests.tracker.store.world import Advance, Rename, Settle, context
from tracker.actions.perform import perform
from tracker.errors import InUse, Rejected, Unreadable
from tracker.store.migrations import SCHEMA
from tracker.store.opening import open_store
from tracker.store.tables import Tables
from tracker.text import content_digest

psycopg = pytest.importorskip("psycopg")

from tracker.store.postgres.administration import (  # noqa: E402
    LAYOUT,
    LAYOUT_NUMBER,
    _migrate,
    lay_out,
)
from tracker.store.postgres.store import PostgresStore  # noqa: E402


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

    assert lay_out(server.address()) == 1
    assert lay_out(server.address()) == 0
    assert server.run("select count(*) from opd_tracker.layout") == [(1,)]
    assert store.load() == before
    perform(store, Rename("disdukcapil-0", "Lain"), context())
    assert open_store(server.address()).load() == store.load()


def shout(tables: Tables) -> None:
    """Migrate to a layout in which services have their names in capitals."""
    for service in tables["services"].values():
        service["name"] = service["name"].upper()
    tables["services"] = tables["services"]


def test_what_an_older_program_goes_on_entering_is_migrated_too(
    server: TestServer,
) -> None:
    """Until an administrator migrates the register, both work with the same one."""
    set_layout(server, 1)
    older = PostgresStore(server.address(), migrations=())
    newer = PostgresStore(server.address(), migrations=(shout,))
    newer.load()
    perform(older, Rename("disdukcapil-0", "Lain"), context())
    names = [service.name for service in newer.load().services.values()]
    assert names == ["LAIN", "LAYANAN 1", "LAYANAN 2"]


WAITING = (
    "select pid from pg_stat_activity "
    "where datname = current_database() and wait_event_type = 'Lock'"
)


def test_what_an_older_program_enters_while_its_register_is_migrated_stays(
    server: TestServer,
) -> None:
    set_layout(server, 1)
    with ThreadPoolExecutor() as pool:
        with psycopg.connect(server.url()) as entering:
            entering.execute(
                "update opd_tracker.register set version = version + 1; "
                "update opd_tracker.fact set version = version + 1, "
                'doc = (doc::jsonb || \'{"note": "just now"}\')::json '
                "where kind = 'moves'"
            )
            migration = pool.submit(_migrate, server.address(), "abcde")
            while not migration.done() and not server.run(WAITING):
                sleep(0.01)
        migration.result()
    (move,) = open_store(server.address()).load().moves.values()
    assert move.note == "just now"


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


NEWER = (
    "update opd_tracker.layout set number = number + 1",
    f"update opd_tracker.register set schema = {SCHEMA + 1}",
)


@pytest.mark.parametrize("change", NEWER)
def test_an_older_program_replaces_nothing_that_a_newer_one_set_up(
    server: TestServer, change: str
) -> None:
    put_register(server)
    found = "select oid, md5(prosrc) from pg_proc where proname = 'find_today'"
    newer = (
        "create or replace function opd_tracker.find_today(of_register text) "
        "returns date language sql as $$ select current_date $$"
    )
    before = server.run(found)
    server.run(newer)
    changed = server.run(found)
    assert changed != before
    server.run(change)
    try:
        with pytest.raises(Unreadable, match="newer version"):
            lay_out(server.address())
        assert server.run(found) == changed
    finally:
        server.run("delete from opd_tracker.layout")
        server.run("delete from opd_tracker.register")
    lay_out(server.address())
    assert server.run(found) == before
    assert server.run("select number from opd_tracker.layout") == [
        (LAYOUT_NUMBER,)
    ]


def test_the_number_of_the_layout_tells_its_text() -> None:
    # Not released yet: what changes belongs to number 1, and its digest is written anew.
    # Once it is, a change raises LAYOUT_NUMBER and adds a line.
    digests = {1: "bf67a3ad22c515e67649d196cdec44ba"}
    text = LAYOUT.read_text(encoding="utf-8")
    assert content_digest(text) == digests[LAYOUT_NUMBER]


def test_administrators_who_lay_out_a_database_at_once_do_it_once(
    server: TestServer,
) -> None:
    new = TestServer(server.instance, f"{server.database}_at_once")
    server.run(f"create database {new.database}", "postgres")
    try:
        with ThreadPoolExecutor() as pool:
            assert list(pool.map(lay_out, [new.address()] * 3)) == [0] * 3
        put_register(new)
    finally:
        server.run(f"drop database {new.database} with (force)", "postgres")


@pytest.mark.thorough
def test_an_administrator_does_not_wait_for_a_reader_who_stays(
    server: TestServer,
) -> None:
    put_register(server)
    with psycopg.connect(server.url()) as reading:
        reading.execute("select from opd_tracker.register")
        with pytest.raises(InUse, match="nothing was changed"):
            lay_out(server.address())
    assert lay_out(server.address()) == 0


@pytest.mark.parametrize(
    "damaged", ["'{}'", """doc::jsonb || '{"on": "0001-01-01"}'"""]
)
def test_a_damaged_fact_is_named(server: TestServer, damaged: str) -> None:
    """Also one whose day lies where no calculation reaches."""
    set_layout(server, SCHEMA)
    store = open_store(server.address())
    store.load()
    server.run(
        f"update opd_tracker.fact set doc = {damaged}, version = version + 1 "
        "where kind = 'moves'"
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


@pytest.mark.parametrize("is_seen", [True, False])
def test_a_server_restored_to_an_earlier_state_is_read_anew(
    server: TestServer, is_seen: bool
) -> None:
    put_register(server)
    store = open_store(server.address())
    perform(store, Settle(), context())
    perform(store, Advance("disdukcapil-0"), context())
    server.run(
        "delete from opd_tracker.fact where version = 3; "
        "update opd_tracker.register set version = 2"
    )
    if is_seen:
        assert not store.load().moves
    perform(store, Rename("disdukcapil-0", "Lain"), context())
    kept = open_store(server.address()).load()
    assert kept == store.load()
    assert not kept.moves
    assert kept.service_codes["disdukcapil-0"].name == "Lain"
