"""The lines of an empty screen: why it is empty, and what to do."""

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from screens.base_screen import TrackerScreen
from screens.commands.registry import BY_ID
from screens.navigation import RunCommand
from screens.state import State
from screens.widgets.greeting import greeting_items
from screens.widgets.lines import (
    EMPTY_LINE,
    Item,
    LineList,
    LineView,
    text_item,
)
from tracker.language import N_, Language


def empty_state_lines(
    state: State,
    none: str,
    begin: tuple[str, ...] = (),
    *,
    follows_filter: bool = True,
) -> Sequence[Item]:
    """Return the lines of an empty screen.

    They are the greeting of an empty register, a hint if the filter hides everything,
    or else ``none`` (a msgid) with the commands of ``begin``. A page that does not follow
    the filter is never empty because of it.
    """
    if state.empty:
        return greeting_items(state.language, state.register.only_city.name)

    commands = begin
    if state.filter and follows_filter:
        none = N_("Nothing here matches the filter.")
        commands = ("clear_filter", "filter")
        # Closed services are listed there, under the active ones.
        if state.filtered_closed():
            commands = ("services", *commands)

    title = f" {state.language.text(none)}"
    return (
        EMPTY_LINE,
        text_item(title, "title"),
        *(_command_item(command, state) for command in commands),
    )


def _command_item(command: str, state: State) -> Item:
    text = state.language.text
    label, tooltip = BY_ID[command].label, BY_ID[command].tooltip
    pieces = (
        ("  → ", "key"),
        (text(label), "strong"),
        (f"  {text(tooltip)}", "quiet"),
    )
    return Item(pieces, RunCommand(command))


def progress_items(language: Language) -> Sequence[Item]:
    """Return the line shown in place of a list until its figures are computed."""
    text = language.text("Working out the figures …")
    return [text_item(f" {text}", "quiet")]


NO_SERVICES = N_("There are no services yet.")


class ListScreen(TrackerScreen):
    """A screen of one list, with lines in its place while it is empty.

    A subclass gives ``create_list``.
    """

    def create_list(self) -> LineView:
        """Create the list."""
        raise NotImplementedError

    def compose_body(self) -> Iterable[Widget]:
        """Return the list, and the lines in its place."""
        self.view = self.create_list()
        self.nothing = LineList(id="nothing")
        yield self.view
        yield self.nothing

    def show_empty_state(self, items: Sequence[Item]) -> None:
        """Show lines in place of the list, or the list if there are none."""
        self.view.display, self.nothing.display = not items, bool(items)
        if items:
            self.nothing.show(items)
        if self.focused in (None, self.view, self.nothing):
            self.set_focus(self.nothing if items else self.view)
