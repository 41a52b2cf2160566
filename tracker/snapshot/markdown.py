"""Write blocks as Markdown that is legible as plain text and that pandoc turns into Word.

Tables are aligned, a paragraph is one line: lines that follow one another would be joined.
A heading stands right over what it heads.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from tracker.snapshot.blocks import (
    Block,
    Drawn,
    Heading,
    Items,
    Led,
    Paragraph,
    Remark,
    Table,
)
from tracker.text import markdown, visible

WIDEST = 72
"""Cells to which a column is filled up; a longer text stands out from its column."""


def to_markdown(blocks: Iterable[Block]) -> str:
    """Return blocks as a Markdown page, every text in it shown and none obeyed."""
    page = ""
    for block in blocks:
        text = _write_block(block)
        if text:
            close = isinstance(block, Heading) and block.level > 1
            page += text + ("\n" if close else "\n\n")
    return page.rstrip("\n") + "\n"


def _write_block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {markdown(text)}"
        case Paragraph(sentences):
            return " ".join(map(_write_inline, sentences))
        case Remark(sentences):
            return "\n>\n".join(
                f"> {markdown(sentence)}" for sentence in sentences
            )
        case Items(texts, numbered):
            return _write_list(texts, numbered)
        case Table():
            return "\n".join(_write_table(block))
        case Drawn(text):
            return _write_drawn(text)


def _write_list(texts: Sequence[str | Led], numbered: bool) -> str:
    marks = (f"{n}." if numbered else "-" for n, _ in enumerate(texts, 1))
    return "\n".join(
        f"{mark} {_write_inline(text)}"
        for mark, text in zip(marks, texts, strict=True)
    )


def _write_inline(text: str | Led) -> str:
    """Return a text; what leads it in bold, unless nothing does."""
    if isinstance(text, str):
        return markdown(text)
    lead = markdown(text.lead)
    return " ".join(
        filter(None, (f"**{lead}**" if lead else "", markdown(text.text))),
    )


def _write_drawn(text: str) -> str:
    lines = [visible(line) for line in text.split("\n")]
    longest = max(
        (len(run) for line in lines for run in re.findall("`+", line)),
        default=0,
    )
    fence = "`" * max(3, longest + 1)
    return "\n".join([fence, *lines, fence])


def _write_table(table: Table) -> list[str]:
    rows = [
        [markdown(text) for text in row] for row in (table.head, *table.rows)
    ]
    widths = [
        max(3, min(WIDEST, max(map(show_cells, column))))
        for column in zip(*rows, strict=True)
    ]
    rule = [
        "-" * (width - 1) + (":" if place in table.right else "-")
        for place, width in enumerate(widths)
    ]
    lines = [_write_row(row, widths, table.right) for row in rows]
    return [lines[0], _write_row(rule, widths, frozenset()), *lines[1:]]


def _write_row(
    texts: Sequence[str],
    widths: Sequence[int],
    right: frozenset[int],
) -> str:
    filled = (
        " " * (width - show_cells(text)) + text
        if place in right
        else text + " " * (width - show_cells(text))
        for place, (text, width) in enumerate(zip(texts, widths, strict=True))
    )
    return f"| {' | '.join(filled)} |"


def show_cells(text: str) -> int:
    """Count the cells that a text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(_fit_cells(character) for character in text)


def _fit_cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
