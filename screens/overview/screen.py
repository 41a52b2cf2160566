"""The overview: the city's figures and chart, and what needs attention."""

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
from tracker.metrics.values import CITY

_SHOWN, _SHOWN_HIGH = 3, 5
_TYPED = 0.1
"""Seconds without another letter of a filter before its figures are computed."""


class OverviewScreen(TrackerScreen):
    """The first screen: figures, chart, and lines that open what they are about."""

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
                greeting_items(state.language, state.register.only_city.name),
            )
            return
        facts = state.measured
        if facts is None:
            view.show(progress_items(state.language))
            return
        self._show_figures(facts)
        self._show_attention(facts)

    def _show_attention(self, facts: DayView) -> None:
        """Show as many lines as fit, but at least a few of each matter."""
        view = self.query_one("#attention", LineList)
        least = _SHOWN_HIGH if self.size.height >= 36 else _SHOWN
        width, height = view.size.width - 1, view.size.height
        items = attention_items(self.state, facts, least, width, height)
        view.show(items)

    def on_resize(self) -> None:
        """Lay out figures and lines for the room there is now."""
        self.call_after_refresh(self.show_state)

    def _fit_attention(self) -> None:
        facts = self.state.measured
        if facts is not None and not self.state.empty:
            self._show_attention(facts)

    def _show_figures(self, facts: DayView) -> None:
        """Show the figures of what matches the filter; none until they are computed."""
        state = self.state
        if state.filter:
            found = self.figures.get(facts, state.filter)
        else:
            found = measure_filtered(facts, NO_FILTER)

        head = scope_line(found, state)
        in_opening = facts.register.only_city.in_opening

        def lines(width: int) -> Sequence[Line]:
            if found is None:
                return [head]
            figures = self._figure_lines(found, facts, width)
            # Short figures need no head that says "the whole city".
            is_short = self.is_brief or in_opening
            return (
                figures if is_short and not state.filter else [head, *figures]
            )

        self.query_one("#standing", Fitted).show(lines)
        young = is_young(facts) and not self.charting
        self.query_one("#city").set_class(young, "-young")
        milestones = list(facts.register.milestones.values())
        self.query_one(FlowChart).show(
            found.charted if found else None,
            milestones,
            state.language,
        )

    def _figure_lines(
        self,
        found: FilteredFigures,
        facts: DayView,
        width: int,
    ) -> Sequence[Line]:
        """Return the figures: of the opening, in brief, or at length."""
        language, city = self.language, facts.register.only_city
        figures = found.shown.figures
        if city.in_opening:
            status = read_opening(facts.register, facts.today)
            return opening_figures(figures, status, language, width)

        weeks = Weeks(found.shown.series, facts.now)
        is_city = found.scope == CITY
        outcome = facts.figures.goal_outcome if is_city else None
        if self.is_brief:
            return brief_lines(
                figures,
                city.goal,
                language,
                width,
                weeks,
                moves=found.moves,
                outcome=outcome,
            )
        return standing_lines(
            figures,
            city.goal,
            language,
            width,
            weeks,
            moves=found.moves,
            high=self.has_class("-wide"),
            outcome=outcome,
        )

    def current_selection(self) -> Selection:
        """Return the OPD or the service that the line under the cursor is about."""
        view = self.query_one("#attention", LineList)
        return select_destinations([] if view.key is None else [view.key])

    @property
    def is_brief(self) -> bool:
        """Whether the figures take three lines, so that the list has the room."""
        roomy = self.has_class("-wide") or self.has_class("-high")
        return not (roomy or self.charting)

    def do_chart(self) -> None:
        """Show the chart, then its other view; then hide it if the list needs the room."""
        chart = self.query_one(FlowChart)
        if self.is_brief or self.query_one("#city").has_class("-young"):
            self.charting = True
        else:
            chart.toggle_view()
            self.charting = self.charting and chart.burning_up
        self.show_state()
        self.call_after_refresh(self._fit_attention)
