"""How work accumulates over the weeks, and where that leads: cumulative flow and burn-up."""

from collections.abc import Sequence

from tracker.drawing.ahead import Ahead
from tracker.drawing.bars import FILLS, draw_eighths, shared_out
from tracker.drawing.canvas import (
    Canvas,
    Drawing,
    Label,
    fit_text,
    gutter_width,
    with_gutter,
)
from tracker.drawing.scale import column_of, row_of, sample_values
from tracker.drawing.stack import stack_cells

MARK, GOAL, NOW, LEAD = "◆", "┊", "┴", "╌"
MEDIAN, INNER, OUTER = "•", ":", "·"
"""What the fan is drawn with: the median of all courses, the band about it, and that about both.

Shades would read as stages and as steps where there are no colours.
"""
NAMED_FROM = 6
"""Rows from which on the names of milestones have one of their own."""

Places = Sequence[tuple[int, str]]
"""Weeks, by their index in those drawn, and what is written there."""


def draw_cumulative_flow(
    counts: Sequence[tuple[int, int, int]],
    width: int,
    height: int,
    *,
    ahead: Ahead | None = None,
    marks: Places = (),
    ticks: Places = (),
    label: Label | None = None,
) -> Drawing:
    """Draw the services of each stage over the weeks, stacked: integrated below, conventional on top.

    ``counts`` holds conventional, online and integrated of each week; ``marks`` are the milestones and
    ``ticks`` the months, the most wanted first. After the last week come the goal's line, the line that
    leads to it and the forecast's fan: two steps, as many as a service has, are as high as one service.
    """
    top = float(max((sum(count) for count in counts), default=0) or 1)
    plot = _Plot(
        len(counts),
        width,
        height,
        top=top,
        ahead=ahead,
        marks=marks,
        label=label,
    )
    for column, place in enumerate(plot.places):
        whole = sum(counts[place])
        if not whole or not plot.height:
            continue
        # In eighths of a cell; whatever there are any of is seen.
        filled = max(len(FILLS), round(8 * plot.height * whole / top))
        integrated_first = counts[place][::-1]
        cells = stack_cells(shared_out(integrated_first, filled))
        for row, (sign, role) in enumerate(cells):
            plot.canvas.put(column, row + plot.base, sign, role)
    plot.draw_ahead(unit=2.0)
    return plot.finish(ticks)


def draw_burn_up(
    done: Sequence[float | None],
    scope: Sequence[float | None],
    width: int,
    height: int,
    *,
    ahead: Ahead | None = None,
    marks: Places = (),
    ticks: Places = (),
    label: Label | None = None,
) -> Drawing:
    """Draw the steps made against all that there are, week by week, and where that leads."""
    known = [value for value in (*done, *scope) if value is not None]
    top = float(max(known, default=0) or 1)
    weeks = min(len(done), len(scope))
    plot = _Plot(
        weeks,
        width,
        height,
        top=top,
        ahead=ahead,
        marks=marks,
        label=label,
    )
    for column, place in enumerate(plot.places):
        value = done[place]
        whole = scope[place]
        if value:
            least = 1 / max(1, 8 * plot.height)
            cells = draw_eighths(max(least, value / top), plot.height)
            for row, sign in enumerate(cells):
                if sign != " ":
                    plot.canvas.put(column, row + plot.base, sign, "integrated")
        if whole is not None:
            plot.canvas.put_if_blank(column, plot.row(whole), "─", "quiet")
    plot.draw_ahead(unit=1.0)
    return plot.finish(ticks)


