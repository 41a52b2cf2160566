"""What a long way to the server costs: one way there and back for an action, and one for a look."""

import statistics
from collections.abc import Iterator
from time import perf_counter

import pytest

from tests.server.harness import TestServer, put_register
from tests.server.proxy import Network
from tests.tracker.store.world import Rename, Settle, context
from tracker.actions.perform import perform
from tracker.persistence import Store
from tracker.store.opening import open_store

OFTEN = 12
"""Beyond the number of times after which a driver may begin to prepare statements."""


@pytest.fixture
def network(server: TestServer) -> Iterator[Network]:
    put_register(server)
    perform(open_store(server.address()), Settle(), context())
    made = Network(server)
    yield made
    made.close()


@pytest.fixture
def store(network: Network) -> Store:
    return open_store(network.address)


def rename(store: Store, number: int, code: str = "disdukcapil-0") -> None:
    perform(store, Rename(code, f"Nama {number}"), context())


def test_a_register_is_opened_in_three_round_trips(
    store: Store, network: Network
) -> None:
    with network.counted() as took:
        store.load()
    assert took == [3]


def test_an_action_and_a_look_take_a_round_trip_each(
    store: Store, network: Network
) -> None:
    store.load()
    for number in range(OFTEN):
        with network.counted() as took:
            rename(store, number)
        assert took == [1]
    for _ in range(OFTEN):
        with network.counted() as took:
            store.load()
        assert took == [1]


def test_an_action_after_anothers_takes_two(
    server: TestServer, store: Store, network: Network
) -> None:
    other = open_store(server.address())
    store.load()
    for number in range(3):
        rename(other, number, "disdukcapil-1")
        with network.counted() as took:
            rename(store, number)
        assert took == [2]
    assert store.load() == other.load()


@pytest.mark.thorough
def test_over_a_tenth_of_a_second_of_network_an_action_takes_little_more(
    store: Store, network: Network
) -> None:
    store.load()
    network.delay = 0.05
    took = []
    for number in range(OFTEN):
        began = perf_counter()
        rename(store, number)
        took.append(perf_counter() - began)
    assert min(took) > 0.1
    assert statistics.median(took) <= 0.13
