import os
import threading
import time
from pathlib import Path
from typing import Never

import pytest
from msgspec.structs import replace
from tinydb import TinyDB

from tests.tracker.store.world import (
    NOW,
    Advance,
    Drop,
    Rename,
    Settle,
    context,
    new_store,
)
from tracker.actions.perform import perform
from tracker.actions.undo import Undo
from tracker.errors import Rejected, Unreadable
from tracker.model import TABLES
from tracker.persistence import Commit
from tracker.register import Register
from tracker.store.file import FileStore
from tracker.store.new_register import create_register


def filled(store: FileStore) -> Register:
    perform(store, Settle(), context())
    perform(store, Advance("disdukcapil-1"), context())
    return perform(store, Rename("disdukcapil-1", "Akta"), context()).register


def same_order(one: Register, other: Register) -> bool:
    return all(
        list(one.table(name)) == list(other.table(name)) for name in TABLES
    )


def test_what_was_committed_is_what_another_reads(
    store: FileStore, path: Path
) -> None:
    after = filled(store)
    assert FileStore(path).load() == after
    assert store.load() is after


def test_the_order_in_memory_is_the_order_read_from_the_file(
    store: FileStore, path: Path
) -> None:
    filled(store)
    perform(store, Advance("disdukcapil-2"), context("Budi"))
    perform(store, Drop(), context())
    perform(store, Advance("disdukcapil-0"), context("Budi"))
    after = perform(store, Undo(), context()).register
    assert len(after.moves) == 3
    assert same_order(FileStore(path).load(), after)


def test_a_new_register_never_takes_the_place_of_a_file(
    store: FileStore, path: Path
) -> None:
    before = path.read_bytes()
    with pytest.raises(Rejected):
        new_store(path)
    assert path.read_bytes() == before


def test_a_prefix_is_drawn_where_none_is_given() -> None:
    one = create_register(by="Rina", now=NOW, name="Bandung", portal="Sadayana")
    other = create_register(
        by="Rina", now=NOW, name="Bandung", portal="Sadayana"
    )
    assert one.prefix != other.prefix
    assert len(one.prefix) == 5


def test_a_missing_file_is_an_error(path: Path) -> None:
    with pytest.raises(Unreadable):
        FileStore(path).load()
    with pytest.raises(Unreadable):
        perform(FileStore(path), Settle(), context())
    assert list(path.parent.iterdir()) == []


def test_nothing_is_written_when_nothing_differs(
    store: FileStore, path: Path
) -> None:
    filled(store)
    before = path.stat()
    perform(store, Rename("disdukcapil-1", "Akta"), context())
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (
        before.st_ino,
        before.st_mtime_ns,
    )


def test_a_refused_action_leaves_everything_as_it_was(
    store: FileStore, path: Path
) -> None:
    known = filled(store)
    before = path.read_bytes()
    with pytest.raises(Rejected):
        perform(store, Settle(), context())
    assert path.read_bytes() == before
    assert store.load() is known


def test_what_fails_while_it_is_decided_is_not_said_of_the_register(
    store: FileStore, path: Path
) -> None:
    known = filled(store)
    before = path.read_bytes()

    def read_what_is_missing(register: Register | None = None) -> Never:
        open(path.with_name("gone.csv")).close()
        raise AssertionError

    for change in (
        lambda: store.commit(read_what_is_missing),
        lambda: store.replace_register(read_what_is_missing, "import"),
    ):
        with pytest.raises(FileNotFoundError) as caught:
            change()
        assert caught.value.filename == str(path.with_name("gone.csv"))
    assert path.read_bytes() == before
    assert store.load() is known


def test_the_log_is_read_in_the_order_of_the_actions(
    store: FileStore, path: Path
) -> None:
    filled(store)
    log = FileStore(path).load().log
    assert list(log) == sorted(log)
    assert [entry.action for entry in log.values()] == [
        "init",
        "settle",
        "move",
        "rename",
    ]


def test_plain_tinydb_reads_the_tables(store: FileStore, path: Path) -> None:
    register = filled(store)
    with TinyDB(path) as db:
        assert db.tables() == {
            "meta",
            "city",
            "log",
            "opds",
            "services",
            "moves",
        }
        for service in db.table("services").all():
            assert service["name"] == register.services[service["id"]].name
            assert service["id"] == register.key(service.doc_id)


def test_what_plain_tinydb_changed_is_seen_and_kept(
    store: FileStore, path: Path
) -> None:
    filled(store)
    with TinyDB(path) as db:
        db.table("services").update({"name": "KTP"}, doc_ids=[4])
        db.table("colours").insert({"of": "the map"})
    perform(store, Rename("disdukcapil-1", "KK"), context())
    assert [s.name for s in FileStore(path).load().services.values()] == [
        "KTP",
        "KK",
        "Layanan 2",
    ]
    with TinyDB(path) as db:
        assert db.table("colours").all() == [{"of": "the map"}]


def test_a_key_of_another_register_is_never_kept(
    store: FileStore, path: Path
) -> None:
    other = create_register(
        by="Rina", now=NOW, prefix="zzzzz", name="Cimahi", portal="Satu"
    )
    before = path.read_bytes()
    with pytest.raises(ValueError, match="zzzzz"):
        store.commit(
            lambda register: Commit({"city": dict(other.city)}, None, 9)
        )
    assert path.read_bytes() == before


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_never_kept(
    store: FileStore, path: Path, number: float
) -> None:
    known = filled(store)
    before = path.read_bytes()
    move = replace(next(iter(known.moves.values())), visits=number)
    with pytest.raises(ValueError, match="no number"):
        store.commit(
            lambda register: Commit(
                {"moves": {move.id: move}}, None, register.next_number
            )
        )
    assert path.read_bytes() == before
    assert store.load() == known


def test_a_file_that_another_program_is_overwriting_is_read_once_it_is_whole(
    store: FileStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A busy machine may not let the other thread write within 20 ms.
    monkeypatch.setattr("tracker.store.storage._PAUSE", 0.5)
    known = filled(store)
    whole = path.read_bytes()
    half_written = threading.Event()

    def overwrite_slowly() -> None:
        path.write_bytes(whole[:500])
        half_written.set()
        time.sleep(0.01)
        path.write_bytes(whole)

    writer = threading.Thread(target=overwrite_slowly)
    writer.start()
    half_written.wait()
    assert FileStore(path).load() == known
    writer.join()


def test_a_failed_write_leaves_no_half_made_state_in_memory(
    store: FileStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = filled(store)

    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", fail)
        with pytest.raises(Rejected, match="the disk has failed"):
            perform(store, Advance("disdukcapil-2"), context())
    assert store.load() == known
    after = perform(store, Rename("disdukcapil-2", "KK"), context()).register
    assert after == FileStore(path).load()
    assert len(after.moves) == len(known.moves)
