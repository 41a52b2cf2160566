"""Write a register fact by fact in order of time, with the log of its entries."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from msgspec.structs import replace

from tracker.model import TABLES, Fact, LogEntry, StoredSnapshot
from tracker.register import Register

F = TypeVar("F", bound=Fact)
_TABLE_OF = {kind: name for name, kind in TABLES.items()}
_MORNING = time(2, 0, tzinfo=UTC)


class Writer:
    """Collects facts and their log: one entry for each action of a person on a day."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.number = 1
        self.tables: dict[str, dict[str, Any]] = {name: {} for name in TABLES}
        self._entry: tuple[date, str, str] | None = None
        self._changes: dict[str, dict[str, Any]] = {}
        self._second = 0

    def enter(
        self,
        kind: type[F],
        day: date,
        action: str,
        by: str,
        /,
        **fields: Any,
    ) -> F:
        """Enter a fact recorded on ``day``, not earlier than the one before."""
        if self._entry != (day, action, by):
            self.close()
            if self._entry is None or self._entry[0] != day:
                self._second = 0
            self._entry = (day, action, by)
        fact = kind(
            id=self._key(),
            recorded_at=self._moment(day),
            by=by,
            **fields,
        )
        self.tables[_TABLE_OF[kind]][fact.id] = fact
        if kind is not StoredSnapshot:
            self._changes.setdefault(_TABLE_OF[kind], {})[fact.id] = None
        return fact

    def amend(self, fact: F, /, **fields: Any) -> F:
        """Replace fields of a fact without a trace in the log."""
        amended = replace(fact, **fields)
        self.tables[_TABLE_OF[type(fact)]][fact.id] = amended
        return amended

    def close(self) -> None:
        """Write the log entry of the facts entered so far."""
        if self._entry is None or not self._changes:
            return
        day, action, by = self._entry
        entry = LogEntry(
            id=self._key(),
            recorded_at=self._moment(day),
            by=by,
            action=action,
            changes=self._changes,
        )
        self.tables["log"][entry.id] = entry
        self._changes = {}

    def register(self) -> Register:
        """Return the register with everything entered."""
        self.close()
        return Register(
            prefix=self.prefix,
            next_number=self.number,
            **self.tables,
        )

    def _key(self) -> str:
        self.number += 1
        return f"{self.prefix}-{self.number - 1:07d}"

    def _moment(self, day: date) -> datetime:
        self._second += 1
        return datetime.combine(day, _MORNING) + timedelta(seconds=self._second)
