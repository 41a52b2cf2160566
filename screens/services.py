"""The services in a table: the way to one of them."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import BindingType

from screens.closed import ClosedRow, closed_columns
from screens.emptiness import NO_SERVICES, ListScreen, said_of_nothing
from screens.frame import bindings_for
from screens.rows import ServiceRow
from screens.selection import Selection
from screens.service_columns import service_columns
from screens.widgets.table import Column, Table


class ServicesScreen(ListScreen):
    """The fourth screen."""

    place = "services"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("services")

    def listing(self) -> Table[Any]:
        """Return the table."""
        self.table: Table[ServiceRow | ClosedRow] = Table(lambda row: row.key, id="services")
        self.table.sorted_by = "name"
        return self.table

    def show(self) -> None:
        """Show the services that the filter lets through, or where it asks for them the closed ones."""
        state, closed = self.state, "closed" in self.state.filter.flags
        rows: Sequence[ServiceRow | ClosedRow] = state.closed() if closed else state.services()
        none = () if rows else said_of_nothing(state, NO_SERVICES, ("add_service", "import"))
        columns: Sequence[Column[Any]] = closed_columns(state.language) if closed else service_columns(state)
        self.table.show(rows, columns)
        self.say_nothing(none)

    def opens(self, key: str) -> str:
        """Return that a row opens its service."""
        return f"service:{key}"

    def selection(self) -> Selection:
        """Return the marked services, or the one under the cursor."""
        return Selection(services=tuple(self.table.chosen()))
