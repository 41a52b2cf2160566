"""Change the register from the screens, and tell what was done or why it was refused."""

from collections.abc import Callable, Mapping
from typing import Any

from screens.commands.command import Command
from screens.dialogs.checking import advice_lines
from screens.host import Host
from screens.selection import Selection
from tracker.actions.draft import Action
from tracker.actions.perform import ActionResult, perform
from tracker.errors import ProblemList, UserError
from tracker.language import N_, Language
from tracker.register import Register

_SHOWN_PROBLEMS = 3
IMPORT_GROUP = "entering"
"""The group of the workers that enter an import beside the screens."""
IMPORT_RUNNING = N_("It is being entered.")


def run_action(
    host: Host,
    action: Action,
    seen: Register,
    ready: Callable[[], None] | None = None,
) -> ActionResult:
    """Carry out an action as the one who sits at the screens and decided on the register ``seen``.

    ``ready`` is called when nothing is left but to write; what it raises stops the action.
    """
    done = perform(
        host.store, action, host.state.context, seen=seen, ready=ready
    )
    host.repeat_warnings()
    return done


def describe_rejection(error: UserError, language: Language) -> str:
    """Return why something was refused, of several reasons the first few."""
    if not isinstance(error, ProblemList):
        return "\n".join([language.say(error), *advice_lines(error, language)])
    lines = [
        language.say(problem) for problem in error.problems[:_SHOWN_PROBLEMS]
    ]
    more = len(error.problems) - len(lines)
    return "\n".join(
        [*lines, language.text("… and {count} more", count=more)]
        if more
        else lines
    )


def open_dialog(
    host: Host,
    command: Command,
    selection: Selection,
    carried: Mapping[str, Any] | None = None,
) -> None:
    """Open a command's dialog; it stays open until what it gives has been performed.

    ``carried`` are the values of the one before in a series, of which the next keeps what was chosen.
    """
    from screens.dialogs import dialog_for

    dialog = dialog_for(command.id, host.state, selection)
    if carried:
        dialog.carry_over(carried)
    dialog.submit = host.perform_action
    following = host.following_line(command)
    dialog.can_go_on = following is not None or command.id.startswith("add_")

    def finish(action: Action | None) -> None:
        if action is None:
            return
        host.forget_marks()
        if not dialog.goes_on:
            return
        if following is None:
            open_dialog(host, command, selection, dialog.values)
        else:
            host.go_to_line(following)
            host.run_command(command.id)

    host.push_screen(dialog, finish)
