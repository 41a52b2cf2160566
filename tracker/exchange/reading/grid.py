"""What every kind of file gives before it is understood: numbered rows of cells."""

from dataclasses import dataclass, field, replace

from tracker.exchange.parsing.values import Cell

Numbered = list[tuple[int, list[Cell]]]
"""Rows of cells, each with its number as a spreadsheet shows it; blank ones are left out."""


@dataclass(frozen=True)
class Grid:
    """The rows of one sheet, the header among them.

    ``kind`` is known where the file itself says what it holds, ``places`` where it says in which column
    what stands.
    """

    file: str
    rows: Numbered
    sheet: str = ""
    kind: str | None = None
    exact: bool = False
    places: dict[str, int] | None = None

    @property
    def name(self) -> str:
        """What the sheet is called: its file, with its own name where it has one."""
        return f"{self.file} ({self.sheet})" if self.sheet else self.file


@dataclass(frozen=True)
class Contents:
    """What one file holds: its sheets, and the settings and snapshots that only JSON carries."""

    grids: list[Grid]
    city: dict[str, object] = field(default_factory=dict)
    snapshots: list[dict[str, object]] = field(default_factory=list)

    def called(self, name: str) -> "Contents":
        """Return the contents with their file called by another name."""
        return replace(self, grids=[replace(grid, file=name) for grid in self.grids])
