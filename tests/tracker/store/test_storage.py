"""The TinyDB storage by itself: TinyDB works on it as on its own, and the file is always whole."""

import errno
import json
import os
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

import pytest
from tinydb import TinyDB, where

from tracker.store import storage
from tracker.store.replace import Changed
from tracker.store.storage import AtomicStorage, Empty, check_values
from tracker.store.tables import Tables, refuse_doubled


@pytest.fixture
def db(tmp_path: Path) -> TinyDB:
    path = tmp_path / "tables.json"
    path.write_text("{}\n")
    return TinyDB(path, storage=AtomicStorage)


def storage_of(db: TinyDB) -> AtomicStorage:
    assert isinstance(db.storage, AtomicStorage)
    return db.storage


def on_disk(db: TinyDB) -> dict[str, dict[str, dict[str, object]]]:
    found: dict[str, dict[str, dict[str, object]]] = json.loads(
        storage_of(db).path.read_bytes()
    )
    return found


def test_tinydb_works_on_it(db: TinyDB) -> None:
    table = db.table("moves")
    assert table.insert_multiple([{"n": 1}, {"n": 2}, {"n": 3}]) == [1, 2, 3]
    table.update({"n": 20}, where("n") == 2)
    table.remove(where("n") == 1)
    table.upsert({"n": 4}, where("n") == 4)
    assert on_disk(db) == {
        "moves": {"2": {"n": 20}, "3": {"n": 3}, "4": {"n": 4}}
    }
    assert [
        document["n"] for document in TinyDB(storage_of(db).path).table("moves")
    ] == [20, 3, 4]
    db.drop_table("moves")
    assert on_disk(db) == {}


def test_one_transaction_is_one_write(db: TinyDB) -> None:
    inodes = set()
    with storage_of(db).transaction():
        for number in range(5):
            db.table(f"table-{number}").insert({"n": number})
            inodes.add(storage_of(db).path.stat().st_ino)
    assert len(inodes) == 1
    assert on_disk(db).keys() == {f"table-{number}" for number in range(5)}


def test_a_transaction_that_fails_leaves_nothing_anywhere(db: TinyDB) -> None:
    db.table("moves").insert({"n": 1})

    def fail() -> None:
        with storage_of(db).transaction():
            db.table("moves").update({"n": 2})
            db.table("log").insert({"n": 2})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert db.table("moves").all() == [{"n": 1}]
    assert db.tables() == {"moves"}
    assert on_disk(db) == {"moves": {"1": {"n": 1}}}


def test_a_transaction_that_touches_nothing_writes_nothing(db: TinyDB) -> None:
    before = storage_of(db).path.stat().st_ino
    with storage_of(db).transaction():
        assert db.tables() == set()
    assert storage_of(db).path.stat().st_ino == before


def test_it_reads_again_only_what_another_wrote(db: TinyDB) -> None:
    db.table("moves").insert({"n": 1})
    before = storage_of(db).tables()
    assert storage_of(db).tables() is before
    TinyDB(storage_of(db).path).table("moves").insert({"n": 2})
    assert storage_of(db).tables() is not before
    assert len(db.table("moves")) == 2


def test_a_transaction_on_what_is_no_longer_there_is_refused(
    db: TinyDB,
) -> None:
    db.table("moves").insert({"n": 1})

    def late() -> None:
        with storage_of(db).transaction():
            db.table("moves").insert({"n": 2})
            TinyDB(storage_of(db).path).table("moves").insert({"n": 3})

    with pytest.raises(Changed):
        late()
    assert [document["n"] for document in db.table("moves")] == [1, 3]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_never_written(db: TinyDB, number: float) -> None:
    db.table("moves").insert({"n": 1.5})
    for document in ({"n": number}, {"n": [1, {"m": number}]}):
        with pytest.raises(ValueError, match="no number"):
            db.table("moves").insert(document)
        with pytest.raises(ValueError, match="no number"):
            db.table("moves").update(document)
    assert on_disk(db) == {"moves": {"1": {"n": 1.5}}}
    assert db.table("moves").all() == [{"n": 1.5}]


def test_a_missing_or_empty_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        TinyDB(tmp_path / "none.json", storage=AtomicStorage).all()
    (tmp_path / "empty.json").touch()
    with pytest.raises(Empty):
        TinyDB(tmp_path / "empty.json", storage=AtomicStorage).all()
    assert os.listdir(tmp_path) == ["empty.json"]


def test_a_table_that_nobody_touches_keeps_its_bytes(db: TinyDB) -> None:
    path = storage_of(db).path
    path.write_bytes(b'{"odd":{"1":{"n":1.50,"m":"\\u0041"}},\n"moves":{}}\n')
    db.table("moves").insert({"n": 1})
    assert b'{"1":{"n":1.50,"m":"\\u0041"}}' in path.read_bytes()


def test_asking_for_a_table_decodes_none() -> None:
    tables = Tables.decode(b'{"moves":{"1":{}},\n"broken":[]}\n')
    assert "broken" in tables
    assert "other" not in tables
    assert list(tables) == ["moves", "broken"]


def test_tables_encode_to_what_they_were_decoded_from() -> None:
    for data in (
        b"{}\n",
        b'{"moves":{}}\n',
        b'{"moves":{"1":{"n":1}},\n"log":{}}\n',
    ):
        assert Tables.decode(data).encode() == data


def test_doubled_keys_are_found_at_any_depth() -> None:
    refuse_doubled(b'{"a":{"b":1},"b":{"b":1}}')
    with pytest.raises(ValueError, match="doubled: b"):
        refuse_doubled(b'{"a":[{"b":1,"c":2,"b":1}]}')


def test_what_is_overwritten_while_it_is_read_is_read_again(
    db: TinyDB, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old bytes must not pass for the new file, whose stamp would hide the change for ever."""
    path, read = storage_of(db).path, storage._all_of
    db.table("moves").insert({"n": 1})

    def overtaken(file: BinaryIO) -> bytes:
        data = read(file)
        if b"9" not in data:
            path.write_bytes(data.replace(b'"n":1', b'"n":9'))
            os.utime(path, ns=(0, 1))
        return data

    monkeypatch.setattr(storage, "_all_of", overtaken)
    assert TinyDB(path, storage=AtomicStorage).table("moves").all() == [
        {"n": 9}
    ]


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        (b"," * 20_000_000 + b" ", False),
        (b"," * 20_000_000 + b"[", True),
        (b"[" * 5_000_000 + b" " * 15_000_001, False),
        (b"[" * 4_000_000 + b"{" * 1_000_001 + b" " * 15_000_000, True),
        (b"[" * 20_000_000, False),
    ],
    ids=["values", "too many", "groups", "too many groups", "small"],
)
def test_what_would_take_gigabytes_is_not_decoded(
    text: bytes, is_refused: bool
) -> None:
    refused = pytest.raises(OSError, match=os.strerror(errno.EFBIG))
    with refused if is_refused else nullcontext():
        check_values(text)
