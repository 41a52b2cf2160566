"""Take back one's own last action, whole, and do it again."""

from typing import Any, ClassVar

from msgspec import Struct

from tracker.actions.draft import Draft
from tracker.actions.names import action_word
from tracker.changes import (
    FactKey,
    UnreadableFact,
    documents_before,
    find_merges,
    first_later_entries,
    read_before,
    sort_entries,
    with_merged_changes,
)
from tracker.errors import Rejected
from tracker.language import N_
from tracker.limits import check_fact
from tracker.model import Fact, LogEntry, Move
from tracker.register import Register

_BEGINNINGS = {"restore", "repair"}
"""Actions after which the log may lack earlier entries."""

_RECORDS = {"init", "snapshot take"}
"""Actions that the log records and that nobody takes back."""


class Undo(Struct, frozen=True):
    """Undo the last action of whoever acts."""

    name: ClassVar[str] = "undo"
    log_label: ClassVar[str] = N_("undone")

    def apply(self, draft: Draft) -> None:
        """Restore the facts as they were; reject if a later action depends on them."""
        done, _ = undo_stacks(draft.before, draft.context.by)
        if not done:
            raise Rejected(
                "There is nothing of {by}'s to undo.",
                by=draft.context.by,
            )
        draft.undoes = done[-1].id
        _revert_entry(draft, with_merged_changes(draft.before.log, done[-1]))


class Redo(Struct, frozen=True):
    """Redo what whoever acts has last undone."""

    name: ClassVar[str] = "redo"
    log_label: ClassVar[str] = N_("done again")

    def apply(self, draft: Draft) -> None:
        """Restore what the undo took away; reject if a later action depends on it."""
        _, undone = undo_stacks(draft.before, draft.context.by)
        if not undone:
            raise Rejected(
                "There is nothing of {by}'s to redo.",
                by=draft.context.by,
            )
        draft.redoes = undone[-1].id
        _revert_entry(draft, undone[-1])


def undo_stacks(
    register: Register,
    by: str,
) -> tuple[list[LogEntry], list[LogEntry]]:
    """Return the entries that ``by`` can undo and those that ``by`` can redo, the next one last.

    What was done before a restore or a repair is out of reach: taking it back could take back another
    action than the one that the person did last. A restore of another copy, which a merge brought in,
    took nothing away here.
    """
    done: list[LogEntry] = []
    undone: list[LogEntry] = []
    taken_back = find_merges(register.log).brought
    for entry in sort_entries(register.log.values()):
        if entry.action in _BEGINNINGS and not entry.origin:
            done.clear()
            undone.clear()
        if entry.by != by or entry.id in taken_back or not _is_undoable(entry):
            continue
        if entry.undoes:
            _pop_entry(done, entry.undoes)
            undone.append(entry)
        elif entry.redoes:
            _pop_entry(undone, entry.redoes)
            done.append(entry)
        else:
            done.append(entry)
            undone.clear()
    return done, undone


def _is_undoable(entry: LogEntry) -> bool:
    """Return whether an entry may be the next that its author takes back, or does again.

    That of another copy is, though it may have changed nothing here.
    """
    inverts = entry.undoes or entry.redoes
    return entry.action not in _RECORDS and bool(
        entry.changes or entry.merged or entry.origin or inverts,
    )


def _pop_entry(stack: list[LogEntry], key: str) -> None:
    """Remove the undone or redone entry; after a restore or a repair it may not be there."""
    if stack and stack[-1].id == key:
        stack.pop()


def _revert_entry(draft: Draft, entry: LogEntry) -> None:
    """Restore the facts as before ``entry``; raise ``Rejected`` if a later action depends on them."""
    register = draft.before
    _check_later_moves(register, entry)
    decided_since = _facts_decided_since(register, entry)
    later_entries = first_later_entries(register, entry)
    for (table, key), document in documents_before(entry).items():
        later = later_entries.get((table, key))
        if later is not None and (
            (table, key) in decided_since
            or _differs_from(later, register, table, key)
        ):
            raise Rejected(
                "{by} has changed the same entry since ({action}): that comes first.",
                by=later.by,
                action=action_word(later.action),
            )
        draft.restore(table, key, _restorable_fact(table, document))


def _check_later_moves(register: Register, entry: LogEntry) -> None:
    """Raise ``Rejected`` if somebody has moved a service on since.

    That move was decided on the stage which the service then had: taking it away would leave
    a decision without its ground.
    """
    for key, document in entry.changes.get("moves", {}).items():
        now = register.moves.get(key)
        before = _restorable_fact("moves", document)
        move = now or before
        if not isinstance(move, Move) or _claim_of(now) == _claim_of(before):
            continue
        later = _find_later_move(register, entry, move)
        if later is not None:
            service = register.services.get(move.service)
            raise Rejected(
                "{by} has moved {service} since: that comes first, or withdraw the entry that is wrong.",
                by=later.by,
                service=service.code if service else move.service,
            )


def _claim_of(fact: Fact | None) -> object:
    """Return what a move claims: its day and its stage."""
    return (fact.on, fact.stage) if isinstance(fact, Move) else None


def _find_later_move(
    register: Register,
    entry: LogEntry,
    move: Move,
) -> Move | None:
    """Return a move of the same service, entered after ``entry`` and not dated before ``move``."""
    own = entry.changes["moves"]
    for later in register.moves_of.get(move.service, ()):
        if later.on >= move.on and later.id > entry.id and later.id not in own:
            return later
    return None


def _restorable_fact(table: str, document: Any) -> Fact | None:
    """Return the fact to restore; raise ``Rejected`` if a hand-edited log holds an invalid one."""
    try:
        fact = read_before(table, document)
    except UnreadableFact:
        raise Rejected(
            "What stood there before cannot be read: it cannot be undone.",
        ) from None
    if fact is not None:
        check_fact(fact)
    return fact


def _facts_decided_since(register: Register, entry: LogEntry) -> set[FactKey]:
    """Return the entry's facts that were changed later, even if to the same value.

    What was taken back counts as if it had never been done: an undo leaves as the last
    decision the one that stood before the action that it undoes.
    """
    own = documents_before(entry).keys()
    last_decision: dict[FactKey, str] = {}
    decision_before: dict[tuple[str, FactKey], str] = {}
    decisions_of_entry: dict[FactKey, str] = {}
    for done in sort_entries(register.log.values()):
        inverted = done.undoes or done.redoes or ""
        for fact in documents_before(done).keys() & own:
            decision_before[done.id, fact] = last_decision.get(fact, "")
            last_decision[fact] = decision_before.get((inverted, fact), done.id)
        if done.id == entry.id:
            decisions_of_entry = dict(last_decision)

    return {
        fact
        for fact, decision in last_decision.items()
        if decision != decisions_of_entry.get(fact)
    }


def _differs_from(
    later: LogEntry,
    register: Register,
    table: str,
    key: str,
) -> bool:
    """Return whether the fact differs from what the entry ``later`` found."""
    found = _restorable_fact(table, later.changes[table][key])
    return found != register.table(table).get(key)
