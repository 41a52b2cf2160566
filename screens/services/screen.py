"""The services in a table: the way to one of them."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from screens.base_screen import bindings_for
from screens.empty_state import NO_SERVICES, ListScreen, empty_state_lines
from screens.rows import ServiceRow
from screens.selection import Selection
from screens.services.closed import ClosedRow
from screens.services.columns import closed_columns, service_columns
from screens.signs import signs_in_words
from screens.widgets.detail import Detail
from screens.widgets.lines import LineView
from screens.widgets.paint import data
from screens.widgets.table import Column, Table


class ServicesScreen(ListScreen):
    """The fourth screen."""

    place = "services"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("services")

    def body(self) -> Iterable[Widget]:
        """Return the table, and the service under the cursor in full."""
        yield from super().body()
        yield Detail()

    def listing(self) -> Table[Any]:
        """Return the table."""
        self.table: Table[ServiceRow | ClosedRow] = Table(
            lambda row: row.key, id="services"
        )
        self.table.sorted_by = "name"
        return self.table

    def show(self) -> None:
        """Show the services that the filter lets through, or where it asks for them the closed ones."""
        state, closed = self.state, "closed" in self.state.filter.flags
        rows: Sequence[ServiceRow | ClosedRow] = (
            state.closed() if closed else state.services()
        )
        none = (
            ()
            if rows
            else empty_state_lines(state, NO_SERVICES, ("add_service", "import"))
        )
        columns: Sequence[Column[Any]] = (
            closed_columns(state.language) if closed else service_columns(state)
        )
        self.table.show(rows, columns)
        self.say_nothing(none)
        self._tell()

    def on_line_view_moved(self, event: LineView.Moved) -> None:
        """Tell of another service."""
        self._tell()

    def _tell(self) -> None:
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
                        (f" {data(row.service.name)}", ""),
                        (f"  {data(row.opd.name)}", "quiet"),
                    ),
                )
            )

    def opens(self, key: str) -> str:
        """Return that a row opens its service."""
        return f"service:{key}"

    def selection(self) -> Selection:
        """Return the marked services, or the one under the cursor."""
        return Selection(services=tuple(self.table.chosen()))
