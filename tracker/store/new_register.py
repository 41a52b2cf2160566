"""New registers: the prefix of their keys, and their city."""

import secrets
from datetime import datetime
from typing import Any

from tracker.limits import check_fact
from tracker.log_chain import seal_entries
from tracker.model import City, LogEntry
from tracker.register import Register

_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"


def new_prefix() -> str:
    """Return a random prefix for the keys of a new register: five letters or digits."""
    return "".join(secrets.choice(_BASE32) for _ in range(5))


def create_register(
    *,
    by: str,
    now: datetime,
    prefix: str = "",
    **city: Any,
) -> Register:
    """Return a register with its city alone, and the log entry of who created it.

    ``city`` are the fields of ``tracker.model.City``: name, portal, timezone, goal, …; raises ``Rejected``
    if one of them is invalid.
    """
    empty = Register(prefix or new_prefix(), next_number=3)
    fact = City(
        id=empty.key(1),
        recorded_at=now,
        by=by,
        **city,
    )
    check_fact(fact)
    entry = LogEntry(
        id=empty.key(2),
        recorded_at=now,
        by=by,
        action="init",
    )
    (sealed,) = seal_entries({}, [entry])
    return empty.changed({"city": {fact.id: fact}, "log": {entry.id: sealed}})
