"""Figures that one screen alone needs: worked out in a thread, shown as soon as they are there."""

from collections.abc import Callable
from time import sleep
from typing import Any, Generic, Protocol, TypeVar

from textual.app import App
from textual.worker import get_current_worker

from screens.state import DayView


class Shown(Protocol):
    """A screen that shows what was worked out for it."""

    @property
    def app(self) -> App[Any]:
        """The Textual app, whose threads do the work."""

    @property
    def is_attached(self) -> bool:
        """Whether the screen is still part of the app."""

    def show_state(self) -> None:
        """Put the state on view."""

    def redraw_frame(self) -> None:
        """Draw head, filter and keys."""


A = TypeVar("A")
T = TypeVar("T")


class BackgroundResult(Generic[A, T]):
    """Works out beside ``screen`` what it asks for, has it shown then, and keeps the last answer.

    ``work`` answers from the facts; it begins after ``wait`` seconds without another question, so that
    not every letter that is typed costs its work.
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
        """Return the answer; None until it is worked out, for a moment the one before a change."""
        if (
            self._asked is None
            or self._asked[0] is not facts
            or self._asked[1] != asked
        ):
            self._asked = facts, asked
            self.screen.app.run_worker(
                lambda: self._work_out(facts, asked),
                thread=True,
                exclusive=True,
                group=f"beside {id(self)}",
                exit_on_error=False,
            )
        return (
            self._answered[1]
            if self._answered and self._answered[0] == asked
            else None
        )

    def _work_out(self, facts: DayView, asked: A) -> None:
        worker = get_current_worker()
        sleep(self.wait)
        if worker.is_cancelled:
            return
        found = self.work(facts, asked)
        if not worker.is_cancelled:
            self.screen.app.call_from_thread(self._accept, asked, found)

    def _accept(self, asked: A, found: T) -> None:
        self._answered = asked, found
        if self.screen.is_attached:
            self.screen.show_state()
            self.screen.redraw_frame()
