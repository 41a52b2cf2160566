"""Several processes on one register: nothing is lost, nobody sees half of an action, kills included."""

import os
import random
import time
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import pytest

from tests.contract.stores import Open
from tests.tracker.actions.world import NOW, TODAY
from tests.tracker.store.processes import end_of, fork, kill
from tracker.actions.draft import Context, Draft
from tracker.actions.perform import perform, plan
from tracker.actions.services import EditService
from tracker.actions.undo import Undo
from tracker.errors import Conflict
from tracker.model import TABLES, Move, Stage
from tracker.persistence import Commit
from tracker.register import Register

SERVICES = ("izin", "akta", "kir")


@dataclass(frozen=True)
class Count:
    """Move a service and write the number of its moves into its owner: two tables in one action."""

    name: ClassVar[str] = "count"
    service: str

    def apply(self, draft: Draft) -> None:
        service = draft.before.service_codes[self.service]
        moves = draft.before.moves_of.get(service.id, ())
        draft.new(Move, service=service.id, on=TODAY, stage=Stage.ONLINE)
        draft.edit(service, owner=str(len(moves) + 1))


def context(by: str) -> Context:
    return Context(by, NOW, TODAY)


def count_often(opened: Open, service: str, times: int) -> None:
    store = opened()
    for _ in range(times):
        perform(store, Count(service), context(service))


def count_for_ever(opened: Open, service: str, acknowledge: int) -> None:
    """Count a service, and tell of each time once it is done."""
    store = opened()
    while True:
        after = perform(store, Count(service), context(service)).register
        counted = after.service_codes[service].owner
        os.write(acknowledge, f"{counted}\n".encode())


def is_whole(register: Register) -> bool:
    """Tell whether every action is there with all of its facts, or with none."""
    counted = Counter(
        register.services[move.service].code for move in register.moves.values()
    )
    told = Counter(
        entry.by for entry in register.log.values() if entry.action == "count"
    )
    owners = {
        one.code: int(one.owner or 0) for one in register.services.values()
    }
    return counted == told == Counter(owners)


def is_running(child: int) -> bool:
    ended = os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    return ended is None


@pytest.mark.parametrize(
    "times", [20, pytest.param(300, marks=pytest.mark.thorough)]
)
def test_writers_lose_nothing_and_a_reader_sees_only_whole_states(
    shared: Open, times: int
) -> None:
    children = [
        fork(partial(count_often, shared, service, times))
        for service in SERVICES
    ]
    reader = shared()
    seen = [reader.load()]
    while any(map(is_running, children)):
        register = reader.load()
        if register is not seen[-1]:
            assert is_whole(register)
            assert register.log.keys() > seen[-1].log.keys()
            seen.append(register)
        time.sleep(0.005)
    assert [end_of(child) for child in children] == [0, 0, 0]

    after = reader.load()
    assert is_whole(after)
    assert len(after.moves) == len(SERVICES) * times
    keys = [key for name in TABLES for key in after.table(name)]
    assert len(set(keys)) == len(keys) == after.next_number - 1


@pytest.mark.parametrize(
    "kills", [8, pytest.param(60, marks=pytest.mark.thorough)]
)
def test_kills_lose_nothing_that_was_acknowledged(
    shared: Open, kills: int
) -> None:
    chance = random.Random(1945)
    for _ in range(kills):
        service = chance.choice(SERVICES)
        reader, writer = os.pipe()
        child = fork(partial(count_for_ever, shared, service, writer))
        os.close(writer)
        told = os.read(reader, 64)
        time.sleep(chance.uniform(0, 0.02))
        kill(child)
        told += os.read(reader, 1 << 16)
        os.close(reader)

        last = int(told.split()[-1])
        register = shared().load()
        assert is_whole(register)
        found = int(register.service_codes[service].owner)
        # The last one may be stored and not yet acknowledged.
        assert found in (last, last + 1)


def hold(opened: Open, ready: int) -> None:
    def decide(register: Register) -> Commit:
        os.write(ready, b"held")
        time.sleep(60)
        return plan(register, Count("izin"), context("izin"))

    opened().commit(decide)


def test_who_is_killed_while_deciding_keeps_nothing_and_nobody_out(
    shared: Open,
) -> None:
    reader, writer = os.pipe()
    holder = fork(partial(hold, shared, writer))
    assert os.read(reader, 4) == b"held"
    assert not shared().load().moves
    kill(holder)
    after = perform(shared(), Count("kir"), context("kir")).register
    assert is_whole(after)
    assert len(after.moves) == 1


def test_a_writer_waits_for_another_and_then_goes_on(shared: Open) -> None:
    reader, writer = os.pipe()
    holder = fork(partial(hold, shared, writer))
    assert os.read(reader, 4) == b"held"
    waiter = fork(partial(count_often, shared, "kir", 1))
    time.sleep(0.05)
    kill(holder)
    assert end_of(waiter) == 0
    assert len(shared().load().moves) == 1


def edit_as_budi(opened: Open) -> None:
    perform(opened(), EditService("izin", {"owner": "Budi"}), context("budi"))


def test_what_another_program_did_meanwhile_is_a_conflict_that_names_them(
    shared: Open,
) -> None:
    store = shared()
    seen = store.load()
    assert end_of(fork(partial(edit_as_budi, shared))) == 0
    with pytest.raises(Conflict, match="budi changed this"):
        perform(
            store, EditService("izin", {"owner": "Rani"}), context("rani"), seen
        )
    assert store.load().service_codes["izin"].owner == "Budi"


def test_an_undo_takes_back_ones_own_and_not_what_another_program_did(
    shared: Open,
) -> None:
    store = shared()
    perform(store, EditService("kir", {"owner": "Rani"}), context("rani"))
    assert end_of(fork(partial(edit_as_budi, shared))) == 0
    after = perform(store, Undo(), context("rani")).register
    assert after.service_codes["kir"].owner == ""
    assert after.service_codes["izin"].owner == "Budi"
