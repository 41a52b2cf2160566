"""What the values of a sheet tell about the kind of its rows, where its header alone could mislead.

A list with ``id, nama`` of dinas and kecamatan is one of OPDs, though its header would do for applications;
``Aplikasi: 15`` counts applications and names none; ``Dari: 08:00`` is no day on which a service closed.
"""

from collections.abc import Iterator
from itertools import islice

from tracker.errors import Rejected
from tracker.exchange.columns import Column
from tracker.exchange.parsing.dates import DayOrder
from tracker.exchange.parsing.values import Cell, Reader, cell_text
from tracker.exchange.reading.grid import Grid
from tracker.fields import ValueType
from tracker.text import normalize_name
from tracker.vocabulary import kind_of_name

_SAMPLE = 100
"""How many filled cells of a column are looked at."""


def lists_agencies(grid: Grid, row: int, place: int) -> bool:
    """Tell whether a column below ``row`` names agencies, a row for each.

    At least half of the names begin as those of agencies do, and at least three in four are different:
    in a list of services an agency stands once for each of its services.
    """
    names = [cell_text(cell) for cell in _filled(grid, row, place)]
    agencies = [name for name in names if kind_of_name(name) is not None]
    different = {normalize_name(name) for name in names}
    return (
        bool(names)
        and 2 * len(agencies) >= len(names)
        and 4 * len(different) >= 3 * len(names)
    )


def counts_instead_of_names(grid: Grid, row: int, place: int) -> bool:
    """Tell whether a column below ``row`` has several values, all of them whole numbers."""
    cells = list(_filled(grid, row, place))
    return len(cells) > 1 and all(
        cell_text(cell).strip().isdecimal() for cell in cells
    )


def is_contradicted(
    grid: Grid,
    row: int,
    column: Column,
    place: int,
) -> bool:
    """Tell whether no value in a column below ``row`` can be what ``column`` has to hold.

    A single value contradicts nothing: it may be a mistake, which is told in its place.
    """
    if column.name == "name":
        return counts_instead_of_names(grid, row, place)
    cells = list(_filled(grid, row, place))
    return (
        len(cells) > 1
        and column.holds is ValueType.DATE
        and not any(map(_is_date, cells))
    )


def _is_date(cell: Cell) -> bool:
    for order in DayOrder:
        try:
            Reader(order=order, in_file=True).day(cell)
        except Rejected:
            continue
        return True
    return False


def _filled(
    grid: Grid,
    row: int,
    place: int,
) -> Iterator[Cell]:
    is_blank = Reader().is_blank
    below = (
        cells[place]
        for number, cells in grid.rows
        if number > row and place < len(cells)
    )
    return islice((cell for cell in below if not is_blank(cell)), _SAMPLE)
