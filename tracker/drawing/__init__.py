"""Charts drawn in characters, for pages and screens alike: what differs is told apart without colour.

Nothing here raises on empty data, gaps or too little room; what does not fit is left out.
"""

from tracker.drawing.bars import FILLS, sparkline, stage_bar
from tracker.drawing.canvas import Drawing, Role, Row, Segment, plain, plain_row, row_width
from tracker.drawing.flow import INNER, MEDIAN, NO_FAN, OUTER, Ahead, Fan, burn_up, cumulative_flow
from tracker.drawing.heat import heat_cell, heat_map
from tracker.drawing.trend import columns, trend

__all__ = [
    "FILLS",
    "INNER",
    "MEDIAN",
    "NO_FAN",
    "OUTER",
    "Ahead",
    "Drawing",
    "Fan",
    "Role",
    "Row",
    "Segment",
    "burn_up",
    "columns",
    "cumulative_flow",
    "heat_cell",
    "heat_map",
    "plain",
    "plain_row",
    "row_width",
    "sparkline",
    "stage_bar",
    "trend",
]
