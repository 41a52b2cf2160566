"""The app: eight screens over one state, and the ways between them."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.worker import Worker, WorkerState

from screens import action_runner, palettes, personal
from screens.background import DRAWN_FIRST, Watcher
from screens.base_screen import TrackerScreen, bindings_of
from screens.commands.command import Command
from screens.commands.keys import keys_of, shown_key
from screens.commands.registry import BY_ID, COMMANDS
from screens.everywhere import EVERYWHERE
from screens.filter import parse_filter, portal_of, write_filter
from screens.navigation import (
    ApplicationPage,
    Destination,
    FilteredList,
    ObstacleLine,
    OPDPage,
    RunCommand,
    ServicePage,
    SortColumn,
    ThemeChoice,
    TimelineEntry,
    WeekLine,
)
from screens.sanitizing_app import SanitizingApp
from screens.screen_registry import create_screen, screen_factory
from screens.selection import Selection, select_destinations
from screens.session_state import UserPaths, ViewState, write_view_state
from screens.state import DayView, State
from screens.textual_workarounds import start_in_mode
from screens.widgets.filter_bar import FilterInput
from screens.widgets.header import MODES
from screens.widgets.lines import LineView
from screens.widgets.table import Table
from tracker.errors import UserError
from tracker.language import N_, Language
from tracker.metrics.opening import is_in_opening
from tracker.persistence import Store
from tracker.register import Register
from tracker.settings import Settings
from tracker.text import visible

if TYPE_CHECKING:
    from tracker.actions.draft import Action
    from tracker.actions.perform import ActionResult


_TYPING_PAUSE = 0.8
"""Seconds within which a key goes on with what is typed for a dialog that did not open.

