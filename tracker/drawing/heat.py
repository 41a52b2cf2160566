"""The cells of a heat map of steps: a row a scope, a column a week."""

from collections.abc import Sequence

from tracker.drawing.bars import sign_role
from tracker.drawing.canvas import BLANK, Row, Segment, join_drawings

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


def heat_cell(steps: int | None) -> Segment:
    """Draw one week's steps: denser the more there are, ▼ backward, a dot for none, blank before."""
    if steps is None:
        return BLANK
    if steps == 0:
        return (_STANDING, "quiet")
    if steps < 0:
        return (_BACKWARD, sign_role(steps))
    level = min(len(_FORWARD), steps)
    return (_FORWARD[level - 1], sign_role(steps))


def heat_row(steps: Sequence[int | None], *, done: bool = False) -> Row:
    """Draw a scope's weeks; a line goes from its last step to now, unless it moved lately or is ``done``."""
    cells = [heat_cell(value) for value in steps]
    still = weeks_still(steps)
    if still and still > _NOTICED and not done:
        cells[len(cells) - still :] = [
            (_STILL, "warn" if still >= _LONG else "quiet"),
        ] * still
    return join_drawings(cells)


def weeks_still(steps: Sequence[int | None]) -> int | None:
    """Count the weeks at the end without a step; None without any history."""
    moved = [
        place for place, value in enumerate(steps) if value is None or value
    ]
    still = len(steps) - (moved[-1] + 1 if moved else 0)
    return still if still or (steps and steps[-1] is not None) else None
