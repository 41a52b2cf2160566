"""Write blocks as Markdown that is legible as plain text: tables aligned, a sentence a line."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from tracker.snapshot.blocks import (
    Block,
    Drawn,
    Heading,
    Items,
    Paragraph,
    Remark,
    Table,
)
from tracker.text import markdown, visible

WIDEST = 72
"""Cells to which a column is filled up; a longer text stands out from its column."""


def to_markdown(blocks: Iterable[Block]) -> str:
    """Return blocks as a Markdown page, every text in it shown and none obeyed."""
    return "\n\n".join(filter(None, map(_written, blocks))) + "\n"


def _written(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {markdown(text)}"
        case Paragraph(sentences):
            return "\n".join(map(markdown, sentences))
        case Remark(sentences):
            return "\n".join(f"> {markdown(sentence)}" for sentence in sentences)
        case Items(texts):
            return "\n".join(f"- {markdown(text)}" for text in texts)
        case Table():
            return "\n".join(_table(block))
        case Drawn(text):
            return _drawn(text)


def _drawn(text: str) -> str:
    lines = [visible(line) for line in text.split("\n")]
    longest = max(
        (len(run) for line in lines for run in re.findall("`+", line)), default=0
    )
    fence = "`" * max(3, longest + 1)
    return "\n".join([fence, *lines, fence])


def _table(table: Table) -> list[str]:
    rows = [[markdown(text) for text in row] for row in (table.head, *table.rows)]
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


def _row(texts: Sequence[str], widths: Sequence[int], right: frozenset[int]) -> str:
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
