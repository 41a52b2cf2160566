"""Whatever stands in the file: it is opened, or said to be damaged, and never written over or made anew."""

import json
import os
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.depth import examples
from tests.tracker.store.world import (
    TODAY,
    Advance,
    Rename,
    Settle,
    context,
    new_store,
)
from tracker.actions.perform import perform
from tracker.errors import Unreadable, UserError
from tracker.limits import EARLIEST, LATEST
from tracker.store.file import FileStore
from tracker.store.salvage import salvage_register

DAY = timedelta(days=1)
Tables = dict[str, dict[str, Any]]


def filled(path: Path) -> bytes:
    store = new_store(path)
    perform(store, Settle(), context())
    perform(store, Advance("disdukcapil-1"), context())
    return path.read_bytes()


def refuses(path: Path, data: bytes) -> str:
    """Put ``data`` there and see that nothing opens it and nothing writes over it."""
    path.write_bytes(data)
    store = FileStore(path)
    with pytest.raises(Unreadable) as error:
        store.load()
    assert error.value.exit_code == 4
    with pytest.raises(Unreadable):
        perform(store, Settle(1, "lain"), context())
    with pytest.raises(UserError):
        new_store(path)
    assert path.read_bytes() == data
    return str(error.value)


def test_an_empty_file_is_no_new_register(path: Path) -> None:
    filled(path)
    assert "bring one back" in refuses(path, b"")


def test_backups_are_spoken_of_where_there_are_some(path: Path) -> None:
    for data in (b"", b"{", b"{}"):
        assert "restore" not in refuses(path, data)
        assert "Backups" not in refuses(path, data)


@pytest.mark.parametrize(
    "other", ["pipe", "/dev/zero", "/dev/null", "loop", "folder"]
)
def test_what_is_no_file_is_refused_and_not_waited_for(
    path: Path, other: str
) -> None:
    if other == "pipe":
        os.mkfifo(path)
    elif other == "folder":
        path.mkdir()
    else:
        path.symlink_to(path if other == "loop" else other)
    store = FileStore(path)
    for read in (
        store.load,
        partial(salvage_register, path),
        partial(perform, store, Settle(), context()),
    ):
        with pytest.raises(Unreadable, match="could not be opened"):
            read()


@pytest.mark.parametrize(
    "data",
    [
        b" ",
        b"\0" * 4096,
        b"hello",
        b"[]",
        b"{}",
        b"null",
        b"{" * 100_000,
        b"[" * 100_000,
        b'{"moves":' * 50_000,
        b"\xff\xfe{\x00}\x00",
        b'{"_default": {"1": {"a": 1}}}',
        b"PK\x03\x04" + bytes(100),
    ],
)
def test_what_is_no_register_is_refused(path: Path, data: bytes) -> None:
    filled(path)
    assert "damaged" in refuses(path, data)


def test_a_file_that_was_cut_anywhere_is_refused(path: Path) -> None:
    whole = filled(path)
    for length in range(1, len(whole) - 2, 67):
        assert "damaged" in refuses(path, whole[:length])


def put(table: str, number: str, **fields: Any) -> Callable[[Tables], None]:
    return lambda tables: tables[table][number].update(fields)


@pytest.mark.parametrize(
    ("place", "spoil"),
    [
        ("moves 8", put("moves", "8", stage="nowhere")),
        ("moves 8", put("moves", "8", on="2026-02-30")),
        ("moves abcde-0000008", put("moves", "8", on="9999-12-31")),
        ("moves abcde-0000008", put("moves", "8", on="0001-01-01")),
        ("moves 8", put("moves", "8", recorded_at="2026-11-20T03:00:00")),
        ("moves 8", put("moves", "8", visits=1e15)),
        ("moves 8", put("moves", "8", days=-1e15)),
        ("services 5", put("services", "5", volume=10**15)),
        ("moves abcde-0000008", put("moves", "8", service="abcde-0000077")),
        ("moves 8", put("moves", "8", mood="good")),
        ("moves 8", put("moves", "8", visits="two")),
        ("moves 8", put("moves", "8", id="abcde-0000009")),
        ("moves 8", put("moves", "8", id="zzzzz-0000008")),
        ("services 5", put("services", "5", volume=1.5)),
        ("services 5", put("services", "5", name=None)),
        ("services 5", put("services", "5", tags="one")),
        ("services abcde-0000005", put("services", "5", opd="abcde-0000004")),
        ("city abcde-0000001", put("city", "1", timezone="Asia/Atlantis")),
        ("city abcde-0000001", put("city", "1", timezone="../../etc/passwd")),
        ("city", lambda tables: tables["city"].clear()),
        ("meta", put("meta", "1", next_number=8)),
        ("meta", put("meta", "1", next_number=0)),
        ("meta", put("meta", "1", next_number=10**12)),
        ("meta", put("meta", "1", prefix=5)),
        ("meta", lambda tables: tables.pop("meta")),
        ("moves", lambda tables: tables.update(moves=[])),
        ("moves 8", lambda tables: tables["moves"].update({"8": None})),
    ],
)
def test_an_entry_that_cannot_be_is_named(
    path: Path, place: str, spoil: Callable[[Tables], None]
) -> None:
    tables = json.loads(filled(path))
    spoil(tables)
    assert f"“{place}”" in refuses(path, json.dumps(tables).encode())


