"""The steps of each complete week, and the means of two windows of weeks."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from markupsafe import Markup

from tracker.language import Language
from tracker.publish.charts.axes import UpAxis
from tracker.publish.charts.svg import (
    BOTTOM_ROOM,
    Words,
    draw_chart,
    make_label,
    make_path,
    make_shape,
    number,
)
from tracker.publish.series import StepWindows

HEIGHT = 200
_GAP = 0.12
"""The free part of a week's width on either side of its bar."""


def steps_chart(
    words: Words,
    windows: StepWindows,
    language: Language,
) -> Markup:
    """Draw a bar a week, its steps on top, and a line at the mean of each window."""
    steps = [*windows.before, *windows.recent]
    scale = UpAxis.over(steps, parts=3)
    shapes = [
        make_path("zero", [(0, scale.high), (len(steps), scale.high)]),
        *(_bar(place, value, scale) for place, value in enumerate(steps)),
        *_means(windows, scale),
    ]
    labels = [
        *_values(steps, scale, language),
        *_days(windows, len(steps), language),
    ]
    return draw_chart(
        words,
        HEIGHT,
        (len(steps), scale.size),
        shapes,
        labels,
    )


def _bar(place: int, steps: int, scale: UpAxis) -> Element:
    """Return a week's bar: up from the line of 0, or down where it went back."""
    return make_shape(
        "rect",
        "backward" if steps < 0 else "forward",
        x=number(place + _GAP),
        y=number(scale.down(max(0, steps))),
        width=number(1 - 2 * _GAP),
        height=number(abs(steps)),
    )


def _means(windows: StepWindows, scale: UpAxis) -> Iterator[Element]:
    start = 0
    for window in (windows.before, windows.recent):
        mean = scale.down(sum(window) / len(window))
        yield make_path("mean", [(start, mean), (start + len(window), mean)])
        start += len(window)


def _values(
    steps: Sequence[int],
    scale: UpAxis,
    language: Language,
) -> Iterator[Element]:
    """Yield the number of each week's steps, above its bar."""
    for place, value in enumerate(steps):
        middle = 100 * (place + 0.5) / len(steps)
        above = scale.pixel(max(0, value), HEIGHT) - 4
        text = language.number(value, 0)
        yield make_label(text, middle, above, anchor="middle", css="small")


def _days(
    windows: StepWindows,
    weeks: int,
    language: Language,
) -> Iterator[Element]:
    """Yield the last day of about four of the weeks, below them."""
    for place in range(0, weeks, max(1, weeks // 4)):
        text = language.date(windows.first.plus(place).sunday, "short")
        share = 100 * (place + 0.5) / weeks if place else 0
        anchor = "middle" if place else "start"
        yield make_label(text, share, HEIGHT - BOTTOM_ROOM / 4, anchor=anchor)
