"""What both sides of a merge changed otherwise, for a person to decide."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tracker.errors import Rejected
from tracker.model import LogEntry


class Side(StrEnum):
    """One of the two copies of a merge."""

    HERE = "here"
    THERE = "there"


class ConflictKind(StrEnum):
    """How two copies contradict each other."""

    CHANGED = "changed"
    """A field has another value in each."""
    REMOVED = "removed"
    """A fact was taken out in one and changed in the other."""
    RULE = "rule"
    """What both did breaks a rule together."""


@dataclass(frozen=True)
class Conflict:
    """Something of which only one side can stand.

    ``subject`` is what people call the fact. ``here`` and ``there`` are the two values, or
    whether the fact is there; of a broken rule ``problem`` says which.
    """

    kind: ConflictKind
    table: str
    key: str
    subject: str
    field: str
    here: Any
    there: Any
    here_by: LogEntry
    there_by: LogEntry
    problem: Rejected | None = None


Decide = Callable[[Conflict], Side | None]
"""Returns which side stands; None while that is open."""
