"""Every word that a user can meet stands in the Indonesian catalogue, and its fields fill."""

import ast
import builtins
import runpy
import string
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tracker.language import load_language

ROOT = Path(__file__).parents[2]
PO = ROOT / "tracker/locale/id/LC_MESSAGES/tracker.po"


@cache
def messages() -> list[tuple[str, ...]]:
    """Return what the code says, as the script that keeps the catalogue finds it."""
    found: list[tuple[str, ...]] = runpy.run_path(
        str(ROOT / ".ci/catalogue.py")
    )["messages"]()
    return found


def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="id")


def ids(entry: Message) -> tuple[str, ...]:
    return (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)


def said(entry: Message) -> tuple[str, ...]:
    found = entry.string or ""
    return (
        (found,)
        if isinstance(found, str)
        else tuple(text or "" for text in found)
    )


def test_every_word_is_translated() -> None:
    there = {ids(entry): said(entry) for entry in catalogue()}
    assert not [
        message for message in messages() if not all(there.get(message, ("",)))
    ]


def test_every_error_that_is_raised_is_a_word_of_the_catalogue() -> None:
    """A helper that raises must mark its msgid, lest a new name of it loses the translation."""
    known = {message[0] for message in messages()}
    literals = [
        (path.name, call.args[0].value)
        for folder in ("tracker", "screens")
        for path in (ROOT / folder).rglob("*.py")
        if "raise " in (text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Raise)
        and isinstance(call := node.exc, ast.Call)
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and " " in str(call.args[0].value)
        and not hasattr(builtins, getattr(call.func, "id", ""))
    ]
    assert literals
    assert not [said for said in literals if said[1] not in known]


def test_the_catalogue_says_nothing_that_the_code_does_not() -> None:
    assert {ids(entry) for entry in catalogue() if entry.id} == set(messages())


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_a_translation_fills_the_fields_of_its_original() -> None:
    entries = [entry for entry in catalogue() if entry.id]
    assert entries
    assert not [
        m
        for m in entries
        for text in said(m)
        if fields(text) != fields(ids(m)[-1])
    ]


def test_indonesian_has_one_form_for_any_number() -> None:
    there = catalogue()
    assert (there.num_plurals, there.plural_expr) == (1, "0")
    one, many = "{n} service", "{n} services"
    assert load_language("id").plural(one, many, 1) == "1 layanan"
    assert load_language("id").plural(one, many, 2) == "2 layanan"


def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = read_mo(BytesIO(PO.with_suffix(".mo").read_bytes()))
    assert {ids(m): said(m) for m in compiled if m.id} == {
        ids(m): said(m) for m in catalogue() if m.id
    }


def test_indonesian_is_spoken_where_nothing_else_is_asked() -> None:
    assert load_language("").code == "id"
    assert load_language("id").number(1234.5) == "1.234,5"
    assert load_language("en").number(-0.04) == "0.0"
