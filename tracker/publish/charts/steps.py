"""The steps of each complete week, and the means of two windows of weeks."""

from markupsafe import Markup

from tracker.language import Language
from tracker.publish.charts.axes import UpAxis
from tracker.publish.charts.svg import (
    BOTTOM_ROOM,
    Words,
    draw,
    label,
    number,
    path,
    shape,
)
from tracker.publish.series import StepWindows

HEIGHT = 200
_GAP = 0.12


def steps_chart(words: Words, windows: StepWindows, language: Language) -> Markup:
    """Draw a bar a week, its steps on top, and a line at the mean of each window."""
    steps = [*windows.before, *windows.recent]
    scale = UpAxis.over(steps, parts=3)
    shapes = [path("zero", [(0, scale.high), (len(steps), scale.high)])]
    labels = []
    for place, value in enumerate(steps):
        top, bottom = max(0, value), min(0, value)
        shapes.append(
            shape(
                "rect",
                "backward" if value < 0 else "forward",
                x=number(place + _GAP),
                y=number(scale.down(top)),
                width=number(1 - 2 * _GAP),
                height=number(top - bottom),
            )
        )
        middle = 100 * (place + 0.5) / len(steps)
        above = scale.pixel(top, HEIGHT) - 4
        labels.append(
            label(
                language.number(value, 0), middle, above, anchor="middle", css="small"
            )
        )

    size = len(windows.before)
    for start, window in ((0, windows.before), (size, windows.recent)):
        mean = scale.down(sum(window) / len(window))
        shapes.append(path("mean", [(start, mean), (start + size, mean)]))

    for place in range(0, len(steps), max(1, len(steps) // 4)):
        day = windows.first.plus(place).sunday
        share = 100 * (place + 0.5) / len(steps)
        anchor = "start" if place == 0 else "middle"
        labels.append(
            label(
                language.date(day, "short"),
                0 if place == 0 else share,
                HEIGHT - BOTTOM_ROOM / 4,
                anchor=anchor,
            )
        )
    return draw(words, HEIGHT, (len(steps), scale.size), shapes, labels)
