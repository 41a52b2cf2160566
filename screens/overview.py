"""Where the city stands, how it moves, and what wants attention."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widget import Widget

from screens.attention import attention_items
from screens.frame import TrackerScreen, bindings_for
from screens.selection import Selection
from screens.standing import standing_lines
from screens.state import Facts
from screens.widgets.flow_chart import FlowChart
from screens.widgets.greeting import greeting
from screens.widgets.lines import Item, LineList
from screens.widgets.paint import Line, Picture
from tracker.language import Language
from tracker.metrics.values import Figures, Series

_SHOWN, _SHOWN_HIGH = 3, 5


class Standing(Picture):
    """The figures of a scope in a few lines."""

    figures: Figures | None = None
    series: Series | None = None
    language: Language
    facts: Facts

    def show(self, figures: Figures, facts: Facts, language: Language, series: Series | None = None) -> None:
        """Show a scope's figures, with ``series`` also the steps of its last weeks."""
        self.figures, self.facts, self.language, self.series = figures, facts, language, series
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the lines."""
        if self.figures is None:
            return ()
        goal = self.facts.register.the_city.goal
        return standing_lines(self.figures, goal, self.language, width, self.series)


class OverviewScreen(TrackerScreen):
    """The first screen: figures and chart, and lines that open what they speak of."""

    place = "overview"
    CSS_PATH = "overview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("overview")

    def body(self) -> Iterable[Widget]:
        """Return the figures, the chart and the list."""
        yield Container(Vertical(Standing(), FlowChart(), id="city"), LineList(id="attention"), id="overview")

    def show(self) -> None:
        """Show the figures that are worked out, and the lines."""
        state, view = self.state, self.query_one("#attention", LineList)
        self.query_one("#city").display = not state.empty
        if state.empty:
            view.show(greeting(state.language, state.register.the_city.name))
            return
        facts = state.measured
        if facts is None:
            view.show([Item(((" " + self.says("Working out the figures …"), "quiet"),))])
            return
        register, figures = facts.register, facts.figures.city
        self.query_one(Standing).show(figures, facts, state.language)
        milestones = list(register.milestones.values())
        self.query_one(FlowChart).show(facts.city, milestones, state.language)
        view.show(attention_items(state, facts, _SHOWN_HIGH if self.size.height >= 36 else _SHOWN))

    def selection(self) -> Selection:
        """Return the OPD or the service that the line under the cursor speaks of."""
        view = self.query_one("#attention", LineList)
        kind, _, key = (view.key or "").partition(":")
        if kind == "opd":
            return Selection(opds=(key,))
        return Selection(services=(key,)) if kind == "service" else Selection()

    def do_chart(self) -> None:
        """Draw the chart the other way."""
        self.query_one(FlowChart).turn()
