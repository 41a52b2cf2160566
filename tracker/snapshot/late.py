"""What was entered in a week about earlier ones: late entries, corrections and withdrawals."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.changes import AuditEntry, audit_log
from tracker.model import Closure, Fact, LogEntry, Move, Service, Transfer
from tracker.register import Register
from tracker.snapshot.values import LateEntry
from tracker.week import Week

_TABLES = ("services", "moves", "transfers", "closures")
_CORRECTING = {"correct", "withdraw"}


def late_entries(
    register: Register,
    week: Week,
    as_of: date,
) -> tuple[LateEntry, ...]:
    """Return the entries recorded from the week's Monday to ``as_of`` that are dated before it."""
    zone = ZoneInfo(register.only_city.timezone)
    monday = week.monday
    began = _begin(monday, zone)
    ended = _begin(as_of + timedelta(days=1), zone)

    new = [
        LateEntry(
            Week.of(find_effective(fact)),
            _service(register, fact),
            None,
            fact,
            "",
        )
        for table in _TABLES
        for fact in register.table(table).values()
        if began <= fact.recorded_at < ended and find_effective(fact) < monday
    ]
    correcting = [
        e
        for e in register.log.values()
        if e.action in _CORRECTING and began <= e.recorded_at < ended
    ]
    inverted = _inverted(register) if correcting else {}
    standing = [entry for entry in correcting if _stands(entry, inverted)]
    righted = [
        late
        for done in audit_log(register, standing)
        for late in _correct_earlier_weeks(register, done, week)
    ]
    return tuple(sorted([*new, *righted], key=_order))


def _begin(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment at which a day begins in a time zone, in UTC as moments are recorded."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def find_effective(fact: Fact) -> date:
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
    """Return whether what an action did has not been undone since."""
    return not any(
        _stands(other, inverted) for other in inverted.get(entry.id, ())
    )


def _correct_earlier_weeks(
    register: Register,
    done: AuditEntry,
    week: Week,
) -> Iterator[LateEntry]:
    """Yield what an action put right about the weeks before ``week``."""
    for change in done.changes:
        before, after = change.before, change.after
        if change.table not in _TABLES or before is None:
            continue
        days = [
            find_effective(fact) for fact in (before, after) if fact is not None
        ]
        if (
            min(days) < week.monday
            and _service_key(before) in register.services
        ):
            service = _service(register, before)
            yield LateEntry(
                Week.of(min(days)),
                service,
                before,
                after,
                done.entry.why,
            )


def _service_key(fact: Fact) -> str:
    return fact.id if isinstance(fact, Service) else str(fact.service)  # type: ignore[attr-defined]


def _service(register: Register, fact: Fact) -> Service:
    return register.services[_service_key(fact)]


def _order(late: LateEntry) -> tuple[Week, str, str]:
    fact = late.after or late.before
    return (late.week, late.service.code, fact.id if fact else "")
