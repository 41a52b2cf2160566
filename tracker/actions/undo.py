"""Take back one's own last action, whole, and do it again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from msgspec import ValidationError, convert

from tracker.actions.draft import Draft
from tracker.actions.names import action_word
from tracker.errors import Rejected
from tracker.limits import check_fact
from tracker.model import TABLES, Fact, LogEntry, Move
from tracker.register import Register

_BEGINNINGS = {"restore", "repair"}
"""Actions after which the log may lack what came before."""


@dataclass(frozen=True)
class Undo:
    """Take back the last action of the one who acts."""

    name: ClassVar[str] = "undo"

    def apply(self, draft: Draft) -> None:
        """Put back what stood before; refuse where a later action rests on it."""
        done, _ = stacks(draft.before, draft.context.by)
        if not done:
            raise Rejected("There is nothing of {by}'s to undo.", by=draft.context.by)
        draft.undoes = done[-1].id
        _invert(draft, done[-1])


@dataclass(frozen=True)
class Redo:
    """Do again what the one who acts has last undone."""

    name: ClassVar[str] = "redo"

    def apply(self, draft: Draft) -> None:
        """Put back what the undo took away; refuse where a later action rests on that."""
        _, undone = stacks(draft.before, draft.context.by)
        if not undone:
            raise Rejected("There is nothing of {by}'s to redo.", by=draft.context.by)
        draft.redoes = undone[-1].id
        _invert(draft, undone[-1])


def stacks(register: Register, by: str) -> tuple[list[LogEntry], list[LogEntry]]:
    """Return what ``by`` can undo and what ``by`` can redo, the next one last.

    What was done before a restore or a repair is out of reach: taking it back could take back another
    action than the one that the person did last.
    """
    done: list[LogEntry] = []
    undone: list[LogEntry] = []
    for entry in in_order(register.log.values()):
        if entry.action in _BEGINNINGS:
            done.clear()
            undone.clear()
        if entry.by != by or not entry.changes:
            continue
        if entry.undoes:
            _take(done, entry.undoes)
            undone.append(entry)
        elif entry.redoes:
            _take(undone, entry.redoes)
            done.append(entry)
        else:
            done.append(entry)
            undone.clear()
    return done, undone


def _take(stack: list[LogEntry], key: str) -> None:
    """Take the entry off that was undone or redone; one from before a restore or a repair is not there."""
    if stack and stack[-1].id == key:
        stack.pop()


def in_order(entries: Iterable[LogEntry]) -> list[LogEntry]:
    """Return log entries in the order in which they were made."""
    return sorted(entries, key=lambda entry: entry.id)


def _invert(draft: Draft, entry: LogEntry) -> None:
    _check_later_moves(draft.before, entry)
    overtaken, changed_since = (
        _overtaken_facts(draft.before, entry),
        _changed_since(draft.before, entry),
    )
    for table, facts in entry.changes.items():
        for key, before in facts.items():
            later = changed_since.get((table, key))
            if later is not None and (
                (table, key) in overtaken
                or _differs_from(later, draft.before, table, key)
            ):
                raise Rejected(
                    "{by} has changed the same entry since ({action}): that comes first.",
                    by=later.by,
                    action=action_word(later.action),
                )
            draft.restore(table, key, _fact(table, before))


def _check_later_moves(register: Register, entry: LogEntry) -> None:
    """Refuse where somebody has since moved a service on, which was decided on the stage it then had."""
    for key, document in entry.changes.get("moves", {}).items():
        now, before = register.moves.get(key), _fact("moves", document)
        move = now or before
        if not isinstance(move, Move) or _claim(now) == _claim(before):
            continue
        later = _following(register, entry, move)
        if later is not None:
            service = register.services.get(move.service)
            raise Rejected(
                "{by} has moved {service} since: that comes first, or withdraw the entry that is wrong.",
                by=later.by,
                service=service.code if service else move.service,
            )


def _following(register: Register, entry: LogEntry, move: Move) -> Move | None:
    """Return a move of the same service that was entered after ``entry`` and is not dated before ``move``."""
    own = entry.changes["moves"]
    moves = (
        later
        for later in register.moves_of.get(move.service, ())
        if later.on >= move.on
    )
    return next(
        (later for later in moves if later.id > entry.id and later.id not in own), None
    )


def _claim(fact: Fact | None) -> object:
    return (fact.on, fact.stage) if isinstance(fact, Move) else None


def _fact(table: str, before: Any) -> Fact | None:
    """Return what stood there before; ``Rejected`` where the log, edited by hand, tells what none may hold."""
    if before is None and table in TABLES:
        return None
    try:
        fact = convert(before, TABLES[table])
    except (KeyError, ValidationError):
        raise Rejected(
            "What stood there before cannot be read: it cannot be undone."
        ) from None
    check_fact(fact)
    return fact


def _changed_since(
    register: Register, entry: LogEntry
) -> dict[tuple[str, str], LogEntry]:
    """Return for the facts of ``entry`` the first entry after it that changed them."""
    found: dict[tuple[str, str], LogEntry] = {}
    for later in in_order(done for done in register.log.values() if done.id > entry.id):
        for table, facts in later.changes.items():
            for key in facts.keys() & entry.changes.get(table, {}).keys():
                found.setdefault((table, key), later)
    return found


def _overtaken_facts(register: Register, entry: LogEntry) -> set[tuple[str, str]]:
    """Return the facts of ``entry`` that somebody has decided on since, be it for the same again.

    What was taken back counts as if it had never been done.
    """
    decided: dict[tuple[str, str], str] = {}
    before: dict[tuple[str, str, str], str] = {}
    left: dict[tuple[str, str], str] = {}
    for done in in_order(register.log.values()):
        inverted = done.undoes or done.redoes or ""
        for table, facts in done.changes.items():
            for key in facts.keys() & entry.changes.get(table, {}).keys():
                before[done.id, table, key] = decided.get((table, key), "")
                decided[table, key] = before.get((inverted, table, key), done.id)
        if done.id == entry.id:
            left = dict(decided)
    return {fact for fact, last in decided.items() if last != left.get(fact)}


def _differs_from(later: LogEntry, register: Register, table: str, key: str) -> bool:
    """Tell whether the fact is no longer what ``later`` found."""
    return _fact(table, later.changes[table][key]) != register.table(table).get(key)
