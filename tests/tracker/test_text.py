"""Text from the register is shown as it is, wherever it goes."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tracker.text import (
    collapse_whitespace,
    find_harmful,
    is_harmful,
    is_harmless,
    markdown,
    visible,
)

FORGE = MarkdownIt("gfm-like", {"linkify": True, "html": True})
if FORGE.linkify is not None:
    FORGE.linkify.set({"fuzzy_link": False})

HOSTILE = [
    "a|b",
    "x\\|y",
    "\\",
    "| --- |",
    "<b>tebal</b>",
    "<script>alert(1)</script>",
    "<!-- hilang",
    "<https://contoh.id>",
    "https://contoh.id/a_b?c=1",
    "www.contoh.id",
    "seseorang@contoh.id",
    "@walikota",
    "#12",
    "# Judul",
    "- butir",
    "+ butir",
    "---",
    "===",
    "1. satu",
    "2) dua",
    "> kutip",
    "[baru](https://contoh.id)",
    "![gambar](x.png)",
    "[/x]",
    "[ ] tugas",
    "[^1]: catatan",
    "*tebal* _miring_ **tebal** __tebal__ ~~coret~~",
    "`kode` ``` pagar",
    "~~~",
    "&lt;b&gt; &#124; &amp;",
    "$x$",
    ":smile:",
    "a\nb\r\nc\u2028d",
    "a\u202eb",
    "    rapat",
]
pieces = st.text(
    alphabet="ab1 \\`*_{}[]()<>#+-.!|~&;$@:/=\"'\n\té一", max_size=24
)


def shown_in_line(source: str) -> tuple[str, set[str]]:
    """Return what a forge shows of a line, and the kinds of what it made of it."""
    tokens = FORGE.parse(source)
    children = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in (*tokens, *children)}
    return "".join(child.content for child in children), kinds


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_hostile_text_and_obeys_none_of_it(text: str) -> None:
    shown, kinds = shown_in_line(markdown(text))
    assert shown == collapse_whitespace(visible(text))
    assert kinds <= {
        "paragraph_open",
        "inline",
        "paragraph_close",
        "text",
        "text_special",
    }


@given(pieces)
def test_markdown_shows_any_text_as_it_is(text: str) -> None:
    shown, kinds = shown_in_line(f"- {markdown(text)}")
    assert shown == collapse_whitespace(visible(text))
    assert kinds <= {
        *(
            "bullet_list_open",
            "list_item_open",
            "list_item_close",
            "bullet_list_close",
        ),
        *(
            "paragraph_open",
            "inline",
            "paragraph_close",
            "text",
            "text_special",
        ),
    }


@given(st.lists(pieces, min_size=2, max_size=4))
def test_markdown_keeps_the_cells_of_a_table(texts: list[str]) -> None:
    row = "|" + "".join(f" {markdown(text)} |" for text in texts)
    head = "|" + " h |" * len(texts)
    tokens = FORGE.parse(f"{head}\n|{' --- |' * len(texts)}\n{row}\n")
    cells = [
        tokens[place + 1]
        for place, token in enumerate(tokens)
        if token.type == "td_open"
    ]
    shown = [
        "".join(child.content for child in cell.children or ())
        for cell in cells
    ]
    assert shown == [collapse_whitespace(visible(text)) for text in texts]


@pytest.mark.parametrize(
    "text",
    [
        "KTP elektronik (baru)",
        "Bina Marga & Sumber Daya Air",
        "Izin usaha < 17 tahun, > 5 hari",
        "Dokumen C# #",
        "surat_tugas_2026.pdf",
        "08:00–15:30, 50%",
        "-5 hari; 1.250 permohonan",
        "Apa? Ya! {baru} ^ = 'x' \"y\" /z",
    ],
)
def test_markdown_leaves_plain_text_as_it_is_written(text: str) -> None:
    assert markdown(text) == text


def test_a_text_is_told_harmless_at_once_if_each_of_its_characters_is() -> None:
    for character in map(chr, range(sys.maxunicode + 1)):
        if is_harmless(f"a{character}"):
            assert not is_harmful(character), repr(character)
            assert visible(character) == character
            assert find_harmful(character) is None
        elif character.isprintable():
            assert is_harmful(character), repr(character)
    assert is_harmless("Pelayanan – ‘é’ │ ▓▓ 窓口")
