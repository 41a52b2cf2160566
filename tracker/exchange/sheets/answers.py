"""What an OPD has filled in on its sheet, read back: moves, and the OPD's report for the week."""

from pathlib import Path
from typing import Any

from tracker.errors import Refused
from tracker.exchange.columns import ANSWERS
from tracker.exchange.meaning.values import Cell, written
from tracker.exchange.reading.grid import Contents, Grid, Numbered
from tracker.exchange.sheets.layout import COLUMNS, HEADER_ROW, MARKER, PLACES, REMARK_ROW, VERSION
from tracker.model import Stage
from tracker.text import key_of, tidy, tidy_lines

_MOVES = ("stage", "date", "evidence", "visits", "days")


def answered(book: Any, path: Path) -> Contents:
    """Read a workbook that bears the marker; ``Refused`` where a newer program has made it."""
    marks = {written(name): written(value) for name, value, *_ in book[MARKER].iter_rows(values_only=True)}
    if marks.get("version") != str(VERSION):
        raise Refused("{file} was written by a newer program: update this one.", file=path.name)
    words = {key_of(marks[stage]): str(stage) for stage in Stage if stage in marks}
    numbered: Numbered = []
    notes: list[str] = []
    rows = _sheet(book).iter_rows(max_col=len(COLUMNS), values_only=True)
    for number, cells in enumerate(rows, start=1):
        row: list[Cell] = [*cells, *[None] * (len(COLUMNS) - len(cells))]
        if number == REMARK_ROW:
            notes.append(tidy_lines(written(row[1])))
        elif number == HEADER_ROW:
            numbered.append((number, row))
        elif number > HEADER_ROW:
            _take(number, row, words, numbered, notes)
    report: list[Cell] = [marks.get("opd"), marks.get("week"), "\n".join(note for note in notes if note)]
    reports: Numbered = [(0, ["opd", "week", "note"]), (HEADER_ROW, report)]
    return Contents(
        [
            Grid(path.name, numbered, kind=ANSWERS, places=PLACES),
            Grid(path.name, reports, kind="reports", exact=True, places={"opd": 0, "week": 1, "note": 2}),
        ]
    )


def _sheet(book: Any) -> Any:
    """Return the sheet with the answers, wherever it has been moved: the one with the fullest header."""

    def filled(sheet: Any) -> int:
        rows = sheet.iter_rows(min_row=HEADER_ROW, max_row=HEADER_ROW, max_col=len(COLUMNS), values_only=True)
        return sum(value is not None for row in rows for value in row)

    return max((sheet for sheet in book.worksheets if sheet.title != MARKER), key=filled)


def _take(number: int, row: list[Cell], words: dict[str, str], into: Numbered, notes: list[str]) -> None:
    """Take a row that is answered; one with a note alone is a remark of the week."""
    filled = [name for name in _MOVES if tidy(written(row[PLACES[name]])) not in {"", "-"}]
    note = tidy(written(row[PLACES["note"]]))
    if not filled:
        if note:
            notes.append(f"{tidy(written(row[1]))}: {note}")
        return
    stage = row[PLACES["stage"]]
    row[PLACES["stage"]] = words.get(key_of(written(stage)), stage)
    into.append((number, row))