@pytest.mark.parametrize("day", [EARLIEST, LATEST])
def test_the_first_and_the_last_day_can_be_read_and_none_beyond(
    path: Path, day: date
) -> None:
    beyond = day + (DAY if day == LATEST else -DAY)
    tables = json.loads(filled(path))
    tables["city"]["1"]["goal"] = day.isoformat()
    path.write_text(json.dumps(tables))
    assert FileStore(path).load().only_city.goal == day

    tables["city"]["1"]["goal"] = beyond.isoformat()
    assert "“city abcde-0000001”" in refuses(path, json.dumps(tables).encode())


def test_an_entry_under_two_numbers_is_named(path: Path) -> None:
    tables = json.loads(filled(path))
    tables["moves"]["08"] = tables["moves"]["8"]
    assert "“moves 08”" in refuses(path, json.dumps(tables).encode())


@pytest.mark.parametrize("zeros", [0, 1, 2])
def test_a_key_with_more_zeros_is_refused_though_its_number_has_them_too(
    path: Path, zeros: int
) -> None:
    tables = json.loads(filled(path))
    number = f"{'0' * zeros}0000008"
    twin = tables["moves"]["8"] | {"id": f"abcde-{number}"}
    tables["moves"][number] = twin
    told = refuses(path, json.dumps(tables).encode())
    assert f"damaged at “moves {number}”" in told


def test_an_entry_without_a_number_is_refused(path: Path) -> None:
    tables = json.loads(filled(path))
    tables["moves"][""] = tables["moves"]["8"] | {"id": "abcde-0000000"}
    assert "damaged at “moves" in refuses(path, json.dumps(tables).encode())


@pytest.mark.parametrize("number", ["-8", "+8", "8a", "٨", "8.0", " 8"])
def test_a_number_that_is_none_is_refused_though_its_key_agrees(
    path: Path, number: str
) -> None:
    tables = json.loads(filled(path))
    move = tables["moves"].pop("8")
    tables["moves"][number] = move | {"id": f"abcde-{number.zfill(7)}"}
    as_this_program, as_others = (",", ":"), (", ", ": ")
    for separators in (as_this_program, as_others):
        data = json.dumps(tables, ensure_ascii=False, separators=separators)
        assert f"damaged at “moves {number}”" in refuses(path, data.encode())


@pytest.mark.parametrize(
    "visits",
    [
        b"NaN",
        b"Infinity",
        b"-Infinity",
        b"1e999",
        b"01",
        b'"2"',
        b"{}",
        b"[[" * 30_000,
    ],
)
def test_what_is_no_number_is_refused(path: Path, visits: bytes) -> None:
    whole = filled(path)
    assert "damaged" in refuses(
        path, whole.replace(b'"stage":', b'"visits":' + visits + b',"stage":')
    )


@pytest.mark.parametrize(
    "text",
    [
        rb"\ud800",
        rb"\udfff\ud800",
        b"\xff",
        b"\xc0\xaf",
        b"\xed\xa0\x80",
        b"\x01",
        b"\n",
    ],
)
def test_what_is_no_text_is_refused(path: Path, text: bytes) -> None:
    whole = filled(path)
    assert "damaged" in refuses(path, whole.replace(b"Layanan 1", text))


def test_a_table_or_entry_that_stands_there_twice_is_refused(
    path: Path,
) -> None:
    whole = filled(path)
    assert "damaged" in refuses(
        path, whole.replace(b'"opds":', b'"moves":{},\n"opds":')
    )
    assert "damaged" in refuses(
        path, whole.replace(b'"services":{', b'"services":{"5":{"id":"x"},')
    )
    assert "damaged" in refuses(
        path, whole.replace(b'"stage":', b'"stage":"integrated","stage":')
    )


def test_text_that_only_looks_harmful_stays_as_it_is(
    store: FileStore, path: Path
) -> None:
    perform(store, Settle(), context())
    for name in (
        '"moves":{"8":{',
        "null",
        "NaN",
        "</script>",
        "=1+1",
        "\\ud800",
        "Ünïcødé 🏛",
        "{" * 200,
    ):
        perform(store, Rename("disdukcapil-1", name), context())
        assert (
            FileStore(path).load().service_codes["disdukcapil-1"].name == name
        )


spoilings = st.tuples(
    st.floats(0, 1),
    st.sampled_from(["cut", "drop", "flip", "double", "insert"]),
    st.binary(min_size=1, max_size=6),
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return filled(tmp_path_factory.mktemp("whole") / "tracker.json")


@settings(
    max_examples=examples(25, 60),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(spoilings, min_size=1, max_size=4))
@example([(0.0, "cut", b"")])
@example([(0.5, "cut", b"")])
def test_any_damage_ends_in_a_register_or_in_words(
    tmp_path: Path, whole: bytes, spoilings: list[tuple[float, str, bytes]]
) -> None:
    path = tmp_path / f"{len(list(tmp_path.iterdir()))}.json"
    data = whole
    for where, how, noise in spoilings:
        data = spoilt(data, int(where * len(data)), how, noise)
    path.write_bytes(data)
    try:
        store = FileStore(path)
        for code in list(store.load().service_codes)[:1]:
            perform(store, Rename(code, "KTP"), context())
    except UserError:
        assert path.read_bytes() == data
    path.write_bytes(data)
    try:
        found = salvage_register(path).register
    except Unreadable:
        return
    again = path.with_name(f"again-{path.name}")
    assert FileStore.create(again, found).load() == found
    assert FileStore(again).load() == found
    assert found.only_city.recorded_at.date() <= TODAY


def spoilt(data: bytes, at: int, how: str, noise: bytes) -> bytes:
    return {
        "cut": data[:at],
        "drop": data[:at] + data[at + 40 :],
        "flip": data[:at] + noise + data[at + len(noise) :],
        "double": data[: at + 60] + data[at:],
        "insert": data[:at] + noise + data[at:],
    }[how]
