"""Copies of one small city on which people act apart from each other, and ways to compare them."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from msgspec import to_builtins

from tests.tracker.actions.world import NOW, TODAY, City
from tracker.actions.draft import Action, Context
from tracker.actions.perform import perform
from tracker.errors import Rejected
from tracker.fields import REFERENCES
from tracker.merge.action import MergeCopies, OtherCopy
from tracker.merge.conflicts import (
    Answer,
    Conflict,
    ConflictKind,
    Kinship,
    Side,
)
from tracker.merge.copies import Copy
from tracker.merge.steps import SIGNATURE
from tracker.model import TABLES
from tracker.register import Register
from tracker.store.memory import MemoryStore

MERGER = "sekretariat"


class Apart(City):
    """A copy of a register on which people act at moments that no other copy has."""

    def __init__(self, register: Register, number: int) -> None:
        super().__init__(register)
        self.number = number

    def context(self, by: str = "rani") -> Context:
        """Return who acts, at a second of its own in every minute."""
        context = super().context(by)
        moment = context.now + timedelta(hours=1, seconds=self.number)
        return Context(by, moment, TODAY)

    def try_all(self, actions: list[tuple[Action, str]]) -> Register:
        """Carry out those actions that are not refused."""
        for action, by in actions:
            with suppress(Rejected):
                self.do(action, by)
        return self.register


def take_later(
    conflict: Conflict, kinship: Kinship = Kinship.TWO
) -> Side | Kinship:
    """Let the side stand that was written later, the same one in both directions; doubles are two."""
    if conflict.kind is ConflictKind.DOUBLE:
        return kinship
    here, there = conflict.here_by, conflict.there_by
    is_here = (here.recorded_at, here.by) > (there.recorded_at, there.by)
    return Side.HERE if is_here else Side.THERE


class Unanswered(Exception):
    """No rule says which side stands."""


def answer_by_value(
    conflict: Conflict, kinship: Kinship, *, keeps: bool
) -> Answer:
    """Answer by what the two sides say alone, whoever said it: the same however often it was merged.

    ``keeps`` what one side took out. Where a rule is broken, all that one side did stands:
    which that is depends on what was merged before.
    """
    if conflict.kind is ConflictKind.DOUBLE:
        return kinship
    if conflict.kind is ConflictKind.REMOVED:
        return Side.HERE if conflict.here is keeps else Side.THERE
    is_reference = conflict.field in REFERENCES.get(conflict.table, {})
    if conflict.kind is ConflictKind.RULE or is_reference:
        raise Unanswered
    is_here = str(conflict.here) > str(conflict.there)
    return Side.HERE if is_here else Side.THERE


def refuse_conflict(conflict: Conflict) -> Side:
    """Fail: no conflict is expected."""
    raise AssertionError(conflict)


def merge(
    here: Register,
    *others: Register,
    decide: Any = take_later,
    minutes: int = 300,
    by: str = MERGER,
) -> Register:
    """Return ``here`` after others were merged into it."""
    store = MemoryStore(here)
    copies = tuple(
        OtherCopy(f"salinan-{number}.json", other)
        for number, other in enumerate(others)
    )
    context = Context(by, NOW + timedelta(minutes=minutes), TODAY)
    return perform(store, MergeCopies(copies, decide=decide), context).register


def facts_of(register: Register) -> dict[Any, Any]:
    """Return every fact by what is the same in every copy, and what it refers to likewise."""
    origins = {
        key: frozenset(found)
        for key, found in Copy(register).fact_origins.items()
    }
    facts: dict[Any, Any] = {}
    for table in TABLES:
        if table in {"log", "snapshots"}:
            continue
        for key, fact in register.table(table).items():
            document = to_builtins(fact)
            del document["id"]
            for name in REFERENCES.get(table, ()):
                if document.get(name):
                    document[name] = origins[document[name]]
            facts[table, origins[key]] = document
    return facts


def contents_of(register: Register) -> list[str]:
    """Return what every fact says, whoever entered it: references by code."""
    codes = {
        fact.id: fact.code
        for table in ("opds", "services", "applications")
        for fact in register.table(table).values()
    }
    told = []
    for table in TABLES:
        if table in {"log", "snapshots"}:
            continue
        for fact in register.table(table).values():
            document = to_builtins(fact)
            for name in SIGNATURE:
                del document[name]
            for name in REFERENCES.get(table, ()):
                if document.get(name):
                    document[name] = codes[document[name]]
            told.append(f"{table} {sorted(document.items())}")
    return sorted(told)


def is_same(one: Register, other: Register) -> bool:
    """Tell whether two registers hold the same under the same keys, the log included."""
    return all(one.table(table) == other.table(table) for table in TABLES)


def merge_of_opds(
    here: Register, there: Register, *opds: str
) -> tuple[Register, int]:
    """Merge what concerns some OPDs alone; return the register and how many actions were left."""
    action = MergeCopies(
        (OtherCopy("salinan.json", there),), opds, refuse_conflict
    )
    context = Context(MERGER, NOW + timedelta(minutes=300), TODAY)
    after = perform(MemoryStore(here), action, context).register
    return after, sum(merged.left for merged in action.merged)
