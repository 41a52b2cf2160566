"""The app: eight screens over one state, and the ways between them."""

from collections.abc import Callable, Mapping
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.worker import Worker, WorkerState

from screens import action_runner, personal
from screens.background import Watcher
from screens.base_screen import TrackerScreen, bindings_of
from screens.commands.command import Command
from screens.commands.keys import keys_of, shown_key
from screens.commands.registry import BY_ID, COMMANDS
from screens.filter import Filter, parse_filter, portal_of, write_filter
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
from screens.rows import touched_services
from screens.sanitizing_app import SanitizingApp
from screens.screen_registry import create_screen, screen_factory
from screens.selection import select_destinations
from screens.session_state import UserPaths, ViewState, write_view_state
from screens.state import DayView, State
from screens.textual_workarounds import start_in_mode
from screens.widgets.header import MODES
from screens.widgets.lines import LineView
from screens.widgets.table import Table
from tracker.errors import UserError
from tracker.language import N_, Language, next_language
from tracker.metrics.opening import is_in_opening
from tracker.narration.results import describe_others_changes, summarize_result
from tracker.persistence import Store
from tracker.register import Register
from tracker.settings import Settings
from tracker.text import visible
from tracker.week import Week

if TYPE_CHECKING:
    from tracker.actions import Action, ActionResult


_TYPING_PAUSE = 0.8
"""Seconds within which a key goes on with what is typed for a dialog that did not open.

Whoever types ">" and "Surat 25" without looking must not undo something and change screens.
"""
_NEVER_TYPED = frozenset({"back", "help", "palette", "quit"})


