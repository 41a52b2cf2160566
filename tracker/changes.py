"""What actions changed, as typed facts before and after: the one reading of the log.

The log keeps of each fact that an action touched what stood there before (None where the
action made it). What an action left behind is what the next one found, else what the
register holds.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from msgspec import Struct, ValidationError, convert, structs, to_builtins

from tracker.model import TABLES, Fact, LogEntry
from tracker.register import Changes, Register

FactKey = tuple[str, str]
"""A table, and the key of a fact in it."""

_SIGNATURE = frozenset({"id", "recorded_at", "by"})


class Change(Struct, frozen=True):
    """One fact that an action touched; None where it was not there before, or is not after."""

    table: str
    key: str
    before: Fact | None
    after: Fact | None

    @property
    def fact(self) -> Fact | None:
        """The fact as the action left it, or as it was when the action removed it."""
        return self.before if self.after is None else self.after

    def differences(self) -> Iterator[tuple[str, Any, Any]]:
        """Yield the fields that differ, each with its values before and after."""
        names = self.fact.__struct_fields__ if self.fact is not None else ()
        for name in names:
            before = getattr(self.before, name, None)
            after = getattr(self.after, name, None)
            if name not in _SIGNATURE and before != after:
                yield name, before, after


class AuditEntry(Struct, frozen=True):
    """One action, and what it did."""

    entry: LogEntry
    changes: tuple[Change, ...]


class UnreadableFact(ValueError):
    """The log, edited by hand, holds what no fact can be."""


def changes_between(before: Register, changes: Changes) -> tuple[Change, ...]:
    """Return what ``changes`` do to the register ``before``."""
    return tuple(
        Change(table, key, before.table(table).get(key), fact)
        for table, facts in changes.items()
        for key, fact in facts.items()
    )


def make_document(fact: Fact) -> dict[str, Any]:
    """Return a fact as an opened register's log has it: JSON knows lists and no tuples."""
    document: dict[str, Any] = to_builtins(fact)
    for name, value in document.items():
        if isinstance(value, tuple):
            document[name] = list(value)
    return document


def record_before(
    register: Register,
    changes: Changes,
) -> dict[str, dict[str, Any]]:
    """Return what the log keeps of ``changes``: table, key, and the document that stood there."""
    recorded: dict[str, dict[str, Any]] = {}
    for table, facts in changes.items():
        there = register.table(table)
        recorded[table] = {
            key: make_document(there[key]) if key in there else None
            for key in facts
        }
    return recorded


def read_before(table: str, document: Any) -> Fact | None:
    """Return the fact that a log entry keeps; raise ``UnreadableFact`` if no fact can be that."""
    if table not in TABLES:
        raise UnreadableFact(table)
    if document is None:
        return None
    try:
        return convert(document, TABLES[table])
    except ValidationError as error:
        raise UnreadableFact(str(error)) from error


def documents_before(entry: LogEntry) -> dict[FactKey, Any]:
    """Return what stood there before, of each fact that an action touched, in its order."""
    return {
        (table, key): document
        for table, facts in entry.changes.items()
        for key, document in facts.items()
    }


def sort_entries(entries: Iterable[LogEntry]) -> list[LogEntry]:
    """Return log entries in the order in which they were made."""
    return sorted(entries, key=lambda entry: entry.id)


def audit_log(
    register: Register,
    only: Iterable[LogEntry] | None = None,
) -> Iterator[AuditEntry]:
    """Yield actions with what they changed, the latest first: ``only`` these, or all.

    Documents in a log edited by hand that no fact can be are skipped; ``doctor`` reports them.
    """
    chosen = (
        register.log if only is None else {entry.id: entry for entry in only}
    )
    earliest = min(chosen, default="")

    # An import touches thousands of facts: only those that are asked about are read.
    wanted = {
        key for entry in chosen.values() for key in documents_before(entry)
    }

    found_later: dict[FactKey, Fact | None] = {}
    for entry in reversed(sort_entries(register.log.values())):
        if not chosen or entry.id < earliest:
            break

        changes = []
        for fact_key, document in documents_before(entry).items():
            if fact_key not in wanted:
                continue
            table, key = fact_key
            try:
                before = read_before(table, document)
            except UnreadableFact:
                continue
            now = register.table(table).get(key)
            after = found_later.get(fact_key, now)
            found_later[fact_key] = before
            changes.append(Change(table, key, before, after))

        if entry.id in chosen:
            yield AuditEntry(entry, tuple(changes))


