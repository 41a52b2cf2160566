"""What is the same in every copy of a register, though each copy gives its own keys.

Two copies share the beginning of their log. After it both give out the same numbers, so a
key says nothing by itself. An action is known by the key of its entry where it was carried
out, its moment and its author; a fact by the key that it got there, and the same two.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tracker.changes import documents_before, sort_entries
from tracker.errors import Rejected
from tracker.model import TABLES, LogEntry
from tracker.origins import Origin, action_origin, entries_in_force
from tracker.register import Register

Document = Mapping[str, Any]
"""A fact as the log keeps it."""

UNTRACKED = frozenset({"log", "snapshots"})
"""Tables whose facts the log does not tell of."""


class Copy:
    """One copy of a register, and the origins of its actions and facts.

    Merges that are taken back, and what took them back, are left out: as if they had
    never been, so that the same copy can be merged again. Up to the log entry ``shared``
    both copies are the same, and so are the keys that were given until then.
    """

    def __init__(self, register: Register, shared: str = "") -> None:
        self.register = register
        self.shared = shared
        in_force = entries_in_force(register.log)
        self.out_of_force = register.log.keys() - {
            entry.id for entry in in_force
        }
        self.entries = [entry for entry in in_force if entry.id > shared]
        self.entry_keys = {
            action_origin(entry): entry.id for entry in self.entries
        }
        self.fact_origins: dict[str, list[Origin]] = {}
        self._find_origins()
        self.fact_keys = {
            origin: key
            for key, origins in self.fact_origins.items()
            for origin in origins
        }

    def find_key(self, other: "Copy", key: str) -> str | None:
        """Return the key here of the fact that has ``key`` in another copy."""
        if key <= self.shared:
            return key
        for origin in other.fact_origins.get(key, ()):
            if origin in self.fact_keys:
                return self.fact_keys[origin]
        return None

    def _find_origins(self) -> None:
        for entry in self.entries:
            for there, here in entry.made.items():
                self._add_origin(here, there, entry)
            # What an undo or a redo puts back was made by an earlier entry.
            is_new = not (entry.origin or entry.undoes or entry.redoes)
            for (_, key), document in documents_before(entry).items():
                if key in self.fact_origins or key <= self.shared:
                    continue
                if document is not None:
                    moment = datetime.fromisoformat(document["recorded_at"])
                    known = Origin(key, moment, document["by"])
                    self.fact_origins[key] = [known]
                elif is_new:
                    self._add_origin(key, key, entry)
        self._find_untold()

    def _add_origin(self, key: str, first_key: str, entry: LogEntry) -> None:
        origin = Origin(first_key, entry.recorded_at, entry.by)
        self.fact_origins.setdefault(key, []).append(origin)

    def _find_untold(self) -> None:
        """Find the facts that the log does not tell of, such as the city."""
        for table in TABLES:
            if table in UNTRACKED:
                continue
            for key, fact in self.register.table(table).items():
                if key not in self.fact_origins and key > self.shared:
                    origin = Origin(key, fact.recorded_at, fact.by)
                    self.fact_origins[key] = [origin]


def relate_copies(
    here: Register,
    there: Register,
    name: str,
) -> tuple[Copy, Copy]:
    """Return two registers as copies of one; raise ``Rejected`` if they are not."""
    shared = _find_shared_beginning(here, there)
    is_related = here.prefix == there.prefix and (
        shared or _first_action(here) == _first_action(there)
    )
    if not is_related:
        raise Rejected(
            "{name} is not a copy of this register, the two never had anything in common: "
            "bring in what `export` makes of it with `import`.",
            name=name,
        )
    return Copy(here, shared), Copy(there, shared)


def _first_action(register: Register) -> Origin | None:
    first = next(iter(entries_in_force(register.log)), None)
    return None if first is None else action_origin(first)


def _find_shared_beginning(here: Register, there: Register) -> str:
    """Return the last entry up to which two logs are the same and wholly in force."""
    shared = ""
    in_force = (entries_in_force(here.log), entries_in_force(there.log))
    log = sort_entries(here.log.values())
    for entry, ours, theirs in zip(log, *in_force, strict=False):
        if not entry == ours == theirs:
            break
        shared = entry.id
    return shared
