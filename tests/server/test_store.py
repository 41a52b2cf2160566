"""A register on a server: actions are kept, others see them, and nothing is kept on refusal."""

import socket

import pytest

from tests.server.harness import TestServer, put_register
from tests.tracker.store.world import (
    NOW,
    Advance,
    Drop,
    Rename,
    Settle,
    context,
)
from tracker.actions.perform import perform
from tracker.errors import Rejected, Unreadable, UsageError
from tracker.persistence import Commit, Store
from tracker.register import Register
from tracker.store.address import parse_address
from tracker.store.new_register import create_register
from tracker.store.opening import open_store


def test_an_action_is_seen_by_another_program(
    server: TestServer, store: Store
) -> None:
    other = open_store(server.address())
    before = other.load()
    perform(store, Settle(), context())
    perform(store, Advance("disdukcapil-0"), context())
    assert other.load() is not before
    assert other.load() == store.load()
    assert other.load() is other.load()


def test_what_is_caught_up_equals_what_is_read_anew(
    server: TestServer, store: Store
) -> None:
    other = open_store(server.address())
    other.load()
    perform(store, Settle(), context())
    perform(store, Advance("disdukcapil-0"), context())
    perform(store, Drop(), context())
    perform(store, Rename("disdukcapil-1", "Lain"), context())
    fresh = open_store(server.address()).load()
    assert other.load() == fresh == store.load()
    assert [list(other.load().log), other.load().next_number] == [
        list(fresh.log),
        fresh.next_number,
    ]


def test_an_action_is_decided_again_on_what_others_made(
    server: TestServer, store: Store
) -> None:
    other = open_store(server.address())
    perform(store, Settle(), context())
    other.load()
    perform(store, Rename("disdukcapil-0", "Satu"), context())
    perform(other, Rename("disdukcapil-1", "Dua"), context("Sari"))
    names = [service.name for service in other.load().services.values()]
    assert names == ["Satu", "Dua", "Layanan 2"]
    assert store.load() == other.load()


def test_what_another_program_made_possible_is_not_refused(
    server: TestServer, store: Store
) -> None:
    perform(store, Settle(), context())
    other = open_store(server.address())
    known = other.load()
    perform(store, Advance("disdukcapil-0"), context())

    def decide(register: Register) -> Commit:
        if register is known:
            raise Rejected("no move is there")
        return Commit({}, None, register.next_number)

    assert len(other.commit(decide).moves) == 1


def test_what_is_refused_leaves_no_trace(store: Store) -> None:
    before = store.load()

    def refuse(register: Register) -> Commit:
        raise Rejected("no")

    with pytest.raises(Rejected):
        store.commit(refuse)
    assert store.load() is before


def test_a_store_has_written_once_something_of_its_own_is_kept(
    server: TestServer, store: Store
) -> None:
    """A command that has written does not fail where its output is lost: it would be run again."""
    reader = open_store(server.address())
    perform(store, Settle(), context())
    before = reader.load()
    reader.commit(lambda register: Commit({}, None, before.next_number))
    assert not reader.has_written
    perform(reader, Advance("disdukcapil-0"), context())
    assert reader.has_written


def test_every_look_asks_the_server_though_the_clock_stands_still(
    server: TestServer, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some machines' clocks go on a few times in a tenth of a second."""
    monkeypatch.setattr("tracker.store.postgres.store.monotonic", lambda: 7.0)
    other = open_store(server.address())
    other.load()
    perform(store, Settle(), context())
    assert other.load() == store.load()


def test_of_several_registers_the_address_names_one(
    server: TestServer, store: Store
) -> None:
    """None is taken for the one that is meant."""
    one = store.load()
    other = create_register(
        by="Rina", now=NOW, prefix="zzzzz", name="Cimahi", portal="Satu"
    )
    put_register(server, other)
    with pytest.raises(
        UsageError, match=r"abcde \(Bandung\), zzzzz \(Cimahi\)"
    ):
        open_store(server.address()).load()
    for register in (one, other):
        named = parse_address(f"{server.url()}&register={register.prefix}")
        assert open_store(named).load() == register


def test_why_a_server_refuses_or_stays_silent_is_told_in_a_line(
    server: TestServer,
) -> None:
    """The first of its lines says it; the others quote a statement, or guess at causes."""
    from tracker.store.postgres.connection import ServerConnection

    asked = ServerConnection(server.address())
    with pytest.raises(Rejected) as refusal:
        asked.run_statement("select unknown")
    assert refusal.value.values["reason"] == 'column "unknown" does not exist'

    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(Unreadable) as silence:
            open_store(parse_address(f"postgresql://rina@{host}/kota")).load()
    assert silence.value.values["reason"] == "Connection refused"
