"""The changes that an action makes, on top of the register as it was."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tracker.errors import Rejected
from tracker.limits import check_fact
from tracker.model import TABLES, Fact, LogEntry, Move, Transfer
from tracker.register import Changes, Register
from tracker.text import content_digest

F = TypeVar("F", bound=Fact)
_TABLE_OF = {kind: name for name, kind in TABLES.items()}


class Context(Struct, frozen=True):
    """Who acts, when, and what day it is in the city."""

    by: str
    now: datetime
    today: date


class Action(Protocol):
    """One way to change the register: its fields say what, ``apply`` says how.

    ``name`` is what the log calls it.
    """

    name: ClassVar[str]

    def apply(self, draft: "Draft") -> None:
        """Put the action's changes into the draft; raise ``Rejected`` if the data do not allow it."""


class LabelledAction(Action, Protocol):
    """An action that a person takes; ``log_label`` is the msgid by which the log shows it."""

    log_label: ClassVar[str]


class Draft:
    """Changes in the making; nobody sees any of them until all are stored."""

    def __init__(self, register: Register, context: Context) -> None:
        self.before = register
        self.context = context
        self.today = context.today
        self.changes: Changes = {}
        self.pages: dict[str, str] = {}
        self.why = ""
        self.problems: list[Rejected] = []
        """What the action itself finds wrong; conflicts with others are reported before these."""
        self.undoable = True
        """False if the log entry records the action alone and keeps nothing to put back."""
        self.recorded: dict[str, dict[str, Any]] | None = None
        """What the log entry keeps; None if it is what stood before every change."""
        self.merged: tuple[str, ...] = ()
        """Entries of other copies that the action enters in the log beside its own."""
        self.undoes: str | None = None
        self.redoes: str | None = None
        self.next_number = register.next_number
        self._seen: Register | None = register

    @property
    def register(self) -> Register:
        """The register with the changes made so far."""
        if self._seen is None:
            self._seen = self.before.changed(self.changes, self.next_number)
        return self._seen

    def new(
        self,
        kind: type[F],
        /,
        *,
        recorded_at: datetime | None = None,
        by: str = "",
        **fields: Any,
    ) -> F:
        """Add a new fact, by default recorded now by whoever acts, and return it."""
        fact = kind(
            id=self.before.key(self.next_number),
            recorded_at=recorded_at or self._find_moment(kind, fields),
            by=by or self.context.by,
            **fields,
        )
        self.next_number += 1
        self.put(fact)
        return fact

    def _find_moment(
        self,
        kind: type[Fact],
        fields: Mapping[str, Any],
    ) -> datetime:
        """Return when a fact is recorded: after those of its service and day, whatever the clock says.

        Of several on one day the one recorded last counts, and clocks differ and are set back.
        """
        now = self.context.now
        there: Sequence[Move | Transfer] = ()
        if kind is Move:
            there = self.before.moves_of.get(fields["service"], ())
        elif kind is Transfer:
            there = self.before.transfers_of.get(fields["service"], ())
        same_day = [one for one in there if one.on == fields["on"]]
        last = max((one.recorded_at for one in same_day), default=now)
        return now if last <= now else last + timedelta(microseconds=1)

    def edit(self, fact: F, /, **fields: Any) -> F:
        """Change fields of a fact and return it; a fact that would not differ is left alone."""
        edited = replace(fact, **fields)
        if edited != fact:
            self.put(edited)
        return edited

    def put(self, fact: Fact) -> None:
        """Store ``fact`` under its key, whether it is new or replaces another version."""
        check_fact(fact)
        self._record_change(_TABLE_OF[type(fact)], fact.id, fact)

    def keep_page(self, text: str) -> str:
        """Have the store keep a text beside the register; return its digest."""
        digest = content_digest(text)
        self.pages[digest] = text
        return digest

    def remove(self, fact: Fact) -> None:
        """Take a fact out of the register; the log keeps it."""
        self._record_change(_TABLE_OF[type(fact)], fact.id, None)

    def enter(self, entry: LogEntry) -> None:
        """Enter an action of another copy in the log, beside the draft's own."""
        self.put(entry)
        self.merged = (*self.merged, entry.id)

    def restore(
        self,
        table: str,
        key: str,
        fact: Fact | None,
    ) -> None:
        """Put back what was under a key before; None removes it."""
        self._record_change(table, key, fact)

    def holds_for(self, other: "Draft") -> bool:
        """Tell whether the same action makes these changes in another draft too.

        That is so on the very same register and day, for the same person.
        """
        return (
            self.before is other.before
            and self.today == other.today
            and self.context.by == other.context.by
        )

    def take_over(self, planned: "Draft") -> None:
        """Make the changes that a plan of the action has made, instead of working them out anew."""
        self.changes = {
            table: dict(facts) for table, facts in planned.changes.items()
        }
        self.pages = dict(planned.pages)
        self.why = planned.why
        self.recorded = planned.recorded
        self.merged = planned.merged
        self.next_number = planned.next_number
        self._seen = None

    def _record_change(
        self,
        table: str,
        key: str,
        fact: Fact | None,
    ) -> None:
        self.changes.setdefault(table, {})[key] = fact
        self._seen = None