Whoever types ">" and "Surat 25" without looking must not undo something and change screens.
"""
_NEVER_TYPED = frozenset({"back", "help", "palette", "quit"})
_PAGES = frozenset({"log", "upkeep", "decisions", "import"})
"""Commands that open the screen of the same name over the present one."""
_MESSAGE_SECONDS = 4
_ERROR_SECONDS = 8


class TrackerApp(SanitizingApp[None]):
    """The program's screens on one register.

    ``today`` returns the day in the city, and ``by`` is the name of the user. ``settings``
    are the user's own, and ``begin_at`` is where they last left the screens; ``home`` holds
    the paths of both, None if neither is kept.
    """

    ENABLE_COMMAND_PALETTE = False
    DEFAULT_MODE = "overview"
    MODES: ClassVar[dict[str, Any]] = {
        mode: screen_factory(mode) for mode in MODES
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "suspend_process", show=False),
        *bindings_of(command for command in COMMANDS if not command.where),
        Binding("ctrl+q", "quit", show=False),
    ]

    def __init__(
        self,
        store: Store,
        today: Callable[[], date],
        by: str,
        language: Language,
        settings: Settings | None = None,
        begin_at: ViewState | None = None,
        home: UserPaths | None = None,
    ) -> None:
        view = begin_at or ViewState()
        if view.mode in MODES:
            start_in_mode(self, view.mode)
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [
            (0, "-narrow"),
            (80, "-normal"),
            (132, "-wide"),
        ]
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-usual"), (36, "-high")]
        self.store = store
        self.ask_today = today
        self.initial_view = view
        self.settings = settings or Settings()

        register = store.load()
        self.state = State(
            DayView(register, today()),
            language,
            by,
            parse_filter(view.filter, portal_of(register)),
            read_page=store.page,
            place=store.place,
        )
        self.state.import_folder = view.import_folder
        self.state.folders = dict(view.folders)
        self.state.page_forms = view.page_forms

        self.keymap_of_user: Mapping[str, str] = self.settings.keys
        self.home: UserPaths | None = home
        self.clock: Callable[[], float] = monotonic
        self._typing_until = 0.0
        self.asks_name: bool = home is not None and home.asks_name
        self.watcher = Watcher(self)
        self.after_first_figures: Callable[[], None] = lambda: None
        """Called once, when the first figures are there."""
        self._saved_view: ViewState | None = None
        self._chosen_theme = ""
        """The theme to begin with next time; another one may be on view for a moment."""

    def on_mount(self) -> None:
        """Apply the user's theme and keys, and begin to watch the register."""
        self.title = visible(self.state.register.only_city.name)
        theme = self.settings.theme or self.initial_view.theme
        if theme in self.available_themes:
            self.theme = theme
        self._chosen_theme = self.theme
        self.set_keymap(dict(self.keymap_of_user))
        personal.warn_of_clashes(self)
        self.watcher.start_measuring()
        self.set_interval(1.0, self.watcher.check_regularly)
        self.set_interval(1.0, self.save_view_state)
        self.app_resume_signal.subscribe(self, self._redraw)

    def _redraw(self, _: object) -> None:
        """Draw the whole terminal again: a shell has written into it meanwhile."""
        for widget in (self.screen, *self.screen.query("*")):
            widget.refresh(layout=True)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Show an error in a background worker as a message; the program goes on."""
        if event.state is not WorkerState.ERROR:
            return

        error = event.worker.error
        if isinstance(error, UserError):
            self.show_message(self.language.say(error), severity="error")
            return

        message = self.translate(
            "Something went wrong here ({what}). What was recorded before is safe.",
            what=f"{type(error).__name__}: {error}",
        )
        self.show_message(message, severity="error")

    @property
    def language(self) -> Language:
        """The language of the user."""
        return self.state.language

    def translate(self, msgid: str, /, **values: object) -> str:
        """Return a message in the user's language."""
        return self.language.text(msgid, **values)

    @property
    def active_screen(self) -> TrackerScreen:
        """The screen on top, not counting dialogs."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, TrackerScreen):
                return screen
        raise LookupError("no screen is open")

    @property
    def view_state(self) -> ViewState:
        """What the user looks at, to open the screens there the next time."""
        state = self.state
        return ViewState(
            self.current_mode,
            state.filter.text,
            self._chosen_theme,
            state.import_folder,
            dict(state.folders),
            state.page_forms,
        )

    def save_view_state(self) -> None:
        """Keep what the user looks at, if it has changed.

        Called every second: a terminal may be closed without leaving the program.
        """
        view = self.view_state
        if self.home and view != self._saved_view:
            self._saved_view = view
            prefix = self.state.register.prefix
            write_view_state(self.home.view_states, prefix, view)

    @property
    def screen_name(self) -> str:
        """The name of the screen on top, as the registry of commands has it."""
        return self.active_screen.screen_name

    def update_view(self, facts: DayView) -> None:
        """Show ``facts`` on the screens; their figures follow once they are computed."""
        self.state.facts = facts
        self.active_screen.update_if_changed()
        self.measure_if_needed(DRAWN_FIRST if self.state.measured else 0.0)

    @property
    def needs_figures(self) -> bool:
        """Whether the screen on top rests on figures."""
        return self.active_screen.needs_figures

    def measure_if_needed(self, delay: float = 0.0) -> None:
        """Compute the figures if the screen on top rests on them and they are out of date."""
        is_stale = self.state.measured is not self.state.facts
        if is_stale and self.needs_figures:
            self.watcher.start_measuring(delay)

    def update_figures(self, facts: DayView) -> None:
        """Show figures that have been computed, unless they are out of date already."""
        if facts is not self.state.facts:
            return

        are_first = self.state.measured is None
        self.state.measured = facts
        self.active_screen.update_if_changed()
        if are_first:
            self.after_first_figures()

    def try_action(self, action: "Action") -> "ActionResult | None":
        """Perform an action and show a message; return None if it was rejected."""
        try:
            return self.perform_action(action)
        except UserError as error:
            message = action_runner.describe_rejection(error, self.language)
            self.show_message(message, severity="error")
            return None

    def perform_action(self, action: "Action") -> "ActionResult":
        """Perform an action and show what it did; ``UserError`` if it is rejected."""
        before = self.state.register
        done = action_runner.run_action(self, action, before)
        self.after_action(before, done)
        return done

    @property
    def is_importing(self) -> bool:
        """Whether an import is being written in a thread."""
        for worker in self.workers:
            is_import = worker.group == action_runner.IMPORT_GROUP
            if is_import and not worker.is_finished:
                return True
        return False

    def after_action(self, before: Register, done: "ActionResult") -> None:
        """Show the register after an action, and a message of what it changed."""
        self.update_view(self.state.facts.with_register(done.register))
        for message in action_runner.describe_result(self, before, done):
            self.show_message(message)

    def show_message(
        self,
        message: str,
        *,
        severity: Any = "information",
    ) -> None:
        """Show a message for a moment, if it is not empty; it is never read as markup."""
        if not message:
            return

        is_error = severity == "error"
        self.notify(
            message,
            severity=severity,
            markup=False,
            timeout=_ERROR_SECONDS if is_error else _MESSAGE_SECONDS,
        )

    def update_screen(self) -> None:
        """Show the current state on the screen on top."""
        self.active_screen.update_if_changed()

    def open_filter(self) -> None:
        """Open the filter of the screen on top, to type in it."""
        self.active_screen.open_filter()

    def focus_list(self) -> None:
        """Focus the list of the screen on top."""
        self.active_screen.focus_list()

    def following_line(self, command: Command) -> Destination | None:
        """Return the line after the cursor, if a command can be meant for it.

        None while lines are marked: then the command is meant for those.
        """
        view = self.active_screen.active_list
        if view is None or view.marks or not command.needs:
            return None
        line = view.key_after_cursor()
        chosen = select_destinations([] if line is None else [line])
        return line if getattr(chosen, command.needs, ()) else None

    def go_to_line(self, destination: Destination) -> bool:
        """Put the cursor of the screen on top on a line; return whether it shows such a line."""
        return self.active_screen.go_to_line(destination)

    def current_selection(self) -> Selection:
        """Return what commands on the screen on top act on."""
        return self.active_screen.current_selection()

    def forget_marks(self) -> None:
        """Unmark everything on the screen on top."""
        for view in self.active_screen.query(LineView):
            view.unmark()

    def repeat_warnings(self) -> None:
        """Show the store's warnings again, also those shown before."""
        self.call_later(self.watcher.repeat_warnings)

    def set_filter(self, text: str) -> None:
        """Filter every screen by ``text``."""
        self.state.filter = parse_filter(text, portal_of(self.state.register))
        self.active_screen.update_if_changed()
        self.measure_if_needed()

    def disabled_reason(self, command: Command) -> str:
        """Return why a command can do nothing now, as a msgid; empty if it can."""
        if command.changes and self.state.facts.is_past:
            return N_("This is a past week: press 0 to go back to today.")
        if command.changes and self.is_importing:
            return action_runner.IMPORT_RUNNING
        if command.in_opening and not is_in_opening(self.state.register):
            return N_("The opening is closed already.")
        return self.active_screen.disabled_reason(command)

    def on_key(self, event: events.Key) -> None:
        """Let the filter take the keys that arrived in one piece with the one that opened it."""
        if isinstance(self.focused, FilterInput):
            self.focused.take_late(event)

    def action_command(self, id: str) -> None:
        """Run the command of a key, unless the key was typed for a dialog.

        The dialog may not be open yet, or it was refused.
        """
        if self.screen.is_modal:
            # The key was pressed for the dialog before it was there to take it.
            return

        is_typing = self.clock() < self._typing_until
        if is_typing and id not in _NEVER_TYPED:
            self._typing_until = self.clock() + _TYPING_PAUSE
            return

        self.run_command(id)

    def run_command(self, id: str) -> None:
        """Run a command, or say why it can do nothing."""
        command = BY_ID[id]
        reason = self.disabled_reason(command)
        if reason:
            self._refuse_command(command, self.translate(reason))
        elif command.changes and self.asks_name:
            personal.ask_name(self, lambda: self.run_command(id))
        elif id in MODES:
            self.go_to_mode(id)
        elif id in _PAGES:
            if id != self.screen_name:
                self.push_screen(create_screen(id))
        else:
            self._call_command(command)

    def _refuse_command(self, command: Command, reason: str) -> None:
        if command.dialog:
            self.refuse_dialog(reason)
        else:
            self.show_message(reason, severity="warning")

    def _call_command(self, command: Command) -> None:
        """Call the ``do_`` method of the screen, do what is done on all, or open the dialog."""
        method = getattr(self.active_screen, f"do_{command.id}", None)
        if method is None and command.id in EVERYWHERE:
            method = partial(EVERYWHERE[command.id], self)
        if method is not None:
            try:
                method()
            except UserError as error:
                message = self.language.say(error)
                self.show_message(message, severity="error")
            return

        if command.dialog:
            action_runner.open_dialog(self, command, self.current_selection())
        else:
            self._name_screens_of(command)

    def _name_screens_of(self, command: Command) -> None:
        """Say on which screens a command works: not on this one."""
        screens = [BY_ID[name] for name in command.where if name in BY_ID]
        labels = [self.translate(screen.label) for screen in screens]
        message = self.translate(
            "This is done elsewhere: {screens}.",
            screens=", ".join(labels),
        )
        self.show_message(message, severity="warning")

    def refuse_dialog(self, why: str) -> None:
        """Say why a dialog does not open; what is typed for it does nothing."""
        self.show_message(why, severity="warning")
        self._typing_until = self.clock() + _TYPING_PAUSE

    def go_to_mode(self, mode: str) -> None:
        """Go to one of the eight screens; from within it, back to its first page."""
        if mode != self.current_mode:
            self.switch_mode(mode)
        else:
            self._leave_pages()

    def _leave_pages(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def open_destination(self, destination: Destination) -> None:
        """Open the destination of a line or of an item of the palette."""
        match destination:
            case RunCommand(id):
                self.run_command(id)
            case OPDPage(key):
                self.push_screen(create_screen("opd", key))
            case ServicePage(key):
                self.push_screen(create_screen("service", key))
            case ApplicationPage(key):
                self.push_screen(create_screen("application", key))
            case ObstacleLine(key):
                service = self.state.register.obstacles[key].service
                self.push_screen(create_screen("service", service))
            case TimelineEntry():
                self.run_command("correct")
            case WeekLine():
                self.go_to_mode("snapshots")
                self._leave_pages()
                go_to_line = self.active_screen.go_to_line
                self.call_after_refresh(go_to_line, destination)
            case ThemeChoice(name):
                self.choose_theme(name)
            case SortColumn(id):
                table = self.active_screen.active_list
                if isinstance(table, Table):
                    table.sort_by(id)
            case FilteredList(mode, wanted):
                self.set_filter(write_filter(wanted, self.language))
                self.go_to_mode(mode)
                self._leave_pages()

    def offer_columns(self, table: Table[Any]) -> None:
        """Offer the columns to sort a table by."""
        palettes.offer_columns(self, table)

    def preview_theme(self, name: str) -> None:
        """Show a theme without keeping it: the terminal may be closed meanwhile."""
        self.theme = name

    def choose_theme(self, name: str) -> None:
        """Show a theme from now on, also the next time."""
        self.theme = self._chosen_theme = name

    def action_help_quit(self) -> None:
        """Say how to leave: ctrl+c copies in a text, and does not leave."""
        keys = (*keys_of(BY_ID["quit"], self.keymap_of_user), "ctrl+q")
        key = shown_key(keys[0])
        self.show_message(self.translate("Press {key} to leave.", key=key))
