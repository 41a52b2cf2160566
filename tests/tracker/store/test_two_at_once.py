"""Several processes on one file: nothing is lost, everything is in one order, nobody sees half an action."""

import os
import signal
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar

import pytest
from tinydb import TinyDB

from tests.tracker.store.processes import end_of, fork, kill
from tests.tracker.store.world import (
    NOW,
    TODAY,
    Advance,
    Rename,
    Settle,
    context,
    new_store,
)
from tracker.actions.draft import Draft
from tracker.actions.perform import perform
from tracker.errors import Conflict, InUse
from tracker.model import TABLES, Move, Stage
from tracker.persistence import Commit
from tracker.register import Register
from tracker.store.backups import BY_HAND, REPAIR, RESTORE, list_backups
from tracker.store.doctor import repair_register
from tracker.store.file import FileStore
from tracker.store.restore import restore_backup

WRITERS = 4


@dataclass(frozen=True)
class Count:
    """Move a service and write the number of its moves into its name: two tables in one action."""

    name: ClassVar[str] = "count"
    service: str

    def apply(self, draft: Draft) -> None:
        service = draft.before.service_codes[self.service]
        draft.new(Move, service=service.id, on=TODAY, stage=Stage.ONLINE)
        draft.edit(
            service,
            name=str(len(draft.before.moves_of.get(service.id, ())) + 1),
        )


def count_often(path: Path, writer: int, actions: int) -> None:
    store = FileStore(path, wait=120)
    for _ in range(actions):
        perform(
            store, Count(f"disdukcapil-{writer}"), context(f"writer-{writer}")
        )


def is_whole(register: Register) -> bool:
    counts = [len(register.moves_of.get(key, ())) for key in register.services]
    return [service.name for service in register.services.values()] == list(
        map(str, counts)
    ) and sum(counts) == sum(
        entry.action == "count" for entry in register.log.values()
    )


@pytest.mark.parametrize(
    "actions", [40, pytest.param(200, marks=pytest.mark.thorough)]
)
def test_several_writers_lose_nothing_and_a_reader_sees_only_whole_states(
    path: Path, actions: int
) -> None:
    store = new_store(path)
    perform(store, Settle(WRITERS), context())
    for number in range(WRITERS):
        perform(store, Rename(f"disdukcapil-{number}", "0"), context())
    children = [
        fork(partial(count_often, path, writer, actions))
        for writer in range(WRITERS)
    ]
    reader = FileStore(path)
    seen = [reader.load()]
    while len(seen[-1].moves) < WRITERS * actions and any(
        map(is_running, children)
    ):
        register = reader.load()
        if register is not seen[-1]:
            assert is_whole(register)
            assert register.log.keys() > seen[-1].log.keys()
            seen.append(register)
        time.sleep(0.01)
    assert [end_of(child) for child in children] == [0] * WRITERS
    assert len(seen) > 5
    after = FileStore(path).load()
    assert is_whole(after)
    assert [service.name for service in after.services.values()] == [
        str(actions)
    ] * WRITERS
    counted = [
        entry.by for entry in after.log.values() if entry.action == "count"
    ]
    assert Counter(counted) == {
        f"writer-{writer}": actions for writer in range(WRITERS)
    }
    keys = [key for name in TABLES for key in after.table(name)]
    assert len(set(keys)) == len(keys) == after.next_number - 1


def is_running(child: int) -> bool:
    return (
        os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
    )


def hold(path: Path, ready: int) -> None:
    def decide(register: Register) -> Commit:
        os.write(ready, b"held")
        time.sleep(60)
        raise AssertionError

    FileStore(path, clock=lambda: NOW).commit(decide)


def test_a_lock_that_is_held_too_long_is_named(
    store: FileStore, path: Path
) -> None:
    reader, writer = os.pipe()
    holder = fork(partial(hold, path, writer))
    assert os.read(reader, 4) == b"held"
    before = path.read_bytes()
    start = time.monotonic()
    with pytest.raises(InUse) as refusal:
        perform(FileStore(path, wait=0.2), Settle(), context())
    assert 0.15 < time.monotonic() - start < 5
    assert refusal.value.exit_code == 3
    assert str(holder) in str(refusal.value)
    assert "2026-11-20 03:00:00" in str(refusal.value)
    assert FileStore(path).load() == store.load()
    kill(holder)
    assert path.read_bytes() == before


