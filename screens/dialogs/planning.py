"""Preview what an action would do."""

from collections.abc import Sequence

from screens.state import State
from tracker.actions.draft import Action
from tracker.actions.notices import find_notices
from tracker.actions.perform import plan
from tracker.changes import changes_between
from tracker.narration.summary import summarize_changes
from tracker.register import Register


class Planner:
    """Plans actions on the register of the screens.

    Changes that others made after the dialog was opened raise ``Conflict``, until the
    user has seen them.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        self.seen: Register | None = state.register

    def preview(self, result: Action) -> Sequence[str]:
        """Return lines that say what the action would do.

        Raises ``UserError`` if the rules reject it.
        """
        state, language = self.state, self.state.language
        commit = plan(state.register, result, state.context, self.seen)
        after = state.register.changed(commit.changes)
        changes = changes_between(state.register, commit.changes)

        lines = summarize_changes(state.register, after, changes, language)
        notices = find_notices(after, changes, state.context.today)
        return [*lines, *(language.say(notice) for notice in notices)]

    def accept_changes(self) -> None:
        """Plan on the register as others have changed it."""
        self.seen = None
