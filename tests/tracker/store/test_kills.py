"""An acknowledged action survives kill -9 at any moment; the file is as before or as after, never between."""

import os
import random
import time
from functools import partial
from pathlib import Path

import pytest

from tests.tracker.store.processes import end_of, fatal_call, fork, kill
from tests.tracker.store.world import TOMORROW, Advance, Rename, Settle, context, new_store
from tracker.actions.perform import perform
from tracker.register import Register
from tracker.store.file import FileStore
from tracker.store.replace import leftovers

LONG, SHORT = "Layanan " + "panjang " * 30, "Layanan"
KILLS = 180


def names(register: Register) -> list[str]:
    return [service.name for service in register.services.values()]


def write_forever(path: Path, acknowledge: int, start: int) -> None:
    """Make the text grow and shrink by turns, and tell of each action once it is done."""
    store = FileStore(path)
    for number in range(start, start + 1_000_000):
        to = f"{LONG if number % 2 else SHORT} {number}"
        perform(store, Rename("disdukcapil-0", to), context())
        os.write(acknowledge, f"{number}\n".encode())


def test_kills_at_random_moments_lose_nothing_acknowledged(path: Path) -> None:
    perform(new_store(path), Settle(1), context())
    chance = random.Random(47)
    last = 0
    for _ in range(KILLS):
        reader, writer = os.pipe()
        child = fork(partial(write_forever, path, writer, last + 1))
        os.close(writer)
        first = os.read(reader, 64)
        time.sleep(chance.uniform(0, 0.008))
        kill(child)
        told = [int(line) for line in (first + os.read(reader, 1 << 16)).split()]
        os.close(reader)
        found = int(names(FileStore(path).load())[0].rpartition(" ")[2])
        assert found in (told[-1], told[-1] + 1)
        assert found > last
        last = found
    register = FileStore(path).load()
    assert [entry.action for entry in register.log.values()].count("rename") == last
    assert list(leftovers(path)) == []


def calls_of_one_action(path: Path) -> list[str]:
    with fatal_call(0) as calls:
        perform(FileStore(path, clock=lambda: TOMORROW), Advance("disdukcapil-0"), context())
    return calls


def test_a_kill_at_every_single_step_leaves_before_or_after(tmp_path: Path) -> None:
    counted = tmp_path / "counted" / "tracker.json"
    perform(new_store(counted), Settle(1), context())
    calls = calls_of_one_action(counted)
    assert {"write", "fsync", "replace", "link"} <= set(calls)
    states = []
    for number in range(1, len(calls) + 1):
        path = tmp_path / str(number) / "tracker.json"
        before = perform(new_store(path), Settle(1), context()).register

        def die(path: Path = path, number: int = number) -> None:
            store = FileStore(path, clock=lambda: TOMORROW)
            with fatal_call(number):
                perform(store, Advance("disdukcapil-0"), context())

        assert end_of(fork(die)) == -9
        found = FileStore(path).load()
        states.append(len(found.moves))
        assert found == before or (len(found.moves) == 1 and len(found.log) == len(before.log) + 1)
        perform(FileStore(path), Advance("disdukcapil-0"), context("Budi"))
        assert list(leftovers(path)) == []
    assert states == sorted(states)
    assert set(states) == {0, 1}


@pytest.mark.parametrize("number", range(1, 12))
def test_a_kill_while_a_register_is_founded_leaves_none_or_a_whole_one(path: Path, number: int) -> None:
    def die() -> None:
        with fatal_call(number):
            new_store(path)

    assert end_of(fork(die)) == -9
    if path.exists():
        assert FileStore(path).load().the_city.name == "Bandung"
    else:
        assert new_store(path).load().the_city.name == "Bandung"
