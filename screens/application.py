"""The page of one application: its OPD, its integration and its services."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from screens.applications import door_pieces
from screens.base_screen import bindings_for
from screens.empty_state import ListScreen, empty_state_lines
from screens.figures.pieces import counted_stages
from screens.navigation import ServicePage
from screens.rows import ServiceRow, stage_counts
from screens.selection import Selection, select_destinations
from screens.services.columns import service_columns
from screens.widgets.detail import Fitted
from screens.widgets.lines import text_item
from screens.widgets.paint import Line, Piece, safe_line, spread
from screens.widgets.table import Table
from tracker.drawing import stage_bar
from tracker.language import N_
from tracker.model import Application


class ApplicationScreen(ListScreen):
    """The page of the application with ``key``."""

    screen_name = "application"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("application")

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key

    @property
    def page_title(self) -> str:
        """The application's name."""
        application = self.state.register.applications.get(self.key)
        return application.name if application else ""

    def compose_body(self) -> Iterable[Widget]:
        """Return the application's own lines over its services."""
        yield Fitted(id="head")
        yield from super().compose_body()

    def create_list(self) -> Table[Any]:
        """Return the table."""
        self.table: Table[ServiceRow] = Table(
            lambda row: ServicePage(row.key),
            id="application-services",
        )
        self.table.sorted_by = "name"
        return self.table

    def show_state(self) -> None:
        """Show the application and its services."""
        application = self.state.register.applications.get(self.key)
        head = self.query_one("#head", Fitted)
        head.display = application is not None
        if application is None:
            gone = self.translate(
                "This application is no longer in the register.",
            )
            self.show_empty_state((text_item(" " + gone, "warn"),))
            return

        rows = [
            row
            for row in self.state.filtered_services()
            if row.service.application == self.key
        ]
        head.show(self._head_lines(application, stage_counts(rows)))
        self.table.show(rows, service_columns(self.state, application=False))
        none = N_(
            "No service is offered through it: give one this application with its details.",
        )
        self.show_empty_state(
            () if rows else empty_state_lines(self.state, none),
        )

    def _head_lines(
        self,
        application: Application,
        counts: tuple[int, int, int],
    ) -> Callable[[int], Sequence[Line]]:
        """Return a function of the width that makes the three lines of the head.

        They are the name and the address, the stages and the integration, and a bar.
        """
        state, language = self.state, self.language
        title: list[Piece] = [
            (f" {safe_line(application.name)}", "title"),
            (f"  {application.code}", "quiet"),
        ]
        opd = state.register.opds.get(application.opd or "")
        if opd:
            title.append((f"  {safe_line(opd.name)}", "quiet"))
        address: list[Piece] = []
        if application.url:
            address.append((safe_line(application.url) + " ", "quiet"))

        stages = counted_stages(counts, language)
        door: list[Piece] = [
            (f" {language.text('Single door')} ", "quiet"),
            *door_pieces(application, state.today, language),
            (" ", ""),
        ]
        return lambda width: (
            spread(title, address, width),
            spread(stages, door, width),
            [(" ", ""), *stage_bar(*counts, max(0, width - 2))],
        )

    def current_selection(self) -> Selection:
        """Return this application, and the services that are marked or under the cursor."""
        selected = select_destinations(self.table.chosen_keys())
        if self.key not in self.state.register.applications:
            return selected
        return replace(selected, applications=(self.key,))
