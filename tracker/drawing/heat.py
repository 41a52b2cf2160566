"""Where steps were made, scope by scope and week by week."""

from collections.abc import Sequence

from tracker.drawing.bars import sign_role
from tracker.drawing.canvas import BLANK, Drawing, Segment, joined

_FORWARD = "▂▄▆█"
_STANDING, _BACKWARD = "·", "▼"


def heat_cell(steps: int | None, most: int = 4) -> Segment:
    """Draw one week's steps: a block that grows with them, ▼ backward, a dot for none, blank before.

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


def heat_map(steps: Sequence[Sequence[int | None]], width: int, *, most: int | None = None) -> Drawing:
    """Draw a row of cells for each scope: its steps in each of the last ``width`` weeks.

    ``most``, by default the most steps shown in any week up to 8, is what fills a cell.
    """
    shown = [row[max(0, len(row) - max(0, width)) :] for row in steps]
    known = [value for row in shown for value in row if value is not None]
    full = most if most is not None else max(4, min(8, max(known, default=0)))
    return tuple(joined(heat_cell(value, full) for value in row) for row in shown)
