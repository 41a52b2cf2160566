"""One application: whose it is, whether it is behind the single door, and its services."""

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
from screens.widgets.lines import Item
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
            lambda row: ServicePage(row.key), id="application-services"
        )
        self.table.sorted_by = "name"
        return self.table

    def show_state(self) -> None:
        """Show the application as it stands."""
        application = self.state.register.applications.get(self.key)
        head = self.query_one("#head", Fitted)
        head.display = application is not None
        if application is None:
            gone = self.translate(
                "This application is no longer in the register."
            )
            self.show_empty_state((Item(((" " + gone, "warn"),)),))
            return
        rows = [
            row
            for row in self.state.filtered_services()
            if row.service.application == self.key
        ]
        head.show(self._head_lines(application, stage_counts(rows)))
        none = (
            ()
            if rows
            else empty_state_lines(
                self.state,
                N_(
                    "No service is offered through it: give one this application with its details."
                ),
            )
        )
        self.table.show(rows, service_columns(self.state, application=False))
        self.show_empty_state(none)

    def _head_lines(
        self, application: Application, counts: tuple[int, int, int]
    ) -> Callable[[int], Sequence[Line]]:
        """Return what makes three lines: name and address, standing, the bar of the services' stages."""
        state = self.state
        opd = state.register.opds.get(application.opd or "")
        whose = [
            (f" {safe_line(application.name)}", "title"),
            (f"  {application.code}", "quiet"),
        ]
        of_opd: list[Piece] = (
            [(f"  {safe_line(opd.name)}", "quiet")] if opd else []
        )
        address: list[Piece] = (
            [(safe_line(application.url) + " ", "quiet")]
            if application.url
            else []
        )
        single: Piece = (f" {state.language.text('Single door')} ", "quiet")
        door = [
            single,
            *door_pieces(application, state.today, state.language),
            (" ", ""),
        ]
        counted = counted_stages(counts, state.language)
        return lambda width: (
            spread([*whose, *of_opd], address, width),
            spread(counted, door, width),
            [(" ", ""), *stage_bar(*counts, max(0, width - 2))],
        )

    def current_selection(self) -> Selection:
        """Return this application, and the services that are marked or under the cursor."""
        there = (
            (self.key,) if self.key in self.state.register.applications else ()
        )
        return replace(
            select_destinations(self.table.chosen_keys()), applications=there
        )
