"""Where the city stands, how it moves, and what wants attention."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from screens.frame import TrackerScreen, bindings_for
from screens.widgets.greeting import greeting
from screens.widgets.lines import Item, LineList


class OverviewScreen(TrackerScreen):
    """The first screen."""

    place = "overview"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("overview")

    def body(self) -> Iterable[Widget]:
        """Return the list of what moved and what wants attention."""
        yield LineList(id="attention")

    def show(self) -> None:
        """Show the lines."""
        state = self.state
        view = self.query_one("#attention", LineList)
        if state.empty:
            view.show(greeting(state.language, state.register.the_city.name))
            return
        view.show([Item(((row.service.name, ""),), f"service:{row.key}") for row in state.services()])