class _Plot:
    """A canvas over past and coming weeks; the rows under it hold milestones and months."""

    def __init__(
        self,
        weeks: int,
        width: int,
        height: int,
        *,
        top: float,
        ahead: Ahead | None,
        marks: Places,
        label: Label | None,
    ) -> None:
        self.weeks = weeks
        self.top = top
        self.ahead = ahead or Ahead()
        self.coming = self.ahead.weeks(weeks)
        self.marks = [mark for mark in marks if 0 <= mark[0] < weeks]

        # The rows below the plot: months, and milestones with their names.
        self.base = 0
        if height >= 4:
            self.base = 2 if self.marks and height >= NAMED_FROM else 1
        self.height = max(0, height - self.base)

        self.texts = [""] * max(0, height)
        if label and self.height > 1:
            self.texts[0] = label(top)
            self.texts[self.height - 1] = label(0.0)
        self.gutter = gutter_width(width, self.texts) if label else 0

        self.canvas = Canvas(width - self.gutter, height)
        self.past = self._count_past_columns()
        self.places = sample_values(weeks, self.past)

    def _count_past_columns(self) -> int:
        """Count the columns that the past weeks get: as wide a week as one to come."""
        whole = self.canvas.width
        if not self.coming or not self.weeks:
            return whole
        return max(1, round(whole * self.weeks / (self.weeks + self.coming)))

    def row(self, value: float) -> int:
        return self.base + row_of(value, 0.0, self.top, self.height)

    def column_at(self, place: int) -> int:
        """Return the column of a week: of one to come, where the index passes the past ones."""
        if place < self.weeks:
            return column_of(place, self.weeks, self.past)
        return self.column_ahead(place - self.weeks + 1)

    def column_ahead(self, weeks: int) -> int:
        """Return the column of a coming week, the first of which is 1."""
        last_column = self.canvas.width - self.past - 1
        last_week = max(1, self.coming - 1)
        return self.past + round((weeks - 1) * last_column / last_week)

    def draw_ahead(self, unit: float) -> None:
        """Draw fan, line and goal, ``unit`` steps of them as high as 1 of the scale."""
        room = self.canvas.width - self.past
        if not self.weeks or not self.coming or room <= 0:
            return
        self._draw_fan(unit, room)
        if self.ahead.leads:
            self._draw_lead(unit, room)
        goal = self.ahead.goal
        if goal is not None and 0 < goal <= self.coming:
            column = self.column_ahead(goal)
            for row in range(self.base, self.base + self.height):
                if self.canvas.at(column, row) != MEDIAN:
                    self.canvas.put(column, row, GOAL, "goal")

    def _week_at(self, column: int, room: int) -> int:
        """Return the coming week, from 1, that a column after the past ones shows."""
        return 1 + round(column * max(0, self.coming - 1) / max(1, room - 1))

    def _draw_fan(self, unit: float, room: int) -> None:
        """Draw the fan up to the week in which its last course has made all its steps."""
        fan = self.ahead.fan
        arrivals = [fan.arrival(level) for level in range(5)]
        drawn = 0
        for column in range(room):
            week = self._week_at(column, room)
            if drawn < len(fan.weeks):
                levels = fan.weeks[min(week, len(fan.weeks)) - 1]
                rows = [self.row(steps / unit) for steps in levels]
                passed = [bool(at and drawn >= at) for at in arrivals]
                self._draw_fan_column(self.past + column, rows, passed)
            drawn = week

    def _draw_fan_column(
        self,
        column: int,
        rows: Sequence[int],
        passed: Sequence[bool],
    ) -> None:
        """Draw a week of the fan; a band ends with the week in which it has made all its steps."""
        highest, high, middle, low, lowest = rows
        for row in range(lowest, highest + 1):
            self.canvas.put(column, row, OUTER, "forecast")
        if not passed[3]:
            for row in range(low, high + 1):
                self.canvas.put(column, row, INNER, "forecast")
        if not passed[2]:
            self.canvas.put(column, middle, MEDIAN, "forecast")

    def _draw_lead(self, unit: float, room: int) -> None:
        """Draw the even way from where the steps are now to the goal."""
        for column in range(room):
            week = self._week_at(column, room)
            if week > (self.ahead.goal or 0):
                return
            row = self.row(self.ahead.needed_by(week) / unit)
            if self.canvas.at(self.past + column, row) != MEDIAN:
                self.canvas.put(self.past + column, row, LEAD, "goal")

    def finish(self, ticks: Places) -> Drawing:
        """Draw milestones, months and axis, and return the whole."""
        if self.base:
            if self.coming and self.weeks:
                self.canvas.put(self.past - 1, 0, NOW, "quiet")
            self._draw_marks()
            for place, text in ticks:
                if 0 <= place < self.weeks + self.coming:
                    column = self.column_at(place)
                    self.canvas.write_if_free(column, 0, text, "quiet")
        return with_gutter(self.canvas.drawing(), self.texts, self.gutter)

    def _draw_marks(self) -> None:
        """Draw the milestones, with as much of each name as there is room for before the next one."""
        row = self.base - 1
        columns = [self.column_at(place) for place, _ in self.marks]
        ends = [*columns, self.canvas.width + 1][1:]
        names = [name for _, name in self.marks]
        for name, column, end in zip(names, columns, ends, strict=True):
            self.canvas.put(column, row, MARK, "goal")
            room = end - column - 3
            if self.base > 1 and room > 2:
                text = fit_text(name, room)
                self.canvas.write(column + 2, row, text, "quiet")
