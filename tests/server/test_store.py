"""A register on a server: actions are kept, others see them, and nothing is kept on refusal."""

import pytest

from tests.server.harness import TestServer
from tests.tracker.store.world import Advance, Drop, Rename, Settle, context
from tracker.actions.perform import perform
from tracker.errors import Rejected
from tracker.persistence import Commit, Store
from tracker.register import Register
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
