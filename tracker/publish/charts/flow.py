"""Cumulative flow: how many services stand in each stage, week by week."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from markupsafe import Markup

from tracker.language import N_, Language
from tracker.publish.charts.axes import UpAxis, WeekAxis
from tracker.publish.charts.svg import (
    TOP_ROOM,
    Words,
    draw_chart,
    make_label,
    make_path,
)
from tracker.publish.series import Event, StageCounts
from tracker.week import Week

HEIGHT = 240
_ON = ("on-area on-light", "on-area on-middle", "on-area on-dark")
_NAMES = (N_("Conventional"), N_("Online"), N_("Integrated"))


def flow_chart(
    words: Words,
    first: Week,
    counts: Sequence[StageCounts],
    events: Sequence[Event],
    language: Language,
) -> Markup:
    """Draw the counts of each week from ``first`` on, stacked: the furthest stage lowest.

    ``events`` are marked by their numbers. The coordinates of the three areas are weeks and
    services themselves, downward from the top of the scale.
    """
    axis = WeekAxis(first, len(counts))
    scale = UpAxis.over([count.services for count in counts])
    shapes = scale.grid(axis.width)
    for css, tops in _draw_areas(counts):
        edge = [
            (float(place), scale.down(top)) for place, top in enumerate(tops)
        ]
        edge += [(axis.width, edge[-1][1])] if len(edge) == 1 else []
        corners = [(edge[-1][0], scale.high), (0.0, scale.high)]
        shapes.append(make_path(css, [*edge, *corners], closed=True))

    labels = [
        *scale.labels(HEIGHT, language),
        *axis.labels(HEIGHT, language),
        *_stage_labels(counts[-1], scale, language),
    ]
    for event in events:
        place = axis.place(event.day)
        css = "break" if event.method_break else "event"
        shapes.append(make_path(css, [(place, 0), (place, scale.high)]))
        labels.append(
            make_label(
                str(event.number),
                axis.share(place),
                TOP_ROOM - 5,
                anchor="middle",
            ),
        )
    return draw_chart(
        words,
        HEIGHT,
        (axis.width, scale.size),
        shapes,
        labels,
    )


def _draw_areas(counts: Sequence[StageCounts]) -> list[tuple[str, list[int]]]:
    """Return the upper edge of each area, the farthest behind first: each covers the one before."""
    return [
        ("conventional", [count.services for count in counts]),
        ("online", [count.online + count.integrated for count in counts]),
        ("integrated", [count.integrated for count in counts]),
    ]


def _stage_labels(
    last: StageCounts,
    scale: UpAxis,
    language: Language,
) -> list[Element]:
    """Return the stages' names and counts at the right edge, where there is room."""
    labels: list[Element] = []
    below = 0
    values = (last.conventional, last.online, last.integrated)
    upwards = reversed(list(zip(_ON, _NAMES, values, strict=True)))
    for css, name, value in upwards:
        middle = scale.pixel(below + value / 2, HEIGHT)
        below += value
        if value / scale.size > 0.07:
            text = f"{language.text(name)} {language.number(value, 0)}"
            labels.append(
                make_label(text, 99, middle + 4, anchor="end", css=css),
            )
    return labels
