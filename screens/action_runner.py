"""Change the register from the screens, and tell what was done or why it was refused."""

from collections.abc import Callable, Sequence

from screens.commands.registry import Command
from screens.dialogs.checking import advice_lines
from screens.host import Host
from screens.selection import Selection
from tracker.actions.draft import Action
from tracker.actions.names import action_word
from tracker.actions.perform import ActionResult, perform
from tracker.errors import ProblemList, UserError
from tracker.language import N_, Language
from tracker.model import LogEntry
from tracker.register import Changes, Register

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
    done = perform(host.store, action, host.state.context, seen=seen, ready=ready)
    host.repeat_warnings()
    return done


def describe_rejection(error: UserError, language: Language) -> str:
    """Return why something was refused, of several reasons the first few."""
    if not isinstance(error, ProblemList):
        return "\n".join([language.say(error), *advice_lines(error, language)])
    lines = [language.say(problem) for problem in error.problems[:_SHOWN_PROBLEMS]]
    more = len(error.problems) - len(lines)
    return "\n".join(
        [*lines, language.text("… and {count} more", count=more)] if more else lines
    )


def describe_result(before: Register, done: ActionResult, language: Language) -> str:
    """Return in words what an action did to the register that stood ``before``."""
    entry, after = done.entry, done.register
    if entry is None:
        return language.text("Nothing differed: nothing was changed.")
    if not entry.changes:
        return language.text(
            "Done: {what}", what=entry.why or action_word(entry.action)
        )
    if entry.undoes:
        return (
            language.text("Taken back:")
            + "\n"
            + _describe_entries(after, before, [entry], language)
        )
    if entry.redoes:
        return (
            language.text("Done again:")
            + "\n"
            + _describe_entries(before, after, [entry], language)
        )
    from screens.dialogs.telling import noticed

    surprises = noticed(before, after, _collect_changes(after, [entry]), language)
    return "\n".join([_describe_entries(before, after, [entry], language), *surprises])


def describe_others_changes(
    before: Register, after: Register, own: LogEntry | None, language: Language
) -> str:
    """Return in words who else than one with the ``own`` entry changed the register; empty for nobody."""
    new = (after.log[key] for key in sorted(after.log.keys() - before.log.keys()))
    entries = [entry for entry in new if entry is not own]
    if not entries:
        return ""
    who = language.enumeration(dict.fromkeys(entry.by for entry in entries))
    head = language.text("{by} has changed the register:", by=who)
    return f"{head}\n{_describe_entries(before, after, entries, language)}"


def _describe_entries(
    before: Register, after: Register, entries: Sequence[LogEntry], language: Language
) -> str:
    from screens.dialogs.telling import told as told_changes

    return "\n".join(
        told_changes(before, after, _collect_changes(after, entries), language)
    )


def _collect_changes(after: Register, entries: Sequence[LogEntry]) -> Changes:
    """Return what entries of the log changed, as it stands ``after`` them."""
    changes: Changes = {}
    for entry in entries:
        for table, facts in entry.changes.items():
            changes.setdefault(table, {}).update(
                {key: after.table(table).get(key) for key in facts}
            )
    return changes


def open_dialog(host: Host, command: Command, selection: Selection) -> None:
    """Open a command's dialog; it stays open until what it gives has been performed."""
    from screens.dialogs import dialog_for

    dialog = dialog_for(command.id, host.state, selection)
    dialog.submit = host.perform_action

    def forget_marks(action: Action | None) -> None:
        if action is not None:
            host.forget_marks()

    host.push_screen(dialog, forget_marks)
