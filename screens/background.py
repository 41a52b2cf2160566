"""What goes on beside the screens: the figures are worked out, and other programs' changes noticed."""

from collections.abc import Sequence
from time import monotonic, sleep

from textual.worker import get_current_worker

from screens.host import Host
from screens.state import DayView
from tracker.errors import UserError
from tracker.narration.results import describe_others_changes

_DRAWN_FIRST = 0.1
"""Seconds in which the screen shows what was done before figures are worked out beside it."""

OTHERS_PAUSE = 10.0
"""Seconds that pass after changes of others were drawn before the next ones are.

Each drawing works the figures out anew. With sixty screens open on one machine, and somebody
writing every second, the machine would do nothing else.
"""


class Watcher:
    """Works in threads; what it finds is handed to the app in the app's own turn.

    ``pause`` is how many seconds pass between two drawings of what others changed. The
    first change after a quiet time is drawn at once, and so are one's own.
    """

    def __init__(self, host: Host, pause: float = OTHERS_PAUSE) -> None:
        self.host = host
        self.pause = pause
        self._others_drawn_at = float("-inf")
        self._complained = ""
        self._warned: set[str] = set()

    def start_measuring(self) -> None:
        """Work out the figures of what is shown."""
        facts = self.host.state.facts
        if facts.register.services or facts.register.opds:
            self.host.run_worker(
                lambda: self._measure_in_thread(facts),
                thread=True,
                exclusive=True,
                group="measure",
                exit_on_error=False,
            )

    def _measure_in_thread(self, facts: DayView) -> None:
        worker = get_current_worker()
        if self.host.state.measured is not None:
            sleep(_DRAWN_FIRST)
        if worker.is_cancelled:
            return
        facts.compute_all()
        if not worker.is_cancelled:
            self.host.call_from_thread(self.host.update_figures, facts)

    def check_for_changes(self) -> None:
        """See whether another program has written, and what day it is."""
        if monotonic() - self._others_drawn_at < self.pause:
            return
        self.host.run_worker(
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
        warnings = self.host.store.warnings()
        if any(str(warning) not in self._warned for warning in warnings):
            self.host.call_from_thread(self._show_new_warnings, warnings)
        today = self.host.ask_today()
        same_day = today == shown.today or shown.is_past
        if register is shown.register and same_day:
            return
        found = (
            shown.with_register(register)
            if same_day
            else DayView(register, today)
        )
        _ = found.rows
        if not get_current_worker().is_cancelled:
            self.host.call_from_thread(self._adopt, shown, found)

    def repeat_warnings(self) -> None:
        """Tell of what goes wrong around a register that is open, as often as it is asked to."""
        self._warned.clear()
        self._show_new_warnings(self.host.store.warnings())

    def _show_new_warnings(self, warnings: Sequence[UserError]) -> None:
        for warning in warnings:
            if str(warning) not in self._warned:
                self._warned.add(str(warning))
                self.host.show_message(
                    self.host.state.language.say(warning), severity="warning"
                )

    def _adopt(self, shown: DayView, found: DayView) -> None:
        """Show what was found, unless one's own action came between: the next look finds what then stands."""
        if shown is self.host.state.facts and not self.host.is_importing:
            self._others_drawn_at = monotonic()
            self.host.update_view(found)
            language = self.host.state.language
            self.host.show_message(
                "\n".join(
                    describe_others_changes(
                        shown.register, found.register, None, language
                    )
                )
            )

    def _report_failure(self, error: UserError) -> None:
        message = self.host.state.language.say(error)
        if message != self._complained:
            self._complained = message
            self.host.show_message(message, severity="error")
