"""The OPDs side by side, as a table or as a heat map of the weeks."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from screens.frame import TrackerScreen, bindings_for
from screens.opd_columns import opd_columns
from screens.opd_heat import heat_columns
from screens.selection import Selection
from screens.widgets.greeting import greeting
from screens.widgets.lines import LineList, LineView
from screens.widgets.table import Table
from tracker.metrics.values import OPDFigures


class OPDsScreen(TrackerScreen):
    """The second screen."""

    place = "opds"
    CSS_PATH = "opds.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("opds")

    def __init__(self) -> None:
        super().__init__()
        self.heat = False
        self._other_order: tuple[str | None, bool] = ("still", True)

    def body(self) -> Iterable[Widget]:
        """Return the table, and the greeting in its place while there is nothing to show."""
        table: Table[OPDFigures] = Table(lambda opd: opd.key, id="opds")
        table.sorted_by = "name"
        yield table
        yield LineList(id="empty")

    @property
    def table(self) -> Table[OPDFigures]:
        """The table."""
        return self.query_one("#opds", Table)

    def show(self) -> None:
        """Show the OPDs that the filter lets through."""
        state, facts = self.state, self.state.measured
        empty = self.query_one("#empty", LineList)
        self.table.display, empty.display = not state.empty, state.empty
        if state.empty:
            empty.show(greeting(state.language, state.register.the_city.name))
        elif facts is not None:
            columns = heat_columns(facts, state.language, self.size.width) if self.heat else None
            self.table.show(state.opds(), columns or opd_columns(facts, state.language))

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

    def opened(self, event: LineView.Opened) -> None:
        """Open an OPD's page, or what a line of the greeting speaks of."""
        self.tracker.open_thing(event.key if event.view.id == "empty" else f"opd:{event.key}")
