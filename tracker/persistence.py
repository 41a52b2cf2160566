"""What the program asks of the place where a register is kept: a file today, maybe a server."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from tracker.errors import UserError
from tracker.model import LogEntry
from tracker.register import Changes, Register


class Commit(Struct, frozen=True):
    """What is stored in one step: the changes, and the log entry that records them."""

    changes: Changes
    entry: LogEntry | None
    next_number: int
    pages: Mapping[str, str] = {}
    """Texts to keep beside the register, by their digest (``tracker.text.content_digest``)."""

    @property
    def changes_with_entry(self) -> Changes:
        """The changes with the log entry among them."""
        if self.entry is None:
            return self.changes
        log = {**self.changes.get("log", {}), self.entry.id: self.entry}
        return {**self.changes, "log": log}


class Decide(Protocol):
    """Decides, on the register as it now stands, what to store."""

    def __call__(self, register: Register, /) -> Commit:
        """Return what to store; raise ``Rejected`` to store nothing."""


class Store(Protocol):
    """A place where a register is kept."""

    @property
    def place(self) -> str:
        """The server that the register is on, without secrets; empty on this machine."""

    def load(self) -> Register:
        """Return the register as it now stands: the same object until somebody changes it."""

    def commit(self, decide: Decide) -> Register:
        """Store what ``decide`` returns while nobody else can write; return the new register."""

    def page(self, digest: str) -> str | None:
        """Return the kept text with ``digest``; None if it is missing or damaged.

        Raises ``Unreadable`` if that cannot be known, because a disk or a server does not answer.
        """

    def warnings(self) -> Sequence[UserError]:
        """Return what the user should know of an open register, at first and after each change."""
