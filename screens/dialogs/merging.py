"""The dialog of a merge: the copy, what it would bring, and what both sides changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from textual.widgets import Input
from textual.worker import Worker

from screens.dialogs.base import FormDialog
from screens.dialogs.form import Field, FieldType, Form, Option, Values
from screens.dialogs.working import Hook, Job, Report, WorkDialog
from screens.host import host_of
from screens.selection import Selection
from screens.state import State
from tracker.exchange.questions import Question, group_questions
from tracker.language import N_
from tracker.merge.conflicts import ConflictKind
from tracker.merge.planning import plan_merge, read_copy
from tracker.merge.telling import describe_plan
from tracker.paths import typed_path
from tracker.store.conflicts import conflicted_copies

_SHOWN = 4
"""Lines of a report for which a small terminal has room."""


@dataclass(frozen=True)
class MergeReport(Report):
    """The changes of a merge, and the questions to answer first."""

    questions: Sequence[Question] = ()


class MergeDialog(WorkDialog):
    """Asks for a copy, then for each contradiction, then whether to merge."""

    def __init__(self, state: State, copy: Path | None = None) -> None:
        self.state = state
        self.copy = copy
        self.answers: dict[str, str] = {}
        self._answered_about: Path | None = None
        fields = (
            Field("path", N_("Copy"), required=True),
            Field(
                "opds",
                N_("Only these OPDs"),
                FieldType.LIST,
                hint=N_("What was done for all"),
            ),
        )
        about = state.language.text(
            "What was done in the copy is entered here under its authors; one undo takes it back.",
        )
        form = Form(
            N_("Merge copies"),
            fields,
            self._make_job,
            about,
            confirm=N_("Merge"),
        )
        super().__init__(form, state)

    def on_mount(self) -> None:
        """Offer the copy that was chosen, or one that a synchronising program left beside the register."""
        path, copy = self._register_path, self.copy
        if copy is None and path is not None:
            copy = next(iter(conflicted_copies(path)), None)
        entry = self.rows[0].entry
        if copy is not None and isinstance(entry, Input):
            entry.value = str(copy)

    @property
    def _register_path(self) -> Path | None:
        return getattr(host_of(self).store, "path", None)

    def _make_job(self, values: Values) -> Job:
        path, opds = typed_path(values["path"]), values["opds"] or ()
        if path != self._answered_about:
            # Another copy may say something else of the same fact.
            self._answered_about, self.answers = path, {}
        answers = self.answers
        return lambda hook: self._plan(path, opds, answers, hook)

    def _plan(
        self,
        path: Path,
        opds: Sequence[str],
        answers: Mapping[str, str],
        hook: Hook,
    ) -> Report:
        hook(0, 1)
        copy = read_copy(path, self._register_path)
        register, context = self.state.register, self.state.context
        plan = plan_merge(register, [copy], opds, context, answers)
        lines = describe_plan(plan, self.state.language)[:_SHOWN]
        if plan.questions:
            return MergeReport(lines, questions=plan.questions)
        if not plan.entries:
            return Report(lines)

        again = N_("Save again to enter it: one undo takes it back.")
        lines.append(self.state.language.text(again))
        return Report(lines, plan.action)

    def _end_work(self, worker: Worker[None], report: Report) -> None:
        super()._end_work(worker, report)
        if not isinstance(report, MergeReport):
            return

        # Many questions of one kind are asked as one, unless each is wanted alone.
        groups = group_questions(report.questions, self.answers)
        if groups:
            question = groups[0].question
            dialog = question_dialog(question, self.state)
            self.app.push_screen(dialog, partial(self._take_answer, question))

    def _take_answer(self, question: Question, answer: str | None) -> None:
        """Keep an answer, and see what is still open; without one nothing is entered."""
        if answer is not None:
            self.answers[question.key] = answer
            self.action_confirm()


def merge_copy(state: State, selection: Selection) -> MergeDialog:
    """Ask for a copy of the register to bring in."""
    return MergeDialog(state)


def question_dialog(question: Question, state: State) -> FormDialog[str]:
    """Return the dialog that asks which side stands, or whether two are one."""
    language = state.language
    options = [
        Option(
            candidate.answer,
            language.text(candidate.msgid, **candidate.values),
        )
        for candidate in question.candidates
    ]
    field = Field(
        "answer",
        N_("Which stands"),
        FieldType.CHOICE,
        options=lambda: options,
        required=True,
    )
    msgids = [question.msgid]
    if question.hint:
        msgids.append(question.hint)
    lines = [language.text(msgid, **question.values) for msgid in msgids]

    is_double = question.sort == ConflictKind.DOUBLE
    title = N_("One or two?") if is_double else N_("Both sides changed it")
    form: Form[str] = Form(
        title,
        (field,),
        lambda values: str(values["answer"]),
        "\n".join(lines),
        confirm=N_("Answer"),
    )
    return FormDialog(form, language, state.today)
