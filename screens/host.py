"""What the screens and widgets need of the app: they depend on this protocol, not on the app itself."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol, cast

from textual.message_pump import MessagePump
from textual.worker import Worker

from screens.commands.command import Command
from screens.navigation import Destination
from screens.session_state import UserPaths
from screens.state import DayView, State
from screens.widgets.table import Table
from tracker.actions.draft import Action
from tracker.actions.perform import ActionResult
from tracker.persistence import Store
from tracker.register import Register
from tracker.settings import Settings


class Host(Protocol):
    """The app as its screens see it: one state, messages, navigation, and the way to change the register."""

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
        self, message: str, *, severity: str = "information"
    ) -> None:
        """Show a message for a moment; it is never read as markup."""

    def open_destination(self, destination: Destination) -> None:
        """Open what a line or a palette item stands for."""

    def run_command(self, id: str) -> None:
        """Run a command, or say why it can do nothing."""

    def disabled_reason(self, command: Command) -> str:
        """Return why a command can do nothing now, as a msgid; empty if it can."""

    def set_filter(self, text: str) -> None:
        """Let every screen show only what matches ``text``."""

    def focus_list(self) -> None:
        """Give the keys back to the list of the screen on top."""

    def update_screen(self) -> None:
        """Let the screen on top show the state as it is now."""

    def offer_columns(self, table: Table[Any]) -> None:
        """Offer the columns to sort a table by."""

    def forget_marks(self) -> None:
        """Unmark everything on the screen on top."""

    def try_action(self, action: Action) -> ActionResult | None:
        """Perform an action and say what it did; None if it was refused, which is said too."""

    def perform_action(self, action: Action) -> ActionResult:
        """Perform an action and say what it did; raise ``UserError`` if it is refused."""

    def after_action(self, before: Register, done: ActionResult) -> None:
        """Show what an action made of the register ``before`` it, and say what it did."""

    def repeat_warnings(self) -> None:
        """Show the store's warnings again, also those shown before."""

    def update_view(self, facts: DayView) -> None:
        """Let ``facts`` be what the screens show."""

    def update_figures(self, facts: DayView) -> None:
        """Show figures that have been worked out."""

    @property
    def available_themes(self) -> Mapping[str, object]:
        """The themes to choose from, by name."""

    def push_screen(self, screen: Any, callback: Any = None) -> Any:
        """Open a screen or dialog; ``callback`` gets its result."""

    def set_keymap(self, keymap: Mapping[str, str]) -> None:
        """Let commands have other keys, by their ids."""

    def call_from_thread(
        self, callback: Callable[..., object], *args: Any
    ) -> object:
        """Call something in the app's own thread and wait for it."""

    def run_worker(
        self,
        work: Any,
        *,
        group: str,
        thread: bool,
        exclusive: bool,
        exit_on_error: bool,
    ) -> Worker[Any]:
        """Do some work in a thread; what goes wrong in it becomes a message."""


def host_of(node: MessagePump) -> Host:
    """Return the host of a screen or widget.

    Textual types ``app`` as any app; that ours is a ``Host`` is checked where the app is made.
    """
    return cast(Host, node.app)
