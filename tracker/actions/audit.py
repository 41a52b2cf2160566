"""The log told in full: for every action each fact as it stood before and after."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from msgspec import ValidationError, convert

from tracker.actions.undo import in_order
from tracker.model import TABLES, Fact, LogEntry
from tracker.register import Register


@dataclass(frozen=True)
class Change:
    """One fact that an action touched; None where it was not there before, or is not after."""

    table: str
    key: str
    before: Fact | None
    after: Fact | None

    def differences(self) -> Iterator[tuple[str, Any, Any]]:
        """Yield the fields that differ, each with its values before and after."""
        shown = self.after if self.after is not None else self.before
        for name in shown.__struct_fields__ if shown is not None else ():
            if name in _SIGNATURE:
                continue
            before, after = (
                getattr(fact, name, None) for fact in (self.before, self.after)
            )
            if before != after:
                yield name, before, after


_SIGNATURE = frozenset({"id", "recorded_at", "by"})


@dataclass(frozen=True)
class AuditEntry:
    """One action, and what it did."""

    entry: LogEntry
    changes: tuple[Change, ...]


def audit(register: Register) -> Iterator[AuditEntry]:
    """Yield every action, the latest first; what an action left behind is what the next one found.

    What a log edited by hand tells and no fact can be is passed over; ``doctor`` names it.
    """
    stood: dict[tuple[str, str], Fact | None] = {}
    for entry in reversed(in_order(register.log.values())):
        changes = []
        for table, facts in entry.changes.items():
            if table not in TABLES:
                continue
            now = register.table(table)
            for key, document in facts.items():
                after = stood[table, key] if (table, key) in stood else now.get(key)
                try:
                    before = (
                        None if document is None else convert(document, TABLES[table])
                    )
                except ValidationError:
                    continue
                stood[table, key] = before
                changes.append(Change(table, key, before, after))
        yield AuditEntry(entry, tuple(changes))


def why_closed(register: Register) -> dict[str, str]:
    """Return the reasons that were given when services were closed, by the closure's key.

    A closure has no room for its reason: the action's log entry keeps it.
    """
    return {
        key: entry.why
        for entry in register.log.values()
        if entry.why and not entry.undoes and not entry.redoes
        for key, before in entry.changes.get("closures", {}).items()
        if before is None
    }
