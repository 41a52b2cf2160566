"""The OPDs side by side, as a table or as a heat map of the weeks."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from screens.emptiness import said_of_nothing
from screens.frame import TrackerScreen, bindings_for
from screens.opds.columns import opd_columns, opd_in_full
from screens.opds.heat import heat_columns, heat_in_full
from screens.selection import Selection
from screens.widgets.detail import Detail
from screens.widgets.lines import LineList, LineView
from screens.widgets.table import Table
from tracker.language import N_
from tracker.metrics.values import OPDFigures


class OPDsScreen(TrackerScreen):
    """The second screen."""

    place = "opds"
    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("opds")

    def __init__(self) -> None:
        super().__init__()
        self.heat = False
        self._slowed = False
        self._other_order: tuple[str | None, bool] = ("still", True)

    def body(self) -> Iterable[Widget]:
        """Return the table, and the greeting in its place while there is nothing to show."""
        table: Table[OPDFigures] = Table(lambda opd: opd.key, id="opds")
        table.sorted_by = "name"
        yield table
        yield LineList(id="empty")
        yield Detail()

    @property
    def table(self) -> Table[OPDFigures]:
        """The table."""
        return self.query_one("#opds", Table)

    def show(self) -> None:
        """Show the OPDs that the filter lets through."""
        state, facts = self.state, self.state.measured
        table, empty, rows = self.table, self.query_one("#empty", LineList), state.opds()
        self._order_of_filter()
        nothing = state.empty or (facts is not None and not rows)
        table.display, empty.display = not nothing, nothing
        if nothing:
            empty.show(said_of_nothing(state, N_("There are no OPDs yet."), ("add_opd", "import")))
        elif facts is not None:
            columns = heat_columns(facts, state.language, self.size.width) if self.heat else None
            table.show(rows, columns or opd_columns(facts, state.language))
        if self.focused in (None, table, empty):
            self.set_focus(empty if nothing else table)
        self._tell()

    def _order_of_filter(self) -> None:
        """Put those on top that lost most speed, once they are asked for."""
        slowed = "slowed" in self.state.filter.flags
        if slowed and not self._slowed and not self.heat:
            self.table.sort_by("acceleration", down=False)
        self._slowed = slowed

    def on_line_view_moved(self, event: LineView.Moved) -> None:
        """Tell of another OPD."""
        super().on_line_view_moved(event)
        self._tell()

    def _tell(self) -> None:
        """Tell under the table what the row under the cursor says, the signs of a heat map in words."""
        detail, row = self.query_one(Detail), self.table.row if self.table.display else None
        detail.display = row is not None
        if row is not None:
            tell = heat_in_full if self.heat else opd_in_full
            detail.show((tell(row, self.state.language, self.size.width),))

    def selection(self) -> Selection:
        """Return the marked OPDs, or the one under the cursor."""
        return Selection(opds=tuple(self.table.chosen())) if self.table.display else Selection()

    def do_heat(self) -> None:
        """Turn the table into a heat map of the weeks, or back; each keeps its own order."""
        table, self.heat = self.table, not self.heat
        order, self._other_order = self._other_order, (table.sorted_by, table.reversed)
        table.sorted_by, table.reversed = order
        self.show()
        if self.heat:
            table.move_to(0)

    def on_resize(self) -> None:
        """Show as many weeks of the heat map as there is room for."""
        if self.heat:
            self.show()
        self._tell()

    def opened(self, event: LineView.Opened) -> None:
        """Open an OPD's page, or what a line of the greeting speaks of."""
        self.tracker.open_thing(event.key if event.view.id == "empty" else f"opd:{event.key}")
