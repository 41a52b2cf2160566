"""Work beside the import's screen: how far it has come, what stops it, and until when it can be stopped."""

from collections.abc import Callable
from threading import Lock
from typing import Any

from textual.worker import Worker, WorkerState, get_current_worker

from screens import action_runner
from screens.base_screen import TrackerScreen
from screens.widgets.detail import Detail
from tracker.errors import UserError
from tracker.exchange.progress import Cancelled
from tracker.language import N_

BEFORE_WRITING = 0.8
"""The share of the entering that is done when all is decided and nothing is written yet."""
STOPPED = N_("Stopped; nothing was changed.")


class WorkingScreen(TrackerScreen):
    """A screen that reads or enters a file beside itself; ``writing`` can no longer be stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.worker: Worker[None] | None = None
        self.writing = False
        self._deciding = Lock()

    @property
    def busy(self) -> bool:
        """Whether a file is being read or written to the register."""
        return self.worker is not None and not self.worker.is_finished

    def stop(self) -> bool:
        """Stop the work and return whether there was any; what is already being written goes on."""
        with self._deciding:
            stopped = self.busy and not self.writing
            if stopped and self.worker is not None:
                self.worker.cancel()
        return stopped

    def begin(self, group: str, work: Callable[[Worker[None]], None]) -> None:
        """Run ``work`` in a thread; it replaces the group's work before."""

        def guarded() -> None:
            worker = get_current_worker()
            try:
                work(worker)
            except Cancelled:
                pass
            except UserError as error:
                self.hand_over(
                    worker,
                    self.failed,
                    action_runner.describe_rejection(error, self.language),
                )

        self.worker = self.run_worker(
            guarded,
            group=group,
            thread=True,
            exclusive=True,
            exit_on_error=False,
        )
        self._tell_share(self.worker, 0.0)

    def hand_over(
        self,
        worker: Worker[None],
        take: Callable[..., None],
        *results: Any,
    ) -> None:
        """Call ``take`` with the results in the app's thread, unless the work was stopped."""

        def take_results() -> None:
            if not worker.is_cancelled:
                take(*results)

        self.app.call_from_thread(take_results)

    def hook(
        self,
        worker: Worker[None],
        end: float,
        done: int,
        total: int,
    ) -> None:
        """Report the progress of the work; this part of it goes until ``end``.

        It does not wait for the screens: they may be waiting for the register.
        """
        if worker.is_cancelled:
            raise Cancelled
        self.call_later(self._tell_share, worker, end * done / max(1, total))

    def write_now(self, worker: Worker[None]) -> None:
        """Allow the writing unless the work was stopped; from now on it cannot be."""
        with self._deciding:
            if worker.is_cancelled:
                raise Cancelled
            self.writing = True
        self.call_later(self._tell_share, worker, BEFORE_WRITING)

    def _tell_share(self, worker: Worker[None], share: float) -> None:
        """Show the progress of the work, and how to stop it."""
        if worker is not self.worker or not self.busy:
            return
        language, bar = self.language, "█" * round(30 * share)
        said = (
            language.text("It is being written.")
            if self.writing
            else language.text("Esc stops it")
        )
        line = (
            (f" {language.percent(share, 0):>4} ", "strong"),
            (bar, "integrated"),
            ("░" * (30 - len(bar)), "quiet"),
            (f"  {said}", "quiet"),
        )
        self.query_one(Detail).show((line,))

    def ended(self) -> None:
        """Hide the progress."""
        self.writing = False
        self.query_one(Detail).show(())

    def failed(self, why: str) -> None:
        """Show why the work failed."""
        self.ended()
        self.host.show_message(why, severity="error")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Show that the work failed, instead of ending the program."""
        if event.state is WorkerState.ERROR and event.worker is self.worker:
            reason = (
                f"{type(event.worker.error).__name__}: {event.worker.error}"
            )
            self.failed(
                self.translate("This did not work: {reason}", reason=reason),
            )

    def on_unmount(self) -> None:
        """Show that the work was stopped, if the screen was left otherwise than by Escape."""
        if self.stop():
            self.host.show_message(self.translate(STOPPED))
