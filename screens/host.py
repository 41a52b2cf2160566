"""The protocol through which screens and widgets use the app, instead of importing it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import AwaitMount
from textual.worker import Worker

from screens.commands.command import Command
from screens.navigation import Destination
from screens.selection import Selection
from screens.session_state import UserPaths
from screens.state import DayView, State
from screens.widgets.table import Table
from tracker.actions.draft import Action
from tracker.actions.perform import ActionResult
from tracker.persistence import Store
from tracker.register import Register
from tracker.settings import Settings

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


class Host(Protocol):
    """The app as its screens see it: state, messages, navigation and actions."""

    state: State
    store: Store
    settings: Settings
    home: UserPaths | None
    keymap_of_user: Mapping[str, str]
    asks_name: bool
    theme: str
    ask_today: Callable[[], date]

    @property
    def screen_name(self) -> str:
        """The name of the screen on top, as the registry of commands has it."""

    @property
    def is_importing(self) -> bool:
        """Whether an import is being written in a thread."""

    def show_message(
        self,
        message: str,
        *,
        severity: str = "information",
    ) -> None:
        """Show a message for a moment; it is never read as markup."""

    def open_destination(self, destination: Destination) -> None:
        """Open the destination of a line or of an item of the palette."""

    def run_command(self, id: str) -> None:
        """Run a command, or say why it can do nothing."""

    def refuse_dialog(self, why: str) -> None:
        """Say why a dialog does not open; what is typed for it does nothing."""

    def disabled_reason(self, command: Command) -> str:
        """Return why a command can do nothing now, as a msgid; empty if it can."""

    def set_filter(self, text: str) -> None:
        """Filter every screen by ``text``."""

    def open_filter(self) -> None:
        """Open the filter of the screen on top, to type in it."""

    def focus_list(self) -> None:
        """Focus the list of the screen on top."""

    def update_screen(self) -> None:
        """Show the current state on the screen on top."""

    def offer_columns(self, table: Table[Any]) -> None:
        """Offer the columns to sort a table by."""

    def following_line(self, command: Command) -> Destination | None:
        """Return the line after the cursor, if a command can be meant for it."""

    def go_to_line(self, destination: Destination) -> bool:
        """Put the cursor of the screen on top on a line; return whether it shows such a line."""

    def current_selection(self) -> Selection:
        """Return what commands on the screen on top act on."""

    def forget_marks(self) -> None:
        """Unmark everything on the screen on top."""

    def try_action(self, action: Action) -> ActionResult | None:
        """Perform an action and show a message; None if it was rejected."""

    def perform_action(self, action: Action) -> ActionResult:
        """Perform an action and show a message; ``UserError`` if it is rejected."""

    def after_action(self, before: Register, done: ActionResult) -> None:
        """Show the register after an action, and a message of what it changed."""

    def repeat_warnings(self) -> None:
        """Show the store's warnings again, also those shown before."""

    def preview_theme(self, name: str) -> None:
        """Show a theme without keeping it."""

    def choose_theme(self, name: str) -> None:
        """Show a theme from now on, also the next time."""

    def update_view(self, facts: DayView) -> None:
        """Show ``facts`` on the screens."""

    @property
    def needs_figures(self) -> bool:
        """Whether the screen on top rests on figures."""

    def measure_if_needed(self) -> None:
        """Compute the figures if the screen on top rests on them and they are out of date."""

    def update_figures(self, facts: DayView) -> None:
        """Show figures that have been computed."""

    @property
    def available_themes(self) -> Mapping[str, object]:
        """The themes to choose from, by name."""

    def exit(self) -> None:
        """Leave the program."""

    def push_screen(
        self,
        screen: Screen[T],
        callback: Callable[[T | None], None] | None = None,
    ) -> AwaitMount:
        """Open a screen or dialog; ``callback`` gets its result."""

    def set_keymap(self, keymap: Mapping[str, str]) -> None:
        """Set the keys of commands, by the commands' ids."""

    def call_from_thread(
        self,
        callback: Callable[P, R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Call a function in the app's own thread and wait for its result."""

    def run_worker(
        self,
        work: Callable[[], R],
        *,
        group: str,
        thread: bool,
        exclusive: bool,
        exit_on_error: bool,
    ) -> Worker[R]:
        """Call a function in a thread; an error in it becomes a message."""


def host_of(node: MessagePump) -> Host:
    """Return the host of a screen or widget.

    Textual types ``app`` as any app; mypy checks that ours is a ``Host`` where it is
    passed as one.
    """
    return cast(Host, node.app)
