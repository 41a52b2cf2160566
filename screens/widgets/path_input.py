"""The input of a file's path."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from screens.importing.files import Found, completed
from screens.widgets.readline_input import ReadlineInput


class PathInput(ReadlineInput):
    """A line for a path: Tab completes it, the arrow down goes to what fits."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False),
        Binding("down", "to_list", show=False),
    ]

    def __init__(self, value: str = "") -> None:
        super().__init__(value, compact=True)
        self.found: list[Found] = []
        """What fits what is typed."""

    def action_complete(self) -> None:
        """Add what all that fits has in common."""
        self.value = completed(self.value, self.found)
        self.cursor_position = len(self.value)

    def action_to_list(self) -> None:
        """Go to what fits, where anything does: letters typed into an empty list would be commands."""
        if self.found:
            self.screen.focus_next()
