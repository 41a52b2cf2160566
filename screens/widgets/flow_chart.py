"""The cumulative flow of the three stages, with milestones, the goal's line and the forecast's fan."""

from collections.abc import Sequence

from screens.figures.scoped import ScopeFigures
from screens.widgets.paint import Line, Picture, Piece, spread, width_of
from tracker.drawing import (
    INNER,
    MEDIAN,
    OUTER,
    Ahead,
    Drawing,
    Fan,
    burn_up,
    cumulative_flow,
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
        """Return what lies ahead within the window; a goal beyond it is not drawn."""
        window = WINDOWS[self.window]
        if window is None:
            return ahead
        goal = (
            ahead.goal
            if ahead.goal is not None and ahead.goal <= window[1]
            else None
        )
        return Ahead(goal, Fan(ahead.fan.weeks[: window[1]], ahead.fan.all))

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
        chart = self._chart(series, ahead, width - 1, height - 2)
        weeks = self._week_line(series, ahead, width)
        return [
            self._legend_pieces(series),
            *([(" ", ""), *row] for row in chart),
            weeks,
        ]

    def _chart(
        self, series: Series, ahead: Ahead, width: int, height: int
    ) -> Drawing:
        start = self._first_drawn(series)
        marks = _sampled_indexes(self.milestones, series.weeks[start:])
        if not self.burning_up:
            counts = list(
                zip(
                    series.conventional,
                    series.online,
                    series.integrated,
                    strict=True,
                )
            )
            return cumulative_flow(
                counts[start:],
                width,
                height,
                ahead=ahead,
                marks=marks,
                label=self._number_pieces,
            )
        weeks = range(start, len(series.weeks))
        done = [float(series.points(place)) for place in weeks]
        scope = [2.0 * series.services(place) for place in weeks]
        return burn_up(
            done,
            scope,
            width,
            height,
            ahead=ahead,
            marks=marks,
            label=self._number_pieces,
        )

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
        self, series: Series, ahead: Ahead, width: int
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
        text, weeks = (
            self.language.text,
            series.weeks[self._first_drawn(series) :],
        )
        pieces: list[Piece] = []
        if _sampled_indexes(self.milestones, weeks):
            pieces += [("◆ ", "goal"), (text("milestone") + "  ", "quiet")]
        if 0 < (ahead.goal or 0) <= ahead.weeks(len(weeks)):
            pieces += [("┊ ", "goal"), (text("goal") + "  ", "quiet")]
        return pieces


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


def _sampled_indexes(
    milestones: Sequence[Milestone], weeks: Sequence[Week]
) -> list[int]:
    if not weeks:
        return []
    places = (weeks[0].until(Week.of(milestone.on)) for milestone in milestones)
    return sorted({place for place in places if 0 <= place < len(weeks)})
