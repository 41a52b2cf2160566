"""A merge as one action: everything that the other copies hold goes in, or nothing does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import ClassVar

from tracker.actions.draft import Draft
from tracker.errors import ProblemList, Rejected
from tracker.merge.conflicts import Answer, Conflict, Decide
from tracker.merge.merging import Merged, merge_copy
from tracker.register import Register
from tracker.text import MAX_NAME

ReadPage = Callable[[str], str | None]
"""Returns a published text by its digest (``Store.page``)."""


@dataclass(frozen=True)
class OtherCopy:
    """A copy to be merged: what messages call it, its register, and its published texts."""

    name: str
    register: Register
    read_page: ReadPage = lambda digest: None


def leave_open(conflict: Conflict) -> Answer | None:
    """Decide nothing: every conflict is open."""
    return None


@dataclass(frozen=True, eq=False)
class MergeCopies:
    """Bring in what was done in other copies of the register, of all OPDs or of some."""

    name: ClassVar[str] = "merge"
    copies: tuple[OtherCopy, ...]
    opds: tuple[str, ...] = ()
    decide: Decide = leave_open
    open: list[Conflict] = field(default_factory=list)
    """Conflicts that nobody has decided, found when the action was last applied."""
    merged: list[Merged] = field(default_factory=list)
    """What each copy added when the action was last applied."""
    planned: Draft | None = None
    """The draft that a plan has shown, used where it still holds."""

    def apply(self, draft: Draft) -> None:
        """Merge copy after copy; raise what is wrong, or that something is still to decide."""
        if self.planned is not None and self.planned.holds_for(draft):
            draft.take_over(self.planned)
        else:
            self._merge(draft)

    def _merge(self, draft: Draft) -> None:
        self.open.clear()
        self.merged.clear()
        draft.recorded = {}
        for copy, name in zip(self.copies, self._name_apart(), strict=True):
            merged = merge_copy(
                draft.register,
                copy.register,
                copy.name,
                draft.today,
                partial(self._decide, name),
                self.opds,
            )
            self.merged.append(merged)
            _raise_problems(merged)
            _take_over(merged, copy, draft)
        draft.why = ", ".join(copy.name for copy in self.copies)[:MAX_NAME]
        if self.open:
            raise Rejected(
                "Questions are open ({count}): answer them on a terminal, or in a file given with --answers.",
                count=len(self.open),
            )

    def _name_apart(self) -> list[str]:
        """Return what conflicts call each copy: nothing where it is the only one."""
        names = [copy.name for copy in self.copies]
        if len(names) == 1:
            return [""]
        return [
            name if names.count(name) == 1 else f"{name} {place}"
            for place, name in enumerate(names, start=1)
        ]

    def _decide(self, name: str, conflict: Conflict) -> Answer | None:
        """Answer a conflict with one copy: what is said of it says nothing of another's."""
        of_copy = replace(conflict, copy=name)
        answer = self.decide(of_copy)
        if answer is None:
            self.open.append(of_copy)
        return answer


def _raise_problems(merged: Merged) -> None:
    problems: Sequence[Rejected] = [
        problem.as_rejection() for problem in merged.problems
    ]
    if problems:
        raise problems[0] if len(problems) == 1 else ProblemList(problems)


def _take_over(merged: Merged, copy: OtherCopy, draft: Draft) -> None:
    """Put what one copy adds into the draft."""
    for table, facts in merged.changes.items():
        for key, fact in facts.items():
            draft.restore(table, key, fact)
    for entry in merged.entries:
        draft.enter(entry)
    draft.next_number = merged.next_number
    recorded = draft.recorded if draft.recorded is not None else {}
    for table, documents in merged.settled.items():
        for key, before in documents.items():
            recorded.setdefault(table, {}).setdefault(key, before)
    for key in merged.changes.get("snapshots", ()):
        for digest in draft.register.snapshots[key].pages.values():
            text = copy.read_page(digest)
            if text is not None:
                draft.keep_page(text)
