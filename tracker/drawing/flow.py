"""How work accumulates over the weeks, and where that leads: cumulative flow and burn-up."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.drawing.bars import FILLS, shared_out
from tracker.drawing.canvas import (
    Canvas,
    Drawing,
    Label,
    gutter_width,
    with_gutter,
)
from tracker.drawing.scale import column_of, row_of, sample_values

MARK, GOAL, NOW = "◆", "┊", "┴"
MEDIAN, INNER, OUTER = "•", "∘", "·"
"""What the fan is drawn with: the median of all courses, the band about it, and that about both."""
FURTHEST_GOAL = 2
"""How many times as far ahead as the weeks reach back the goal may lie and still be drawn."""


@dataclass(frozen=True)
class Fan:
    """Where the forecast's courses run: the steps made by the end of each coming week, and ``all`` there are.

    Each week has five quantiles, the luckiest first: both edges of the outer band, of the inner one within
    it, and the median in the middle. The first week is the one after the last week drawn.
    """

    weeks: Sequence[Sequence[float]] = ()
    all: float = 0.0

    @classmethod
    def of_remaining(
        cls, quantiles: Sequence[Sequence[int]], every: int, passed: int
    ) -> "Fan":
        """Return the fan that quantiles of the remaining steps make, out of ``every`` step there is.

        ``quantiles`` begins with the present of the forecast, which lies ``passed`` weeks before the last
        week drawn: a week that still runs is drawn, and forecast too.
        """
        return cls(
            [
                [every - left for left in week]
                for week in quantiles[passed + 1 :]
            ],
            float(every),
        )

    def arrival(self, quantile: int) -> int | None:
        """Return the first coming week, from 1, by which a quantile has made all steps."""
        return next(
            (
                n
                for n, week in enumerate(self.weeks, 1)
                if week[quantile] >= self.all
            ),
            None,
        )


NO_FAN = Fan()


@dataclass(frozen=True)
class Ahead:
    """What lies after the last week drawn: the goal, in weeks from it, and the forecast's fan."""

    goal: int | None = None
    fan: Fan = NO_FAN

    def weeks(self, past: int) -> int:
        """Count the weeks to draw after ``past`` ones: to the end of the fan, at most as many again.

        The goal is wanted more: it is drawn as long as the past keeps a third of the chart.
        """
        goal = (
            self.goal + 1
            if self.goal is not None and 0 < self.goal < FURTHEST_GOAL * past
            else 0
        )
        return max(
            goal, min(len(self.fan.weeks) + 1, past) if self.fan.weeks else 0
        )


def cumulative_flow(
    counts: Sequence[tuple[int, int, int]],
    width: int,
    height: int,
    *,
    ahead: Ahead | None = None,
    marks: Sequence[int] = (),
    label: Label | None = None,
) -> Drawing:
    """Draw the services of each stage over the weeks, stacked: integrated below, conventional on top.

    ``counts`` holds conventional, online and integrated of each week; ``marks`` are the places in it of
    milestones, drawn on the lowest row. After the last week come the goal's line and the forecast's fan:
    two steps, as many as a service has, are as high as one service.
    """
    top = float(max((sum(count) for count in counts), default=0) or 1)
    plot = _Plot(len(counts), width, height, top=top, ahead=ahead, label=label)
    for column, place in enumerate(plot.places):
        conventional, online, integrated = counts[place]
        filled = (
            max(1, round(plot.height * sum(counts[place]) / top))
            if sum(counts[place])
            else 0
        )
        cells = shared_out((integrated, online, conventional), filled)
        row = 0
        for (fill, role), amount in zip(FILLS, cells, strict=True):
            for _ in range(amount):
                plot.canvas.put(column, row + plot.base, fill, role)
                row += 1
    plot.draw_ahead(unit=2.0)
    return plot.finish(marks)


