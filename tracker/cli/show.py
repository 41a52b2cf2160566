"""Results on standard output: tables for people, JSON and CSV for programs."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from tracker.language import Language
from tracker.text import cell, is_harmful, visible

Row = Mapping[str, Any]
Show = Callable[[Any], str]
"""Returns one cell of a row."""


def print_json(value: Any) -> None:
    """Print a value as JSON, indented, and nothing else; what could command a terminal is escaped."""
    text = msgspec.json.format(msgspec.json.encode(value), indent=1).decode()
    print(
        text
        if text.isascii() and "\x7f" not in text
        else "".join(map(_escape_harmful, text))
    )


def _escape_harmful(character: str) -> str:
    """Return a character of JSON; a harmful one, which stands only within a text, as its escape."""
    if character == "\n" or not is_harmful(character):
        return character
    units = character.encode("utf-16-be").hex()
    return "".join(
        f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4)
    )


def print_table(
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Iterable[int] = (),
) -> None:
    """Print rows under their headers; ``right`` are the places of columns of numbers.

    On a terminal texts are folded into its width; elsewhere nothing is folded or coloured, and nothing is
    cut anywhere.
    """
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from tracker.cli.columns import fit_columns, measure_column

    numbers, shown = (
        set(right),
        [[visible(text) for text in row] for row in rows],
    )
    columns = [
        measure_column(
            header, [row[place] for row in shown], whole=place in numbers
        )
        for place, header in enumerate(headers)
    ]
    seen = sys.stdout.isatty()
    console = Console(
        color_system="auto" if seen else None,
        force_terminal=seen,
        highlight=False,
        emoji=False,
        markup=False,
    )
    widths, gap = fit_columns(columns, console.width if seen else sys.maxsize)
    console.width = max(console.width, sum(widths) + gap * len(widths))
    table = Table(
        box=SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, gap - 1, 0, 0),
        header_style="bold",
    )
    for place, (header, width) in enumerate(zip(headers, widths, strict=True)):
        justify: Literal["left", "right"] = (
            "right" if place in numbers else "left"
        )
        table.add_column(
            Text(header), justify=justify, overflow="fold", width=width
        )
    for row in shown:
        table.add_row(*map(Text, row))
    console.print(table)


def print_rows(
    rows: Sequence[Row],
    shown: Mapping[str, Show],
    language: Language,
    *,
    as_json: bool,
    right: Iterable[int] = (),
) -> None:
    """Print rows as JSON, or as a table of what is ``shown`` of each, by the msgids of the headings."""
    if as_json:
        print_json(rows)
        return
    cells = [[show(row) for show in shown.values()] for row in rows]
    print_table(
        [language.text(heading) for heading in shown], cells, right=right
    )


def print_csv(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rows as CSV: plain numbers, nothing where a value does not exist, no text that could run."""
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows(map(_plain_cell, row) for row in rows)


def _plain_cell(value: Any) -> Any:
    if value is None:
        return ""
    return cell(visible(value)) if isinstance(value, str) else value
