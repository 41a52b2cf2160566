"""What every kind of file gives before it is understood: numbered rows of cells."""

from dataclasses import dataclass, field, replace

from tracker.exchange.account import Remark, Unread
from tracker.exchange.parsing.values import Cell
from tracker.exchange.source import Source

Numbered = list[tuple[int, list[Cell]]]
"""Rows of cells, each with its number as a spreadsheet shows it; blank ones are left out."""


@dataclass(frozen=True)
class Grid:
    """The rows of one sheet, the header among them.

    ``kind`` is known if the file itself says what it holds, ``places`` if it says in which column what
    stands. ``copied`` are the cells (row, place) that repeat a merged cell's value: they count as no values
    of their own. ``is_accounted``: whether its cells are values of the file, to be accounted for.
    """

    file: str
    rows: Numbered
    sheet: str = ""
    kind: str | None = None
    exact: bool = False
    places: dict[str, int] | None = None
    copied: frozenset[tuple[int, int]] = frozenset()
    is_accounted: bool = True
    week: str = ""
    """The week that it tells about, where it says so."""

    @property
    def name(self) -> str:
        """What the sheet is called: its file, with its own name where it has one."""
        return f"{self.file} ({self.sheet})" if self.sheet else self.file

    def filled_places(self, number: int, cells: list[Cell]) -> list[int]:
        """Return the places of a row's cells that hold a value of their own."""
        places = [place for place, cell in enumerate(cells) if is_filled(cell)]
        if self.copied:
            return [
                place for place in places if (number, place) not in self.copied
            ]
        return places


def is_filled(cell: Cell) -> bool:
    """Tell whether a cell holds a value: anything but blanks."""
    if isinstance(cell, str):
        return bool(cell) and not cell.isspace()
    return cell is not None and cell != []


@dataclass(frozen=True)
class Contents:
    """What one file holds: its sheets, and the settings and snapshots that only JSON carries.

    ``unread`` are its parts that are not read, ``remarks`` what a reader should know of it.
    """

    grids: list[Grid]
    city: dict[str, object] = field(default_factory=dict)
    snapshots: list[dict[str, object]] = field(default_factory=list)
    unread: tuple[Unread, ...] = ()
    remarks: tuple[Remark, ...] = ()
    taken: int = 0
    """How many values are taken in other ways than by rows of a grid that is accounted for."""
    name: str = ""
    source: Source | None = None
    """The register of which it is an export, where it tells."""

    def with_name(self, name: str) -> "Contents":
        """Return the contents with their file called by another name."""
        return replace(
            self,
            name=name,
            grids=[replace(grid, file=name) for grid in self.grids],
            unread=tuple(one.in_file(name) for one in self.unread),
            remarks=tuple(replace(one, file=name) for one in self.remarks),
        )
