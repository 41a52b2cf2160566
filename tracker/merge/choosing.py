"""Which actions of another copy a merge takes: all that are not known here, or those of some OPDs."""

from collections.abc import Collection
from datetime import date

from tracker.changes import FactKey
from tracker.fields import REFERENCES
from tracker.history import opd_at
from tracker.merge.copies import Copy, Document
from tracker.merge.steps import Difference, read_steps
from tracker.model import LogEntry
from tracker.origins import action_origin


def find_unknown(copy: Copy, other: Copy) -> list[LogEntry]:
    """Return the entries of ``copy`` that the other one does not have, the earliest first."""
    return [
        entry
        for entry in copy.entries
        if action_origin(entry) not in other.entry_keys
    ]


def find_others(
    copy: Copy,
    chosen: Collection[str],
    opds: Collection[str],
    today: date,
) -> set[str]:
    """Return those of the ``chosen`` entries that do not concern some OPDs alone.

    An action is taken whole or not at all, and what rests on an action that is left out is
    left out too. ``opds`` are keys in that copy.
    """
    left: set[str] = set()
    left_facts: set[str] = set()
    for step in read_steps(copy.register, chosen):
        if step.entry.id not in chosen:
            continue
        rests_on_left = any(
            _rests_on(left_facts, table, key, difference)
            for (table, key), difference in step.differences.items()
        )
        is_theirs = bool(step.differences) and all(
            _find_opd(fact, difference, copy, today) in opds
            for fact, difference in step.differences.items()
        )
        if rests_on_left or not is_theirs:
            left.add(step.entry.id)
            left_facts.update(key for _, key in step.differences)
    return left


def _find_opd(
    fact: FactKey,
    difference: Difference,
    copy: Copy,
    today: date,
) -> str:
    """Return the key of the OPD that a fact concerns; empty for what concerns the city."""
    table, key = fact
    document: Document = difference.after or difference.before or {}
    if table == "opds":
        return key
    service = copy.register.services.get(
        key if table == "services" else document.get("service") or "",
    )
    if service is not None:
        return opd_at(copy.register, service, today)
    return str(document.get("opd") or "")


def _rests_on(
    left_facts: set[str],
    table: str,
    key: str,
    difference: Difference,
) -> bool:
    """Tell whether a change is of a fact that is left out, or refers to one."""
    if key in left_facts:
        return True
    document = difference.after or {}
    names = REFERENCES.get(table, {})
    return any(document.get(name) in left_facts for name in names)
