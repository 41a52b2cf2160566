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


class Kinship(StrEnum):
    """Whether what was entered on both sides is one thing."""

    ONE = "one"
    TWO = "two"


class ConflictKind(StrEnum):
    """How two copies contradict each other."""

    CHANGED = "changed"
    """A field has another value in each."""
    REMOVED = "removed"
    """A fact was taken out in one and changed in the other."""
    RULE = "rule"
    """What both did breaks a rule together."""
    DOUBLE = "double"
    """Each entered something under one code or name: it may be one thing, or two."""


@dataclass(frozen=True)
class Conflict:
    """Something of which only one side can stand, or that may be one or two.

    ``subject`` is what people call the fact. ``here`` and ``there`` are the two values, or
    whether the fact is there, or two facts that may be one; of a broken rule ``problem``
    says which.
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
    copy: str = ""
    """What the other copy is called, where several are merged at once."""


Answer = Side | Kinship

Decide = Callable[[Conflict], Answer | None]
"""Returns which side stands, or whether two are one; None while that is open."""


def choose_side(conflict: Conflict, decide: Decide) -> Side:
    """Return which side stands; ours while that is open."""
    answer = decide(conflict)
    return answer if isinstance(answer, Side) else Side.HERE
