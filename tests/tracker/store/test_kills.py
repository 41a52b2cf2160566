"""An acknowledged action survives kill -9 at any moment; the file is as before or as after, never between."""

import os
import random
import shutil
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from tests.depth import examples, one_in
from tests.tracker.store.processes import end_of, fatal_call, fork, kill
from tests.tracker.store.world import (
    TOMORROW,
    Advance,
    Rename,
    Settle,
    context,
    new_store,
)
from tracker.actions.perform import perform
from tracker.model import TABLES
from tracker.register import Register
from tracker.store import storage
from tracker.store.backups import BY_HAND, DAY, Plan, keep_backup, list_backups
from tracker.store.doctor import repair_register
from tracker.store.file import FileStore
from tracker.store.migrations import MIGRATIONS, Migration
from tracker.store.replace import find_leftovers
from tracker.store.restore import restore_backup
from tracker.store.tables import Tables

STRIDE = examples(3, 1)
"""How many steps lie between two kills."""
LONG, SHORT = "Layanan " + "panjang " * 30, "Layanan"


def names(register: Register) -> list[str]:
    return [service.name for service in register.services.values()]


def write_forever(path: Path, acknowledge: int, start: int) -> None:
    """Make the text grow and shrink by turns, and tell of each action once it is done."""
    store = FileStore(path)
    for number in range(start, start + 1_000_000):
        to = f"{LONG if number % 2 else SHORT} {number}"
        perform(store, Rename("disdukcapil-0", to), context())
        os.write(acknowledge, f"{number}\n".encode())


@pytest.mark.parametrize(
    "kills", [12, pytest.param(160, marks=pytest.mark.thorough)]
)
def test_kills_at_random_moments_lose_nothing_acknowledged(
    path: Path, kills: int
) -> None:
    perform(new_store(path), Settle(1), context())
    chance = random.Random(47)
    last = 0
    for _ in range(kills):
        reader, writer = os.pipe()
        child = fork(partial(write_forever, path, writer, last + 1))
        os.close(writer)
        first = os.read(reader, 64)
        time.sleep(chance.uniform(0, 0.008))
        kill(child)
        told = [
            int(line) for line in (first + os.read(reader, 1 << 16)).split()
        ]
        os.close(reader)
        found = int(names(FileStore(path).load())[0].rpartition(" ")[2])
        assert found in (told[-1], told[-1] + 1)
        assert found > last
        last = found
    register = FileStore(path).load()
    assert [entry.action for entry in register.log.values()].count(
        "rename"
    ) == last
    assert list(find_leftovers(path)) == []


def lay_up(path: Path) -> None:
    """Found a register with some years of backups behind it, and one more asked for by hand."""
    store = new_store(path)
    perform(store, Settle(1), context())
    for month in range(1, 7):
        for day in (3, 20):
            keep_backup(path, DAY, datetime(2024, month, day))
    store.keep_backup(BY_HAND)


def a_restore(store: FileStore) -> None:
    kept = next(
        backup for backup in list_backups(store.path) if backup.why == BY_HAND
    )
    restore_backup(store, kept.path, by="Budi", now=TOMORROW)


def a_repair(store: FileStore) -> None:
    repair_register(store, by="Budi", now=TOMORROW)


def an_import(store: FileStore) -> None:
    perform(store, Imported("disdukcapil-0", "Dari berkas"), context())


class Imported(Rename):
    name = "import"


def leave_as_it_is(tables: Tables) -> None:
    pass


def backups_in(path: Path) -> set[str]:
    return {backup.path.name for backup in list_backups(path)}


def without_log(register: Register) -> list[object]:
    return [register.table(name) for name in TABLES if name != "log"]


@pytest.mark.deeper
@pytest.mark.parametrize(
    ("work", "migrations"),
    [
        (a_restore, MIGRATIONS),
        pytest.param(a_repair, MIGRATIONS, marks=pytest.mark.thorough),
        pytest.param(an_import, MIGRATIONS, marks=pytest.mark.thorough),
        pytest.param(
            an_import,
            (*MIGRATIONS, leave_as_it_is),
            marks=pytest.mark.thorough,
        ),
    ],
)
def test_a_kill_at_every_step_of_what_changes_much_leaves_before_or_after(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    work: Callable[[FileStore], None],
    migrations: Sequence[Migration],
) -> None:
    monkeypatch.setattr(storage, "_PAUSE", 0)
    laid = tmp_path / "laid" / "tracker.json"
    lay_up(laid)
    if work is a_repair:
        laid.write_bytes(laid.read_bytes()[:-5])
    before = laid.read_bytes()

    def opened(number: int) -> FileStore:
        path = tmp_path / str(number) / "tracker.json"
        shutil.copytree(laid.parent, path.parent)
        return FileStore(
            path,
            clock=lambda: TOMORROW,
            plan=Plan(days=4),
            migrations=migrations,
        )

    def die(store: FileStore, number: int) -> None:
        with fatal_call(number):
            work(store)

    whole = opened(0)
    work(whole)
    thinned = backups_in(laid) - backups_in(whole.path)
    assert thinned
    sound = {
        backup.path.read_bytes()
        for backup in (*list_backups(laid), *list_backups(whole.path))
    }
    number = 1
    while end_of(fork(partial(die, store := opened(number), number))):
        assert backups_in(laid) - backups_in(store.path) <= thinned
        assert {
            backup.path.read_bytes() for backup in list_backups(store.path)
        } <= sound
        if store.path.read_bytes() != before:
            assert without_log(FileStore(store.path).load()) == without_log(
                whole.load()
            )
        work(store)
        assert without_log(FileStore(store.path).load()) == without_log(
            whole.load()
        )
        assert list(find_leftovers(store.path)) == []
        number += STRIDE
    assert number > 20


def calls_of_one_action(path: Path) -> list[str]:
    with fatal_call(0) as calls:
        perform(
            FileStore(path, clock=lambda: TOMORROW),
            Advance("disdukcapil-0"),
            context(),
        )
    return calls


@pytest.mark.deeper
def test_a_kill_at_every_single_step_leaves_before_or_after(
    tmp_path: Path,
) -> None:
    counted = tmp_path / "counted" / "tracker.json"
    perform(new_store(counted), Settle(1), context())
    calls = calls_of_one_action(counted)
    assert {"write", "fsync", "replace", "link"} <= set(calls)
    states = []
    for number in range(1, len(calls) + 1, STRIDE):
        path = tmp_path / str(number) / "tracker.json"
        before = perform(new_store(path), Settle(1), context()).register

        def die(path: Path = path, number: int = number) -> None:
            store = FileStore(path, clock=lambda: TOMORROW)
            with fatal_call(number):
                perform(store, Advance("disdukcapil-0"), context())

        assert end_of(fork(die)) == -9
        found = FileStore(path).load()
        states.append(len(found.moves))
        assert found == before or (
            len(found.moves) == 1 and len(found.log) == len(before.log) + 1
        )
        perform(FileStore(path), Advance("disdukcapil-0"), context("Budi"))
        assert list(find_leftovers(path)) == []
    assert states == sorted(states)
    assert set(states) == {0, 1}


@pytest.mark.parametrize("number", one_in(3, range(1, 12)))
def test_a_kill_while_a_register_is_founded_leaves_none_or_a_whole_one(
    path: Path, number: int
) -> None:
    def die() -> None:
        with fatal_call(number):
            new_store(path)

    assert end_of(fork(die)) == -9
    if path.exists():
        assert FileStore(path).load().only_city.name == "Bandung"
    else:
        assert new_store(path).load().only_city.name == "Bandung"
