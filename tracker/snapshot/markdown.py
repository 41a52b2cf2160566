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
        text = _written(block)
        if text:
            close = isinstance(block, Heading) and block.level > 1
            page += text + ("\n" if close else "\n\n")
    return page.rstrip("\n") + "\n"


def _written(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {markdown(text)}"
        case Paragraph(sentences):
            return " ".join(map(_inline, sentences))
        case Remark(sentences):
            return "\n>\n".join(
                f"> {markdown(sentence)}" for sentence in sentences
            )
        case Items(texts, numbered):
            return _list(texts, numbered)
        case Table():
            return "\n".join(_table(block))
        case Drawn(text):
            return _drawn(text)


def _list(texts: Sequence[str | Led], numbered: bool) -> str:
    marks = (f"{n}." if numbered else "-" for n, _ in enumerate(texts, 1))
    return "\n".join(
        f"{mark} {_inline(text)}"
        for mark, text in zip(marks, texts, strict=True)
    )


def _inline(text: str | Led) -> str:
    """Return a text; what leads it in bold, unless nothing does."""
    if isinstance(text, str):
        return markdown(text)
    lead = markdown(text.lead)
    return " ".join(
        filter(None, (f"**{lead}**" if lead else "", markdown(text.text)))
    )


def _drawn(text: str) -> str:
    lines = [visible(line) for line in text.split("\n")]
    longest = max(
        (len(run) for line in lines for run in re.findall("`+", line)),
        default=0,
    )
    fence = "`" * max(3, longest + 1)
    return "\n".join([fence, *lines, fence])


def _table(table: Table) -> list[str]:
    rows = [
        [markdown(text) for text in row] for row in (table.head, *table.rows)
    ]
    widths = [
        max(3, min(WIDEST, max(map(cells, column))))
        for column in zip(*rows, strict=True)
    ]
    rule = [
        "-" * (width - 1) + (":" if place in table.right else "-")
        for place, width in enumerate(widths)
    ]
    lines = [_row(row, widths, table.right) for row in rows]
    return [lines[0], _row(rule, widths, frozenset()), *lines[1:]]


def _row(
    texts: Sequence[str], widths: Sequence[int], right: frozenset[int]
) -> str:
    filled = (
        " " * (width - cells(text)) + text
        if place in right
        else text + " " * (width - cells(text))
        for place, (text, width) in enumerate(zip(texts, widths, strict=True))
    )
    return f"| {' | '.join(filled)} |"


def cells(text: str) -> int:
    """Count the cells that a text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
