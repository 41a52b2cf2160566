"""Work beside the import's screen: how far it has come, what stops it, and until when it can be stopped."""

from collections.abc import Callable
from threading import Lock

from textual.worker import Worker, WorkerState, get_current_worker

from screens import doing
from screens.frame import TrackerScreen
from screens.widgets.detail import Detail
from tracker.errors import Said
from tracker.exchange.progress import Cancelled

_BEFORE_WRITING = 0.8
"""The share of the entering that is done when all is decided and nothing is written yet."""


class WorkingScreen(TrackerScreen):
    """A screen that reads or enters a file beside itself; ``writing`` can no longer be stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.worker: Worker[None] | None = None
        self.entering = False
        self.writing = False
        self._deciding = Lock()

    @property
    def busy(self) -> bool:
        """Tell whether a file is being read or entered."""
        return self.worker is not None and self.worker.is_running

    def stop(self) -> bool:
        """Stop what is going on and tell whether there was anything; what is being written goes on."""
        with self._deciding:
            stopped = self.busy and not self.writing
            if stopped and self.worker is not None:
                self.worker.cancel()
                self.entering = False
        return stopped

    def _begin(self, work: Callable[[], None]) -> None:
        def guarded() -> None:
            try:
                work()
            except Cancelled:
                pass
            except Said as error:
                self.app.call_from_thread(self._fail, error)

        self._tell_share(0, 1)
        self.worker = self.run_worker(
            guarded, thread=True, exclusive=True, group="import", exit_on_error=False
        )

    def _hook(self, done: int, total: int) -> None:
        if get_current_worker().is_cancelled:
            raise Cancelled
        self.app.call_from_thread(self._tell_share, done, total)

    def _tell_share(self, done: int, total: int) -> None:
        """Say how far the work has come."""
        self._show_share(done / total if total else 1.0, self.says("Esc stops it"))

    def _show_share(self, share: float, said: str) -> None:
        bar = "█" * round(30 * share)
        self.query_one(Detail).show(
            (
                (
                    (f" {self.state.language.percent(share, 0):>4} ", "strong"),
                    (bar, "integrated"),
                    ("░" * (30 - len(bar)), "quiet"),
                    (f"  {said}", "quiet"),
                ),
            )
        )

    def _entering_hook(self, worker: Worker[None], done: int, total: int) -> None:
        """Tell how far it has come without waiting for the screens: they may be waiting for the register."""
        if worker.is_cancelled:
            raise Cancelled
        self.app.call_later(self._tell_entering, round(_BEFORE_WRITING * done), total)

    def _tell_entering(self, done: int, total: int) -> None:
        if self.entering:
            self._tell_share(done, total)

    def _write_now(self, worker: Worker[None]) -> None:
        """Let it be written unless it was stopped; from now on it cannot be."""
        with self._deciding:
            if worker.is_cancelled:
                raise Cancelled
            self.writing = True
        self.app.call_later(self._show_share, _BEFORE_WRITING, self.says("It is being written."))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say that the work came to nothing, rather than end the program."""
        if event.state is WorkerState.ERROR:
            self.entering = self.writing = False
            self.query_one(Detail).show(())
            reason = f"{type(event.worker.error).__name__}: {event.worker.error}"
            self.tracker.tell(self.says("The file cannot be read: {reason}", reason=reason), severity="error")

    def _fail(self, error: Said) -> None:
        self.entering = self.writing = False
        self.query_one(Detail).show(())
        self.tracker.tell(doing.reasons(error, self.state.language), severity="error")
