"""What a person has decided about single rows and cells of a sheet: rows left out, cells put right.

Kept among the answers: ``row:SHEET:7`` = ``skip``, and ``cell:SHEET:7:stage`` = the value that counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tracker.errors import UserError
from tracker.exchange.columns import COLUMNS
from tracker.exchange.parsing.headers import Header
from tracker.exchange.questions import SKIP, Answers
from tracker.exchange.reading.grid import Grid

_ROW, _CELL = "row", "cell"


@dataclass(frozen=True)
class RowAnswers:
    """The decisions about one sheet: the rows left out, and the text of cells by row and our column."""

    left_out: frozenset[int] = frozenset()
    cells: dict[tuple[int, str], str] = field(default_factory=dict)


def row_key(sheet: str, row: int) -> str:
    """Return the key of the answer that leaves a row out."""
    return f"{_ROW}:{sheet}:{row}"


def cell_key(sheet: str, row: int, column: str) -> str:
    """Return the key of the answer that gives a cell another value; ``column`` is one of ours."""
    return f"{_CELL}:{sheet}:{row}:{column}"


def answers_of_sheet(answers: Answers, sheet: str) -> RowAnswers:
    """Return what the answers say of the rows and cells of a sheet."""
    row_start = f"{_ROW}:{sheet}:"
    cell_start = f"{_CELL}:{sheet}:"
    left_out: set[int] = set()
    cells: dict[tuple[int, str], str] = {}
    for key, answer in answers.items():
        if key.startswith(row_start) and answer == SKIP:
            row = key.removeprefix(row_start)
            if _is_row_number(row):
                left_out.add(int(row))
        elif key.startswith(cell_start):
            row, _, column = key.removeprefix(cell_start).partition(":")
            if _is_row_number(row):
                cells[int(row), column] = answer
    return RowAnswers(frozenset(left_out), cells)


def _is_row_number(text: str) -> bool:
    # Python refuses to read a number of more than 4300 digits; no sheet has a row of ten.
    return text.isdecimal() and len(text) < 10


def find_our_column(
    problem: UserError,
    headers: Iterable[tuple[Grid, Header]],
) -> str:
    """Return our column in which a problem stands; empty if it is not one of a column that is read."""
    title = problem.values.get("column", "")
    for grid, header in headers:
        if not title or grid.name != problem.values.get("file"):
            continue
        for column in COLUMNS[header.kind]:
            place = header.places.get(column.name)
            their_title = None if place is None else header.titles[place]
            if title in (column.name, their_title):
                return column.name
    return ""
