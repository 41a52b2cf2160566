"""What was entered in a week about earlier ones: late entries, corrections and withdrawals."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from msgspec import ValidationError, convert

from tracker.actions.undo import in_order
from tracker.model import TABLES, Closure, Fact, LogEntry, Move, Service, Transfer
from tracker.register import Register
from tracker.snapshot.values import LateEntry
from tracker.week import Week

_TABLES = ("services", "moves", "transfers", "closures")
_CORRECTING = {"correct", "withdraw"}


def late_entries(register: Register, week: Week, as_of: date) -> tuple[LateEntry, ...]:
    """Return the entries recorded from the week's Monday to ``as_of`` that are dated before it."""
    zone = ZoneInfo(register.only_city.timezone)

    def in_week(fact: Fact) -> bool:
        return week.monday <= fact.recorded_at.astimezone(zone).date() <= as_of

    new = [
        LateEntry(Week.of(effective(fact)), _service(register, fact), None, fact, "")
        for table in _TABLES
        for fact in register.table(table).values()
        if effective(fact) < week.monday and in_week(fact)
    ]
    correcting = [
        e for e in register.log.values() if e.action in _CORRECTING and in_week(e)
    ]
    inverted = _inverted(register) if correcting else {}
    standing = [entry for entry in correcting if _stands(entry, inverted)]
    following = _following(register, standing)
    righted = [
        late
        for entry in standing
        for late in _righted(register, entry, following, week)
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


def _inverted(register: Register) -> dict[str, list[LogEntry]]:
    """Return, by the key of a log entry, those that undid or redid it."""
    found: dict[str, list[LogEntry]] = defaultdict(list)
    for entry in register.log.values():
        if entry.undoes or entry.redoes:
            found[entry.undoes or entry.redoes or ""].append(entry)
    return found


def _stands(entry: LogEntry, inverted: Mapping[str, list[LogEntry]]) -> bool:
    """Tell whether what an action did has not been undone since."""
    return not any(_stands(other, inverted) for other in inverted.get(entry.id, ()))


def _following(
    register: Register, entries: list[LogEntry]
) -> dict[tuple[str, str, str], LogEntry]:
    """Return the next entry that changed the same fact, by the entry before it, the table and the fact."""
    wanted = {
        (table, key)
        for entry in entries
        for table in _TABLES
        for key in entry.changes.get(table, ())
    }
    last: dict[tuple[str, str], str] = {}
    found: dict[tuple[str, str, str], LogEntry] = {}
    for entry in in_order(register.log.values()) if wanted else ():
        for table in _TABLES:
            for key in entry.changes.get(table, ()):
                if (table, key) in wanted:
                    found[last.get((table, key), ""), table, key] = entry
                    last[table, key] = entry.id
    return found


def _righted(
    register: Register,
    entry: LogEntry,
    following: Mapping[tuple[str, str, str], LogEntry],
    week: Week,
) -> Iterator[LateEntry]:
    """Yield what an action put right; what a log edited by hand tells of no possible fact is left out."""
    for table in _TABLES:
        for key, there in entry.changes.get(table, {}).items():
            if there is None:
                continue
            try:
                before = convert(there, TABLES[table])
                after = _after(
                    register, following.get((entry.id, table, key)), table, key
                )
            except ValidationError:
                continue
            day = min(
                effective(before), effective(after) if after is not None else date.max
            )
            if day < week.monday and _service_key(before) in register.services:
                yield LateEntry(
                    Week.of(day), _service(register, before), before, after, entry.why
                )


def _after(
    register: Register, later: LogEntry | None, table: str, key: str
) -> Fact | None:
    """Return what an action left under a key: what the next one found there, else what there is."""
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
