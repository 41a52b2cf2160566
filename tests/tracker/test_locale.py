"""Every word that a user can meet stands in the Indonesian catalogue, and its fields fill."""

import re
import shlex
import string
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tracker.language import language

ROOT = Path(__file__).parents[2]
PO = ROOT / "tracker/locale/id/LC_MESSAGES/tracker.po"
SCRIPT = (ROOT / ".ci/translate").read_text(encoding="utf-8")


def keywords() -> dict[str, tuple[int, ...] | None]:
    words = [word for flag, word in re.findall(r"(-k) (\S+)", SCRIPT) if flag]
    found: dict[str, tuple[int, ...] | None] = {"_": None}
    for word in map(shlex.quote, words):
        name, _, places = word.partition(":")
        found[name] = tuple(map(int, places.split(","))) if places else None
    return found


def messages() -> list[str | tuple[str, ...]]:
    found = []
    for folder in ("tracker", "screens"):
        for _, _, message, _, _ in extract_from_dir(str(ROOT / folder), keywords=keywords()):
            found.append(message if isinstance(message, str) else tuple(m for m in message if m))
    return [message for message in found if message and message != ("",)]


def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="id")


def is_said(entry: Message) -> bool:
    said = entry.string
    return all(said) if isinstance(said, tuple | list) else bool(said)


def test_every_word_is_translated() -> None:
    there = catalogue()
    missing = []
    for message in messages():
        entry = there.get(message[0] if isinstance(message, tuple) else message)
        if entry is None or not is_said(entry):
            missing.append(message)
    assert not missing


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("entry", [m for m in catalogue() if m.id], ids=lambda m: str(m.id)[:40])
def test_a_translation_fills_the_fields_of_its_original(entry: object) -> None:
    ids = entry.id if isinstance(entry.id, tuple) else (entry.id,)  # type: ignore[attr-defined]
    strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)  # type: ignore[attr-defined]
    wanted = set().union(*map(fields, ids))
    for said in strings:
        assert fields(said) <= wanted
        assert fields(said) >= fields(ids[-1])


def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = read_mo(BytesIO(PO.with_suffix(".mo").read_bytes()))
    written = {m.id: m.string for m in catalogue() if m.id and is_said(m)}
    assert {m.id: m.string for m in compiled if m.id} == written


def test_indonesian_is_spoken_where_nothing_else_is_asked() -> None:
    assert language("").code == "id"
    assert language("id").number(1234.5) == "1.234,5"
    assert language("en").number(-0.04) == "0.0"
