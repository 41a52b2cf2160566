"""A week of any register in all its forms: no text of the register becomes a part of a form.

Every text of a random register is replaced by a hostile one; every form of its week must then
have the parts that it has where the texts are harmless. ``fuzz/fuzz_forms.py`` tries the same
without end.
"""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace
from openpyxl import load_workbook

from tests.depth import examples
from tests.hostile.texts import TEXTS, harm_in
from tests.tracker.actions.world import NOW, TODAY
from tests.tracker.merge.test_promises import DEEDS, Deeds, apart
from tests.tracker.publish.trees import shape_of
from tracker.actions.draft import Context
from tracker.fields import FACT_KINDS
from tracker.fields.description import ValueType
from tracker.language import LANGUAGES, load_language
from tracker.model import Fact
from tracker.publish.forms import ANNEX, FORMS, file_bytes, render_form
from tracker.publish.site.site import write_site
from tracker.publish.writing import WeekForms
from tracker.register import Register
from tracker.snapshot import read_week, take
from tracker.store.memory import MemoryStore
from tracker.week import Week

WEEK = Week.of(TODAY)
CONTEXT = Context("rani", NOW, TODAY)
FORGE = MarkdownIt("gfm-like", {"linkify": True, "html": True})
TEXT_TYPES = (ValueType.TEXT, ValueType.LINES, ValueType.LIST)
SHORT = st.sampled_from(TEXTS) | st.text(st.characters(), max_size=12)
HOSTILE = (SHORT | st.tuples(SHORT, SHORT).map("".join)).map(
    lambda text: text.encode("utf-8", "ignore").decode()
)
"""Any text that a file can hold, of a length that a name may have."""


def fill_texts(register: Register, text: str) -> Register:
    """Return the register with ``text`` for every text in it; equal texts stay equal.

    A number behind each keeps apart, and in one order, what was apart.
    """
    numbers: dict[str, int] = {}

    def fill(old: str) -> str:
        return f"{text}{numbers.setdefault(old, len(numbers)):05}"

    changes: dict[str, dict[str, Fact | None]] = {}
    for table, kind in FACT_KINDS.items():
        names = [
            name
            for name, field in kind.by_name.items()
            if field.type in TEXT_TYPES and name not in ("kinds", "timezone")
        ]
        for key, fact in register.table(table).items():
            new: dict[str, Any] = {"by": fill(fact.by)}
            for name in names:
                old = getattr(fact, name)
                new[name] = fill(old) if isinstance(old, str) else (fill(name),)
            changes.setdefault(table, {})[key] = replace(fact, **new)
    return register.changed(changes)


def shape_of_markdown(text: str) -> list[Any]:
    """Return the blocks of a page, and the elements inside them, without their texts."""
    shape: list[Any] = []
    for token in FORGE.parse(text):
        shape.append((token.type, token.tag))
        inner = [
            (part.type, part.tag, sorted(part.attrs))
            for part in token.children or ()
            if part.type != "text"
        ]
        shape.extend(inner)
    return shape


def shape_of_workbook(text: str) -> list[Any]:
    """Return the kind of every cell, and its address; none is a formula or a link."""
    book = load_workbook(BytesIO(file_bytes(ANNEX, text)))
    cells = []
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                assert cell.data_type != "f", cell.value
                assert not harm_in(str(cell.value).replace("\n", ""))
                cells.append((cell.coordinate, cell.data_type))
    return cells


def shape_of_message(text: str) -> list[Any]:
    """Return what a messenger would make of a message: lists, and what is bold, slanted, struck out.

    In order of the alphabet and each once, since long names shorten a message. Of an address a
    messenger makes a link, which no message can forbid.
    """
    marks = re.compile(r"(?<!\w)[*_~`](?=\S)|^[-*>] |^\d+\. ", re.MULTILINE)
    return sorted(set(marks.findall(text)))


SHAPES: Mapping[str, Callable[[str], list[Any]]] = {
    "page": shape_of_markdown,
    "first-page": shape_of_markdown,
    "html": shape_of,
    "first-page-html": shape_of,
    "annex": shape_of_workbook,
    "chat": shape_of_message,
}


def shapes_of_forms(register: Register, code: str) -> dict[str, list[Any]]:
    """Return what every form of the week consists of, by its key."""
    language = load_language(code)
    value = read_week(register, WEEK, TODAY)
    shapes = {}
    for form in FORMS:
        text = render_form(form, register, value, TODAY, language)
        if form != ANNEX:
            assert not harm_in(text.replace("\n", "")), form.key
        shapes[form.key] = SHAPES[form.key](text)
    return shapes


def shapes_of_site(register: Register, code: str) -> dict[str, list[Any]]:
    """Return what every page of the site consists of, by the name of its file."""
    language = load_language(code)
    store = MemoryStore(register)
    take(store, WEEK, CONTEXT, language)
    forms = WeekForms(store.load(), TODAY, language, store.page)
    shapes = {}
    with TemporaryDirectory() as folder:
        for file in write_site(forms, Path(folder)):
            if file.path.suffix != ".html":
                continue
            text = file.path.read_text(encoding="utf-8")
            assert not harm_in(text.replace("\n", "")), file.path.name
            shapes[file.path.name] = shape_of(text)
    return shapes


@settings(max_examples=examples(3, 25))
@given(DEEDS, HOSTILE, st.sampled_from(LANGUAGES))
def test_no_text_changes_what_a_form_consists_of(
    deeds: Deeds, text: str, language: str
) -> None:
    register = apart(1, deeds)
    plain = shapes_of_forms(fill_texts(register, "Nama"), language)
    given_text = shapes_of_forms(fill_texts(register, text), language)
    for form in SHAPES:
        assert given_text[form] == plain[form], form


@settings(max_examples=examples(2, 12))
@given(HOSTILE, st.sampled_from(LANGUAGES))
def test_no_text_changes_what_the_site_consists_of(
    text: str, language: str
) -> None:
    register = apart(1, [])
    plain = shapes_of_site(fill_texts(register, "Nama"), language)
    assert shapes_of_site(fill_texts(register, text), language) == plain
