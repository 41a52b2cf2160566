"""The services in a table: the way to one of them."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from screens.base_screen import bindings_for
from screens.empty_state import NO_SERVICES, ListScreen, empty_state_lines
from screens.navigation import ServicePage
from screens.rows import ServiceRow
from screens.selection import Selection, select_destinations
from screens.services.closed import ClosedRow
from screens.services.columns import closed_columns, service_columns
from screens.signs import signs_in_words
from screens.widgets.detail import Detail
from screens.widgets.lines import LineView
from screens.widgets.paint import safe_line
from screens.widgets.table import Column, Table


class ServicesScreen(ListScreen):
    """The fourth screen."""

    screen_name = "services"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("services")

    def compose_body(self) -> Iterable[Widget]:
        """Return the table, and the service under the cursor in full."""
        yield from super().compose_body()
        yield Detail()

    def create_list(self) -> Table[Any]:
        """Return the table."""
        self.table: Table[ServiceRow | ClosedRow] = Table(
            lambda row: ServicePage(row.key), id="services"
        )
        self.table.sorted_by, self.table.reversed = "burden", True
        return self.table

    def show_state(self) -> None:
        """Show the services that the filter lets through, or where it asks for them the closed ones."""
        state, closed = self.state, "closed" in self.state.filter.flags
        rows: Sequence[ServiceRow | ClosedRow] = (
            state.filtered_closed() if closed else state.filtered_services()
        )
        none = (
            ()
            if rows
            else empty_state_lines(
                state, NO_SERVICES, ("add_service", "import")
            )
        )
        columns: Sequence[Column[Any]] = (
            closed_columns(state.language) if closed else service_columns(state)
        )
        self.table.show(rows, columns)
        self.show_empty_state(none)
        self._show_detail()

    def on_line_view_moved(self, event: LineView.Moved) -> None:
        """Tell of another service."""
        self._show_detail()

    def _show_detail(self) -> None:
        """Tell under the table the signs of the service under the cursor in words, and its whole name."""
        detail, row = self.query_one(Detail), self.table.row
        detail.display = isinstance(row, ServiceRow)
        if isinstance(row, ServiceRow):
            words = "".join(
                f" {word} " for word in signs_in_words(row, self.state.language)
            )
            detail.show(
                (
                    (
                        (words, "warn"),
                        (f" {safe_line(row.service.name)}", ""),
                        (f"  {safe_line(row.opd.name)}", "quiet"),
                    ),
                )
            )

    def current_selection(self) -> Selection:
        """Return the marked services, or the one under the cursor."""
        return select_destinations(self.table.chosen_keys())
