"""The cumulative flow of the three stages, with milestones, the goal's line and the forecast's fan."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from screens.figures.scoped import ScopeFigures
from screens.widgets.paint import (
    Line,
    Picture,
    Piece,
    safe_line,
    spread,
    width_of,
)
from tracker.drawing import (
    INNER,
    LEAD,
    MEDIAN,
    NAMED_FROM,
    OUTER,
    Ahead,
    Drawing,
    Fan,
    Places,
    draw_burn_up,
    draw_cumulative_flow,
)
from tracker.language import Language
from tracker.metrics.values import Series
from tracker.model import Milestone
from tracker.week import Week

WINDOWS: Sequence[tuple[int, int] | None] = (
    (26, 13),
    (52, 26),
    (104, 52),
    None,
)
"""Weeks back and ahead that can be drawn, closest first; None for all of them."""
_AROUND = 2
"""Lines that are no chart: what the weeks brought, and what the signs mean."""


class FlowChart(Picture):
    """One scope's flow; empty until it is given one."""

    scoped: ScopeFigures | None = None
    language: Language
    milestones: Sequence[Milestone] = ()
    burning_up = False
    window = 1
    """Which of ``WINDOWS`` is drawn."""

    def toggle_view(self) -> None:
        """Draw steps made against steps to make in place of the stages, or the stages again."""
        self.burning_up = not self.burning_up
        self.redraw()

    def widen(self, step: int) -> None:
        """Draw more weeks (a positive step) or fewer."""
        self.window = max(0, min(len(WINDOWS) - 1, self.window + step))
        self.redraw()

    def _first_drawn(self, series: Series) -> int:
        """Return the index of the first week drawn."""
        start, window = series.start or 0, WINDOWS[self.window]
        return (
            start
            if window is None
            else max(start, len(series.weeks) - 1 - window[0])
        )

    def _ahead_drawn(self, ahead: Ahead) -> Ahead:
        """Return what lies ahead within the window; of a goal beyond it the way there is drawn."""
        window = WINDOWS[self.window]
        if window is None:
            return ahead
        weeks = ahead.fan.weeks[: window[1]]
        return replace(ahead, fan=Fan(weeks, ahead.fan.all), most=window[1])

    def show(
        self,
        scoped: ScopeFigures | None,
        milestones: Sequence[Milestone],
        language: Language,
    ) -> None:
        """Show a scope, or nothing."""
        self.scoped, self.milestones, self.language = (
            scoped,
            milestones,
            language,
        )
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return a line of words, then the chart, then the weeks under it."""
        if (
            self.scoped is None
            or self.scoped.series.start is None
            or height < 4
        ):
            return ()
        series, ahead = self.scoped.series, self._ahead_drawn(self.scoped.ahead)
        chart = self._chart(series, ahead, width - 1, height - _AROUND)
        weeks = self._week_line(series, ahead, width)
        return [
            self._legend_pieces(series),
            *([(" ", ""), *row] for row in chart),
            weeks,
        ]

    def _chart(
        self,
        series: Series,
        ahead: Ahead,
        width: int,
        height: int,
    ) -> Drawing:
        start = self._first_drawn(series)
        weeks = series.weeks[start:]
        extent: dict[str, Any] = {
            "ahead": ahead,
            "marks": _place_milestones(self.milestones, weeks),
            "ticks": self._month_ticks(weeks, ahead.weeks(len(weeks))),
            "label": self._number_pieces,
        }
        places = range(start, len(series.weeks))
        if self.burning_up:
            done = [float(series.points(place)) for place in places]
            scope = [2.0 * series.services(place) for place in places]
            return draw_burn_up(done, scope, width, height, **extent)

        counts = [
            (
                series.conventional[place],
                series.online[place],
                series.integrated[place],
            )
            for place in places
        ]
        return draw_cumulative_flow(counts, width, height, **extent)

    def _month_ticks(self, weeks: Sequence[Week], coming: int) -> Places:
        """Return the weeks in which a month begins: years first, since those are wanted most."""
        first, years, months = weeks[0], [], []
        for place in range(len(weeks) + coming):
            sunday = first.plus(place).sunday
            if sunday.day > 7:
                continue
            if sunday.month == 1:
                years.append((place, self.language.date(sunday, "year")))
            else:
                months.append((place, self.language.date(sunday, "month_name")))
        return [*years, *months]

    def _number_pieces(self, value: float) -> str:
        return self.language.number(value, 0)

    def _legend_pieces(self, series: Series) -> list[Piece]:
        """Return what the weeks brought; nothing in the first."""
        first = self._first_drawn(series)
        last = len(series.weeks) - 1
        weeks = last - first
        if not weeks:
            return []
        if self.burning_up:
            said = self.language.plural(
                "{n} week: {before} to {after} of {every} steps made",
                "{n} weeks: {before} to {after} of {every} steps made",
                weeks,
                before=series.points(first),
                after=series.points(last),
                every=2 * series.services(last),
            )
            return [(f" {said}", "quiet")]
        said = self.language.plural(
            "{n} week: integrated from {before} to {after} of {every} services",
            "{n} weeks: integrated from {before} to {after} of {every} services",
            weeks,
            before=series.integrated[first],
            after=series.integrated[-1],
            every=series.services(last),
        )
        return [(f" {said}", "quiet")]

    def _week_line(
        self,
        series: Series,
        ahead: Ahead,
        width: int,
    ) -> list[Piece]:
        """Return which weeks are drawn and what the signs mean, as long as there is room for."""
        first, last, text = (
            series.weeks[self._first_drawn(series)],
            series.weeks[-1],
            self.language.text,
        )
        signs, fan = self._sign_legend(series, ahead), _fan_signs(ahead)
        named: list[Piece] = (
            [(text("Forecast") + " ", "quiet"), *fan] if fan else []
        )
        left, legend = f" {first} – {last}", [*signs, *named]
        if len(left) + width_of(legend) >= width:
            legend = [*signs, *fan]
        if len(left) + width_of(legend) >= width:
            left = f" {first} –"
        return spread([(left, "quiet")], legend, width)

    def _sign_legend(self, series: Series, ahead: Ahead) -> list[Piece]:
        text = self.language.text
        weeks = series.weeks[self._first_drawn(series) :]
        coming = ahead.weeks(len(weeks))
        pieces: list[Piece] = []
        if self._leaves_names_out and _place_milestones(self.milestones, weeks):
            pieces += [("◆ ", "goal"), (text("milestone") + "  ", "quiet")]
        if ahead.leads and coming:
            pieces += [
                (f"{LEAD} ", "goal"),
                (text("to the goal") + "  ", "quiet"),
            ]
        elif 0 < (ahead.goal or 0) <= coming:
            pieces += [("┊ ", "goal"), (text("goal") + "  ", "quiet")]
        return pieces

    @property
    def _leaves_names_out(self) -> bool:
        """Whether there is no room for the names of milestones."""
        return self.size.height - _AROUND < NAMED_FROM


def _fan_signs(ahead: Ahead) -> list[Piece]:
    """Return the signs of the fan with the chances between which each band lies."""
    if not ahead.fan.weeks:
        return []
    bands = ((MEDIAN, "50%"), (INNER, "15–85%"), (OUTER, "5–95%"))
    return [
        piece
        for sign, chances in bands
        for piece in ((f"{sign} ", "forecast"), (f"{chances} ", "quiet"))
    ]


def _place_milestones(
    milestones: Sequence[Milestone],
    weeks: Sequence[Week],
) -> Places:
    """Return the milestones of the weeks drawn by their index in them, those of one week together."""
    names: dict[int, list[str]] = {}
    for milestone in sorted(milestones, key=lambda one: one.on):
        place = weeks[0].until(Week.of(milestone.on))
        if 0 <= place < len(weeks):
            names.setdefault(place, []).append(safe_line(milestone.text))
    return [(place, "; ".join(found)) for place, found in names.items()]
