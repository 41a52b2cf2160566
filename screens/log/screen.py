"""The log: what was done, by whom and when; Enter opens what it was about."""

from typing import ClassVar

from textual.binding import BindingType

from screens.base_screen import bindings_for
from screens.empty_state import ListScreen, empty_state_lines
from screens.log.lines import log_items, page_of_entry
from screens.navigation import LogLine
from screens.widgets.lines import LineList, LineView
from tracker.language import N_


class LogScreen(ListScreen):
    """The page of the log."""

    screen_name = "log"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("log")

    @property
    def page_title(self) -> str:
        """The name of the page in the head."""
        return self.translate("Log")

    def create_list(self) -> LineList:
        """Return the list."""
        self.list = LineList(id="log")
        return self.list

    def show_state(self) -> None:
        """Show the latest actions."""
        items = log_items(self.state)
        self.list.show(items)
        empty = empty_state_lines(
            self.state,
            N_("Nothing has been done yet."),
            follows_filter=False,
        )
        self.show_empty_state(() if items else empty)

    def open_line(self, event: LineView.Opened) -> None:
        """Open the page of what an action was about, if there is one."""
        if not isinstance(event.key, LogLine):
            super().open_line(event)
            return
        page = page_of_entry(self.state, event.key.entry)
        if page is not None:
            self.host.open_destination(page)
        else:
            self.host.show_message(
                self.translate("What it was about has no page."),
                severity="warning",
            )
