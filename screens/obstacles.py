"""What holds the services back: by the four factors or by OPD, with the steps that each holds."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType

from screens.emptiness import ListScreen, said_of_nothing
from screens.frame import bindings_for
from screens.obstacle_lines import Group, groups_by_factor, groups_by_opd, obstacle_items
from screens.selection import Selection
from screens.widgets.lines import LineList
from tracker.language import N_


class ObstaclesScreen(ListScreen):
    """The sixth screen."""

    place = "obstacles"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("obstacles")

    def __init__(self) -> None:
        super().__init__()
        self.by_opd = False
        self.longest_first = True

    def listing(self) -> LineList:
        """Return the list."""
        self.list = LineList(id="obstacles")
        return self.list

    def show(self) -> None:
        """Show the open obstacles of the services that the filter lets through."""
        state = self.state
        held = [row for row in state.services() if row.at.obstacles]
        groups: Iterable[Group] = groups_by_opd(held) if self.by_opd else groups_by_factor(held, state)
        none = () if held else said_of_nothing(state, N_("Nothing holds a service back."), ("add_obstacle",))
        self.list.show(obstacle_items(groups, state, longest_first=self.longest_first))
        self.say_nothing(none)

    def opens(self, key: str) -> str:
        """Return what a line opens: an obstacle the service that it holds back."""
        kind, _, rest = key.partition(":")
        obstacle = self.state.register.obstacles.get(rest) if kind == "obstacle" else None
        return f"service:{obstacle.service}" if obstacle else key

    def selection(self) -> Selection:
        """Return the obstacles that are marked or under the cursor, and the services that they hold."""
        keys = [key.removeprefix("obstacle:") for key in self.list.chosen() if key.startswith("obstacle:")]
        there = [key for key in keys if key in self.state.register.obstacles]
        services = dict.fromkeys(self.state.register.obstacles[key].service for key in there)
        return Selection(obstacles=tuple(there), services=tuple(services))

    def do_group(self) -> None:
        """Group by OPD instead of by factor, or back."""
        self.by_opd = not self.by_opd
        self.show()

    def do_sort(self) -> None:
        """Put the longest open first, or the youngest."""
        self.longest_first = not self.longest_first
        self.show()

    def do_reverse(self) -> None:
        """Put the longest open first, or the youngest."""
        self.do_sort()
