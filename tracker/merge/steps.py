"""What actions changed, as documents: read from the log of one copy, in the order of the log."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from tracker.changes import (
    FactKey,
    documents_before,
    make_document,
    sort_entries,
)
from tracker.merge.copies import UNTRACKED, Document
from tracker.model import LogEntry
from tracker.register import Register

PRESENCE = ""
"""The name under which a touch keeps who last entered or removed the fact itself."""

SIGNATURE = frozenset({"id", "recorded_at", "by"})


class Difference(NamedTuple):
    """A fact before and after an action; None where it was not there."""

    before: Document | None
    after: Document | None


@dataclass(frozen=True)
class Step:
    """One action of the log and what it changed."""

    entry: LogEntry
    differences: dict[FactKey, Difference]


@dataclass
class Touch:
    """A fact before the first and after the last of several steps that changed it.

    ``writers`` are the entries that last wrote each field; all fields of a new fact are
    written by the entry that made it.
    """

    before: Document | None
    after: Document | None
    writers: dict[str, LogEntry] = field(default_factory=dict)

    @property
    def last_writer(self) -> LogEntry:
        """The last entry that changed the fact."""
        return max(
            self.writers.values(),
            key=lambda entry: (entry.recorded_at, entry.id),
        )

    @property
    def is_net_change(self) -> bool:
        """Whether the steps left the fact other than they found it."""
        return self.before != self.after


def document_of(register: Register, fact: FactKey) -> Document | None:
    """Return a fact of a register as a document; None if it is not there."""
    table, key = fact
    found = register.table(table).get(key)
    return None if found is None else make_document(found)


def read_steps(
    register: Register,
    chosen: Collection[str],
    left: Collection[str] = (),
) -> list[Step]:
    """Return what a register's log tells from the first ``chosen`` entry on, the earliest first.

    Entries that are ``left`` out are passed over.
    """
    if not chosen:
        return []
    earliest, steps = min(chosen), []
    found_later: dict[FactKey, Document | None] = {}
    for entry in reversed(sort_entries(register.log.values())):
        if entry.id < earliest:
            break
        differences = {}
        for fact, before in documents_before(entry).items():
            if fact[0] in UNTRACKED:
                continue
            if fact not in found_later:
                found_later[fact] = document_of(register, fact)
            differences[fact] = Difference(before, found_later[fact])
            found_later[fact] = before
        if entry.id not in left:
            steps.append(Step(entry, differences))
    return steps[::-1]


def collect_touches(
    steps: Iterable[Step],
    chosen: Collection[str],
) -> dict[FactKey, Touch]:
    """Return every fact that ``chosen`` steps changed, as it was before and after all steps.

    The others count for how a fact stands at last: they may have overridden the chosen.
    """
    touches: dict[FactKey, Touch] = {}
    for step in steps:
        is_chosen = step.entry.id in chosen
        for fact, difference in step.differences.items():
            before, after = difference
            if is_chosen and before != after and fact not in touches:
                touches[fact] = Touch(before, before)
            if fact not in touches:
                continue
            touch = touches[fact]
            touch.after = apply_difference(touch.after, difference)
            if is_chosen:
                for name in _written_fields(before, after):
                    touch.writers[name] = step.entry
    return touches


def apply_difference(
    document: Document | None,
    difference: Difference,
) -> Document | None:
    """Change a document in those fields alone in which a difference does.

    A fact that is there already is not entered again, and one that is gone not changed.
    """
    before, after = difference
    if after is None or document is None:
        return after if before is None or after is None else None
    if before is None:
        return document
    changed = dict(document)
    for name in before.keys() | after.keys():
        if before.get(name) == after.get(name):
            continue
        changed.pop(name, None)
        if name in after:
            changed[name] = after[name]
    return changed


def _written_fields(
    before: Document | None,
    after: Document | None,
) -> list[str]:
    names = {*(before or ()), *(after or ())} - SIGNATURE
    if before == after:
        return []
    if before is None or after is None:
        return [PRESENCE, *names]
    return [name for name in names if before.get(name) != after.get(name)]
