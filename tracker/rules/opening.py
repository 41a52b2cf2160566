"""Rules on the opening: it consists of baselines alone."""

from collections.abc import Iterator
from datetime import date

from tracker.errors import Rejected
from tracker.lookup import number_of
from tracker.model import Closure, Fact
from tracker.register import Changes, Register
from tracker.rules.problem import Problem

_HISTORY = ("moves", "transfers", "closures")


def find_history_in_opening(
    register: Register,
    changes: Changes,
    today: date,
) -> Iterator[Problem]:
    """Find moves, transfers and closures while the opening is not closed.

    Of moves and transfers still to come another rule tells already.
    """
    if not any(changes.get(table) for table in ("city", *_HISTORY)):
        return
    if not any(city.in_opening for city in register.city.values()):
        return
    for happened in (register.moves, register.transfers):
        for fact in happened.values():
            if fact.on <= today:
                yield _history_after_opening(fact)
    entered = changes.get("closures", {})
    for key, closure in register.closures.items():
        if closure.start > today and key in entered:
            yield _end_to_come(closure)
        else:
            yield _history_after_opening(closure)


def _history_after_opening(fact: Fact) -> Problem:
    message = Rejected(
        "The opening cannot be open again: moves, transfers or closures were "
        "entered after it ({number}).",
        number=number_of(fact),
    )
    return Problem("history-in-opening", message, fact=fact.id)


def _end_to_come(closure: Closure) -> Problem:
    message = Rejected(
        "The opening is not closed yet: what ends on {day} is entered after it.",
        day=closure.start,
    )
    return Problem("history-in-opening", message, closure.id, "start")
