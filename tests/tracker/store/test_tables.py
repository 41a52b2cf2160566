"""The tables of a file, changed document by document without reading the others."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.store.tables import Tables

NUMBERS = st.integers(1, 9).map(str)
DOCUMENTS: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    st.sampled_from(["id", "note", "at}}", "1", "2"]),
    st.text(max_size=5)
    | st.just(',"2":{}}}')
    | st.dictionaries(NUMBERS, st.just({}), max_size=2),
)
TABLES = st.dictionaries(NUMBERS, DOCUMENTS, max_size=4)


def encoded(document: Any) -> bytes:
    return json.dumps(document).encode()


CHANGES = st.dictionaries(NUMBERS, st.none() | DOCUMENTS)
LOOKS: st.SearchStrategy[Callable[[Tables], object]] = st.sampled_from(
    [
        lambda tables: None,
        lambda tables: tables["moves"],
        lambda tables: tables.encode_table("moves"),
        lambda tables: tables.update(moves=dict(tables["moves"])),
        lambda tables: tables.put_encoded("moves", b'{"7":{}}'),
        lambda tables: tables.pop("moves"),
    ]
)


@given(TABLES, st.lists(st.tuples(LOOKS, CHANGES), max_size=5), st.booleans())
def test_changes_leave_what_a_dictionary_would(
    table: dict[str, Any],
    steps: list[tuple[Callable[[Tables], object], dict[str, Any]]],
    spaced: bool,
) -> None:
    text = json.dumps({"moves": table}, indent=1 if spaced else None)
    tables = Tables.decode(text.encode())
    for look, changes in steps:
        look(tables)
        before = json.loads(tables.encode()).get("moves", {})
        change(tables, before, changes)

        left = {
            n: one
            for n, one in {**before, **changes}.items()
            if one is not None
        }
        assert json.loads(tables.encode()) == {"moves": left}
        assert list(json.loads(tables.encode())["moves"]) == list(left)
        assert b"".join(tables.encode_in_pieces()) == tables.encode()
    if steps:
        assert json.loads(tables.encode_table("moves")) == left
        assert tables["moves"] == left


def change(
    tables: Tables, table: dict[str, Any], changes: dict[str, Any]
) -> None:
    """Edit the documents that are there, and append the others."""
    edited = {n: one for n, one in changes.items() if n in table}
    new = {
        n: encoded(one)
        for n, one in changes.items()
        if n not in table and one is not None
    }
    if edited or "moves" not in tables:
        tables.edit_documents(
            "moves",
            {
                n: None if one is None else encoded(one)
                for n, one in edited.items()
            },
        )
    tables.append_documents("moves", new)


@pytest.mark.parametrize(
    "put",
    [
        lambda tables: tables.update(moves={"3": {}}),
        lambda tables: tables.put_encoded("moves", b'{"3":{}}'),
    ],
)
def test_a_table_that_is_put_anew_holds_nothing_of_the_old_one(
    put: Callable[[Tables], None],
) -> None:
    """Neither what was read of it nor what was appended since."""
    tables = Tables.decode(b'{"moves":{"1":{}}}')
    assert list(tables["moves"]) == ["1"]
    tables.append_documents("moves", {"2": b"{}"})
    put(tables)
    assert tables["moves"] == {"3": {}}
    assert tables.encode_table("moves") == b'{"3":{}}'


@pytest.mark.parametrize(
    "look", [lambda tables: None, lambda tables: tables["moves"]]
)
def test_a_table_that_was_removed_is_there_no_more(
    look: Callable[[Tables], object],
) -> None:
    tables = Tables.decode(b'{"moves":{"1":{}}}')
    tables.append_documents("moves", {"2": b"{}"})
    look(tables)
    del tables["moves"]
    assert "moves" not in tables
    with pytest.raises(KeyError):
        tables.encode_table("moves")


def test_what_was_appended_to_a_table_that_was_read_is_read_too() -> None:
    tables = Tables.decode(b'{"moves":{"1":{}}}')
    assert tables["moves"] == {"1": {}}
    tables.append_documents("moves", {"2": b"{}"})
    assert tables["moves"] == {"1": {}, "2": {}}


def test_a_new_table_begins_with_its_first_document() -> None:
    tables = Tables()
    tables.append_documents("moves", {"1": b'{"note":"a"}'})
    tables.append_documents("moves", {"2": b'{"note":"b"}', "3": b"{}"})
    assert tables.encode() == (
        b'{"moves":{"1":{"note":"a"},"2":{"note":"b"},"3":{}}}\n'
    )


def test_documents_that_do_not_change_are_neither_read_nor_written_anew() -> (
    None
):
    """Not even one that another program wrote in its own way."""
    tables = Tables({"moves": b'{"1":{"note" : "\\u0061"},"2":{"note":"b"}}'})
    tables.append_documents("moves", {"3": b"{}"})
    tables.edit_documents("moves", {"2": None})
    assert tables.encode_table("moves") == b'{"1":{"note" : "\\u0061"},"3":{}}'


@pytest.mark.parametrize(
    "text",
    [
        '{"moves":{},\n"moves":{"1":{}}}\n',
        '{"moves":{"1":{}},"log":{},"moves":{}}',
        '{"moves":{},\n"log":{},\n"moves":{}}\n',
    ],
)
def test_a_table_that_is_there_twice_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="doubled: moves"):
        Tables.decode(text.encode())
