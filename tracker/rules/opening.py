"""Rules on the opening: it consists of baselines alone."""

from collections.abc import Iterator
from datetime import date

from tracker.errors import Rejected
from tracker.register import Changes, Register
from tracker.rules.problem import Problem

_HISTORY = ("moves", "transfers", "closures")


def find_history_in_opening(
    register: Register,
    changes: Changes,
    today: date,
) -> Iterator[Problem]:
    """Find moves, transfers and closures while the opening is not closed."""
    if not any(changes.get(table) for table in ("city", *_HISTORY)):
        return
    if not any(city.in_opening for city in register.city.values()):
        return
    for table in _HISTORY:
        for key in register.table(table):
            message = Rejected(
                "The opening cannot be open again: moves, transfers or closures were "
                "entered after it ({fact}).",
                fact=key,
            )
            yield Problem("history-in-opening", message, fact=key)