def changes_of(register: Register, entry: LogEntry) -> tuple[Change, ...]:
    """Return what one action of the log changed."""
    return next(audit_log(register, [entry])).changes


class Merges(Struct, frozen=True):
    """What the merges in a log leave in force.

    ``undone`` are the merges that are taken back at present; ``inversions`` the entries
    that took merges back or did them again.
    """

    undone: tuple[LogEntry, ...]
    inversions: frozenset[str]

    @property
    def brought(self) -> frozenset[str]:
        """The entries that merges brought in which are taken back."""
        return frozenset(key for entry in self.undone for key in entry.merged)


def find_merges(log: Mapping[str, LogEntry]) -> Merges:
    """Return which merges in a log are taken back, and by which entries."""
    is_undone: dict[str, bool] = {}
    merge_of: dict[str, str] = {}
    if not any(entry.merged for entry in log.values()):
        return Merges((), frozenset())

    for entry in sort_entries(log.values()):
        if entry.merged:
            is_undone[entry.id] = False
        inverted = entry.undoes or entry.redoes or ""
        merge = merge_of.get(inverted, inverted)
        if merge in is_undone:
            merge_of[entry.id] = merge
            is_undone[merge] = entry.undoes is not None

    undone = tuple(log[key] for key, gone in is_undone.items() if gone)
    return Merges(undone, frozenset(merge_of))


def with_merged_changes(
    log: Mapping[str, LogEntry],
    entry: LogEntry,
) -> LogEntry:
    """Return a merge's entry with what stood before everything that it brought in.

    Any other entry is returned as it is.
    """
    if not entry.merged:
        return entry
    changes: dict[str, dict[str, Any]] = {}
    parts = (*(log[key] for key in entry.merged if key in log), entry)
    for part in parts:
        for table, facts in part.changes.items():
            for key, document in facts.items():
                changes.setdefault(table, {}).setdefault(key, document)
    return structs.replace(entry, changes=changes)


def first_later_entries(
    register: Register,
    entry: LogEntry,
) -> dict[FactKey, LogEntry]:
    """Return, for each fact of ``entry`` that was touched again, the first entry that did."""
    own = documents_before(entry).keys()
    found: dict[FactKey, LogEntry] = {}
    for later in sort_entries(register.log.values()):
        if later.id > entry.id:
            for fact in documents_before(later).keys() & own:
                found.setdefault(fact, later)
    return found


def last_documents_before(log: Mapping[str, LogEntry]) -> dict[FactKey, Any]:
    """Return, for every fact in the log, its document before the last action on it."""
    last: dict[FactKey, Any] = {}
    for entry in sort_entries(log.values()):
        last.update(documents_before(entry))
    return last


def rewind(register: Register, entry: LogEntry) -> Register:
    """Return the register as it stood right after ``entry``: every later action is taken back."""
    documents: dict[FactKey, Any] = {}
    for later in sort_entries(register.log.values()):
        if later.id > entry.id:
            for fact_key, document in documents_before(later).items():
                documents.setdefault(fact_key, document)

    before: Changes = {}
    for (table, key), document in documents.items():
        with suppress(UnreadableFact):
            fact = read_before(table, document)
            before.setdefault(table, {})[key] = fact
    return register.changed(before)


def closure_reasons(register: Register) -> dict[str, str]:
    """Return the reasons that were given when services were closed, by the closure's key.

    A closure has no room for its reason: the action's log entry keeps it.
    """
    reasons: dict[str, str] = {}
    for entry in register.log.values():
        if not entry.why or entry.undoes or entry.redoes:
            continue
        for key, before in entry.changes.get("closures", {}).items():
            if before is None:
                reasons[key] = entry.why
    return reasons
