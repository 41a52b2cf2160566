"""The chain of the log: each entry carries a digest of itself and of the entry before it.

An entry that is altered or taken out afterwards no longer fits the next one, so it is
found. Whoever can write the file can also reckon the whole chain anew; so a page that is
published says where the chain stood, and that can be compared on paper.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from tracker.changes import sort_entries
from tracker.model import LogEntry
from tracker.text import content_digest

RESTARTS = frozenset({"repair"})
"""Actions after which the log may lack entries: the chain begins anew with them."""

UNMENTIONED = frozenset({"snapshot take"})
"""Actions that a page leaves out, so that taking it again gives the same page."""


def seal_entries(
    log: Mapping[str, LogEntry],
    entries: Iterable[LogEntry],
) -> list[LogEntry]:
    """Return new entries, in their order, each linked to the one before it."""
    before = max(log, default=None)
    link = "" if before is None else log[before].chain
    if before is not None and not link:
        link = _digest_log(sort_entries(log.values()))

    sealed: list[LogEntry] = []
    for entry in sort_entries(entries):
        if _restarts_chain(entry):
            link = _digest_log([*sort_entries(log.values()), *sealed])
        link = _digest_entry(link, entry)
        sealed.append(replace(entry, chain=link))
    return sealed


def find_broken_links(log: Mapping[str, LogEntry]) -> list[LogEntry]:
    """Return the entries that do not fit the one before: one of the two was altered, or one is gone.

    Entries before the first link, which older versions wrote, are checked together by it.
    What was broken before a repair is left to that repair.
    """
    broken: list[LogEntry] = []
    seen: list[LogEntry] = []
    link = ""
    for entry in sort_entries(log.values()):
        if _restarts_chain(entry):
            broken.clear()
            link = ""
        if entry.chain or link:
            link = link or _digest_log(seen)
            if entry.chain != _digest_entry(link, entry):
                broken.append(entry)
            link = entry.chain or link
        seen.append(entry)
    return broken


def find_log_head(log: Mapping[str, LogEntry]) -> str:
    """Return the link of the last entry that a page mentions; empty if it has none."""
    for key in sorted(log, reverse=True):
        if log[key].action not in UNMENTIONED:
            return log[key].chain
    return ""


def _restarts_chain(entry: LogEntry) -> bool:
    # A repair that a merge brought in mended another copy: this log lacks nothing.
    return entry.action in RESTARTS and not entry.origin


def _digest_entry(link: str, entry: LogEntry) -> str:
    return content_digest(f"{link}\n{_write(replace(entry, chain=''))}")


def _digest_log(entries: Sequence[LogEntry]) -> str:
    """Return a digest of a whole log; empty for an empty one."""
    if not entries:
        return ""
    return content_digest(_write(entries))


def _write(told: LogEntry | Sequence[LogEntry]) -> str:
    # Sorted: a program that writes the file with its keys in another order
    # altered no entry.
    return msgspec.json.encode(told, order="deterministic").decode()
