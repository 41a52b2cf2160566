"""The cumulative flow of the three stages, with milestones, the goal's line and the forecast's fan."""

from collections.abc import Sequence
from datetime import date

from screens.widgets.paint import Line, Picture, Piece, spread
from tracker.drawing import Ahead, Drawing, burn_up, cumulative_flow
from tracker.language import Language
from tracker.metrics.values import Figures, Series
from tracker.model import Milestone
from tracker.week import Week


class FlowChart(Picture):
    """One scope's flow; empty until it is given one."""

    series: Series | None = None
    figures: Figures | None = None
    goal: date | None = None
    language: Language
    milestones: Sequence[Milestone] = ()
    burning_up = False

    def turn(self) -> None:
        """Draw steps made against steps to make in place of the stages, or the stages again."""
        self.burning_up = not self.burning_up
        self.redraw()

    def show(
        self,
        series: Series,
        figures: Figures,
        goal: date | None,
        milestones: Sequence[Milestone],
        language: Language,
    ) -> None:
        """Show a scope."""
        self.series, self.figures, self.goal = series, figures, goal
        self.milestones, self.language = milestones, language
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return a line of words, then the chart, then the weeks under it."""
        series = self.series
        if series is None or series.start is None or self.figures is None or height < 4:
            return ()
        chart = self._chart(series, series.start, self.figures, width - 1, height - 2)
        return [self._words(series), *([(" ", ""), *row] for row in chart), self._weeks(series, width)]

    def _chart(self, series: Series, start: int, figures: Figures, width: int, height: int) -> Drawing:
        ahead = ahead_of(figures, self.goal, series.weeks[-1])
        marks = _places(self.milestones, series.weeks[start:])
        if not self.burning_up:
            counts = list(zip(series.conventional, series.online, series.integrated, strict=True))
            return cumulative_flow(
                counts[start:], width, height, ahead=ahead, marks=marks, label=self._number
            )
        weeks = range(start, len(series.weeks))
        done = [float(series.points(place)) for place in weeks]
        scope = [2.0 * series.services(place) for place in weeks]
        return burn_up(done, scope, width, height, ahead=ahead, marks=marks, label=self._number)

    def _number(self, value: float) -> str:
        return self.language.number(value, 0)

    def _words(self, series: Series) -> list[Piece]:
        first = series.start or 0
        last = len(series.weeks) - 1
        weeks = last - first
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

    def _weeks(self, series: Series, width: int) -> list[Piece]:
        text = self.language.text
        legend: list[Piece] = [("◆ ", "goal"), (text("milestone") + "  ", "quiet")]
        ahead = ahead_of(self.figures, self.goal, series.weeks[-1]) if self.figures else Ahead()
        if ahead.goal is not None and 0 < ahead.goal <= ahead.weeks(len(series.weeks) - (series.start or 0)):
            legend += [("┊ ", "goal"), (text("goal") + "  ", "quiet")]
        legend += [("•∘· ", "forecast"), (text("done by, 50, 85 and 95%") + " ", "quiet")]
        return spread([(f" {series.weeks[series.start or 0]} – {series.weeks[-1]}", "quiet")], legend, width)


def ahead_of(figures: Figures, goal: date | None, last: Week) -> Ahead:
    """Return goal and forecast in weeks from the last week drawn."""

    def weeks(day: date | None) -> int | None:
        return None if day is None else last.until(Week.of(day))

    forecast = figures.forecast
    return Ahead(weeks(goal), weeks(forecast.p50), weeks(forecast.p85), weeks(forecast.p95))


def _places(milestones: Sequence[Milestone], weeks: Sequence[Week]) -> list[int]:
    if not weeks:
        return []
    places = (weeks[0].until(Week.of(milestone.on)) for milestone in milestones)
    return sorted({place for place in places if 0 <= place < len(weeks)})
