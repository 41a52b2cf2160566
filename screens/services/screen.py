"""The services in a table: the way to one of them."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from screens.base_screen import bindings_for
from screens.empty_state import NO_SERVICES, ListScreen, empty_state_lines
from screens.families import (
    FamilyRow,
    Grouped,
    expand_families,
    group_families,
    key_of_row,
)
from screens.figures.pieces import counted_stages
from screens.navigation import Destination, FamilyLine, ServicePage
from screens.rows import ServiceRow, stage_counts
from screens.selection import Selection, select_destinations
from screens.services.closed import ClosedRow
from screens.services.columns import closed_columns
from screens.services.families import grouped_columns
from screens.signs import signs_in_words
from screens.widgets.detail import Detail
from screens.widgets.lines import LineView
from screens.widgets.paint import Line, safe_line
from screens.widgets.table import Column, Table


class ServicesScreen(ListScreen):
    """The fourth screen."""

    screen_name = "services"
    shows_figures = False
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("services")

    def compose_body(self) -> Iterable[Widget]:
        """Return the table, and the service under the cursor in full."""
        yield from super().compose_body()
        yield Detail()

    def create_list(self) -> Table[Any]:
        """Return the table."""
        self.table: Table[Grouped | ClosedRow] = Table(_key_of, id="services")
        self.table.children_of = self._members_shown
        self.table.sorted_by, self.table.reversed = "burden", True
        return self.table

    def show_state(self) -> None:
        """Show the filtered services, or the closed ones if the filter asks for them."""
        state, closed = self.state, "closed" in self.state.filter.flags
        rows: Sequence[Grouped | ClosedRow] = (
            state.filtered_closed()
            if closed
            else group_families(state.filtered_services())
        )
        none = (
            ()
            if rows
            else empty_state_lines(
                state,
                NO_SERVICES,
                ("add_service", "import"),
            )
        )
        columns: Sequence[Column[Any]] = (
            closed_columns(state.language) if closed else grouped_columns(state)
        )
        self.table.show(rows, columns)
        self.show_empty_state(none)
        self._show_detail()

    def on_line_view_moved(self, event: LineView.Moved) -> None:
        """Show the service under the cursor in words."""
        self._show_detail()

    def _members_shown(self, row: Grouped | ClosedRow) -> Sequence[ServiceRow]:
        if isinstance(row, FamilyRow) and row.name in self.state.open_families:
            return row.members
        return ()

    def open_line(self, event: LineView.Opened) -> None:
        """Open the service; of a family, show or hide its members."""
        if isinstance(event.key, FamilyLine):
            self.state.open_families ^= {event.key.name}
            self.show_state()
        else:
            super().open_line(event)

    def _show_detail(self) -> None:
        """Show the signs of the service under the cursor in words, and its whole name."""
        detail, row = self.query_one(Detail), self.table.row
        detail.display = isinstance(row, ServiceRow | FamilyRow)
        if isinstance(row, ServiceRow):
            detail.show((self._describe_service(row),))
        elif isinstance(row, FamilyRow):
            detail.show((self._describe_family(row),))

    def _describe_service(self, row: ServiceRow) -> Line:
        words = "".join(
            f" {word} " for word in signs_in_words(row, self.language)
        )
        return (
            (words, "warn"),
            (f" {safe_line(row.service.name)}", ""),
            (f"  {safe_line(row.opd.name)}", "quiet"),
        )

    def _describe_family(self, row: FamilyRow) -> Line:
        counts = stage_counts(row.members)
        return (
            (f" {safe_line(row.name)} ", "strong"),
            *counted_stages(counts, self.language),
        )

    def current_selection(self) -> Selection:
        """Return the marked services, or the one under the cursor; of a family, all its members."""
        return select_destinations(
            expand_families(
                self.table.chosen_keys(),
                self.state.filtered_services(),
            ),
        )


def _key_of(row: Grouped | ClosedRow) -> Destination:
    return (
        ServicePage(row.key) if isinstance(row, ClosedRow) else key_of_row(row)
    )
