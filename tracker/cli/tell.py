"""What an action did, told fact by fact: after a command, in the log, before an undo."""

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from tracker.actions.audit import AuditEntry, Change, audit
from tracker.actions.names import action_word
from tracker.actions.notices import notices
from tracker.actions.perform import ActionResult
from tracker.fields import FACT_KINDS, default_of, label_of
from tracker.language import Language
from tracker.lookup import number_of
from tracker.model import (
    OPD,
    Application,
    Fact,
    LogEntry,
    Move,
    Service,
)
from tracker.narration.values import show_value
from tracker.register import Register
from tracker.text import in_sentence, visible

MANY = 12


class Names:
    """The codes by which facts are known, those of facts that changes have taken out among them."""

    def __init__(self, register: Register, changes: Iterable[Change] = ()) -> None:
        self._register = register
        self._gone: dict[str, str] = {
            fact.id: fact.code
            for change in changes
            for fact in (change.before, change.after)
            if isinstance(fact, OPD | Service | Application)
        }

    def code(self, key: str) -> str:
        """Return the code of an OPD, a service or an application by its key."""
        for table in (
            self._register.services,
            self._register.opds,
            self._register.applications,
        ):
            if key in table:
                return table[key].code
        return self._gone.get(key, key)

    def refer(self, table: str, key: str) -> str:
        """Return the code of what a key of a table refers to."""
        return self.code(key)

    def owner(self, fact: Fact | None) -> str:
        """Return the code of the service that a fact is about, else its own code or nothing."""
        service = getattr(fact, "service", "")
        return self.code(service) if service else getattr(fact, "code", "")


def print_done(done: ActionResult, language: Language) -> None:
    """Print what an action did, long lists counted, and what its maker should know of it."""
    if done.entry is None:
        print(language.text("Nothing differs: it stands so already."))
        return
    of = done.register.log.get(done.entry.undoes or done.entry.redoes or "")
    if of is not None:
        print(_reversed(done.register, of, language))
    told = _told(done.register, done.entry)
    for line in change_lines(
        Names(done.register, told.changes), told.changes, language, most=MANY
    ):
        print(line)
    entered = [
        c.after for c in told.changes if c.before is None and isinstance(c.after, Move)
    ]
    back = [move for move in entered if _is_backward(done.register, move)]
    if back:
        print(
            language.plural(
                "{n} of these goes backward.", "{n} of these go backward.", len(back)
            )
        )
    print_notices(done, language)


def print_notices(done: ActionResult, language: Language) -> None:
    """Print on standard error what the maker of an action should know of it."""
    if done.entry is not None:
        for notice in notices(done.register, _told(done.register, done.entry).changes):
            print(visible(language.say(notice)), file=sys.stderr)


def _told(register: Register, entry: LogEntry) -> AuditEntry:
    return next(told for told in audit(register) if told.entry.id == entry.id)


def _reversed(register: Register, of: LogEntry, language: Language) -> str:
    """Tell which action was taken back, or done again: itself, not what was done about it since."""
    done_again, first = of.undoes is not None, of
    while (key := first.undoes or first.redoes) and key in register.log:
        first = register.log[key]
    action = action_word(first.action)
    if done_again:
        return language.text("Done again: {action}", action=action)
    return language.text("Taken back: {action}", action=action)


def _is_backward(register: Register, move: Move) -> bool:
    """Tell whether a move leads to a lower stage than it found."""
    service = register.services[move.service]
    moves = register.moves_of[service.id]
    place = moves.index(move)
    return move.stage.points < (moves[place - 1] if place else service).stage.points


def change_lines(
    names: Names, changes: Iterable[Change], language: Language, most: int | None = None
) -> Iterator[str]:
    """Yield a line for each change, the first ``most`` of them."""
    every = list(changes)
    shown = every if most is None or len(every) <= most else every[:most]
    for change in shown:
        yield change_line(names, change, language)
    if len(shown) < len(every):
        yield language.plural(
            "… and {n} more", "… and {n} more", len(every) - len(shown)
        )


def change_line(names: Names, change: Change, language: Language) -> str:
    """Tell one change: ``+`` for what is new, ``~`` for what is put right, ``−`` for what is taken out."""
    fact = change.after or change.before
    if fact is None:
        return ""
    sign = "+" if change.before is None else "−" if change.after is None else "~"
    about = " ".join(
        part
        for part in (language.text(FACT_KINDS[change.table].noun), names.owner(fact))
        if part
    )
    differences = (
        _difference(names, change, name, before, after, language)
        for name, before, after in change.differences()
        if not (name in {"service", "code"} and None in (change.before, change.after))
    )
    details = " · ".join(part for part in differences if part)
    return visible(
        f"{sign} {number_of(fact)}  {about}{': ' if details else ''}{details}"
    )


def _difference(
    names: Names, change: Change, name: str, before: Any, after: Any, language: Language
) -> str:
    label = in_sentence(language.text(label_of(change.table, name)))
    new, old = (
        show_value(change.table, name, value, language, names.refer)
        for value in (after, before)
    )
    if change.before is None or change.after is None:
        value = after if change.before is None else before
        if value in (None, "", ()) or _goes_without_saying(change.table, name, value):
            return ""
        return f"{label} {new or old}"
    return f"{label} {old or '–'} → {new or '–'}"


def _goes_without_saying(table: str, name: str, value: Any) -> bool:
    """Tell whether a new fact holds what it would hold unless told otherwise."""
    return name not in {"stage", "kind"} and value == default_of(table, name)
