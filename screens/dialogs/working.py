"""A dialog for long work: done in a thread, with progress, stopped by Escape."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.worker import Worker, get_current_worker

from screens.dialogs.base import FormDialog
from screens.dialogs.checking import WRONG, rejection_lines
from screens.dialogs.form import Form
from screens.state import State
from tracker.actions.draft import Action
from tracker.errors import UserError
from tracker.exchange.progress import Cancelled
from tracker.language import N_
from tracker.os_errors import reason_of

Hook = Callable[[int, int], None]


@dataclass(frozen=True)
class Report:
    """The result of work: an action still to be saved, all ``done``, or a failure."""

    lines: Sequence[str]
    action: Action | None = None
    done: bool = False


Job = Callable[[Hook], Report]
"""The work; it calls the hook with the steps done and their total."""


class WorkDialog(FormDialog[Any]):
    """A form that makes a ``Job``.

    Saving does the job; if that yields an action, saving again carries it out.
    """

    stopped = N_("Stopped; nothing was changed.")
    """What is said when the job was stopped, as a msgid."""

    def __init__(self, form: Form[Job], state: State) -> None:
        super().__init__(form, state.language, state.today)
        self.report: Report | None = None
        self._worker: Worker[None] | None = None
        self._worked_on: Mapping[str, Any] = {}

    def check(self) -> None:
        """Check the form; forget the result of a job on other values."""
        if self._worker is not None:
            return

        super().check()
        report = self.report
        is_current = self._worked_on == self._typed_values()
        if report is not None and report.action is not None and is_current:
            self.show_outcome(report.lines, good=True)
        else:
            self.report = None

    def _typed_values(self) -> Mapping[str, Any]:
        return {row.field.name: row.filled.value for row in self.rows}

    def action_confirm(self) -> None:
        """Start the job, or carry out its action."""
        if self._worker is not None:
            return

        self.check()
        if self.report is not None and self.report.action is not None:
            self.finish(self.report.action)
        elif self.result is None:
            super().action_confirm()
        else:
            self._worked_on = self._typed_values()
            self._start_work(self.result)

    def _start_work(self, job: Job) -> None:
        self.show_outcome([self.language.text("Working … (Esc stops)")])
        work = partial(self._work_in_thread, job)
        self._worker = self.run_worker(
            work,
            thread=True,
            exclusive=True,
            exit_on_error=False,
        )

    def _work_in_thread(self, job: Job) -> None:
        worker = get_current_worker()

        def hook(done: int, total: int) -> None:
            if worker.is_cancelled:
                raise Cancelled
            self.app.call_from_thread(self._show_progress, done / max(1, total))

        try:
            report = job(hook)
        except Cancelled:
            return
        except UserError as error:
            report = Report(rejection_lines(error, self.language))
        except OSError as error:
            report = self._failure_report(reason_of(error))
        except Exception as error:
            # A thread's traceback would tear through the screens.
            report = self._failure_report(f"{type(error).__name__}: {error}")

        self.app.call_from_thread(self._end_work, worker, report)

    def _failure_report(self, reason: str) -> Report:
        line = self.language.text("This did not work: {reason}", reason=reason)
        return Report([WRONG + line])

    def _show_progress(self, share: float) -> None:
        if self._worker is None:
            return

        line = self.language.text(
            "Working … {percent} (Esc stops)",
            percent=self.language.percent(share, 0),
        )
        self.show_outcome([line])

    def _end_work(self, worker: Worker[None], report: Report) -> None:
        """Show the report of a job, unless the job was stopped.

        A job that was done before it could be stopped is reported all the same.
        """
        if report.done:
            self.app.notify("\n".join(report.lines), markup=False)
        if worker is not self._worker:
            return

        self._worker = None
        self.report = report
        self.show_outcome(report.lines, good=report.action is not None)
        if report.done:
            self.dismiss(None)

    def action_leave(self) -> None:
        """Stop the job, else leave."""
        if self._worker is None:
            super().action_leave()
            return

        self._worker.cancel()
        self._worker = None
        self.show_outcome([self.language.text(self.stopped)])
