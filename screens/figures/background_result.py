"""Results that one screen needs: computed in a thread, shown when they are there."""

from collections.abc import Callable
from time import sleep
from typing import Any, Generic, Protocol, TypeVar

from textual.app import App
from textual.worker import get_current_worker

from screens.state import DayView
from tracker.collection import pause_collection


class Shown(Protocol):
    """A screen that shows results computed for it."""

    @property
    def app(self) -> App[Any]:
        """The Textual app, whose threads do the work."""

    @property
    def is_complete(self) -> bool:
        """Whether all its widgets are there: not while it opens or closes."""

    def show_state(self) -> None:
        """Put the state on view."""

    def redraw_frame(self) -> None:
        """Draw head, filter and keys."""


A = TypeVar("A")
T = TypeVar("T")


class BackgroundResult(Generic[A, T]):
    """Computes what ``screen`` asks for in a thread, and keeps the last answer.

    ``work`` starts after ``wait`` seconds without another question, so that not every
    typed letter costs its work. The screen is drawn again when the answer is there.
    """

    def __init__(
        self,
        screen: Shown,
        work: Callable[[DayView, A], T],
        wait: float = 0.0,
    ) -> None:
        self.screen, self.work, self.wait = screen, work, wait
        self._asked: tuple[DayView, A] | None = None
        self._answered: tuple[A, T] | None = None

    def get(self, facts: DayView, asked: A) -> T | None:
        """Return the answer, or None until it is computed.

        After a change of the facts it is the old answer until the new one is there.
        """
        before = self._asked
        if before is None or before[0] is not facts or before[1] != asked:
            self._asked = facts, asked
            app = self.screen.app
            app.run_worker(
                lambda: self._compute_in_thread(app, facts, asked),
                thread=True,
                exclusive=True,
                group=f"beside {id(self)}",
                exit_on_error=False,
            )

        if self._answered and self._answered[0] == asked:
            return self._answered[1]
        return None

    def _compute_in_thread(
        self,
        app: App[Any],
        facts: DayView,
        asked: A,
    ) -> None:
        """Compute the answer; the screen may be gone by then, and know no app."""
        worker = get_current_worker()
        sleep(self.wait)
        if worker.is_cancelled:
            return
        with pause_collection():
            found = self.work(facts, asked)
        if not worker.is_cancelled:
            app.call_from_thread(self._accept, asked, found)

    def _accept(self, asked: A, found: T) -> None:
        self._answered = asked, found
        if self.screen.is_complete:
            self.screen.show_state()
            self.screen.redraw_frame()
