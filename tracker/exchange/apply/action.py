"""An import as one action: every row goes in, or none does."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, ClassVar

from tracker.actions.draft import Draft
from tracker.actions.opening import settle_opening
from tracker.errors import ProblemList, Rejected
from tracker.exchange.apply import dated
from tracker.exchange.apply.answers import (
    enter_answer,
    enter_returns,
    take_return,
)
from tracker.exchange.apply.city import (
    begin_history,
    enter_city,
    enter_snapshots,
)
from tracker.exchange.apply.duplicates import code_in
from tracker.exchange.apply.inventory import (
    check_standings,
    enter_standings,
    reconcile_applications,
    reconcile_services,
)
from tracker.exchange.apply.opds import enter_opd
from tracker.exchange.apply.services import enter_application, enter_service
from tracker.exchange.apply.session import ImportSession
from tracker.exchange.columns import KINDS
from tracker.exchange.options import ImportOptions
from tracker.exchange.parsing.records import Record
from tracker.exchange.progress import Hook, Progress
from tracker.exchange.questions import Answers, Question

_ENTERING: dict[str, Callable[[ImportSession, Record], None]] = {
    "opds": enter_opd,
    "applications": enter_application,
    "services": enter_service,
    "transfers": dated.enter_transfer,
    "closures": dated.enter_closure,
    "moves": dated.enter_move,
    "answers": enter_answer,
    "returns": take_return,
    "targets": dated.enter_target,
    "obstacles": dated.enter_obstacle,
    "reports": dated.enter_report,
    "reminders": dated.enter_reminder,
    "evaluations": dated.enter_evaluation,
    "decisions": dated.enter_decision,
}
"""How rows are entered, in this order; those of other kinds by what their kind's description says."""

_ENTERING.update(
    (kind, dated.enter_fact) for kind in KINDS if kind not in _ENTERING
)

_AFTER: dict[str, Sequence[Callable[[ImportSession], None]]] = {
    "closures": (dated.enter_retirements, check_standings),
    "answers": (enter_standings,),
    "returns": (enter_returns,),
}
"""What is left to do when all rows of a kind have been seen."""

_INVENTORIES: dict[str, Callable[[ImportSession, Sequence[Record]], None]] = {
    "applications": reconcile_applications,
    "services": reconcile_services,
}


@dataclass(frozen=True)
class Incoming:
    """What files say, understood: their rows, and what only a JSON export carries."""

    records: Sequence[Record]
    cities: Sequence[dict[str, Any]] = ()
    snapshots: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True, eq=False)
class ImportFacts:
    """Enter what files say. ``planned`` is the session that a plan has shown, used where it still holds."""

    name: ClassVar[str] = "import"
    incoming: Incoming
    options: ImportOptions
    answers: Answers
    problems: Sequence[Rejected] = ()
    planned: ImportSession | None = None
    hook: Hook | None = None
    """Told how far the entering has come; may stop it."""
    questions: Sequence[Question] = ()
    """What the files themselves leave open, such as how they write numbers."""

    @property
    def changes_anything(self) -> bool:
        """Whether the plan has found anything to enter or put right."""
        return self.planned is None or bool(self.planned.draft.changes)

    def apply(self, draft: Draft) -> None:
        """Put every row into the draft; raise what is wrong with any, or what is still open."""
        session = self.planned
        progress = Progress(self.hook)
        if session is not None and session.draft.holds_for(draft):
            draft.take_over(session.draft)
            progress.tell(1, 1)
        else:
            session = enter_rows(
                draft,
                self.incoming,
                self.options,
                self.answers,
                progress,
            )
        refuse_open(session, self.problems, self.questions)


def enter_rows(
    draft: Draft,
    incoming: Incoming,
    options: ImportOptions,
    answers: Answers,
    progress: Progress | None = None,
) -> ImportSession:
    """Enter rows into a draft, what they refer to first, and return what came of it."""
    rows = _sort_by_kind(incoming.records)
    inventories = {}
    if options.as_of is not None:
        inventories = {
            kind: reconcile
            for kind, reconcile in _INVENTORIES.items()
            if rows[kind]
        }
    # The rows of an inventory are read, matched and entered.
    extra_steps = sum(2 * len(rows[kind]) for kind in inventories)
    files = {record.place.file for record in incoming.records}
    session = ImportSession(
        draft,
        options,
        answers,
        progress,
        len(incoming.records) + extra_steps,
        of_several_files=len(files) > 1,
    )

    session.attempt_whole(partial(enter_city, session, incoming.cities))
    begin_history(session, rows)
    for kind, enter in _ENTERING.items():
        if kind in inventories:
            inventories[kind](session, rows[kind])
            continue
        for record in rows[kind]:
            session.attempt(record, enter)
        for finish in _AFTER.get(kind, ()):
            finish(session)
    session.attempt_whole(partial(enter_snapshots, session, incoming.snapshots))
    settle_opening(draft)
    return session


def _sort_by_kind(records: Sequence[Record]) -> dict[str, list[Record]]:
    """Return the rows of each kind in the order in which they are entered."""
    rows: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        rows[record.kind].append(record)

    # By day, and of a day first those that say a stage: later ones build on it.
    def answer_order(answer: Record) -> tuple[date, bool]:
        day = answer.values.get("date", date.min)
        return day, "stage" not in answer.values

    rows["answers"].sort(key=answer_order)
    for kind in _INVENTORIES:
        # A row without a code is about what no row with a code is about.
        rows[kind].sort(key=lambda record: code_in(record) is None)
    return rows


def refuse_open(
    session: ImportSession,
    before: Sequence[Rejected] = (),
    asked: Sequence[Question] = (),
) -> None:
    """Raise what is wrong with an import, or that questions are open."""
    problems = [*before, *session.problems]
    if problems:
        raise ProblemList(problems)
    open_questions = {question.key for question in asked}
    open_questions.update(session.questions)
    if open_questions:
        raise Rejected(
            "Questions are open ({count}): answer them on a terminal, or in a file given with --answers.",
            count=len(open_questions),
        )
