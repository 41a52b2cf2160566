"""One OPD: its figures, its services by stage, its obstacles and its timeline."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widget import Widget

from screens.base_screen import TrackerScreen, bindings_for
from screens.empty_state import empty_state_lines
from screens.figures.background_result import BackgroundResult
from screens.figures.scoped import ScopeFigures
from screens.figures.standing import standing_lines
from screens.figures.weeks import Weeks
from screens.navigation import MissingLine
from screens.opd.lines import opd_items
from screens.opd.missing import fills_by_edit
from screens.opd.why import why_items
from screens.overview.opening import opening_figures
from screens.selection import Selection, select_destinations
from screens.short_names import short_name
from screens.state import DayView
from screens.widgets.detail import Fitted
from screens.widgets.flow_chart import FlowChart
from screens.widgets.lines import Item, LineList, LineView, text_item
from screens.widgets.paint import Line, safe_line, spread
from tracker.labels import kind_word
from tracker.language import N_
from tracker.metrics.flow import find_movements
from tracker.metrics.opening import read_opening
from tracker.metrics.values import Figures, Scope


class OPDScreen(TrackerScreen):
    """The page of the OPD with ``key``."""

    screen_name = "opd"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("opd")

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.charted: BackgroundResult[str, ScopeFigures | None] = (
            BackgroundResult(self, DayView.scope_opd)
        )

    @property
    def page_title(self) -> str:
        """The OPD's short name."""
        opd = self.state.register.opds.get(self.key)
        return short_name(opd) if opd else ""

    def compose_body(self) -> Iterable[Widget]:
        """Return the name, the figures, the chart and the list."""
        yield Fitted(id="title")
        scope = Vertical(Fitted(id="standing"), FlowChart(), id="scope")
        yield Container(scope, LineList(id="things"), id="opd")

    def show_state(self) -> None:
        """Show the OPD as it stands."""
        state, facts = self.state, self.state.measured
        view, opd = (
            self.query_one("#things", LineList),
            state.register.opds.get(self.key),
        )
        if opd is None:
            view.show(
                [
                    text_item(
                        " "
                        + self.translate(
                            "This OPD is no longer in the register.",
                        ),
                        "warn",
                    ),
                ],
            )
            return
        kind = self.translate(kind_word(opd.kind))
        said = [
            (f" {safe_line(opd.name)}", "title"),
            (f"  {opd.code} · {kind}", "quiet"),
        ]
        contact = [(f"  {safe_line(opd.contact)} ", "quiet")]
        self.query_one("#title", Fitted).show(
            lambda width: [spread(said, contact, width)],
        )
        found = facts.opd_figures(self.key) if facts else None
        self.query_one("#scope").display = found is not None
        if facts is not None and found is not None:
            self._show_figures(facts, found.figures)
        moves = find_movements(
            state.register,
            date.min,
            state.today,
            Scope("opd", self.key),
        )
        is_told = facts is not None and not facts.register.only_city.in_opening
        why = (
            why_items(facts, found, moves, state.language)
            if facts and found and is_told
            else []
        )
        view.show(
            [*why, *opd_items(state, self.key, moves)] or self._empty_items(),
        )

    def _empty_items(self) -> Sequence[Item]:
        """Return what is said of an OPD without services, and how to enter the first."""
        return empty_state_lines(
            self.state,
            N_("This OPD has no services yet."),
            ("add_service", "import"),
        )

    def _show_figures(self, facts: DayView, figures: Figures) -> None:
        series, goal, language = (
            facts.series[self.key],
            facts.register.only_city.goal,
            self.language,
        )
        weeks = Weeks(series, facts.now)

        def lines(width: int) -> Sequence[Line]:
            if facts.register.only_city.in_opening:
                opening = read_opening(facts.register, facts.today).only_of(
                    self.key,
                )
                return opening_figures(figures, opening, language, width)
            return standing_lines(
                figures,
                goal,
                language,
                width,
                weeks,
                steps=True,
                high=self.has_class("-wide"),
            )

        self.query_one("#standing", Fitted).show(lines)
        self.query_one(FlowChart).show(
            self.charted.get(facts, self.key),
            (),
            language,
        )

    def current_selection(self) -> Selection:
        """Return this OPD, and the services that are marked or under the cursor."""
        if self.key not in self.state.register.opds:
            return Selection()
        chosen = self.query_one("#things", LineList).chosen_keys()
        return replace(select_destinations(chosen), opds=(self.key,))

    def open_line(self, event: LineView.Opened) -> None:
        """Open the line; of missing data, the dialog that fills it in."""
        if not isinstance(event.key, MissingLine):
            super().open_line(event)
            return
        event.view.unmark()
        self.host.run_command(
            "edit_service" if fills_by_edit(event.key) else "correct",
        )

    def do_chart(self) -> None:
        """Draw the chart the other way."""
        self.query_one(FlowChart).toggle_view()
