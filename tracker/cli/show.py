"""Print results: tables for people, JSON and CSV for programs."""

import sys
from collections.abc import (
    Callable,
    Iterable,
    Mapping,
    Sequence,
)
from typing import TYPE_CHECKING, Any

import msgspec

from tracker.language import Language
from tracker.text import cell, is_harmful, visible

if TYPE_CHECKING:
    from rich.console import Console

Row = Mapping[str, Any]
Show = Callable[[Any], str]
"""Returns one cell of a row."""


def print_json(value: Any) -> None:
    """Print a value as indented JSON; what could control a terminal is escaped."""
    text = msgspec.json.format(msgspec.json.encode(value), indent=1).decode()
    if text.isascii() and "\x7f" not in text:
        print(text)
    else:
        print("".join(map(_escape_harmful, text)))


def _escape_harmful(character: str) -> str:
    r"""Return a character of a JSON document, a harmful one as ``\uXXXX``."""
    # Outside of its strings JSON has no such character but the line break.
    if character == "\n" or not is_harmful(character):
        return character

    # JSON escapes UTF-16 code units: two for a character beyond the BMP.
    units = character.encode("utf-16-be").hex()
    return "".join(
        f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4)
    )


def print_table(
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Iterable[int] = (),
) -> None:
    """Print rows under their headers; ``right`` are the indexes of numeric columns.

    On a terminal texts are folded to its width; elsewhere nothing is folded or
    coloured. Nothing is cut anywhere.
    """
    from tracker.cli.columns import Layout, fit_columns, measure_column

    numeric = set(right)
    cells = [[visible(text) for text in row] for row in rows]
    columns = [
        measure_column(
            header,
            [row[index] for row in cells],
            whole=index in numeric,
        )
        for index, header in enumerate(headers)
    ]
    # Loading rich takes a fifteenth of a command, and elsewhere nothing is to be drawn.
    console = _open_console() if sys.stdout.isatty() else None
    room = console.width if console else sys.maxsize
    widths, gap = fit_columns(columns, room)

    layout = Layout(widths, gap, numeric)
    for line in layout.head(headers):
        if console:
            console.print(line, style="bold", no_wrap=True, soft_wrap=True)
        else:
            print(line)
    print("─" * (sum(widths) + gap * (len(widths) - 1)))
    for row in cells:
        for line in layout.lines(row):
            print(line)


def _open_console() -> "Console":
    from rich.console import Console

    return Console(
        force_terminal=True,
        highlight=False,
        emoji=False,
        markup=False,
    )


def print_rows(
    rows: Sequence[Row],
    shown: Mapping[str, Show],
    language: Language,
    *,
    as_json: bool,
    right: Iterable[int] = (),
) -> None:
    """Print rows as JSON, or as a table with the columns ``shown``.

    ``shown`` has the headings, as msgids, and makes the cell of a row for each.
    """
    if as_json:
        print_json(rows)
        return

    cells = [[show(row) for show in shown.values()] for row in rows]
    print_table(
        [language.text(heading) for heading in shown],
        cells,
        right=right,
    )


def print_csv(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rows as CSV: numbers unformatted, missing values empty.

    Texts that a spreadsheet would run as a formula are made harmless.
    """
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(headers)
    for row in rows:
        writer.writerow(
            cell(visible(value)) if isinstance(value, str) else value
            for value in row
        )
