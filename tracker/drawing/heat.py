"""A heat map of steps, a row a scope and a column a week."""

from collections.abc import Sequence

from tracker.drawing.bars import sign_role
from tracker.drawing.canvas import BLANK, Drawing, Row, Segment, joined

_FORWARD = "▒▓█"
_STANDING, _STILL, _BACKWARD = "·", "─", "▼"
_LONG = 12
"""Weeks without a step from which on the line stands out."""
_NOTICED = 4
"""Weeks after which, had none a step, a row stands: as many complete ones as a velocity is the mean of."""
HEAT_SIGNS = (
    (_STANDING, "0"),
    *zip(_FORWARD, ("1", "2", "3+"), strict=True),
    (_BACKWARD, "−"),
)
"""What the signs of a heat map mean, in steps a week."""


def heat_cell(steps: int | None, most: int = 4) -> Segment:
    """Draw one week's steps: denser the more there are, ▼ backward, a dot for none, blank before.

    ``most`` is what fills a cell.
    """
    if steps is None:
        return BLANK
    if steps == 0:
        return (_STANDING, "quiet")
    if steps < 0:
        return (_BACKWARD, sign_role(steps))
    level = min(len(_FORWARD), -(-steps * len(_FORWARD) // max(1, most)))
    return (_FORWARD[level - 1], sign_role(steps))


def heat_row(
    steps: Sequence[int | None], most: int = 4, *, done: bool = False
) -> Row:
    """Draw a scope's weeks; a line goes from its last step to now, unless it moved lately or is ``done``."""
    cells = [heat_cell(value, most) for value in steps]
    still = weeks_still(steps)
    if still and still > _NOTICED and not done:
        cells[len(cells) - still :] = [
            (_STILL, "warn" if still >= _LONG else "quiet")
        ] * still
    return joined(cells)


def weeks_still(steps: Sequence[int | None]) -> int | None:
    """Count the weeks at the end without a step; None without any history."""
    moved = [
        place for place, value in enumerate(steps) if value is None or value
    ]
    still = len(steps) - (moved[-1] + 1 if moved else 0)
    return still if still or (steps and steps[-1] is not None) else None


def heat_map(
    steps: Sequence[Sequence[int | None]],
    width: int,
    *,
    most: int | None = None,
) -> Drawing:
    """Draw a row of cells for each scope: its steps in each of the last ``width`` weeks.

    ``most``, by default the most steps shown in any week up to 8, is what fills a cell.
    """
    shown = [row[max(0, len(row) - max(0, width)) :] for row in steps]
    known = [value for row in shown for value in row if value is not None]
    full = most if most is not None else max(4, min(8, max(known, default=0)))
    return tuple(heat_row(row, full) for row in shown)
