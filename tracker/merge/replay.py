"""The log entries of another copy, as they are entered here: one by one, under their authors."""

from dataclasses import dataclass, field
from typing import Any

from msgspec import structs

from tracker.changes import FactKey
from tracker.merge.copies import Document
from tracker.merge.keys import KeyMap
from tracker.merge.steps import (
    Step,
    apply_difference,
    document_of,
)
from tracker.merge.translation import translate_difference
from tracker.model import LogEntry
from tracker.origins import action_origin
from tracker.register import Register

Recorded = dict[str, dict[str, Any]]
"""What a log entry keeps: table, key, and the document that stood there before."""


@dataclass
class Replay:
    """The entries to be added here, and each fact as the last of them leaves it."""

    entries: list[LogEntry] = field(default_factory=list)
    documents: dict[FactKey, Document | None] = field(default_factory=dict)


def translate_steps(steps: list[Step], keys: KeyMap) -> list[Step]:
    """Return the steps of another copy in the keys that are used here."""
    return [
        Step(
            step.entry,
            {
                (table, keys.rekey(key)): translate_difference(
                    table,
                    difference,
                    keys.rekey,
                )
                for (table, key), difference in step.differences.items()
            },
        )
        for step in steps
    ]


def replay_steps(
    register: Register,
    steps: list[Step],
    keys: KeyMap,
) -> Replay:
    """Carry steps out on a register, one after another, and return their log entries."""
    replay = Replay()
    for step in steps:
        recorded: Recorded = {}
        for fact, difference in step.differences.items():
            if fact not in replay.documents:
                replay.documents[fact] = document_of(register, fact)
            before = replay.documents[fact]
            after = apply_difference(before, difference)
            # What was done here too is kept as well: its author can take it back, and
            # nobody who did the same takes it from under them.
            if before is not None or after is not None:
                recorded.setdefault(fact[0], {})[fact[1]] = before
                replay.documents[fact] = after
        replay.entries.append(_enter_anew(step, recorded, keys))
    return replay


def _enter_anew(step: Step, recorded: Recorded, keys: KeyMap) -> LogEntry:
    """Return the entry here of an action that was carried out in another copy."""
    entry = step.entry
    merged = [keys.rekey_entry(key) for key in entry.merged]
    return structs.replace(
        entry,
        id=keys.entries[entry.id],
        changes=recorded,
        undoes=keys.rekey_entry(entry.undoes),
        redoes=keys.rekey_entry(entry.redoes),
        origin=action_origin(entry).key,
        made=keys.map_made(entry),
        merged=tuple(key for key in merged if key is not None),
    )
