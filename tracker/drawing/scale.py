"""From values and weeks to cells."""

from collections.abc import Sequence


def sample_values(count: int, width: int) -> list[int]:
    """Return which of ``count`` places each of ``width`` columns shows; the last column the last place."""
    if count <= 0 or width <= 0:
        return []
    if count == 1 or width == 1:
        return [count - 1] * width
    return [
        round(column * (count - 1) / (width - 1)) for column in range(width)
    ]


def column_of(place: float, count: int, width: int) -> int:
    """Return the column in which the place of ``count`` is drawn."""
    if count <= 1:
        return width - 1
    return round(place * (width - 1) / (count - 1))


def value_bounds(
    values: Sequence[float | None],
    low: float | None,
    high: float | None,
) -> tuple[float, float]:
    """Return the scale of an upright axis; never one without extent."""
    known = [value for value in values if value is not None]
    bottom = min(known, default=0.0) if low is None else low
    top = max(known, default=1.0) if high is None else high
    if top > bottom:
        return bottom, top
    return bottom - 0.5, bottom + 0.5


def row_of(
    value: float,
    bottom: float,
    top: float,
    height: int,
) -> int:
    """Return the row, 0 the lowest, in which a value is drawn; values past the scale at its ends."""
    if height <= 1 or top <= bottom:
        return 0
    share = (value - bottom) / (top - bottom)
    return max(0, min(height - 1, round(share * (height - 1))))
