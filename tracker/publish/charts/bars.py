"""Bars one line high: the shares of the stages, targets met and missed, and weeks of steps."""

from collections.abc import Sequence

from markupsafe import Markup

from tracker.publish.charts.svg import make_shape, markup

FULL_HEAT = 3
"""Steps a week from which on a cell of the heat map is at its darkest."""


def share_bar(parts: Sequence[tuple[str, int]], css: str = "bar") -> Markup:
    """Draw the parts of a whole side by side, each of a CSS class; the words stand beside it.

    The widths are the counts themselves; ``css`` sizes the bar on the page.
    """
    whole = sum(count for _, count in parts)
    bar = make_shape(
        "svg",
        css,
        viewBox=f"0 0 {whole or 1} 1",
        preserveAspectRatio="none",
        aria_hidden="true",
    )
    start = 0
    for part, count in parts:
        if count:
            shape = make_shape("rect", part, x=start, width=count, height=1)
            bar.append(shape)
        start += count
    return markup(bar)


def heat_bar(steps: Sequence[int | None]) -> Markup:
    """Draw a cell a week: stronger the more steps, a triangle downward where it went back.

    Weeks without steps, and those before the history, are left empty.
    """
    bar = make_shape(
        "svg",
        "heat",
        viewBox=f"0 0 {len(steps) or 1} 1",
        preserveAspectRatio="none",
        aria_hidden="true",
    )
    cells: dict[str, str] = {}
    for place, value in enumerate(steps):
        if not value:
            continue
        if value < 0:
            css, shape = "back", f"M{place} .1h.9l-.45 .8z"
        else:
            css = f"heat-{min(value, FULL_HEAT)}"
            shape = f"M{place} 0h.9v1h-.9z"
        cells[css] = cells.get(css, "") + shape
    for css, drawn in sorted(cells.items()):
        bar.append(make_shape("path", css, d=drawn))
    return markup(bar)