def test_the_lock_of_a_dead_process_frees_itself(
    store: FileStore, path: Path
) -> None:
    reader, writer = os.pipe()
    holder = fork(partial(hold, path, writer))
    assert os.read(reader, 4) == b"held"
    kill(holder)
    perform(FileStore(path, wait=0), Settle(), context())
    assert len(store.load().opds) == 1


def test_whoever_holds_the_lock_after_a_dead_process_is_named(
    store: FileStore, path: Path
) -> None:
    reader, writer = os.pipe()
    first = fork(partial(hold, path, writer))
    assert os.read(reader, 4) == b"held"
    kill(first)
    holder = fork(partial(hold, path, writer))
    assert os.read(reader, 4) == b"held"
    with pytest.raises(InUse) as refusal:
        perform(FileStore(path, wait=0.2), Settle(), context())
    kill(holder)
    assert str(holder) in str(refusal.value)


def test_a_waiting_writer_goes_on_as_soon_as_the_other_is_done(
    store: FileStore, path: Path
) -> None:
    reader, writer = os.pipe()
    holder = fork(partial(hold, path, writer))
    assert os.read(reader, 4) == b"held"
    waiter = fork(lambda: settle(path))
    time.sleep(0.1)
    assert is_running(waiter)
    os.kill(holder, signal.SIGKILL)
    assert end_of(waiter) == 0
    end_of(holder)
    assert len(store.load().opds) == 1


def settle(path: Path) -> None:
    perform(FileStore(path, wait=30), Settle(), context())


def test_the_second_to_change_a_fact_is_told_what_the_first_did(
    store: FileStore, path: Path
) -> None:
    seen = perform(store, Settle(), context()).register
    perform(FileStore(path), Rename("disdukcapil-1", "KTP"), context("Budi"))
    with pytest.raises(Conflict, match="Budi"):
        perform(store, Rename("disdukcapil-1", "KK"), context(), seen)
    perform(store, Rename("disdukcapil-1", "KK"), context(), store.load())
    assert FileStore(path).load().service_codes["disdukcapil-1"].name == "KK"


def test_what_another_program_writes_without_a_lock_is_not_lost(
    store: FileStore, path: Path
) -> None:
    perform(store, Settle(), context())
    asked = []

    def decide(register: Register) -> Commit:
        asked.append(register)
        if len(asked) == 1:
            with TinyDB(path) as db:
                db.table("services").update(
                    {"name": "Ditulis lain"}, doc_ids=[4]
                )
        service = register.service_codes["disdukcapil-1"]
        return Commit(
            {"services": {service.id: None}}, None, register.next_number
        )

    after = store.commit(decide)
    assert [service.name for service in after.services.values()] == [
        "Ditulis lain",
        "Layanan 2",
    ]
    assert FileStore(path).load() == after
    assert len(asked) == 2


def test_a_file_that_never_rests_is_given_up_and_left_alone(
    store: FileStore, path: Path
) -> None:
    perform(store, Settle(), context())

    def decide(register: Register) -> Commit:
        with TinyDB(path) as db:
            db.table("services").update(
                {"name": f"Nama {time.monotonic_ns()}"}, doc_ids=[4]
            )
        return Commit(
            {"services": {next(iter(register.services)): None}},
            None,
            register.next_number,
        )

    with pytest.raises(Conflict, match="keeps changing"):
        store.commit(decide)
    assert len(FileStore(path).load().services) == 3


def test_threads_of_one_program_take_turns(
    store: FileStore, path: Path
) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        list(
            pool.map(
                lambda n: perform(store, Settle(2, f"opd-{n}"), context()),
                range(20),
            )
        )
    assert store.load() == FileStore(path).load()
    assert len(store.load().opds) == 20


def test_a_reader_is_not_held_up_by_a_writer_in_the_same_program(
    store: FileStore,
) -> None:
    known = perform(store, Settle(), context()).register

    def decide(register: Register) -> Commit:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(store.load).result(timeout=5) is known
        return Commit({}, None, register.next_number)

    store.commit(decide)


def test_a_change_by_another_is_seen_and_read_once(
    store: FileStore, path: Path
) -> None:
    perform(store, Settle(), context())
    reader = FileStore(path)
    first = reader.load()
    assert reader.load() is first
    perform(store, Advance("disdukcapil-0"), context())
    second = reader.load()
    assert second is not first
    assert reader.load() is second
    done = [second.log[key] for key in second.log.keys() - first.log.keys()]
    assert [entry.action for entry in done] == ["move"]


