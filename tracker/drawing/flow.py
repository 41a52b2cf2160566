"""How work accumulates over the weeks, and where that leads: cumulative flow and burn-up."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.drawing.bars import FILLS, shared_out
from tracker.drawing.canvas import Canvas, Drawing, Label, gutter_width, with_gutter
from tracker.drawing.scale import column_of, row_of, sampled

MARK, GOAL, NOW = "◆", "┊", "┴"
_FAN = (("p95", "·"), ("p85", "∘"), ("p50", "•"))


@dataclass(frozen=True)
class Ahead:
    """What lies after the last week drawn, in weeks from it: the goal, and the forecast's three dates."""

    goal: int | None = None
    p50: int | None = None
    p85: int | None = None
    p95: int | None = None

    def weeks(self, most: int) -> int:
        """Count the weeks to draw after the last one: up to what lies furthest, at most ``most``."""
        known = [weeks for weeks in (self.goal, self.p50, self.p85, self.p95) if weeks is not None]
        return max(0, min(max(known, default=0) + 1, most)) if known else 0


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
    milestones, drawn on the lowest row. After the last week come the goal's line and the forecast's fan,
    from the integrated services of today to all of them.
    """
    top = float(max((sum(count) for count in counts), default=0) or 1)
    plot = _Plot(len(counts), width, height, top=top, ahead=ahead, label=label)
    for column, place in enumerate(plot.places):
        conventional, online, integrated = counts[place]
        filled = max(1, round(plot.height * sum(counts[place]) / top)) if sum(counts[place]) else 0
        cells = shared_out((integrated, online, conventional), filled)
        row = 0
        for (fill, role), amount in zip(FILLS, cells, strict=True):
            for _ in range(amount):
                plot.canvas.put(column, row + plot.base, fill, role)
                row += 1
    if counts:
        plot.fan(counts[-1][2], sum(counts[-1]))
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
    """Draw what is done against all that there is to do, week by week, and where that leads."""
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
    if weeks:
        plot.fan(done[weeks - 1] or 0, scope[weeks - 1] or 0)
    return plot.finish(marks)


class _Plot:
    """A canvas over past and coming weeks; its lowest row holds the marks where there is room for it."""

    def __init__(
        self, weeks: int, width: int, height: int, *, top: float, ahead: Ahead | None, label: Label | None
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
        self.places = sampled(weeks, self.past)

    def _past(self) -> int:
        """Count the columns that the past weeks get: at most a few for each week."""
        whole = self.canvas.width
        if not self.coming or not self.weeks:
            return whole
        return max(1, round(whole * self.weeks / (self.weeks + self.coming)))

    def row(self, value: float) -> int:
        return self.base + row_of(value, 0.0, self.top, self.height)

    def column_ahead(self, weeks: int) -> int:
        room = self.canvas.width - self.past
        return self.past + round((weeks - 1) * (room - 1) / max(1, self.coming - 1))

    def fan(self, now: float, whole: float) -> None:
        """Draw the goal's line, and a line to the whole for each date of the forecast."""
        if not self.coming or self.canvas.width <= self.past:
            return
        if self.ahead.goal is not None and 0 < self.ahead.goal <= self.coming:
            for row in range(self.base, self.base + self.height):
                self.canvas.put(self.column_ahead(self.ahead.goal), row, GOAL, "goal")
        for name, character in _FAN:
            weeks: int | None = getattr(self.ahead, name)
            if weeks is not None and weeks > 0:
                self._ray(now, whole, weeks, character)

    def _ray(self, now: float, whole: float, weeks: int, character: str) -> None:
        room = self.canvas.width - self.past
        for column in range(room):
            at = 1 + column * max(0, self.coming - 1) / max(1, room - 1)
            reached = now + (whole - now) * min(1.0, at / weeks)
            self.canvas.put(self.past + column, self.row(reached), character, "forecast")
            if at >= weeks:
                return

    def finish(self, marks: Sequence[int]) -> Drawing:
        """Draw the marks and the axis, and return the whole."""
        if self.base:
            if self.coming and self.weeks:
                self.canvas.put(self.past - 1, 0, NOW, "quiet")
            for place in marks:
                if 0 <= place < self.weeks:
                    self.canvas.put(column_of(place, self.weeks, self.past), 0, MARK, "goal")
        return with_gutter(self.canvas.drawing(), self.texts, self.gutter)
