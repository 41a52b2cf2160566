"""Rows that are kept out of an import, put aside into a file of their own, to be mended and imported later."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracker.errors import Rejected, UserError
from tracker.exchange.importing import ImportPlan
from tracker.exchange.parsing.headers import Header
from tracker.exchange.parsing.numbers import (
    Shown,
    Style,
    is_number,
    plain_number,
    style_shown,
)
from tracker.exchange.parsing.values import (
    Cell,
    Formatted,
    Percent,
    Reader,
    cell_text,
)
from tracker.exchange.reading.grid import Grid
from tracker.exchange.writing.files import replace_file
from tracker.fields import ValueType
from tracker.language import N_, Language
from tracker.text import cell, visible

WHY_ASIDE = N_("Why it was put aside")
"""The title of the column of reasons."""

_OF_READING = {"numbers", "swapped"}
"""The sorts of questions on whose answers it rests what a number or a date of a sheet is."""


def free_path(file: Path, word: str) -> Path:
    """Return a free path beside a file or folder: ``layanan-WORD.csv``, then ``layanan-WORD-2.csv``."""
    stem = f"{file.name if file.is_dir() else file.stem}-{word}"
    path = file.parent / f"{stem}.csv"
    number = 2
    while path.exists():
        path = file.parent / f"{stem}-{number}.csv"
        number += 1
    return path


def rows_of(problem: UserError) -> tuple[int, ...]:
    """Return the rows of a problem; none if it is one of the whole file."""
    values = problem.values
    if "rows" in values:
        return tuple(values["rows"])
    return (values["row"],) if values.get("row") else ()


def reasons_by_row(
    problems: Iterable[UserError],
    language: Language,
) -> dict[tuple[str, int], str]:
    """Return what is wrong with each row, by the name of its sheet and its number."""
    reasons: dict[tuple[str, int], str] = {}
    for problem in problems:
        said = language.say(problem)
        for row in rows_of(problem):
            place = str(problem.values["file"]), row
            reasons[place] = (
                f"{reasons[place]} {said}" if place in reasons else said
            )
    return reasons


def write_rows_aside(
    path: Path,
    plan: ImportPlan,
    reasons: Mapping[tuple[str, int], str],
    title: str,
) -> None:
    """Write rows of an import's sheets below the header of each, with why they are put aside.

    ``reasons`` has the reason by sheet name and row, ``title`` heads their column. Spreadsheets
    with Indonesian settings open the file as columns. Numbers and dates are written such that
    they are read as in their sheet, with what a person answered about it.

    Raises ``Rejected`` if it is still open how they are read.
    """
    sheets = [
        _SheetAside(grid, header, plan.readers.get(grid.name, {}))
        for grid, header in plan.headers
    ]
    if any(question.sort in _OF_READING for question in plan.questions):
        raise Rejected("Answer the questions first.")
    with (
        replace_file(path) as beside,
        beside.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        writer = csv.writer(file, delimiter=";")
        for sheet in sheets:
            writer.writerows(sheet.write_rows(reasons, title))


@dataclass(frozen=True)
class _SheetAside:
    """A sheet of which rows are set aside, and how its columns are read."""

    grid: Grid
    header: Header
    readers: Mapping[str, Reader]

    def write_rows(
        self,
        reasons: Mapping[tuple[str, int], str],
        title: str,
    ) -> Iterator[list[str]]:
        """Yield the header and the rows that have a reason; nothing where none has."""
        name = self.grid.name
        rows = [
            (number, cells)
            for number, cells in self.grid.rows
            if (name, number) in reasons
        ]
        if not rows:
            return
        titles = next(
            (
                cells
                for number, cells in self.grid.rows
                if number == self.header.row
            ),
            [],
        )
        width = max(len(titles), *(len(cells) for _, cells in rows))
        yield [*self._write_cells(titles, width), title]
        for number, cells in rows:
            yield [*self._write_cells(cells, width), reasons[name, number]]

    def _write_cells(self, cells: Sequence[Cell], width: int) -> list[str]:
        readers = {
            place: self.readers[name]
            for name, place in self.header.places.items()
            if name in self.readers
        }
        texts = [
            cell(visible(_write_cell(value, readers.get(place)), lines=True))
            for place, value in enumerate(cells)
        ]
        return texts + [""] * (width - len(texts))


def _write_cell(value: Cell, reader: Reader | None) -> str:
    """Return a cell as a text that says what the cell says by how its column is read."""
    if isinstance(value, date) and reader is not None and reader.swaps_dates:
        return str(reader.read(value, ValueType.DATE))
    if not isinstance(value, float):
        return cell_text(value)
    if isinstance(value, Formatted):
        shown = value.shown
        if not is_number(shown) or style_shown(shown) is not Shown.OPEN:
            return shown
    text = plain_number(value)
    if reader is None or reader.style is Style.INDONESIAN:
        text = text.replace(".", ",")
    return f"{text}%" if isinstance(value, Percent) else text
