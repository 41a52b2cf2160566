"""By what actions and facts are known in every copy of a register, whatever key each copy gives them."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from tracker.changes import find_merges, sort_entries
from tracker.model import LogEntry


class Origin(NamedTuple):
    """Where and when an action was carried out, or a fact was entered, and by whom."""

    key: str
    recorded_at: datetime
    by: str


def action_origin(entry: LogEntry) -> Origin:
    """Return by what an action is known in every copy."""
    return Origin(entry.origin or entry.id, entry.recorded_at, entry.by)


def entries_in_force(log: Mapping[str, LogEntry]) -> list[LogEntry]:
    """Return the entries of a log, the earliest first, without merges that are taken back.

    What took such a merge back, and what it had brought in, is left out too: as if it had
    never been.
    """
    merges = find_merges(log)
    left_out = merges.brought | merges.inversions
    left_out |= {entry.id for entry in merges.undone}
    return [
        entry
        for entry in sort_entries(log.values())
        if entry.id not in left_out
    ]
