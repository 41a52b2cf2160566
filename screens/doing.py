"""Change the register from the screens, and tell what was done or why it was refused."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from screens.keys import Command
from screens.selection import Selection
from tracker.actions.draft import Action, Context
from tracker.actions.perform import Done, perform
from tracker.errors import Many, Said
from tracker.language import Language
from tracker.model import LogEntry

if TYPE_CHECKING:
    from screens.app import TrackerApp

_SHOWN_PROBLEMS = 3


def carried_out(app: "TrackerApp", action: Action) -> Done:
    """Carry out an action as the one who sits at the screens, deciding on what they show."""
    context = Context(by=app.state.by, now=datetime.now(UTC), today=app.state.today)
    return perform(app.store, action, context, seen=app.state.register)


def reasons(error: Said, language: Language) -> str:
    """Return why something was refused, of several reasons the first few."""
    if not isinstance(error, Many):
        return language.say(error)
    lines = [language.say(problem) for problem in error.problems[:_SHOWN_PROBLEMS]]
    more = len(error.problems) - len(lines)
    return "\n".join([*lines, language.text("… and {count} more", count=more)] if more else lines)


def told(done: Done, language: Language) -> str:
    """Return in words what an action did."""
    if done.entry is None:
        return language.text("Nothing differed: nothing was changed.")
    if done.entry.undoes or done.entry.redoes:
        entry = done.register.log.get(done.entry.undoes or done.entry.redoes or "")
        action = entry.action if entry else ""
        if done.entry.undoes:
            return language.text("Taken back: {action}", action=action)
        return language.text("Done again: {action}", action=action)
    return language.plural(
        "{n} entry recorded ({action}).",
        "{n} entries recorded ({action}).",
        count(done.entry),
        action=done.entry.action,
    )


def told_others(entries: Sequence[LogEntry], language: Language) -> str:
    """Return in words what others have just done."""
    people = Counter(entry.by for entry in entries)
    who = language.enumeration(people)
    what = language.enumeration(Counter(entry.action for entry in entries))
    n = sum(map(count, entries))
    return language.plural(
        "{by} changed {n} entry ({action}).", "{by} changed {n} entries ({action}).", n, by=who, action=what
    )


def count(entry: LogEntry) -> int:
    """Count the facts that an action touched."""
    return sum(len(facts) for facts in entry.changes.values())


def open_dialog(app: "TrackerApp", command: Command, selection: Selection) -> None:
    """Let a dialog ask for what a command needs; the action that it gives is carried out.

    ``screens.dialogs.dialog_for(command_id, state, selection)`` returns the dialog, a modal screen
    whose result is an action or None.
    """
    from screens.dialogs import dialog_for

    app.push_screen(dialog_for(command.id, app.state, selection), lambda action: act(app, action))


def act(app: "TrackerApp", action: Action | None) -> None:
    """Carry out what a dialog gave, if anything."""
    if action is not None:
        app.act(action)