def burn_up(
    done: Sequence[float | None],
    scope: Sequence[float | None],
    width: int,
    height: int,
    *,
    ahead: Ahead | None = None,
    marks: Sequence[int] = (),
    label: Label | None = None,
) -> Drawing:
    """Draw the steps made against all that there are, week by week, and where that leads."""
    known = [value for value in (*done, *scope) if value is not None]
    top = float(max(known, default=0) or 1)
    weeks = min(len(done), len(scope))
    plot = _Plot(weeks, width, height, top=top, ahead=ahead, label=label)
    for column, place in enumerate(plot.places):
        value, whole = done[place], scope[place]
        if value:
            for row in range(max(1, round(plot.height * value / top))):
                plot.canvas.put(column, row + plot.base, "█", "integrated")
        if whole is not None:
            plot.canvas.put_if_blank(column, plot.row(whole), "─", "quiet")
    plot.draw_ahead(unit=1.0)
    return plot.finish(marks)


class _Plot:
    """A canvas over past and coming weeks; its lowest row holds the marks where there is room for it."""

    def __init__(
        self,
        weeks: int,
        width: int,
        height: int,
        *,
        top: float,
        ahead: Ahead | None,
        label: Label | None,
    ) -> None:
        self.weeks, self.top, self.ahead = weeks, top, ahead or Ahead()
        self.base = 1 if height >= 4 else 0
        self.height = max(0, height - self.base)
        self.texts = [""] * max(0, height)
        if label and self.height > 1:
            self.texts[0], self.texts[self.height - 1] = label(top), label(0.0)
        self.gutter = gutter_width(width, self.texts) if label else 0
        self.coming = self.ahead.weeks(weeks)
        self.canvas = Canvas(width - self.gutter, height)
        self.past = self._past()
        self.places = sample_values(weeks, self.past)

    def _past(self) -> int:
        """Count the columns that the past weeks get: as wide a week as one to come."""
        whole = self.canvas.width
        if not self.coming or not self.weeks:
            return whole
        return max(1, round(whole * self.weeks / (self.weeks + self.coming)))

    def row(self, value: float) -> int:
        return self.base + row_of(value, 0.0, self.top, self.height)

    def column_ahead(self, weeks: int) -> int:
        room = self.canvas.width - self.past
        return self.past + round(
            (weeks - 1) * (room - 1) / max(1, self.coming - 1)
        )

    def draw_ahead(self, unit: float) -> None:
        """Draw the forecast's fan, ``unit`` steps of it as high as 1 of the scale, and the goal's line."""
        room = self.canvas.width - self.past
        if not self.weeks or not self.coming or room <= 0:
            return
        fan, goal = self.ahead.fan, self.ahead.goal
        reached = tuple(map(fan.arrival, range(5)))
        drawn = 0
        for column in range(room):
            week = 1 + round(
                column * max(0, self.coming - 1) / max(1, room - 1)
            )
            if drawn < len(fan.weeks):
                rows = [
                    self.row(steps / unit)
                    for steps in fan.weeks[min(week, len(fan.weeks)) - 1]
                ]
                self._fan_column(
                    self.past + column,
                    rows,
                    [bool(at and drawn >= at) for at in reached],
                )
            drawn = week
        if goal is not None and 0 < goal <= self.coming:
            self._goal_line(self.column_ahead(goal))

    def _fan_column(
        self, column: int, rows: Sequence[int], passed: Sequence[bool]
    ) -> None:
        """Draw a week of the fan; a band that has made all its steps, its arrival aside, is drawn no more."""
        highest, high, middle, low, lowest = rows
        for row in range(lowest, highest + 1):
            self.canvas.put(column, row, OUTER, "forecast")
        if not passed[3]:
            for row in range(low, high + 1):
                self.canvas.put(column, row, INNER, "forecast")
        if not passed[2]:
            self.canvas.put(column, middle, MEDIAN, "forecast")

    def _goal_line(self, column: int) -> None:
        for row in range(self.base, self.base + self.height):
            if self.canvas.at(column, row) != MEDIAN:
                self.canvas.put(column, row, GOAL, "goal")

    def finish(self, marks: Sequence[int]) -> Drawing:
        """Draw the marks and the axis, and return the whole."""
        if self.base:
            if self.coming and self.weeks:
                self.canvas.put(self.past - 1, 0, NOW, "quiet")
            for place in marks:
                if 0 <= place < self.weeks:
                    self.canvas.put(
                        column_of(place, self.weeks, self.past), 0, MARK, "goal"
                    )
        return with_gutter(self.canvas.drawing(), self.texts, self.gutter)
