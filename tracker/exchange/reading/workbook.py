"""Workbooks of every format: which sheets are read, as grids, and what of a workbook is not read."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from tracker.errors import Rejected
from tracker.exchange.account import Part, Remark, Unread
from tracker.exchange.parsing.values import Cell
from tracker.exchange.progress import EVERY, Progress
from tracker.exchange.reading.grid import Contents, Grid, Numbered, is_filled
from tracker.exchange.reading.merged_cells import MergedCells
from tracker.exchange.reading.sheet_choice import (
    choose_sheets,
    is_export,
    unread_sheet,
)
from tracker.exchange.reading.sheet_marks import SheetMarks
from tracker.exchange.sheets.answers import is_returned, read_returned
from tracker.language import N_

_MOST_COLUMNS, _MOST_ROWS = 200, 1_048_576
_FIRST_ROWS = 40


class Sheet(Protocol):
    """One sheet of a workbook, whatever reads it."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def is_visible(self) -> bool:
        """Whether a spreadsheet program shows it."""

    @property
    def length(self) -> int:
        """How many rows it has, or says that it has."""

    def read_marks(self) -> SheetMarks:
        """Return its merged ranges, and its hidden rows and columns."""

    def read_rows(self, most: int | None = None) -> Iterator[list[Cell]]:
        """Yield all its rows from the first one on, or the first ``most``."""


class Workbook:
    """A workbook being read: its sheets as grids, and what of it is not read."""

    def __init__(self, file: str, sheets: Sequence[Sheet]) -> None:
        self.file = file
        self.sheets = {sheet.name: sheet for sheet in sheets}
        self.unread: list[Unread] = []
        self.remarks: list[Remark] = []

    def read(self, wanted: str | None, progress: Progress) -> Contents:
        """Read the sheets that are wanted, or what an OPD has filled in; count the values of the others.

        ``Rejected`` if there is no such sheet, or one has more rows than a spreadsheet can have.
        """
        may_be_returned = wanted is None and is_returned(
            [*map(self._first_rows, self.sheets)],
        )
        if may_be_returned:
            every = [self._grid(name, Progress(), None) for name in self.sheets]
            returned = read_returned(every, self.file)
            if returned is not None:
                return replace(
                    returned,
                    unread=(*returned.unread, *self.unread),
                    remarks=tuple(self.remarks),
                )
            self.unread.clear()
            self.remarks.clear()

        names = list(self.sheets)
        visible = [name for name in names if self.sheets[name].is_visible]
        chosen = choose_sheets(self.file, names, visible, wanted)
        of_export = wanted is None and is_export(names)
        grids = []
        for done, name in enumerate(names):
            part = progress.part(done / len(names), (done + 1) / len(names))
            if name in chosen:
                kind = name if of_export else None
                grids.append(self._grid(name, part, kind))
            else:
                self._leave(name)
        return Contents(
            grids,
            unread=tuple(self.unread),
            remarks=tuple(self.remarks),
        )

    def _first_rows(self, name: str) -> Grid:
        """Return the first rows of a sheet, enough to know what it is."""
        rows = self.sheets[name].read_rows(_FIRST_ROWS)
        return Grid(self.file, [*enumerate(rows, 1)], name)

    def _leave(self, name: str) -> None:
        sheet = self.sheets[name]
        count = sum(
            is_filled(cell) for row in sheet.read_rows() for cell in row
        )
        if count:
            hidden = not sheet.is_visible
            unread = unread_sheet(self.file, name, count, is_hidden=hidden)
            self.unread.append(unread)

    def _grid(
        self,
        name: str,
        progress: Progress,
        kind: str | None,
    ) -> Grid:
        sheet = self.sheets[name]
        marks = sheet.read_marks()
        merged = MergedCells(marks.merged)
        rows: Numbered = []
        length, beyond = sheet.length, 0
        for number, cells in enumerate(sheet.read_rows(), start=1):
            if number > _MOST_ROWS:
                raise Rejected(
                    "{file} has more rows than a spreadsheet can have.",
                    file=self.file,
                )
            if len(cells) > _MOST_COLUMNS:
                beyond += sum(map(is_filled, cells[_MOST_COLUMNS:]))
                del cells[_MOST_COLUMNS:]
            if marks.merged:
                merged.fill(number, cells)
            if cells.count(None) < len(cells):
                rows.append((number, cells))
            if number % EVERY == 0:
                progress.tell(number, max(length, number + 1))

        title = name if len(self.sheets) > 1 else ""
        grid = Grid(
            self.file,
            rows,
            title,
            kind,
            copied=frozenset(merged.copied),
        )
        self.remarks += marks.remarks(grid.name)
        if beyond:
            self.unread.append(_beyond(grid.name, beyond))
        return grid


def _beyond(sheet: str, count: int) -> Unread:
    reason = N_(
        "the columns after the {limit}th: delete columns that are not needed",
    )
    values = {"limit": str(_MOST_COLUMNS)}
    return Unread(Part.COLUMN, sheet, "", count, reason, values)
