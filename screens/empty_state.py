"""What a screen says where it has nothing to show: why, and what to do."""

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from screens.base_screen import TrackerScreen
from screens.commands.registry import BY_ID
from screens.navigation import RunCommand
from screens.state import State
from screens.widgets.greeting import greeting_items
from screens.widgets.lines import Item, LineList, LineView
from tracker.language import N_, Language


def empty_state_lines(
    state: State, none: str, begin: tuple[str, ...] = ()
) -> Sequence[Item]:
    """Return the lines for an empty screen: the greeting, what the filter hides, or ``none`` (a msgid).

    ``begin`` names the commands with which to begin.
    """
    text = state.language.text
    if state.empty:
        return greeting_items(state.language, state.register.only_city.name)
    if state.filter:
        return (
            Item((("", ""),)),
            Item(((" " + text("Nothing here matches the filter."), "title"),)),
            *(
                (_command_item("services", state),)
                if state.filtered_closed()
                else ()
            ),
            _command_item("clear_filter", state),
            _command_item("filter", state),
        )
    return (
        Item((("", ""),)),
        Item(((" " + text(none), "title"),)),
        *(_command_item(command, state) for command in begin),
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
    """Return the line that stands in a list's place until its figures are worked out."""
    return [
        Item(((" " + language.text("Working out the figures …"), "quiet"),))
    ]


NO_SERVICES = N_("There are no services yet.")


class ListScreen(TrackerScreen):
    """A screen of one list, with what is said in its place while it is empty.

    A subclass gives ``create_list``.
    """

    def create_list(self) -> LineView:
        """Return the list, made anew."""
        raise NotImplementedError

    def compose_body(self) -> Iterable[Widget]:
        """Return the list and what stands in its place."""
        self.view = self.create_list()
        self.nothing = LineList(id="nothing")
        yield self.view
        yield self.nothing

    def show_empty_state(self, items: Sequence[Item]) -> None:
        """Say why the list is empty, or show the list where there is nothing to say."""
        self.view.display, self.nothing.display = not items, bool(items)
        if items:
            self.nothing.show(items)
        if self.focused in (None, self.view, self.nothing):
            self.set_focus(self.nothing if items else self.view)
