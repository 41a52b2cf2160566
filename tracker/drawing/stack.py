"""The three stages stacked in one column of cells, their borders drawn to an eighth of a cell."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from tracker.drawing.bars import FILLS, LEVELS
from tracker.drawing.canvas import Role, Segment

_BORDERS: Mapping[tuple[int, int | None], Role] = {
    (0, 1): "integrated/online",
    (0, 2): "integrated/conventional",
    (0, None): "integrated",
    (1, 2): "online/conventional",
    (1, None): "online/",
    (2, None): "conventional/",
}
"""The role of a cell in which one of the ``FILLS`` ends, by it and the one that lies on it."""


def stack_cells(eighths: Sequence[int]) -> list[Segment]:
    """Return the cells, the lowest first, of stages that fill so many eighths of a cell each.

    ``eighths`` goes in the order of ``FILLS``. Of three stages in one cell the two lowest are drawn.
    """
    ends = list(accumulate(eighths))
    cells: list[Segment] = []
    for bottom in range(0, ends[-1], 8):
        here = next(stage for stage, end in enumerate(ends) if end > bottom)
        filled = ends[here] - bottom
        if filled >= 8:
            cells.append(FILLS[here])
            continue
        above = next(
            (stage for stage in range(here + 1, len(ends)) if eighths[stage]),
            None,
        )
        cells.append((LEVELS[filled - 1], _BORDERS[here, above]))
    return cells
