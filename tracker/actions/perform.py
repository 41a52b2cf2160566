"""Carry out one action: all of its facts and its log entry in one step, or nothing."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from msgspec import Struct

from tracker.actions.draft import Action, Context, Draft
from tracker.actions.names import action_word
from tracker.actions.opening import settle_opening
from tracker.changes import record_before, sort_entries
from tracker.errors import Conflict, ProblemList, Rejected
from tracker.limits import check_fact
from tracker.log_chain import seal_entries
from tracker.model import LogEntry, Move
from tracker.permissions import check_permitted
from tracker.persistence import Commit, Store
from tracker.register import Changes, Register
from tracker.rules import check_changes


class ActionResult(Struct, frozen=True):
    """The outcome of an action: the new register and the log entry, None if nothing differed."""

    register: Register
    entry: LogEntry | None


def perform(
    store: Store,
    action: Action,
    context: Context,
    seen: Register | None = None,
    ready: Callable[[], None] | None = None,
) -> ActionResult:
    """Carry out ``action`` on the register in ``store``.

    ``seen`` is the register on which the person decided; if somebody has since changed
    what the action touches, it raises ``Conflict`` and changes nothing. ``ready`` is called when
    nothing is left but to write; what it raises stops the action, and nothing is kept.
    """
    kept: list[Commit] = []

    def decide(register: Register) -> Commit:
        kept.append(plan(register, action, context, seen))
        if ready is not None:
            ready()
        return kept[-1]

    register = store.commit(decide)
    return ActionResult(register, kept[-1].entry)


def plan(
    register: Register,
    action: Action,
    context: Context,
    seen: Register | None = None,
) -> Commit:
    """Return what ``action`` would store, with every rule checked; nothing is stored."""
    # Worked out here, the indexes are brought along by the change; on the draft's register,
    # where the rules ask for them, they would be lost, and every action work them out anew.
    _ = register.moves_of, register.transfers_of, register.closures_of
    draft = Draft(register, context)
    action.apply(draft)
    settle_opening(draft)
    changes = _drop_unchanged(register, draft.changes)
    is_inversion = bool(draft.undoes or draft.redoes)
    check_permitted(
        register,
        changes,
        context.by,
        context.today,
        is_inversion=is_inversion,
    )
    if seen is not None and seen is not register:
        _check_seen(register, seen, changes)
    broken = check_changes(register, draft.register, changes, context.today)
    problems = [
        *draft.problems,
        *(problem.as_rejection() for problem in broken),
    ]
    if problems:
        raise problems[0] if len(problems) == 1 else ProblemList(problems)
    # Taking back a merge that changed nothing is recorded: the one before it comes next.
    if not (changes or is_inversion):
        return Commit({}, None, register.next_number)
    recorded = draft.recorded
    if recorded is None and draft.undoable:
        recorded = record_before(draft.before, changes)
    entry = LogEntry(
        id=register.key(draft.next_number),
        recorded_at=context.now,
        by=context.by,
        action=action.name,
        changes=recorded or {},
        why=draft.why,
        undoes=draft.undoes,
        redoes=draft.redoes,
        merged=draft.merged,
    )
    check_fact(entry)
    entered = changes.pop("log", {}).values()
    brought = [one for one in entered if isinstance(one, LogEntry)]
    *others, sealed = seal_entries(register.log, [*brought, entry])
    if others:
        changes["log"] = {one.id: one for one in others}
    return Commit(changes, sealed, draft.next_number + 1, draft.pages)


def _drop_unchanged(register: Register, changes: Changes) -> Changes:
    """Return the changes without facts that are the same as before."""
    differing: Changes = {}
    for table, facts in changes.items():
        there = register.table(table)
        kept = {
            key: fact for key, fact in facts.items() if there.get(key) != fact
        }
        if kept:
            differing[table] = kept
    return differing


def _check_seen(register: Register, seen: Register, changes: Changes) -> None:
    for table, facts in changes.items():
        now, then = register.table(table), seen.table(table)
        for key in facts:
            if now.get(key) != then.get(key):
                raise _conflict_error(register, table, key)
    moved = {
        fact.service
        for fact in changes.get("moves", {}).values()
        if isinstance(fact, Move)
    }
    for service in moved:
        now_moves = {m.id: m for m in register.moves_of.get(service, ())}
        then_moves = {m.id: m for m in seen.moves_of.get(service, ())}
        if now_moves != then_moves:
            differing = now_moves.items() ^ then_moves.items()
            raise _conflict_error(
                register,
                "moves",
                max(key for key, _ in differing),
            )


def _conflict_error(register: Register, table: str, key: str) -> Rejected:
    for entry in reversed(sort_entries(register.log.values())):
        if key in entry.changes.get(table, {}):
            return Conflict(
                "{by} changed this on {moment} ({action}): look at it again before you decide.",
                by=entry.by,
                moment=entry.recorded_at.astimezone(
                    ZoneInfo(register.only_city.timezone),
                ),
                action=action_word(entry.action),
            )
    return Conflict(
        "Somebody changed this in the meantime: look at it again before you decide.",
    )
