"""What the commands do that are the same on every screen."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from screens import action_runner, palettes, past_weeks, personal
from screens.filter import Filter
from screens.host import Host
from screens.navigation import FilteredList, ServicePage
from screens.screen_registry import create_screen
from tracker.language import next_language
from tracker.metrics.touched import find_touched_services

if TYPE_CHECKING:
    from tracker.actions.draft import Action


def open_board(host: Host) -> None:
    """Show the board of the OPD that is selected."""
    opd = host.state.register.opds[host.current_selection().opds[0]]
    host.open_destination(FilteredList("board", Filter(opds=(opd.code,))))


def open_reminders(host: Host) -> None:
    """Show the reminders of the marked OPDs or of the open OPD, else of all.

    An OPD under the cursor alone does not count: the cursor is always on one.
    """
    if host.screen_name == "reminders":
        return

    opds = host.current_selection().opds
    if len(opds) == 1 and host.screen_name != "opd":
        opds = ()
    host.push_screen(create_screen("reminders", *opds))


def open_filter(host: Host) -> None:
    """Open the filter, to type in it."""
    host.open_filter()


def clear_filter(host: Host) -> None:
    """Show everything again."""
    host.set_filter("")


def undo_last_action(host: Host) -> None:
    """Undo the user's own last action."""
    from tracker.actions.undo import Undo

    _act_and_follow(host, Undo())


def redo_last_action(host: Host) -> None:
    """Redo what the user undid last."""
    from tracker.actions.undo import Redo

    _act_and_follow(host, Redo())


def _act_and_follow(host: Host, action: "Action") -> None:
    """Perform an action and put the cursor on the first service that it changed."""
    before = host.state.register
    done = host.try_action(action)
    if done is None:
        return
    changed = find_touched_services(before, done.register)
    for key in sorted(changed):
        if host.go_to_line(ServicePage(key)):
            return


def show_help(host: Host) -> None:
    """Show the keys that work here."""
    from screens.commands.help import HelpScreen

    host.push_screen(HelpScreen(host.screen_name))


def change_language(host: Host) -> None:
    """Change to the next language."""
    host.state.language = next_language(host.state.language.code)
    host.update_screen()


def quit_program(host: Host) -> None:
    """Leave the program, but not during an import: only its own screen can stop it."""
    if host.is_importing:
        running = host.state.language.text(action_runner.IMPORT_RUNNING)
        host.show_message(running, severity="warning")
    else:
        host.exit()


EVERYWHERE: dict[str, Callable[[Host], None]] = {
    "clear_filter": clear_filter,
    "filter": open_filter,
    "help": show_help,
    "keys": palettes.choose_key,
    "language": change_language,
    "next_week": past_weeks.show_week_after,
    "open_board": open_board,
    "palette": palettes.open_palette,
    "past_week": past_weeks.show_week_before,
    "preferences": personal.open_preferences,
    "present": past_weeks.show_today,
    "quit": quit_program,
    "redo": redo_last_action,
    "remind": open_reminders,
    "theme": palettes.choose_theme,
    "undo": undo_last_action,
}
"""By the id of a command; a screen with a ``do_`` method of its own does that instead."""
