"""Charts drawn in characters, for pages and screens; they are legible without colour.

Nothing here raises on empty data, gaps or lack of room; what does not fit is left out.
"""

from tracker.drawing.ahead import FURTHEST_GOAL, NO_FAN, Ahead, Fan
from tracker.drawing.bars import FILLS, draw_sparkline, stage_bar
from tracker.drawing.canvas import (
    Drawing,
    Role,
    Row,
    Segment,
    plain_row,
    plain_text,
    row_width,
)
from tracker.drawing.columns import draw_columns
from tracker.drawing.flow import (
    INNER,
    LEAD,
    MEDIAN,
    NAMED_FROM,
    OUTER,
    Places,
    draw_burn_up,
    draw_cumulative_flow,
)
from tracker.drawing.heat import (
    HEAT_SIGNS,
    heat_cell,
    heat_row,
    weeks_still,
)

__all__ = [
    "FILLS",
    "FURTHEST_GOAL",
    "HEAT_SIGNS",
    "INNER",
    "LEAD",
    "MEDIAN",
    "NAMED_FROM",
    "NO_FAN",
    "OUTER",
    "Ahead",
    "Drawing",
    "Fan",
    "Places",
    "Role",
    "Row",
    "Segment",
    "draw_burn_up",
    "draw_columns",
    "draw_cumulative_flow",
    "draw_sparkline",
    "heat_cell",
    "heat_row",
    "plain_row",
    "plain_text",
    "row_width",
    "stage_bar",
    "weeks_still",
]