@pytest.mark.parametrize(
    "days", [4, pytest.param(8, marks=pytest.mark.thorough)]
)
def test_of_two_first_changes_of_a_day_only_the_first_keeps_the_old_state(
    store: FileStore, path: Path, days: int
) -> None:
    perform(store, Settle(8), context())
    for day in range(1, days + 1):
        before, now = path.read_bytes(), NOW + timedelta(days=day)
        children = [
            fork(partial(rename_on, path, now, number)) for number in range(3)
        ]
        assert [end_of(child) for child in children] == [0, 0, 0]
        kept = [
            backup
            for backup in list_backups(path)
            if backup.taken.date() == now.date()
        ]
        assert [backup.path.read_bytes() for backup in kept] == [before]


def rename_on(path: Path, now: datetime, number: int) -> None:
    perform(
        FileStore(path, clock=lambda: now),
        Rename(f"disdukcapil-{number}", f"Nama {now}"),
        context(),
    )


def test_a_restore_while_others_write_loses_nothing_that_was_acknowledged(
    store: FileStore, path: Path
) -> None:
    perform(store, Settle(WRITERS), context())
    backup = store.keep_backup(BY_HAND)
    assert backup is not None
    children = [
        fork(partial(advance_often, path, writer)) for writer in range(3)
    ]
    for _ in range(5):
        time.sleep(0.05)
        restore_backup(store, backup, by="Budi", now=NOW)
    assert [end_of(child) for child in children] == [0, 0, 0]
    states = [
        path,
        *(kept.path for kept in list_backups(path) if kept.why == RESTORE),
    ]
    logs = [FileStore(state).load().log for state in states]
    told = {key: entry for log in logs for key, entry in log.items()}
    assert all(told[key] == entry for log in logs for key, entry in log.items())
    assert [entry.action for entry in told.values()].count("move") == 3 * 40


def test_of_two_repairs_at_once_only_one_is_done(
    store: FileStore, path: Path
) -> None:
    perform(store, Settle(300), context())
    damaged = path.read_bytes()[:-9]
    path.write_bytes(damaged)
    children = [fork(lambda: mend(path)) for _ in range(4)]
    assert [end_of(child) for child in children] == [0] * 4
    assert [
        kept.path.read_bytes()
        for kept in list_backups(path)
        if kept.why == REPAIR
    ] == [damaged]
    assert [
        entry.action for entry in FileStore(path).load().log.values()
    ].count("repair") == 1


def mend(path: Path) -> None:
    repair_register(FileStore(path), by="Budi", now=NOW)


def advance_often(path: Path, writer: int) -> None:
    store = FileStore(path, wait=60)
    for _ in range(40):
        perform(
            store, Advance(f"disdukcapil-{writer}"), context(f"writer-{writer}")
        )


def test_a_restore_is_decided_again_on_what_another_program_wrote_meanwhile(
    store: FileStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    perform(store, Settle(), context())
    backup = store.keep_backup(BY_HAND)
    assert backup is not None
    written: list[object] = []

    def write_once(*_: object) -> int:
        if not written:
            with TinyDB(path) as db:
                written.append(
                    db.table("services").update(
                        {"name": "Ditulis lain"}, doc_ids=[4]
                    )
                )
        return 0

    monkeypatch.setattr("tracker.store.restore._next_number", write_once)
    restored = restore_backup(store, backup, by="Budi", now=NOW)
    assert restored.services == FileStore(backup).load().services
    kept = next(kept for kept in list_backups(path) if kept.why == RESTORE)
    assert b"Ditulis lain" in kept.path.read_bytes()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no /proc")
def test_a_lock_that_cannot_be_given_back_undoes_nothing(path: Path) -> None:
    """The action stands, so nothing may say that it does not."""
    lock = os.path.realpath(path.with_name(f".{path.name}.lock"))
    folder = "/proc/self/fd"

    class SettleAndCloseLock(Settle):
        def apply(self, draft: Draft) -> None:
            super().apply(draft)
            for handle in os.listdir(folder):
                if os.path.realpath(f"{folder}/{handle}") == lock:
                    os.close(int(handle))

    def settle() -> None:
        perform(new_store(path), SettleAndCloseLock(2), context())

    assert end_of(fork(settle)) == 0
    assert len(FileStore(path).load().services) == 2
