"""Writers that are killed, a server that restarts, a network that is cut: what was acknowledged stays."""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from threading import Thread

import pytest

from tests.server.harness import TestServer, put_register, start_own_server
from tests.server.proxy import Network
from tests.tracker.store.processes import end_of, fork, kill
from tests.tracker.store.world import Advance, Rename, Settle, context
from tracker.actions.perform import perform, plan
from tracker.actions.undo import Undo
from tracker.errors import InUse, Rejected, Unreadable
from tracker.model import TABLES
from tracker.persistence import Commit, Store
from tracker.register import Register
from tracker.store.address import ServerAddress
from tracker.store.opening import open_store


@pytest.fixture
def network(server: TestServer) -> Iterator[Network]:
    put_register(server)
    perform(open_store(server.address()), Settle(), context())
    made = Network(server)
    yield made
    made.close()


def write_forever(address: ServerAddress, acknowledge: int, start: int) -> None:
    store = open_store(address)
    for number in range(start, start + 1_000_000):
        perform(store, Rename("disdukcapil-0", f"N {number}"), context())
        os.write(acknowledge, f"{number}\n".encode())


@pytest.mark.parametrize(
    "kills", [4, pytest.param(60, marks=pytest.mark.thorough)]
)
def test_killed_writers_lose_nothing_acknowledged(
    server: TestServer, store: Store, kills: int
) -> None:
    perform(store, Settle(1), context())
    chance = random.Random(15)
    last = 0
    for _ in range(kills):
        reader, writer = os.pipe()
        write = partial(write_forever, server.address(), writer, last + 1)
        child = fork(write)
        os.close(writer)
        first = os.read(reader, 64)
        time.sleep(chance.uniform(0, 0.01))
        kill(child)
        told = (first + os.read(reader, 1 << 16)).split()
        os.close(reader)
        # The server may still be at work on what the killed one sent last.
        server.run("select from opd_tracker.register for update")
        (service,) = open_store(server.address()).load().services.values()
        found = int(service.name.rpartition(" ")[2])
        assert found in (int(told[-1]), int(told[-1]) + 1)
        last = found
    actions = [entry.action for entry in store.load().log.values()]
    assert actions.count("rename") == last


def test_many_writers_lose_nothing_and_no_key_is_given_twice(
    server: TestServer, store: Store
) -> None:
    perform(store, Settle(6), context())

    def write(number: int) -> None:
        own = open_store(server.address(), wait=60)
        for count in range(8):
            rename = Rename(f"disdukcapil-{number}", f"N {count}")
            perform(own, rename, context(f"writer-{number}"))

    children = [fork(partial(write, number)) for number in range(6)]
    assert [end_of(child) for child in children] == [0] * 6
    register = store.load()
    renames = [e.by for e in register.log.values() if e.action == "rename"]
    assert Counter(renames) == {f"writer-{number}": 8 for number in range(6)}
    keys = [key for name in TABLES for key in register.table(name)]
    assert len(set(keys)) == len(keys) == register.next_number - 1
    assert open_store(server.address()).load() == register


def test_a_connection_that_ended_is_made_again(
    server: TestServer, store: Store
) -> None:
    perform(store, Settle(), context())
    end_connections = (
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where pid <> pg_backend_pid() and datname = current_database()"
    )
    before = store.load()
    server.run(end_connections)
    assert store.load() is before
    server.run(end_connections)
    perform(store, Advance("disdukcapil-0"), context())
    assert len(open_store(server.address()).load().moves) == 1


def test_an_action_whose_answer_was_lost_is_kept_once(network: Network) -> None:
    store = open_store(network.address)
    before = store.load()
    network.loses_answers = True
    done = perform(store, Advance("disdukcapil-0"), context())
    after = store.load()
    assert done.register == after
    assert len(after.moves) == 1
    assert len(after.log) == len(before.log) + 1
    assert open_store(network.address).load() == after


def test_an_action_in_its_turn_whose_answer_was_lost_is_kept_once(
    server: TestServer, network: Network
) -> None:
    """Others were faster until it waited for its turn; then the network fails at its end."""
    store, rival = open_store(network.address), open_store(server.address())
    names = iter(["Satu", "Dua", "Tiga"])

    def decide(register: Register) -> Commit:
        for name in names:
            perform(rival, Rename("disdukcapil-1", name), context())
            break
        return plan(register, Advance("disdukcapil-0"), context())

    network.loses_answer_to = b"COMMIT"
    after = store.commit(decide)
    assert not network.loses_answer_to
    assert len(after.moves) == 1
    assert open_store(server.address()).load() == store.load() == after


def test_without_a_network_nothing_is_entered_and_it_is_said(
    network: Network,
) -> None:
    store = open_store(network.address, wait=0)
    before = store.load()
    network.cut()
    with pytest.raises(Unreadable):
        store.load()
    with pytest.raises(Rejected, match="nothing was changed"):
        perform(store, Advance("disdukcapil-0"), context())

    network.mend()
    assert store.load() is before
    perform(store, Advance("disdukcapil-0"), context())
    assert len(store.load().moves) == 1


def test_a_server_that_was_never_there_is_not_waited_for(
    network: Network,
) -> None:
    """It is rather a wrong address than a network that fails for a moment."""
    network.cut()
    store = open_store(network.address, wait=0.2)
    with pytest.raises(Unreadable, match="cannot be reached"):
        perform(store, Advance("disdukcapil-0"), context())