class TrackerApp(SanitizingApp[None]):
    """The program's screens on one register.

    ``today`` tells what day it is in the city, ``by`` who acts; ``settings`` are the person's own, and
    ``begin_at`` is where they left; ``home`` says where both are kept, None that neither is.
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
        place = begin_at or ViewState()
        if place.mode in MODES:
            start_in_mode(self, place.mode)
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [
            (0, "-narrow"),
            (80, "-normal"),
            (132, "-wide"),
        ]
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-usual"), (36, "-high")]
        self.store, self.ask_today, self.initial_view = store, today, place
        self.settings = settings or Settings()
        register = store.load()
        self.state = State(
            DayView(register, today()),
            language,
            by,
            parse_filter(place.filter, portal_of(register)),
            read_page=store.page,
        )
        self.state.import_folder = place.import_folder
        self.state.folders = dict(place.folders)
        self.keymap_of_user: Mapping[str, str] = self.settings.keys
        self.home: UserPaths | None = home
        self.clock: Callable[[], float] = monotonic
        self._typing_until = 0.0
        self.asks_name: bool = home is not None and home.asks_name
        self.watcher = Watcher(self)
        self._saved_view: ViewState | None = None

    def on_mount(self) -> None:
        """Take on the person's own colours and keys, and begin to watch the register."""
        self.title = visible(self.state.register.only_city.name)
        theme = self.settings.theme or self.initial_view.theme
        if theme in self.available_themes:
            self.theme = theme
        self.set_keymap(dict(self.keymap_of_user))
        personal.warn_of_clashes(self)
        self.watcher.start_measuring()
        self.set_interval(1.0, self.watcher.check_for_changes)
        self.set_interval(1.0, self.save_view_state)
        self.app_resume_signal.subscribe(self, self._redraw)

    def _redraw(self, _: object) -> None:
        """Draw the whole terminal anew, in which a shell has written meanwhile."""
        for widget in (self.screen, *self.screen.query("*")):
            widget.refresh(layout=True)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """What goes wrong beside the screens is a message, not the end."""
        if event.state is WorkerState.ERROR:
            error = event.worker.error
            said = N_(
                "Something went wrong here ({what}). What was recorded before is safe."
            )
            self.show_message(
                self.translate(said, what=f"{type(error).__name__}: {error}"),
                severity="error",
            )

    @property
    def language(self) -> Language:
        """The language of the user."""
        return self.state.language

    def translate(self, msgid: str, /, **values: object) -> str:
        """Return a message in the user's language."""
        return self.language.text(msgid, **values)

    @property
    def active_screen(self) -> TrackerScreen:
        """The screen on top, dialogs aside."""
        return next(
            screen
            for screen in reversed(self.screen_stack)
            if isinstance(screen, TrackerScreen)
        )

    @property
    def view_state(self) -> ViewState:
        """Where one is, to be there again when the screens are next opened."""
        state = self.state
        return ViewState(
            self.current_mode,
            state.filter.text,
            self.theme,
            state.import_folder,
            dict(state.folders),
        )

    def save_view_state(self) -> None:
        """Keep where one is, unless that is kept: a terminal may be closed without leaving the program."""
        here = self.view_state
        if self.home and here != self._saved_view:
            self._saved_view = here
            write_view_state(
                self.home.view_states, self.state.register.prefix, here
            )

    @property
    def screen_name(self) -> str:
        """The name of the screen on top, as the registry of keys has it."""
        return self.active_screen.screen_name

    def update_view(self, facts: DayView) -> None:
        """Let ``facts`` be what the screens show, the figures as soon as they are worked out."""
        self.state.facts = facts
        self.active_screen.update_if_changed()
        self.watcher.start_measuring()

    def update_figures(self, facts: DayView) -> None:
        """Show figures that have been worked out, unless they are overtaken already."""
        if facts is self.state.facts:
            self.state.measured = facts
            self.active_screen.update_if_changed()

    def try_action(self, action: "Action") -> "ActionResult | None":
        """Carry out an action and tell what it did; None where it was refused, which is told too."""
        try:
            return self.perform_action(action)
        except UserError as error:
            self.show_message(
                action_runner.describe_rejection(error, self.language),
                severity="error",
            )
            return None

    def perform_action(self, action: "Action") -> "ActionResult":
        """Carry out an action and tell what it did; raise ``UserError`` where it is refused."""
        before = self.state.register
        done = action_runner.run_action(self, action, before)
        self.after_action(before, done)
        return done

    @property
    def is_importing(self) -> bool:
        """Tell whether an import is being entered beside the screens."""
        return any(
            one.group == action_runner.IMPORT_GROUP and not one.is_finished
            for one in self.workers
        )

    def after_action(self, before: Register, done: "ActionResult") -> None:
        """Show what an action made of the register that stood ``before``, and tell it."""
        self.update_view(self.state.facts.with_register(done.register))
        language = self.language
        others = describe_others_changes(
            before, done.register, done.entry, language
        )
        self.show_message("\n".join(others))
        lines = summarize_result(before, done, language)
        self.show_message("\n".join([*lines, *self._undo_hint(done)]))

    def _undo_hint(self, done: "ActionResult") -> list[str]:
        """Return the line that says by which key an action is undone, or redone if it was undone."""
        if done.entry is None or not done.entry.changes:
            return []
        command = BY_ID["redo" if done.entry.undoes else "undo"]
        keys = keys_of(command, self.keymap_of_user)
        label = self.translate(command.label).lower()
        return [f"{shown_key(key)} {label}" for key in keys[:1]]

    def show_message(
        self, message: str, *, severity: Any = "information"
    ) -> None:
        """Show a message for a moment, if there is any; it is never markup."""
        if message:
            self.notify(
                message,
                severity=severity,
                markup=False,
                timeout=8 if severity == "error" else 4,
            )

    def update_screen(self) -> None:
        """Let the screen on top show the state as it is now."""
        self.active_screen.update_if_changed()

    def focus_list(self) -> None:
        """Give the keys back to the list of the screen on top."""
        self.active_screen.focus_list()

    def following_line(self, command: Command) -> Destination | None:
        """Return the line after the cursor, if a command can be meant for it; None while lines are marked."""
        view = self.active_screen.active_list
        if view is None or view.marks or not command.needs:
            return None
        line = view.key_after_cursor()
        chosen = select_destinations([] if line is None else [line])
        return line if getattr(chosen, command.needs, ()) else None

    def go_to_line(self, destination: Destination) -> None:
        """Put the cursor of the screen on top on a line."""
        self.active_screen.go_to_line(destination)

    def forget_marks(self) -> None:
        """Unmark everything on the screen on top."""
        for view in self.active_screen.query(LineView):
            view.unmark()

    def repeat_warnings(self) -> None:
        """Show the store's warnings again, also those shown before."""
        self.call_later(self.watcher.repeat_warnings)

    def set_filter(self, text: str) -> None:
        """Let every screen show only what ``text`` asks for."""
        self.state.filter = parse_filter(text, portal_of(self.state.register))
        self.active_screen.update_if_changed()

    def disabled_reason(self, command: Command) -> str:
        """Return why a command can do nothing now, as a msgid; empty where it can."""
        if command.changes and self.state.facts.is_past:
            return N_("This is a past week: press 0 to go back to today.")
        if command.changes and self.is_importing:
            return action_runner.IMPORT_RUNNING
        if command.in_opening and not is_in_opening(self.state.register):
            return N_("The opening is closed already.")
        return self.active_screen.disabled_reason(command)

    def action_command(self, id: str) -> None:
        """Do what a key is for, unless it is typed for a dialog that opens or was refused."""
        if self.screen.is_modal:
            # The key was pressed for the dialog before it was there to take it.
            return
        if self.clock() < self._typing_until and id not in _NEVER_TYPED:
            self._typing_until = self.clock() + _TYPING_PAUSE
            return
        self.run_command(id)

    def run_command(self, id: str) -> None:
        """Carry out a command, or say why it can do nothing."""
        command, front = BY_ID[id], self.active_screen
        why = self.disabled_reason(command)
        if why and command.dialog:
            self.refuse_dialog(self.translate(why))
        elif why:
            self.show_message(self.translate(why), severity="warning")
        elif id in MODES:
            self.go_to_mode(id)
        elif command.changes and self.asks_name:
            personal.ask_name(self, lambda: self.run_command(id))
        elif (method := getattr(front, f"do_{id}", None)) or (
            method := getattr(self, f"do_{id}", None)
        ):
            method()
        elif command.dialog:
            action_runner.open_dialog(self, command, front.current_selection())
        else:
            places = ", ".join(
                self.translate(BY_ID[p].label)
                for p in command.where
                if p in BY_ID
            )
            said = self.translate(
                "This is done elsewhere: {screens}.", screens=places
            )
            self.show_message(said, severity="warning")

    def refuse_dialog(self, why: str) -> None:
        """Say why a dialog does not open; what is typed for it does nothing."""
        self.show_message(why, severity="warning")
        self._typing_until = self.clock() + _TYPING_PAUSE

    def go_to_mode(self, mode: str) -> None:
        """Go to one of the seven screens; from within it, back to its first page."""
        if mode != self.current_mode:
            self.switch_mode(mode)
        else:
            self._leave_pages()

    def _show_list(self, mode: str, wanted: Filter) -> None:
        """Show what a filter lets through on one of the seven screens, closing pages left open there."""
        self.set_filter(write_filter(wanted, self.language))
        self.go_to_mode(mode)
        self._leave_pages()

    def _leave_pages(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def open_destination(self, destination: Destination) -> None:
        """Open what a line or a palette item stands for."""
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
                self.call_after_refresh(
                    self.active_screen.go_to_line, destination
                )
            case ThemeChoice(name):
                self.theme = name
            case SortColumn(id):
                if isinstance(table := self.active_screen.active_list, Table):
                    table.sort_by(id)
            case FilteredList(mode, wanted):
                self._show_list(mode, wanted)

    def do_open_board(self) -> None:
        """Show the board of the OPD that is selected."""
        opd = self.state.register.opds[
            self.active_screen.current_selection().opds[0]
        ]
        self._show_list("board", Filter(opds=(opd.code,)))

    def do_log(self) -> None:
        """Show who did what."""
        if self.screen_name != "log":
            self.push_screen(create_screen("log"))

    def do_upkeep(self) -> None:
        """Show what is wrong with the register, and its backups."""
        if self.screen_name != "upkeep":
            self.push_screen(create_screen("upkeep"))

    def do_decisions(self) -> None:
        """Show what is asked of the leadership."""
        if self.screen_name != "decisions":
            self.push_screen(create_screen("decisions"))

    def do_remind(self) -> None:
        """Show what the marked OPDs owe, or the one whose page is open, else what all do."""
        if self.screen_name == "reminders":
            return
        opds = self.active_screen.current_selection().opds
        meant = opds if len(opds) > 1 or self.screen_name == "opd" else ()
        self.push_screen(create_screen("reminders", *meant))

    def do_past_week(self) -> None:
        """Look at the week before, as of its end; not before the first service."""
        facts = self.state.facts
        week = facts.week.plus(-1)
        services = facts.register.services.values()
        first = min(
            (service.registered_on for service in services), default=None
        )
        if first is None or week < Week.of(first):
            said = self.translate("There is no earlier week.")
            self.show_message(said, severity="warning")
            return
        self.update_view(facts.of_week(week, self.ask_today()))

    def do_next_week(self) -> None:
        """Look at the week after, up to today."""
        facts = self.state.facts
        if facts.is_past:
            self.update_view(
                facts.of_week(facts.week.plus(1), self.ask_today())
            )

    def do_present(self) -> None:
        """Go back from a past week to today."""
        today = self.ask_today()
        if self.state.facts.is_past:
            self.update_view(self.state.facts.of_week(Week.of(today), today))

    def do_import(self) -> None:
        """Choose a file and enter what it says."""
        if self.screen_name != "import":
            self.push_screen(create_screen("import"))

    def do_filter(self) -> None:
        """Let the filter be typed."""
        self.active_screen.open_filter()

    def do_clear_filter(self) -> None:
        """Show everything again."""
        self.set_filter("")

    def do_undo(self) -> None:
        """Take back one's own last action."""
        from tracker.actions import Undo

        self._act_and_follow(Undo())

    def do_redo(self) -> None:
        """Do again what one has last undone."""
        from tracker.actions import Redo

        self._act_and_follow(Redo())

    def _act_and_follow(self, action: "Action") -> None:
        """Perform an action and put the cursor on the first service that it changed."""
        before = self.state.register
        done = self.try_action(action)
        if done is None:
            return
        changed = touched_services(before, done.register) or ()
        for key in sorted(changed):
            if self.active_screen.go_to_line(ServicePage(key)):
                return

    def do_palette(self) -> None:
        """Open the palette."""
        from screens.commands.palette import Palette
        from screens.commands.search import palette_items

        offers = N_("An action, an OPD or a service")
        self.push_screen(
            Palette(palette_items(self.state, self.keymap_of_user), offers),
            self._open_chosen,
        )

    def offer_columns(self, table: Table[Any]) -> None:
        """Offer the columns to sort a table by."""
        from screens.commands.palette import Palette
        from screens.commands.search import column_items

        columns = column_items(table)
        now = SortColumn(table.sorted_by or "")
        self.push_screen(
            Palette(columns, N_("Sort by"), now), self._open_chosen
        )

    def _open_chosen(self, chosen: Destination | None) -> None:
        if chosen is not None:
            self.open_destination(chosen)

    def do_help(self) -> None:
        """Show the keys that work here."""
        from screens.commands.help import HelpScreen

        self.push_screen(HelpScreen(self.screen_name))

    def do_language(self) -> None:
        """Change to the next language."""
        self.state.language = next_language(self.language.code)
        self.active_screen.update_if_changed()

    def do_theme(self) -> None:
        """Choose the colours."""
        from screens.commands.palette import Palette
        from screens.commands.search import theme_items

        before = self.theme

        def settle_theme(chosen: Destination | None) -> None:
            self.open_destination(chosen or ThemeChoice(before))

        offered = theme_items(self.state, self.available_themes, before)
        palette = Palette(
            offered,
            N_("Choose the colours"),
            ThemeChoice(before),
            preview=self.open_destination,
        )
        self.push_screen(palette, settle_theme)

    def do_keys(self) -> None:
        """Choose an action, then press its new key."""
        from screens.commands.key_capture import KeyCapture
        from screens.commands.palette import Palette
        from screens.commands.search import command_items

        def ask_key(chosen: Destination | None) -> None:
            if isinstance(chosen, RunCommand):
                self.push_screen(KeyCapture(BY_ID[chosen.id]))

        items = list(command_items(self.state, self.keymap_of_user))
        offers = N_("Choose an action to give it another key")
        self.push_screen(Palette(items, offers), ask_key)

    def do_preferences(self) -> None:
        """Ask for the person's own settings."""
        personal.open_preferences(self)

    def do_quit(self) -> None:
        """Leave the program, unless an import is being entered: only its own screen can stop that."""
        if self.is_importing:
            self.show_message(
                self.translate(action_runner.IMPORT_RUNNING),
                severity="warning",
            )
        else:
            self.exit()

    def action_help_quit(self) -> None:
        """Say how to leave: ctrl+c copies in a text, and does not leave."""
        key = shown_key(
            (*keys_of(BY_ID["quit"], self.keymap_of_user), "ctrl+q")[0]
        )
        self.show_message(self.translate("Press {key} to leave.", key=key))
