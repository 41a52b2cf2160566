"""The services in a table: the way to one of them."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import BindingType

from screens.emptiness import NO_SERVICES, ListScreen, said_of_nothing
from screens.frame import bindings_for
from screens.rows import ServiceRow
from screens.selection import Selection
from screens.service_columns import service_columns
from screens.widgets.table import Table


class ServicesScreen(ListScreen):
    """The fourth screen."""

    place = "services"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("services")

    def listing(self) -> Table[Any]:
        """Return the table."""
        self.table: Table[ServiceRow] = Table(lambda row: row.key, id="services")
        self.table.sorted_by = "name"
        return self.table

    def show(self) -> None:
        """Show the services that the filter lets through."""
        rows: Sequence[ServiceRow] = self.state.services()
        none = () if rows else said_of_nothing(self.state, NO_SERVICES, ("add_service", "import"))
        self.table.show(rows, service_columns(self.state))
        self.say_nothing(none)

    def opens(self, key: str) -> str:
        """Return that a row opens its service."""
        return f"service:{key}"

    def selection(self) -> Selection:
        """Return the marked services, or the one under the cursor."""
        return Selection(services=tuple(self.table.chosen()))
