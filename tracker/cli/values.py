"""Read values that people type, by the same rules as values in imported files.

Every function raises ``UsageError`` for what it cannot read.
"""

from contextlib import suppress
from datetime import date
from typing import Any

from tracker.errors import Rejected, UsageError
from tracker.limits import is_week
from tracker.model import Factor, ReminderLevel, Stage
from tracker.text import collapse_whitespace
from tracker.vocabulary import find_stage
from tracker.week import Week


def read_day(text: str, zone: str = "") -> date:
    """Read ``2026-11-22``, ``22/11/2026`` or ``22 November 2026``.

    A moment with an offset is on the day that it has in ``zone``.
    """
    # Most days are typed in ISO form: for those the other forms need not be loaded.
    with suppress(ValueError):
        iso = date.fromisoformat(text)
        if str(iso) == text:
            return iso
    day: date = _read_value("day", text, zone=zone)
    return day


def come_by(day: date | None, today: date) -> date | None:
    """Return a day that has come by ``today``; None for a later one, of which nothing is known then."""
    return day if day is not None and day <= today else None


def read_week(text: str, zone: str = "") -> Week:
    """Read ``2026-W47``, or any day of the week."""
    week: str = _read_value("week", text, zone=zone)
    if not is_week(week):
        raise UsageError("“{value}” is not a week: write 2026-W47.", value=text)
    return Week.parse(week)


def read_stage(text: str, portal: str = "") -> Stage:
    """Read a stage by its name, as people call it, or by the portal's name."""
    stage: Stage | None = find_stage(text, portal)
    return stage or _read_value("stage", text, portal)


def read_factor(text: str) -> Factor:
    """Read a factor of success."""
    factor: Factor = _read_value("factor", text)
    return factor


def read_kind(text: str, own: tuple[str, ...] = ()) -> str:
    """Read a kind of OPD, one of the city's ``own`` among them."""
    kind: str = _read_value("kind", text, kinds=own)
    return kind


def read_reminder_level(text: str) -> ReminderLevel:
    """Read whom a reminder goes to."""
    level: ReminderLevel = _read_value("reminder_level", text)
    return level


def read_number(text: str) -> float:
    """Read ``1.5`` or ``1,5``; ``1.250`` could be two numbers and is an error."""
    from tracker.exchange.parsing.numbers import check_clear

    number: float = _read_value("number", text)
    try:
        check_clear(collapse_whitespace(text))
    except Rejected as error:
        raise UsageError(error.msgid, **error.values) from None
    return number


def read_whole(text: str) -> int:
    """Read a whole number."""
    number: int = _read_value("whole", text)
    return number


def _read_value(
    what: str,
    text: str,
    portal: str = "",
    zone: str = "",
    kinds: tuple[str, ...] = (),
) -> Any:
    from tracker.exchange.parsing.values import Reader

    try:
        return getattr(Reader(portal, timezone=zone, kinds=kinds), what)(text)
    except Rejected as error:
        raise UsageError(error.msgid, **error.values) from None
