"""The tables of a file, changed document by document without reading the others."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.store.tables import Tables

NUMBERS = st.integers(1, 9).map(str)
DOCUMENTS: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    st.sampled_from(["id", "note", "at}}"]), st.text(max_size=5) | st.just({})
)
TABLES = st.dictionaries(NUMBERS, DOCUMENTS, max_size=4)


def encoded(document: Any) -> bytes:
    return json.dumps(document).encode()


@given(TABLES, st.dictionaries(NUMBERS, st.none() | DOCUMENTS), st.booleans())
def test_a_change_leaves_what_a_dictionary_would(
    table: dict[str, Any], changes: dict[str, Any], spaced: bool
) -> None:
    text = json.dumps({"moves": table}, indent=1 if spaced else None)
    tables = Tables.decode(text.encode())
    edited = {n: one for n, one in changes.items() if n in table}
    new = {
        n: one
        for n, one in changes.items()
        if n not in table and one is not None
    }

    tables.edit_documents(
        "moves",
        {n: None if one is None else encoded(one) for n, one in edited.items()},
    )
    tables.append_documents(
        "moves", {n: encoded(one) for n, one in new.items()}
    )

    left = {
        n: one
        for n, one in {**table, **edited, **new}.items()
        if one is not None
    }
    assert json.loads(tables.encode()) == {"moves": left}
    assert list(tables["moves"]) == list(left)


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
