"""How far long work has come, told to a hook that may stop it."""

from collections.abc import Callable

Hook = Callable[[int, int], None]
"""Called with what is done and the total; raises ``Cancelled`` to stop the work."""

WHOLE = 1000
EVERY = 1000
"""Steps between two looks at whether somebody wants to stop."""


class Cancelled(Exception):
    """Raised by a progress hook: the work stops, and nothing of it is kept."""


class Progress:
    """A part of the whole work; it tells its hook in thousandths of the whole."""

    def __init__(
        self,
        hook: Hook | None = None,
        start: float = 0.0,
        end: float = 1.0,
    ) -> None:
        self._hook = hook
        self._start = start
        self._end = end

    def part(self, start: float, end: float) -> "Progress":
        """Return the part of this work between two shares of it."""
        span = self._end - self._start
        return Progress(
            self._hook,
            self._start + span * start,
            self._start + span * end,
        )

    def tell(self, done: int, total: int) -> None:
        """Tell the hook, every thousand steps and at the end."""
        if self._hook is None or (done % EVERY and done != total):
            return
        share = min(1.0, done / total) if total else 1.0
        self._hook(
            round(WHOLE * (self._start + (self._end - self._start) * share)),
            WHOLE,
        )
