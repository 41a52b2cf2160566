"""A register's beginning: the prefix of its keys, and its city."""

import secrets
from datetime import datetime
from typing import Any

from tracker.limits import check_fact
from tracker.model import City, LogEntry
from tracker.register import Register

_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"


def new_prefix() -> str:
    """Draw what the keys of a new register start with: five random letters or digits."""
    return "".join(secrets.choice(_BASE32) for _ in range(5))


def create_register(
    *, by: str, now: datetime, prefix: str = "", **city: Any
) -> Register:
    """Return a register that holds its city alone, with the entry that tells who founded it.

    ``city`` are the fields of ``tracker.model.City``: name, portal, timezone, goal, …; raises ``Rejected``
    where one of them cannot be kept.
    """
    empty = Register(prefix or new_prefix(), next_number=3)
    fact = City(id=empty.key(1), recorded_at=now, by=by, **city)
    check_fact(fact)
    entry = LogEntry(id=empty.key(2), recorded_at=now, by=by, action="init")
    return empty.changed({"city": {fact.id: fact}, "log": {entry.id: entry}})
