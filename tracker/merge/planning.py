"""What a merge would do: read the copies, find what is to be decided, and tell what would come of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tracker.actions.draft import Context, Draft
from tracker.collection import pause_collection
from tracker.errors import Rejected, Unreadable
from tracker.exchange.questions import Answers, Question
from tracker.merge.action import MergeCopies, OtherCopy
from tracker.merge.merging import Merged
from tracker.merge.permitting import check_merger
from tracker.merge.questions import ask_about, decide_by_answers
from tracker.model import LogEntry
from tracker.paths import require_readable, shown_path
from tracker.register import Register
from tracker.store.opening import open_store


@dataclass(frozen=True)
class MergePlan:
    """What a merge would do to a register: ``after`` is how it would stand."""

    action: MergeCopies
    after: Register
    merged: Sequence[Merged]
    questions: Sequence[Question]

    @property
    def entries(self) -> list[LogEntry]:
        """The actions that would be brought in, in the order in which they are entered."""
        return [entry for one in self.merged for entry in one.entries]


def read_copy(path: Path, register_path: Path | None) -> OtherCopy:
    """Read a copy of the register from its file; nothing in it is changed.

    Raises ``Unreadable`` if the file holds no register, ``Rejected`` if it is the
    register itself.
    """
    if register_path is not None and path.resolve() == register_path.resolve():
        raise Rejected(
            "{path} is the register itself: choose another file.",
            path=str(path),
        )
    require_readable(path, Unreadable)
    store = open_store(path)
    with pause_collection():
        register = store.load()
    return OtherCopy(shown_path(Path(path.name)), register, store.page)


@pause_collection()
def plan_merge(
    register: Register,
    copies: Sequence[OtherCopy],
    opds: Sequence[str],
    context: Context,
    answers: Answers,
) -> MergePlan:
    """Return what merging copies into a register would do; nothing is stored.

    Where answers are missing it is told as if what is here stayed. Raises ``Rejected`` if
    the copies cannot be merged, or not by whoever asks, and for an answer that is none.
    """
    action = MergeCopies(tuple(copies), tuple(opds), decide_by_answers(answers))
    draft = Draft(register, context)
    try:
        action.apply(draft)
    except Rejected:
        if not action.open:
            raise
    check_merger(draft, copies, opds)
    if not action.open:
        action = replace(action, planned=draft)
    questions = {
        question.key: question
        for question in (
            ask_about(conflict, draft.register) for conflict in action.open
        )
    }
    for question in questions.values():
        question.answer_in(answers)
    return MergePlan(
        action,
        draft.register,
        tuple(action.merged),
        tuple(questions.values()),
    )
