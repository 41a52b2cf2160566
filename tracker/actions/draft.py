"""What an action works on: the register as it was, and the changes made to it so far."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Protocol, TypeVar

from msgspec.structs import replace

from tracker.errors import Rejected
from tracker.limits import check_fact
from tracker.model import TABLES, Fact
from tracker.register import Changes, Register
from tracker.text import content_digest

F = TypeVar("F", bound=Fact)
_TABLE_OF = {kind: name for name, kind in TABLES.items()}


@dataclass(frozen=True)
class Context:
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
        """Put the action's changes into the draft; raise ``Rejected`` where the data say no."""


class Draft:
    """Changes in the making; nothing of them is seen by anyone until all of them are stored."""

    def __init__(self, register: Register, context: Context) -> None:
        self.before = register
        self.context = context
        self.today = context.today
        self.changes: Changes = {}
        self.pages: dict[str, str] = {}
        self.why = ""
        self.problems: list[Rejected] = []
        """What the action itself finds wrong, told after what others have changed meanwhile."""
        self.undoable = True
        """False where the log only tells that it was done, and keeps nothing to put back."""
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
        """Enter a new fact, recorded now by the one who acts unless told otherwise."""
        fact = kind(
            id=self.before.key(self.next_number),
            recorded_at=recorded_at or self.context.now,
            by=by or self.context.by,
            **fields,
        )
        self.next_number += 1
        self.put(fact)
        return fact

    def edit(self, fact: F, /, **fields: Any) -> F:
        """Put a fact right, or leave it alone where nothing would differ."""
        edited = replace(fact, **fields)
        if edited != fact:
            self.put(edited)
        return edited

    def put(self, fact: Fact) -> None:
        """Let ``fact`` stand under its key, new or in place of what was there."""
        check_fact(fact)
        self._record_change(_TABLE_OF[type(fact)], fact.id, fact)

    def keep_page(self, text: str) -> str:
        """Let the store keep a text beside the register; return its digest."""
        digest = content_digest(text)
        self.pages[digest] = text
        return digest

    def remove(self, fact: Fact) -> None:
        """Take a fact out of the register; the log keeps it."""
        self._record_change(_TABLE_OF[type(fact)], fact.id, None)

    def restore(self, table: str, key: str, fact: Fact | None) -> None:
        """Put back what stood under a key, which may be nothing."""
        self._record_change(table, key, fact)

    def _record_change(self, table: str, key: str, fact: Fact | None) -> None:
        self.changes.setdefault(table, {})[key] = fact
        self._seen = None
