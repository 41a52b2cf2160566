"""Work in threads beside the screens: compute figures, notice changes of others."""

from collections.abc import Sequence
from time import monotonic, sleep

from textual.worker import Worker, get_current_worker

from screens.host import Host
from screens.state import DayView
from tracker.collection import pause_collection
from tracker.errors import UserError
from tracker.narration.results import describe_others_changes

DRAWN_FIRST = 0.1
"""Seconds for the screen to show a change before the figures are computed."""

OTHERS_PAUSE = 10.0
"""Seconds that pass after changes of others were drawn before the next ones are.

Each drawing works the figures out anew. With sixty screens open on one machine, and somebody
writing every second, the machine would do nothing else.
"""


class Watcher:
    """Works in threads, and hands what it finds to the app's own thread.

    ``pause`` is the time in seconds between two drawings of what others changed. The
    first change after a quiet time is drawn at once, and so are the user's own.
    """

    def __init__(self, host: Host, pause: float = OTHERS_PAUSE) -> None:
        self.host = host
        self.pause = pause
        self._others_drawn_at = float("-inf")
        self._measuring: DayView | None = None
        self._look: Worker[None] | None = None
        self._complained = ""
        self._warned: set[str] = set()

    def start_measuring(self, delay: float = 0.0) -> None:
        """Compute the figures of what is shown, ``delay`` seconds later."""
        facts = self.host.state.facts
        if not facts.register.services and not facts.register.opds:
            return
        if facts is self._measuring:
            return

        self._measuring = facts
        self.host.run_worker(
            lambda: self._measure_in_thread(facts, delay),
            thread=True,
            exclusive=True,
            group="measure",
            exit_on_error=False,
        )

    def _measure_in_thread(self, facts: DayView, delay: float) -> None:
        worker = get_current_worker()
        if delay:
            sleep(delay)
        if worker.is_cancelled:
            return
        with pause_collection():
            facts.compute_all()
            # Within: the first figures are to be passed by before the collector looks.
            if not worker.is_cancelled:
                self.host.call_from_thread(self.host.update_figures, facts)

    def check_regularly(self) -> None:
        """Look for changes, unless the look before has not ended yet.

        A look that takes longer than the time between two would be cancelled by
        each next one, and no change would ever be shown.
        """
        if self._look is None or self._look.is_finished:
            self.check_for_changes()

    def check_for_changes(self) -> None:
        """Look whether another program has written, or a new day has begun."""
        if monotonic() - self._others_drawn_at < self.pause:
            return

        self._look = self.host.run_worker(
            self._check_in_thread,
            thread=True,
            exclusive=True,
            group="look",
            exit_on_error=False,
        )

    def _check_in_thread(self) -> None:
        shown = self.host.state.facts
        try:
            register = self.host.store.load()
        except UserError as error:
            self.host.call_from_thread(self._report_failure, error)
            return

        self._complained = ""
        if self.host.state.is_lost:
            self.host.call_from_thread(self._mark_lost, False)
        warnings = self.host.store.warnings()
        if any(str(warning) not in self._warned for warning in warnings):
            self.host.call_from_thread(self._show_new_warnings, warnings)

        today = self.host.ask_today()
        same_day = today == shown.today or shown.is_past
        if register is shown.register and same_day:
            return

        if same_day:
            found = shown.with_register(register)
        else:
            found = DayView(register, today)
        # Computed here, so that the app's thread need not, and draws once.
        if self.host.needs_figures:
            found.compute_all()
        else:
            _ = found.rows
        if not get_current_worker().is_cancelled:
            self.host.call_from_thread(self._adopt, shown, found)

    def repeat_warnings(self) -> None:
        """Show the store's warnings, also those shown before."""
        self._warned.clear()
        self._show_new_warnings(self.host.store.warnings())

    def _show_new_warnings(self, warnings: Sequence[UserError]) -> None:
        for warning in warnings:
            if str(warning) not in self._warned:
                self._warned.add(str(warning))
                message = self.host.state.language.say(warning)
                self.host.show_message(message, severity="warning")

    def _adopt(self, shown: DayView, found: DayView) -> None:
        """Show what others changed, and a message that says what."""
        # After an action of the user's own, the next look finds both changes.
        if shown is not self.host.state.facts or self.host.is_importing:
            return

        self._others_drawn_at = monotonic()
        if found.has_figures:
            self.host.state.measured = found
        self.host.update_view(found)
        lines = describe_others_changes(
            shown.register,
            found.register,
            None,
            self.host.state.language,
        )
        self.host.show_message("\n".join(lines))

    def _mark_lost(self, is_lost: bool) -> None:
        """Show in the head whether the server can be reached."""
        self.host.state.is_lost = is_lost
        self.host.update_screen()

    def _report_failure(self, error: UserError) -> None:
        if self.host.state.place:
            self._mark_lost(True)
        message = self.host.state.language.say(error)
        if message != self._complained:
            self._complained = message
            self.host.show_message(message, severity="error")
