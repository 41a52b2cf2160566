"""What other programs leave in the cells of a file, taken out before they are read.

Invisible characters of word processors and web pages, HTML entities, ``_x000D_`` for a line break and
``="…"`` around a text. What is read is the text that a person sees; nothing else of a cell is changed.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from tracker.exchange.account import Remark
from tracker.exchange.columns import KINDS, column_names
from tracker.exchange.parsing.values import Cell, CellError
from tracker.exchange.reading.grid import Grid, Numbered
from tracker.language import N_
from tracker.text import is_harmful

_TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
_ESCAPED_CONTROL = re.compile(r"_x00(0[0-9A-F]|1[0-9A-F]|7F)_", re.IGNORECASE)
_ENTITY = re.compile(
    r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});",
    re.IGNORECASE,
)
_LINE_BREAK_TAG = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_LINE_SEPARATORS = re.compile("[\v\f\x85\u2028\u2029]")


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FEW_ROWS = 3


def clean_grid(grid: Grid) -> tuple[Grid, Remark | None]:
    """Return a sheet with clean cells, and the remark about the characters that were taken out.

    A sheet whose texts stand exactly as they are meant, as in an export, stays as it is.
    """
    if grid.exact or is_own_export(grid):
        return grid, None
    taken: Counter[str] = Counter()
    rows_taken: list[int] = []
    rows: Numbered = []
    for number, cells in grid.rows:
        cleaned = list(cells)
        before = taken.total()
        for place, text in _find_unclean(cells):
            cleaned[place], invisible = clean_text(text)
            taken.update(invisible)
        if taken.total() > before:
            rows_taken.append(number)
        rows.append((number, cleaned))
    remark = _remark(grid, taken, rows_taken) if taken else None
    return replace(grid, rows=rows), remark


def is_own_export(grid: Grid) -> bool:
    """Tell whether a sheet is one of this program's exports: its columns are all of a kind's, in order."""
    return bool(find_kinds_of_export(grid))


def find_kinds_of_export(grid: Grid) -> list[str]:
    """Return the kinds whose columns, all and in order, are those of a sheet: one for an export's sheet."""
    if not grid.rows:
        return []
    titles = tuple(grid.rows[0][1])
    return [kind for kind in KINDS if titles == column_names(kind)]


def clean_text(text: str) -> tuple[str, str]:
    """Return a cell's text as a person sees it, and the invisible characters that were taken out of it."""
    if found := _TEXT_FORMULA.fullmatch(text.strip()):
        text = found[1].replace('""', '"')
    text = _ESCAPED_CONTROL.sub(lambda found: chr(int(found[1], 16)), text)
    text = _LINE_BREAK_TAG.sub("\n", text)
    text = _ENTITY.sub(lambda found: unescape(found[0]), text)
    text = _LINE_SEPARATORS.sub("\n", text)

    taken = ""
    for sign in text:
        if is_harmful(sign) and not _is_command(sign):
            taken += sign
    nothing = dict.fromkeys(map(ord, taken))
    return text.translate(nothing), taken


def _find_unclean(cells: list[Cell]) -> Iterator[tuple[int, str]]:
    """Yield the texts among a row's cells that may have something to take out, with their places."""
    for place, cell in enumerate(cells):
        if not isinstance(cell, str) or isinstance(cell, CellError):
            continue
        is_plain = cell.isascii() and cell.isprintable()
        if (
            not is_plain
            or "&" in cell
            or "<" in cell
            or "_x" in cell
            or cell[:1] == "="
        ):
            yield place, cell


def _is_command(sign: str) -> bool:
    """Tell whether a character commands a terminal or turns a text around: such a cell is refused, not mended."""
    return sign in _TURNING or unicodedata.category(sign) == "Cc"


def _remark(
    grid: Grid,
    taken: Counter[str],
    rows: list[int],
) -> Remark:
    shown = ", ".join(map(str, rows[:_FEW_ROWS]))
    if rows[_FEW_ROWS:]:
        shown += "…"
    signs = sorted(f"U+{ord(sign):04X}" for sign in taken)
    names = ", ".join(signs[:_FEW_ROWS])
    return Remark(
        grid.name,
        N_(
            "invisible characters were taken out: {count} ({names}), in rows {rows}",
        ),
        {"count": taken.total(), "names": names, "rows": shown},
    )