def test_where_the_answer_stays_away_the_log_is_pointed_to(
    network: Network,
) -> None:
    store = open_store(network.address, wait=0)
    store.load()
    network.loses_answers = True
    with pytest.raises(Rejected, match="look whether it is in the log"):
        perform(store, Advance("disdukcapil-0"), context())
    assert len(store.load().moves) == 1


def test_an_administrator_is_told_of_a_lost_connection(
    server: TestServer, network: Network
) -> None:
    import psycopg

    from tracker.store.postgres.administration import list_access

    def cut_when_it_waits() -> None:
        waiting = "select 1 from pg_locks where not granted"
        while not server.run(waiting):
            time.sleep(0.005)
        network.cut()

    with psycopg.connect(server.url()) as other:
        other.execute("lock table opd_tracker.access")
        Thread(target=cut_when_it_waits, daemon=True).start()
        with pytest.raises(Unreadable, match="cannot be reached"):
            list_access(network.address, "abcde")


@pytest.mark.thorough
def test_a_program_that_hangs_while_it_writes_holds_up_nobody_for_long(
    server: TestServer, store: Store
) -> None:
    import psycopg

    before = store.load()
    with psycopg.connect(server.url()) as hanging:
        hanging.execute("select opd_tracker.wait_for_turn('abcde')")
        with pytest.raises(InUse, match="nothing was changed"):
            perform(store, Settle(), context())
        assert store.load() is before
    perform(store, Settle(), context())


def test_others_who_are_always_faster_are_told_and_overwrite_nothing(
    server: TestServer, store: Store
) -> None:
    from tracker.store.postgres.administration import lay_out

    perform(store, Settle(), context())
    rival = open_store(server.address())
    late = open_store(server.address(), wait=0.3)
    own = partial(plan, action=Rename("disdukcapil-0", "Kita"), seen=None)

    def decide_too_late(register: Register) -> Commit:
        perform(rival, Advance("disdukcapil-1", note="lagi"), context())
        perform(rival, Undo(), context())
        return own(register, context=context())

    waiting = (
        "create or replace function opd_tracker.wait_for_turn(of_register text)"
    )
    server.run(f"{waiting} returns void language sql as $$ select $$")
    try:
        with pytest.raises(InUse, match="nothing was changed"):
            late.commit(decide_too_late)
    finally:
        lay_out(server.address())
    names = {service.name for service in store.load().services.values()}
    assert "Kita" not in names
    assert not store.load().moves
    late.commit(lambda register: own(register, context=context()))
    assert "Kita" in {s.name for s in store.load().services.values()}


def test_under_a_stricter_isolation_what_others_wrote_is_taken_in(
    server: TestServer, store: Store
) -> None:
    import psycopg

    perform(store, Settle(), context())
    strict = (
        f"alter database {server.database} set default_transaction_isolation"
    )
    server.run(f"{strict} = 'repeatable read'")
    try:
        own = open_store(server.address())
        own.load()
        with psycopg.connect(server.url()) as other:
            other.execute(
                "update opd_tracker.register set version = version + 1"
            )
            writer = Thread(
                target=perform,
                args=(own, Rename("disdukcapil-0", "Kita"), context()),
            )
            writer.start()
            waiting = "select 1 from pg_locks where not granted"
            while not server.run(waiting):
                time.sleep(0.005)
        writer.join()
    finally:
        server.run(f"{strict} = default")
    names = [service.name for service in store.load().services.values()]
    assert names[0] == "Kita"
    assert own.load() == store.load()


@pytest.mark.thorough
def test_a_server_that_restarts_under_load_loses_nothing_acknowledged() -> None:
    for server in start_own_server():
        put_register(server)
        store = open_store(server.address(), wait=60)
        perform(store, Settle(3), context())
        children = {}
        for number in range(3):
            reader, writer = os.pipe()
            child = fork(partial(write_until, server, number, writer))
            os.close(writer)
            children[child] = reader
        for mode in ("fast", "immediate", "immediate", "fast"):
            time.sleep(0.5)
            server.restart(mode)
        assert [end_of(child) for child in children] == [0] * 3
        register = open_store(server.address()).load()
        renames = [
            entry for entry in register.log.values() if entry.action == "rename"
        ]
        for number, reader in enumerate(children.values()):
            told = os.read(reader, 1 << 20).split()
            kept = [e for e in renames if e.by == f"writer-{number}"]
            assert len(kept) == len(told) == 300
        assert store.load() == register


def write_until(server: TestServer, number: int, acknowledge: int) -> None:
    store = open_store(server.address(), wait=60)
    for count in range(300):
        rename = Rename(f"disdukcapil-{number}", f"N {count}")
        perform(store, rename, context(f"writer-{number}"))
        os.write(acknowledge, f"{count}\n".encode())
        time.sleep(0.005)


def test_who_finds_in_their_turn_that_nothing_is_left_to_do_has_what_others_made(
    server: TestServer, store: Store
) -> None:
    from tracker.store.postgres.store import _MISSES

    perform(store, Settle(), context())
    rival, late = open_store(server.address()), open_store(server.address())
    own = partial(plan, action=Rename("disdukcapil-0", "Kita"), seen=None)
    seen: list[Register] = []

    def decide(register: Register) -> Commit:
        seen.append(register)
        if len(seen) > _MISSES:
            return Commit({}, None, register.next_number)
        theirs = Rename("disdukcapil-0", f"Mereka {len(seen)}")
        perform(rival, theirs, context())
        return own(register, context=context())

    register = late.commit(decide)
    assert register == rival.load()
    assert register.service_codes["disdukcapil-0"].name == f"Mereka {_MISSES}"
