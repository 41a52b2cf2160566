"""One figure over the weeks, as columns that stand on zero."""

from collections.abc import Sequence

from tracker.drawing.bars import draw_eighths
from tracker.drawing.canvas import (
    Canvas,
    Drawing,
    Label,
    Role,
    gutter_width,
    with_gutter,
)
from tracker.drawing.scale import sample_values, value_bounds


def draw_columns(
    values: Sequence[float | None],
    width: int,
    height: int,
    *,
    high: float | None = None,
    label: Label | None = None,
    role: Role = "integrated",
) -> Drawing:
    """Draw a figure that is never negative as columns standing on zero, with gaps."""
    _, top = value_bounds(values, 0.0, high)
    texts = _draw_axis(0.0, top, height, label)
    gutter = gutter_width(width, texts)
    canvas = Canvas(min(width - gutter, max(len(values), 1)), height)
    for column, place in enumerate(sample_values(len(values), canvas.width)):
        value = values[place]
        if value is not None:
            for row, cell in enumerate(
                draw_eighths(value / top, canvas.height),
            ):
                canvas.put(column, row, cell, role)
    return with_gutter(canvas.drawing(), texts, gutter)


def _draw_axis(
    bottom: float,
    top: float,
    height: int,
    label: Label | None,
) -> list[str]:
    """Return a text for each row of an upright axis, the highest first: top, middle and bottom."""
    texts = [""] * max(0, height)
    if label is None or not texts:
        return texts
    marked = {0, height - 1} | (
        {height // 2} if height % 2 and height >= 5 else set()
    )
    for row in marked:
        share = 1 - row / (height - 1) if height > 1 else 1.0
        texts[row] = label(bottom + share * (top - bottom))
    return texts
