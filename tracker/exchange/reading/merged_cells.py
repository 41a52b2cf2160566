"""Merged cells: a value written once that is meant for every row of its range."""

from collections.abc import Iterable

from tracker.exchange.parsing.values import Cell

Corner = tuple[int, int]
"""A cell's row and column, both counted from 0."""

_MOST = 200_000


class MergedCells:
    """The merged ranges of one sheet; ``copied`` are the cells that were filled with another's value.

    Each is (row number from 1, place from 0), as rows of a grid are numbered.
    """

    def __init__(self, ranges: Iterable[tuple[Corner, Corner]]) -> None:
        self._first: dict[Corner, Corner] = {}
        for (top, left), (bottom, _) in ranges:
            first = top + 1, left
            for row in range(top + 1, bottom + 1):
                if len(self._first) < _MOST:
                    self._first[row + 1, left] = first

        self._values: dict[Corner, Cell] = {}
        for first in self._first.values():
            self._values[first] = None
        self.copied: set[Corner] = set()

    def fill(self, number: int, cells: list[Cell]) -> None:
        """Repeat the values of ranges in this row of them; rows must come in order."""
        if not self._first:
            return
        for place, cell in enumerate(cells):
            if (number, place) in self._values:
                self._values[number, place] = cell
                continue
            first = self._first.get((number, place))
            if first is None or cell is not None:
                continue
            value = self._values[first]
            if value is not None:
                cells[place] = value
                self.copied.add((number, place))
