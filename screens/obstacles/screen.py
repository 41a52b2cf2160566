"""The screen of obstacles, by factor or by OPD."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from screens.base_screen import bindings_for
from screens.empty_state import ListScreen, empty_state_lines
from screens.navigation import ObstacleLine
from screens.obstacles.lines import (
    groups_by_factor,
    groups_by_opd,
    obstacle_in_full,
    obstacle_items,
)
from screens.selection import Selection
from screens.widgets.detail import Detail
from screens.widgets.lines import LineList, LineView
from screens.widgets.paint import Line
from tracker.language import N_


class ObstaclesScreen(ListScreen):
    """The sixth screen."""

    screen_name = "obstacles"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("obstacles")

    def __init__(self) -> None:
        super().__init__()
        self.by_opd = False
        self.longest_first = True

    def compose_body(self) -> Iterable[Widget]:
        """Return the list, and the obstacle under the cursor in full."""
        yield from super().compose_body()
        yield Detail()

    def create_list(self) -> LineList:
        """Return the list."""
        self.list = LineList(id="obstacles")
        return self.list

    def show_state(self) -> None:
        """Show the open obstacles of the filtered services."""
        state = self.state
        held = [row for row in state.filtered_services() if row.at.obstacles]
        if self.by_opd:
            groups = groups_by_opd(held)
        else:
            groups = groups_by_factor(held, state)

        width = self.size.width - 1
        items = obstacle_items(
            groups,
            state,
            width,
            longest_first=self.longest_first,
        )
        self.list.show(items)

        none, begin = N_("Nothing holds a service back."), ("services", "board")
        empty = () if held else empty_state_lines(state, none, begin)
        self.show_empty_state(empty)
        self._show_detail()

    def _show_detail(self) -> None:
        """Show the obstacle under the cursor in full."""
        lines: Sequence[Line] = ()
        if isinstance(self.list.key, ObstacleLine):
            obstacle = self.state.register.obstacles.get(self.list.key.key)
            if obstacle is not None:
                lines = obstacle_in_full(obstacle, self.state)

        detail = self.query_one(Detail)
        detail.display = self.list.display
        detail.show(lines)

    def on_line_view_moved(self, event: LineView.Moved) -> None:
        """Follow the cursor."""
        self._show_detail()

    def current_selection(self) -> Selection:
        """Return the obstacles that are marked or under the cursor, and the services that they hold."""
        chosen = self.list.chosen_keys()
        obstacles = self.state.register.obstacles
        keys = [
            line.key
            for line in chosen
            if isinstance(line, ObstacleLine) and line.key in obstacles
        ]
        services = dict.fromkeys(obstacles[key].service for key in keys)
        return Selection(obstacles=tuple(keys), services=tuple(services))

    def do_group(self) -> None:
        """Group by OPD instead of by factor, or back."""
        self.by_opd = not self.by_opd
        self.show_state()

    def do_sort(self) -> None:
        """Put the longest open first, or the youngest."""
        self.longest_first = not self.longest_first
        self.show_state()

    def do_reverse(self) -> None:
        """Put the longest open first, or the youngest."""
        self.do_sort()

    def on_resize(self) -> None:
        """Draw the lines for the width there is."""
        if self.is_current:
            self.call_after_refresh(self.show_state)
