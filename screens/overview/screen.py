"""Where the city stands, how it moves, and what wants attention."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widget import Widget

from screens.base_screen import TrackerScreen, bindings_for
from screens.empty_state import progress_items
from screens.figures.background_result import BackgroundResult
from screens.figures.brief import brief_lines
from screens.figures.filtered import (
    FilteredFigures,
    measure_filtered,
    scope_line,
)
from screens.figures.standing import standing_lines
from screens.figures.weeks import Weeks
from screens.filter import NO_FILTER, Filter
from screens.overview.attention import attention_items
from screens.overview.first_weeks import is_young
from screens.overview.opening import opening_figures
from screens.selection import Selection, select_destinations
from screens.state import DayView
from screens.widgets.detail import Fitted
from screens.widgets.flow_chart import FlowChart
from screens.widgets.greeting import greeting_items
from screens.widgets.lines import LineList
from screens.widgets.paint import Line
from tracker.metrics.opening import read_opening

_SHOWN, _SHOWN_HIGH = 3, 5
_TYPED = 0.1
"""Seconds in which another letter of a filter may be typed before its figures are worked out."""


class OverviewScreen(TrackerScreen):
    """The first screen: figures and chart, and lines that open what they speak of."""

    screen_name = "overview"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("overview")

    def __init__(self) -> None:
        super().__init__()
        self.charting = False
        self.figures: BackgroundResult[Filter, FilteredFigures] = (
            BackgroundResult(self, measure_filtered, _TYPED)
        )

    def compose_body(self) -> Iterable[Widget]:
        """Return the figures, the chart and the list."""
        city = Vertical(Fitted(id="standing"), FlowChart(), id="city")
        yield Container(city, LineList(id="attention"), id="overview")

    def show_state(self) -> None:
        """Show the figures that are worked out, and the lines."""
        state, view = self.state, self.query_one("#attention", LineList)
        city = self.query_one("#city")
        city.display = not state.empty
        city.set_class(self.is_brief, "-brief")
        city.set_class(bool(state.filter), "-scoped")
        if state.empty:
            view.show(
                greeting_items(state.language, state.register.only_city.name)
            )
            return
        facts = state.measured
        if facts is None:
            view.show(progress_items(state.language))
            return
        self._show_figures(facts)
        self._show_attention(facts)

    def _show_attention(self, facts: DayView) -> None:
        """Show the lines, as many as there is room for, and of each matter a few where there is little."""
        view = self.query_one("#attention", LineList)
        least = _SHOWN_HIGH if self.size.height >= 36 else _SHOWN
        view.show(
            attention_items(
                self.state, facts, least, view.size.width - 1, view.size.height
            )
        )

    def on_resize(self) -> None:
        """Lay out figures and lines for the room there is now."""
        self.call_after_refresh(self.show_state)

    def _fit_attention(self) -> None:
        facts = self.state.measured
        if facts is not None and not self.state.empty:
            self._show_attention(facts)

    def _show_figures(self, facts: DayView) -> None:
        """Show the figures of what the filter lets through; nobody else's while they are worked out."""
        state = self.state
        found = (
            self.figures.get(facts, state.filter)
            if state.filter
            else measure_filtered(facts, NO_FILTER)
        )
        city = facts.register.only_city
        head = scope_line(found, state)

        def lines(width: int) -> Sequence[Line]:
            if found is None:
                return [head]
            figures, weeks = (
                found.shown.figures,
                Weeks(found.shown.series, facts.now),
            )
            if city.in_opening:
                status = read_opening(facts.register, facts.today)
                opening = opening_figures(
                    figures, status, state.language, width
                )
                return [head, *opening] if state.filter else opening
            if self.is_brief:
                brief = brief_lines(
                    figures,
                    city.goal,
                    state.language,
                    width,
                    weeks,
                    moves=found.moves,
                )
                return [head, *brief] if state.filter else brief
            lines = standing_lines(
                figures,
                city.goal,
                state.language,
                width,
                weeks,
                moves=found.moves,
                high=self.has_class("-wide"),
            )
            return [head, *lines]

        self.query_one("#standing", Fitted).show(lines)
        young = is_young(facts) and not self.charting
        self.query_one("#city").set_class(young, "-young")
        milestones = list(facts.register.milestones.values())
        self.query_one(FlowChart).show(
            found.charted if found else None, milestones, state.language
        )

    def current_selection(self) -> Selection:
        """Return the OPD or the service that the line under the cursor speaks of."""
        view = self.query_one("#attention", LineList)
        return select_destinations([] if view.key is None else [view.key])

    @property
    def is_brief(self) -> bool:
        """Whether the figures take three lines, so that the list has the room."""
        roomy = self.has_class("-wide") or self.has_class("-high")
        return not (roomy or self.charting)

    def do_chart(self) -> None:
        """Show the chart, then draw it the other way; where it costs the list its room, then hide it."""
        chart = self.query_one(FlowChart)
        if self.is_brief or self.query_one("#city").has_class("-young"):
            self.charting = True
        else:
            chart.toggle_view()
            self.charting = self.charting and chart.burning_up
        self.show_state()
        self.call_after_refresh(self._fit_attention)
