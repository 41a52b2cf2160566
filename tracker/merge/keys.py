"""The keys here of what another copy entered: those of the same facts, and new ones for the rest."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tracker.changes import FactKey
from tracker.errors import Rejected
from tracker.merge.copies import Copy, Document
from tracker.merge.partners import find_doubles, find_partners
from tracker.merge.steps import Step, Touch, collect_touches
from tracker.merge.translation import translate_document
from tracker.model import TABLES, LogEntry
from tracker.origins import action_origin

AreOne = Callable[[FactKey, Touch, Touch], bool]
"""Tells whether a new fact here is the one that the other copy entered too, by both touches."""


@dataclass
class KeyMap:
    """The keys here by those there, and the next number that is free here.

    ``new`` are the facts, by table and key here, that are not known here; ``partners``
    those that were entered on both sides; ``entries`` the keys of the log entries;
    ``made`` the new facts of each entry, by the keys there.
    """

    here: Copy
    there: Copy
    next_number: int
    facts: dict[str, str] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)
    made: dict[str, list[str]] = field(default_factory=dict)
    new: set[FactKey] = field(default_factory=set)
    partners: set[FactKey] = field(default_factory=set)

    def rekey(self, key: str) -> str:
        """Return the key here of a fact there; raise ``Rejected`` if nothing tells of it."""
        known = self.facts.get(key) or self.here.find_key(self.there, key)
        if known is None:
            raise Rejected(
                "The log of the copy does not tell where its entry {key} comes from: "
                "look at the copy with “doctor”.",
                key=key,
            )
        self.facts[key] = known
        return known

    def rekey_entry(self, key: str | None) -> str | None:
        """Return the key here of a log entry there; None if it is not here."""
        entry = self.there.register.log.get(key or "")
        if entry is None:
            return None
        if entry.id <= self.there.shared:
            return entry.id
        known_here = self.here.entry_keys.get(action_origin(entry))
        return self.entries.get(entry.id) or known_here

    def map_made(self, entry: LogEntry) -> dict[str, str]:
        """Return the keys here of the facts that an action made, by their first keys."""
        made = entry.made or {key: key for key in self.made.get(entry.id, ())}
        return {first: self.rekey(key) for first, key in made.items()}

    def allocate(self, steps: Iterable[Step]) -> None:
        """Give keys to the new facts and the entries of steps, in their order."""
        for step in steps:
            for (table, key), difference in step.differences.items():
                if difference.before is None:
                    self._allocate_fact(step.entry, table, key)
            self.entries[step.entry.id] = self.take_key()

    def _allocate_fact(self, entry: LogEntry, table: str, key: str) -> None:
        """Give a key to a fact that an entry brought in, unless it has one here."""
        origin = action_origin(entry)._replace(key=key)
        # What an undo puts back was made by an earlier entry.
        if origin in self.there.fact_origins.get(key, ()):
            self.made.setdefault(entry.id, []).append(key)
        if key in self.facts or self.here.find_key(self.there, key):
            return
        self.facts[key] = self.take_key()
        self.new.add((table, self.facts[key]))

    def join_partners(
        self,
        touches_here: Mapping[FactKey, Touch],
        touches_there: Mapping[FactKey, Touch],
        are_one: AreOne,
    ) -> None:
        """Find the new facts that were entered here as well, and give them those keys."""
        for table in TABLES:
            here = _new_documents(table, touches_here)
            documents = _new_documents(table, touches_there)
            there = {
                fact: self._translate(fact, document)
                for fact, document in documents.items()
                if (table, self.facts.get(fact[1], "")) in self.new
            }
            for fact, partner in find_partners(here, there).items():
                self._join(fact, partner)
                del here[partner], there[fact]
            for partner, fact in find_doubles(here, there):
                if partner not in here or fact not in there:
                    continue
                theirs = replace(touches_there[fact], after=there[fact])
                if are_one(partner, touches_here[partner], theirs):
                    self._join(fact, partner)
                    del here[partner], there[fact]

    def _translate(self, fact: FactKey, document: Document) -> Document:
        return translate_document(fact[0], document, self.rekey) or {}

    def _join(self, fact: FactKey, partner: FactKey) -> None:
        """Give a new fact there the key of the one here that it is."""
        table, key = fact
        self.new.discard((table, self.facts[key]))
        self.facts[key] = partner[1]
        self.partners.add(partner)

    def take_key(self) -> str:
        """Return a key that is free here."""
        self.next_number += 1
        return self.here.register.key(self.next_number - 1)


def map_keys(
    here: Copy,
    there: Copy,
    steps_there: Sequence[Step],
    chosen: Collection[str],
    touches_here: Mapping[FactKey, Touch],
    are_one: AreOne,
) -> KeyMap:
    """Return the keys here of everything that chosen steps of another copy entered."""
    keys = KeyMap(here, there, here.register.next_number)
    keys.allocate(step for step in steps_there if step.entry.id in chosen)
    keys.join_partners(
        touches_here,
        collect_touches(steps_there, chosen),
        are_one,
    )
    return keys


def _new_documents(
    table: str,
    touches: Mapping[FactKey, Touch],
) -> dict[FactKey, Document]:
    """Return the facts of a table that were not there before."""
    documents = {}
    for fact, touch in touches.items():
        is_new = touch.before is None and touch.after is not None
        if fact[0] == table and is_new:
            documents[fact] = touch.after or {}
    return documents
