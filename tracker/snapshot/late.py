"""What was entered in a week about earlier ones: late entries, corrections and withdrawals."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from msgspec import convert

from tracker.actions.undo import later_entry
from tracker.model import TABLES, Closure, Fact, LogEntry, Move, Service, Transfer
from tracker.register import Register
from tracker.snapshot.values import LateEntry
from tracker.week import Week

_TABLES = ("services", "moves", "transfers", "closures")
_CORRECTING = {"correct", "withdraw"}


def late_entries(register: Register, week: Week, as_of: date) -> tuple[LateEntry, ...]:
    """Return the entries recorded from the week's Monday to ``as_of`` that are dated before it."""
    zone = ZoneInfo(register.the_city.timezone)

    def in_week(fact: Fact) -> bool:
        return week.monday <= fact.recorded_at.astimezone(zone).date() <= as_of

    new = [
        LateEntry(Week.of(effective(fact)), _service(register, fact), None, fact, "")
        for table in _TABLES
        for fact in register.table(table).values()
        if effective(fact) < week.monday and in_week(fact)
    ]
    righted = [
        late
        for entry in register.log.values()
        if entry.action in _CORRECTING and in_week(entry) and stands(register, entry)
        for late in _righted(register, entry, week)
    ]
    return tuple(sorted([*new, *righted], key=_order))


def effective(fact: Fact) -> date:
    """Return the day from which an entry of the history counts."""
    if isinstance(fact, Service):
        return fact.registered_on
    if isinstance(fact, Closure):
        return fact.start
    assert isinstance(fact, Move | Transfer)
    return fact.on


def stands(register: Register, entry: LogEntry) -> bool:
    """Tell whether what an action did has not been undone since."""
    later = [other for other in register.log.values() if entry.id in (other.undoes, other.redoes)]
    return not any(stands(register, other) for other in later)


def _righted(register: Register, entry: LogEntry, week: Week) -> Iterator[LateEntry]:
    for table in _TABLES:
        for key, there in entry.changes.get(table, {}).items():
            if there is None:
                continue
            before = convert(there, TABLES[table])
            after = _after(register, entry, table, key)
            day = min(effective(before), effective(after) if after is not None else date.max)
            if day < week.monday and _service_key(before) in register.services:
                yield LateEntry(Week.of(day), _service(register, before), before, after, entry.why)


def _after(register: Register, entry: LogEntry, table: str, key: str) -> Fact | None:
    """Return what an action left under a key: what the next one found there, else what there is."""
    later = later_entry(register, entry, table, key)
    if later is None:
        found: Fact | None = register.table(table).get(key)
        return found
    left = later.changes[table][key]
    return None if left is None else convert(left, TABLES[table])


def _service_key(fact: Fact) -> str:
    return fact.id if isinstance(fact, Service) else str(fact.service)  # type: ignore[attr-defined]


def _service(register: Register, fact: Fact) -> Service:
    return register.services[_service_key(fact)]


def _order(late: LateEntry) -> tuple[Week, str, str]:
    fact = late.after or late.before
    return (late.week, late.service.code, fact.id if fact else "")
