"""Results on standard output: tables for people, JSON and CSV for programs."""

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from tracker.text import visible

if TYPE_CHECKING:
    from rich.console import Console


def print_json(value: Any) -> None:
    """Print a value as JSON, indented, and nothing else."""
    print(msgspec.json.format(msgspec.json.encode(value), indent=1).decode())


def print_table(headers: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()) -> None:
    """Print rows under their headers; ``right`` are the places of columns of numbers.

    On a terminal long texts are folded into its width; elsewhere nothing is cut or coloured.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    console = _console()
    numbers = set(right)
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for place, header in enumerate(headers):
        justify = "right" if place in numbers else "left"
        fixed = place in numbers or not console.is_terminal
        table.add_column(Text(header), justify=justify, overflow="fold", no_wrap=fixed)  # type: ignore[arg-type]
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    console.print(table)


def _console() -> "Console":
    from rich.console import Console

    if sys.stdout.isatty():
        return Console(file=sys.stdout, highlight=False, emoji=False, markup=False)
    return Console(file=sys.stdout, width=100_000, color_system=None, force_terminal=False)


def print_csv(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rows as CSV: plain numbers, nothing where a value does not exist."""
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows(["" if value is None else value for value in row] for row in rows)
