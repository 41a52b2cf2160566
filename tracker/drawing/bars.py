"""One-line drawings: the bar of the three stages, and the sparkline."""

from collections.abc import Sequence

from tracker.drawing.canvas import Role, Row, Segment

FILLS: tuple[Segment, ...] = (
    ("█", "integrated"),
    ("▓", "online"),
    ("░", "conventional"),
)
"""How each stage is filled, the furthest first: three densities, told apart without colour."""

LEVELS = "▁▂▃▄▅▆▇█"


def stage_bar(
    conventional: int | None,
    online: int | None,
    integrated: int | None,
    width: int,
) -> Row:
    """Draw the shares of the stages as one bar, the furthest first.

    Every stage that has a service gets a cell if there is room: a bar is full only when all is done.
    """
    counts = [
        max(0, count or 0) for count in (integrated, online, conventional)
    ]
    cells = shared_out(counts, max(0, width))
    return tuple(
        (fill * cell, role)
        for (fill, role), cell in zip(FILLS, cells, strict=True)
        if cell
    )


def shared_out(counts: Sequence[int], cells: int) -> list[int]:
    """Share ``cells`` out by ``counts``, by largest remainder, at least one to each count above 0."""
    total = sum(counts)
    if total == 0 or cells <= 0:
        return [0] * len(counts)
    exact = [cells * count / total for count in counts]
    shares = [
        max(int(part), 1 if count else 0)
        for part, count in zip(exact, counts, strict=True)
    ]
    while sum(shares) > cells:
        shares[
            max(range(len(shares)), key=lambda place: (shares[place], -place))
        ] -= 1
    while sum(shares) < cells:
        shares[
            max(
                range(len(shares)),
                key=lambda place: (exact[place] - shares[place], -place),
            )
        ] += 1
    return shares


def draw_sparkline(
    values: Sequence[float | None],
    width: int | None = None,
    low: float | None = None,
    high: float | None = None,
) -> str:
    """Draw the last ``width`` values as one line of columns, a space for each gap.

    The scale runs from ``low`` to ``high``, by default from the least to the greatest value shown;
    values that are all the same are drawn as a line at half height.
    """
    shown = list(
        values
        if width is None
        else values[max(0, len(values) - max(0, width)) :],
    )
    known = [value for value in shown if value is not None]
    if not known:
        return " " * len(shown)
    bottom = min(known) if low is None else low
    top = max(known) if high is None else high
    return "".join(
        " " if value is None else _scale_level(value, bottom, top)
        for value in shown
    )


def _scale_level(value: float, bottom: float, top: float) -> str:
    if top <= bottom:
        return LEVELS[3]
    share = (value - bottom) / (top - bottom)
    return LEVELS[max(0, min(7, round(7 * share)))]


def draw_eighths(share: float, height: int) -> list[str]:
    """Return the cells of a column filled to ``share`` of ``height`` cells, the lowest first."""
    filled = max(0, min(8 * height, round(8 * height * share)))
    return [
        LEVELS[7]
        if filled >= 8 * (row + 1)
        else LEVELS[filled - 8 * row - 1]
        if filled > 8 * row
        else " "
        for row in range(height)
    ]


def sign_role(value: float) -> Role:
    """Return the role of a change: good forward, bad backward, quiet for none."""
    return "good" if value > 0 else "bad" if value < 0 else "quiet"
