"""The OPDs side by side, as a table or as a heat map of the weeks."""

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from screens.base_screen import bindings_for
from screens.empty_state import ListScreen, empty_state_lines, progress_items
from screens.navigation import OPDPage
from screens.opds.columns import opd_columns, opd_detail
from screens.opds.heat import heat_columns, heat_detail
from screens.selection import Selection, select_destinations
from screens.widgets.detail import Detail
from screens.widgets.lines import LineView
from screens.widgets.table import Table
from tracker.language import N_
from tracker.metrics.values import OPDFigures


class OPDsScreen(ListScreen):
    """The second screen."""

    screen_name = "opds"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("opds")

    def __init__(self) -> None:
        super().__init__()
        self.heat = False
        self._slowed = False
        self._other_order: tuple[str | None, bool] = ("still", True)

    def compose_body(self) -> Iterable[Widget]:
        """Return the table, and the OPD under the cursor in full."""
        yield from super().compose_body()
        yield Detail()

    def create_list(self) -> Table[Any]:
        """Return the table."""
        self.table: Table[OPDFigures] = Table(
            lambda opd: OPDPage(opd.key),
            id="opds",
        )
        self.table.sorted_by, self.table.reversed = "pace", True
        return self.table

    def show_state(self) -> None:
        """Show the filtered OPDs."""
        state, facts, rows = (
            self.state,
            self.state.measured,
            self.state.filtered_opds(),
        )
        self._order_of_filter()
        if facts is not None:
            heat = (
                heat_columns(facts, state.language, self.size.width)
                if self.heat
                else None
            )
            by_name = sorted(rows, key=lambda opd: opd.name.casefold())
            self.table.show(by_name, heat or opd_columns(facts, state.language))
        if state.empty or (facts is not None and not rows):
            self.show_empty_state(
                empty_state_lines(
                    state,
                    N_("There are no OPDs yet."),
                    ("add_opd", "import"),
                ),
            )
        else:
            self.show_empty_state(
                () if facts is not None else progress_items(state.language),
            )
        self._show_detail()

    def _order_of_filter(self) -> None:
        """Put those on top that lost most speed, once they are asked for."""
        slowed = "slowed" in self.state.filter.flags
        if slowed and not self._slowed and not self.heat:
            self.table.sort_by("acceleration", down=False)
        self._slowed = slowed

    def on_line_view_moved(self, event: LineView.Moved) -> None:
        """Show the OPD under the cursor in full."""
        self._show_detail()

    def _show_detail(self) -> None:
        """Show the row under the cursor in words below the table, also the signs of a heat map."""
        detail, row = (
            self.query_one(Detail),
            self.table.row if self.table.display else None,
        )
        detail.display = row is not None
        if row is not None:
            tell = heat_detail if self.heat else opd_detail
            detail.show((tell(row, self.language, self.size.width),))

    def current_selection(self) -> Selection:
        """Return the marked OPDs, or the one under the cursor."""
        return (
            select_destinations(self.table.chosen_keys())
            if self.table.display
            else Selection()
        )

    def do_heat(self) -> None:
        """Turn the table into a heat map of the weeks, or back; each keeps its own order."""
        table, self.heat = self.table, not self.heat
        order, self._other_order = (
            self._other_order,
            (table.sorted_by, table.reversed),
        )
        table.sorted_by, table.reversed = order
        self.show_state()
        if self.heat:
            table.move_to(0)

    def on_resize(self) -> None:
        """Show as many weeks of the heat map as there is room for."""
        if self.heat:
            self.show_state()
        self._show_detail()
