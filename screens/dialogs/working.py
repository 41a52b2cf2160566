"""A dialog whose work takes a while: done in a thread, its progress shown, until Escape stops it."""

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
from tracker.os_errors import reason_of

Hook = Callable[[int, int], None]


@dataclass(frozen=True)
class Report:
    """What came of the work, said in ``lines``: an action still to be saved, all ``done``, or a failure."""

    lines: Sequence[str]
    action: Action | None = None
    done: bool = False


Job = Callable[[Hook], Report]
"""The work: it tells the hook how far it has come."""


class WorkDialog(FormDialog[Any]):
    """A form that makes a ``Job``; saved once it is worked on, saved again its action is carried out."""

    def __init__(self, form: Form[Job], state: State) -> None:
        super().__init__(form, state.language, state.today)
        self.report: Report | None = None
        self._worker: Worker[None] | None = None
        self._worked_on: Mapping[str, Any] = {}

    def check(self) -> None:
        """What is typed anew has to be worked on anew."""
        if self._worker is not None:
            return
        super().check()
        report = self.report
        if (
            report is not None
            and report.action is not None
            and self._worked_on == self._typed_values()
        ):
            self.show_outcome(report.lines, good=True)
        else:
            self.report = None

    def _typed_values(self) -> Mapping[str, Any]:
        return {row.field.name: row.filled.value for row in self.rows}

    def action_confirm(self) -> None:
        """Begin the work, or carry out what came of it."""
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
            work, thread=True, exclusive=True, exit_on_error=False
        )

    def _work_in_thread(self, job: Job) -> None:
        worker = get_current_worker()

        def told(done: int, total: int) -> None:
            if worker.is_cancelled:
                raise Cancelled
            self.app.call_from_thread(self._show_progress, done / max(1, total))

        try:
            report = job(told)
        except Cancelled:
            return
        except UserError as error:
            report = Report(rejection_lines(error, self.language))
        except Exception as error:
            known = isinstance(error, OSError)
            reason = (
                reason_of(error)
                if known
                else f"{type(error).__name__}: {error}"
            )
            said = self.language.text(
                "This did not work: {reason}", reason=reason
            )
            report = Report([WRONG + said])
        self.app.call_from_thread(self._end_work, worker, report)

    def _show_progress(self, share: float) -> None:
        if self._worker is None:
            return
        percent = self.language.percent(share, 0)
        self.show_outcome(
            [
                self.language.text(
                    "Working … {percent} (Esc stops)", percent=percent
                )
            ]
        )

    def _end_work(self, worker: Worker[None], report: Report) -> None:
        """Say what came of the work; what was stopped too late is told, and else forgotten."""
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
        """Stop the work, else leave."""
        if self._worker is None:
            super().action_leave()
            return
        self._worker.cancel()
        self._worker = None
        self.show_outcome([self.language.text("Stopped; nothing was changed.")])
