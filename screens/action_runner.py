"""Perform actions from the screens, and describe what they did or why they were rejected."""

from collections.abc import Callable, Mapping
from typing import Any

from screens.advice import advice_lines
from screens.commands.command import Command
from screens.commands.keys import keys_of, shown_key
from screens.commands.registry import BY_ID
from screens.host import Host
from screens.selection import Selection
from tracker.actions.draft import Action
from tracker.actions.perform import ActionResult, perform
from tracker.errors import ProblemList, UserError
from tracker.language import N_, Language
from tracker.narration.results import describe_others_changes, summarize_result
from tracker.register import Register

_SHOWN_PROBLEMS = 3
IMPORT_GROUP = "entering"
"""The group of the workers that write an import in a thread."""
IMPORT_RUNNING = N_("It is being entered.")


def run_action(
    host: Host,
    action: Action,
    seen: Register,
    ready: Callable[[], None] | None = None,
) -> ActionResult:
    """Perform an action as the user at the screens, who decided on the register ``seen``.

    ``ready`` is called when nothing is left but to write; if it raises, the action stops.
    """
    context = host.state.context
    done = perform(host.store, action, context, seen=seen, ready=ready)
    host.repeat_warnings()
    return done


def describe_result(
    host: Host,
    before: Register,
    done: ActionResult,
) -> list[str]:
    """Return the messages of an action: what others changed meanwhile, and what it did."""
    language = host.state.language
    others = describe_others_changes(
        before,
        done.register,
        done.entry,
        language,
    )
    lines = summarize_result(before, done, language)
    return ["\n".join(others), "\n".join([*lines, *_undo_hint(host, done)])]


def _undo_hint(host: Host, done: ActionResult) -> list[str]:
    """Return the line with the key that undoes an action, or redoes an undone one."""
    if done.entry is None or not done.entry.changes:
        return []

    command = BY_ID["redo" if done.entry.undoes else "undo"]
    keys = keys_of(command, host.keymap_of_user)
    label = host.state.language.text(command.label).lower()
    return [f"{shown_key(key)} {label}" for key in keys[:1]]


def describe_rejection(error: UserError, language: Language) -> str:
    """Return why an action was rejected; of several reasons the first few."""
    if not isinstance(error, ProblemList):
        return "\n".join([language.say(error), *advice_lines(error, language)])

    shown = error.problems[:_SHOWN_PROBLEMS]
    lines = [language.say(problem) for problem in shown]
    more = len(error.problems) - len(shown)
    if more:
        lines.append(language.text("… and {count} more", count=more))
    return "\n".join(lines)


def open_dialog(
    host: Host,
    command: Command,
    selection: Selection,
    carried: Mapping[str, Any] | None = None,
) -> None:
    """Open a command's dialog; it stays open until its action has been performed.

    ``carried`` are the values of the dialog before in a series: the next keeps its choices.
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
