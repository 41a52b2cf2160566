"""What an OPD has filled in on its sheet, read back: moves, and the OPD's report for the week."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tracker.errors import Rejected
from tracker.exchange.columns import ANSWERS, RETURNS
from tracker.exchange.parsing.values import Cell, written
from tracker.exchange.reading.grid import Contents, Grid, Numbered
from tracker.exchange.sheets.layout import (
    COLUMNS,
    HEADER_ROW,
    MARKER,
    PLACES,
    REMARK_ROW,
    VERSION,
)
from tracker.language import LANGUAGES, load_language
from tracker.model import Stage
from tracker.text import (
    collapse_whitespace,
    collapse_whitespace_in_lines,
    normalize_name,
)

_MOVES = ("stage", "date", "evidence", "visits", "days")
_ANSWERED = [place for name, place in PLACES.items() if name != "service"]
_NOTHING = {"", "-", "–", "—"}
_FURTHEST_HEADER = 40


def answered(book: Any, path: Path) -> Contents:
    """Read a workbook that bears the marker.

    ``Rejected`` where a newer program has made it, or the columns no longer stand as they were sent.
    """
    marks = {
        written(name): written(value)
        for name, value, *_ in book[MARKER].iter_rows(values_only=True)
    }
    if marks.get("version") != str(VERSION):
        raise Rejected(
            "{file} was written by a newer program: update this one.", file=path.name
        )
    words = {
        normalize_name(marks[stage]): str(stage) for stage in Stage if stage in marks
    }
    numbered: Numbered = []
    notes: list[str] = []
    is_filled = False
    sheet, header = _sheet(book, path)
    for number, row in enumerate(_rows(sheet), start=1):
        if number == header - HEADER_ROW + REMARK_ROW:
            notes.append(collapse_whitespace_in_lines(written(row[1])))
        elif number == header:
            numbered.append((number, [*row, "opd"]))
        elif number > header:
            is_filled |= any(written(row[place]).strip() for place in _ANSWERED)
            _take(number, [*row, marks.get("opd")], words, numbered, notes)
    note = "\n".join(note for note in notes if note)
    answers = Grid(
        path.name,
        numbered,
        kind=ANSWERS,
        places={**PLACES, "opd": len(COLUMNS)},
        week=marks.get("week", ""),
        is_accounted=False,
    )
    return Contents([answers, _returned(path, marks, is_filled or bool(note), note)])


def _returned(path: Path, marks: dict[str, str], is_filled: bool, note: str) -> Grid:
    """Return the row that tells of the return of the sheet itself."""
    said: dict[str, Cell] = {
        "opd": marks.get("opd"),
        "week": marks.get("week"),
        "filled": is_filled,
        "note": note,
    }
    rows: Numbered = [(0, [*said]), (HEADER_ROW, [*said.values()])]
    places = {name: place for place, name in enumerate(said)}
    return Grid(
        path.name, rows, kind=RETURNS, exact=True, places=places, is_accounted=False
    )


def _rows(sheet: Any, last: int | None = None) -> Iterator[list[Cell]]:
    for cells in sheet.iter_rows(max_row=last, max_col=len(COLUMNS), values_only=True):
        yield [*cells, *[None] * (len(COLUMNS) - len(cells))]


def _sheet(book: Any, path: Path) -> tuple[Any, int]:
    """Return the sheet with the answers and the row of its header, wherever they have been moved."""
    for sheet in book.worksheets:
        for number, row in enumerate(_rows(sheet, _FURTHEST_HEADER), start=1):
            if any(_is_header(row, code) for code in LANGUAGES):
                return sheet, number
    raise Rejected(
        "{file} no longer has its columns as they were sent: copy the answers into a new sheet.",
        file=path.name,
    )


def _is_header(row: list[Cell], code: str) -> bool:
    """Tell whether each column in which something is answered stands in its place."""
    titles = [load_language(code).text(column.title) for column in COLUMNS]
    return all(
        normalize_name(written(row[place])) == normalize_name(titles[place])
        for place in PLACES.values()
    )


def _take(
    number: int,
    row: list[Cell],
    words: dict[str, str],
    into: Numbered,
    notes: list[str],
) -> None:
    """Take a row that is answered; one with a note alone is a remark of the week."""
    filled = [
        name
        for name in _MOVES
        if collapse_whitespace(written(row[PLACES[name]])) not in _NOTHING
    ]
    note = collapse_whitespace(written(row[PLACES["note"]]))
    if not filled:
        if note:
            notes.append(f"{collapse_whitespace(written(row[1]))}: {note}")
        return
    stage = row[PLACES["stage"]]
    row[PLACES["stage"]] = words.get(normalize_name(written(stage)), stage)
    into.append((number, row))
