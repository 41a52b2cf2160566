"""What an action would do, said before it is done."""

from collections.abc import Sequence

from screens.state import State
from tracker.actions.draft import Action
from tracker.actions.notices import find_notices
from tracker.actions.perform import plan
from tracker.changes import changes_between
from tracker.narration.summary import summarize_changes
from tracker.register import Register


class Planner:
    """Plans actions on the register on view, for the one who looks at it.

    What others changed after the dialog was opened is a ``Conflict`` until the person has been told.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        self.seen: Register | None = state.register

    def preview(self, result: Action) -> Sequence[str]:
        """Return in words what the action would do; raise ``UserError`` where the rules refuse it."""
        state = self.state
        commit = plan(state.register, result, state.context, self.seen)
        after = state.register.changed(commit.changes)
        changes = changes_between(state.register, commit.changes)
        language = state.language
        lines = summarize_changes(state.register, after, changes, language)
        surprises = [
            language.say(notice) for notice in find_notices(after, changes)
        ]
        return [*lines, *surprises]

    def accept_changes(self) -> None:
        """Decide from now on upon the register on view, whatever others have made of it."""
        self.seen = None
