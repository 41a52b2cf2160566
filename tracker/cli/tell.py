"""What an action did, told fact by fact: after a command, in the log, before an undo."""

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from tracker.actions.audit import AuditEntry, Change, audit
from tracker.actions.names import action_word
from tracker.actions.notices import notices
from tracker.actions.perform import ActionResult
from tracker.labels import factor_word, kind_word, stage_word
from tracker.language import N_, Language
from tracker.lookup import number_of
from tracker.model import (
    OPD,
    TABLES,
    Application,
    Fact,
    Factor,
    Kind,
    LogEntry,
    Move,
    Service,
    Stage,
)
from tracker.register import Register
from tracker.text import visible

_NOUNS = {
    "city": N_("City"),
    "opds": N_("OPD"),
    "applications": N_("Application"),
    "services": N_("Service"),
    "moves": N_("Move"),
    "transfers": N_("Transfer"),
    "closures": N_("Closure"),
    "targets": N_("Target"),
    "obstacles": N_("Obstacle"),
    "reports": N_("Report"),
    "milestones": N_("Milestone"),
    "evaluations": N_("Evaluation"),
    "decisions": N_("Decision"),
    "snapshots": N_("Snapshot"),
    "answers": N_("Answers of OPDs"),
    "returns": N_("Sheets of OPDs"),
    "log": N_("Log"),
}
_FIELDS = {
    "aliases": N_("aliases"),
    "application": N_("application"),
    "asked_on": N_("asked on"),
    "code": N_("code"),
    "contact": N_("contact"),
    "days": N_("days"),
    "decided_on": N_("decided on"),
    "description": N_("description"),
    "done_on": N_("done on"),
    "dropped_on": N_("dropped on"),
    "due_on": N_("due on"),
    "evidence": N_("evidence"),
    "factor": N_("factor"),
    "goal": N_("goal"),
    "improvement": N_("improvement"),
    "addressee": N_("addressee"),
    "sender": N_("sender"),
    "subject": N_("subject"),
    "instrument": N_("instrument"),
    "integrated_on": N_("integrated on"),
    "kind": N_("kind"),
    "method_break": N_("change of method"),
    "name": N_("name"),
    "note": N_("note"),
    "on": N_("on"),
    "opd": N_("OPD"),
    "opened_on": N_("opened on"),
    "outcome": N_("outcome"),
    "owner": N_("owner"),
    "portal": N_("portal"),
    "proposal": N_("proposal"),
    "rank": N_("rank"),
    "registered_on": N_("registered on"),
    "resolved_on": N_("resolved on"),
    "retired_on": N_("retired on"),
    "score": N_("score"),
    "service": N_("service"),
    "source": N_("source"),
    "stage": N_("stage"),
    "stalled_after": N_("stalled after"),
    "start": N_("from"),
    "tags": N_("tags"),
    "target": N_("target"),
    "text": N_("text"),
    "timezone": N_("time zone"),
    "until": N_("until"),
    "url": N_("address"),
    "verified_on": N_("verified on"),
    "visits": N_("visits"),
    "volume": N_("requests a year"),
    "week": N_("week"),
    "year": N_("year"),
}
MANY = 12


def noun_word(table: str) -> str:
    """Return the msgid of what a table holds."""
    return _NOUNS.get(table, table)


def field_word(field: str) -> str:
    """Return the msgid of a field."""
    return _FIELDS.get(field, field)


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
        for part in (language.text(_NOUNS[change.table]), names.owner(fact))
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
    label = language.text(field_word(name))
    new, old = (shown_value(names, name, value, language) for value in (after, before))
    if change.before is None or change.after is None:
        value = after if change.before is None else before
        default = _default(change.table, name)
        return (
            ""
            if value in (None, "", ()) or value == default
            else f"{label} {new or old}"
        )
    return f"{label} {old or '–'} → {new or '–'}"


def _default(table: str, name: str) -> Any:
    import msgspec

    fields = {field.name: field for field in msgspec.structs.fields(TABLES[table])}
    return (
        fields[name].default
        if name in fields and name not in {"stage", "kind"}
        else msgspec.NODEFAULT
    )


def shown_value(names: Names, name: str, value: Any, language: Language) -> str:
    """Show a field's value as people read it; references by their codes, nothing for nothing."""
    if isinstance(value, Stage | Factor | Kind):
        return language.text(value_word(value))
    if isinstance(value, bool):
        return language.text("yes") if value else language.text("no")
    if isinstance(value, date):
        return language.date(value)
    if isinstance(value, int | float) and name != "year":
        return language.plain(value)
    if isinstance(value, tuple | list):
        return "; ".join(map(str, value))
    return (
        names.code(str(value))
        if name in {"opd", "application", "service"} and value
        else str(value or "")
    )


def value_word(value: Stage | Factor | Kind) -> str:
    """Return the msgid of a stage, a factor or a kind."""
    if isinstance(value, Stage):
        return stage_word(value)
    return factor_word(value) if isinstance(value, Factor) else kind_word(value)
