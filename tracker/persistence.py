"""What the program asks of the place where a register is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tracker.errors import UserError
from tracker.model import LogEntry
from tracker.register import Changes, Register


@dataclass(frozen=True)
class Commit:
    """What is to be kept in one step: the changes, and the entry that tells of them."""

    changes: Changes
    entry: LogEntry | None
    next_number: int
    pages: Mapping[str, str] = field(default_factory=dict)
    """Texts to keep beside the register, by their digest (``tracker.text.content_digest``)."""


class Decide(Protocol):
    """Decides, on the register as it now stands, what is to be kept."""

    def __call__(self, register: Register, /) -> Commit:
        """Return what to keep; raise ``Rejected`` to keep nothing."""


class Store(Protocol):
    """Where a register is kept. A file today; a server could stand here."""

    def load(self) -> Register:
        """Return the register as it now stands: the same object as long as nobody changed it."""

    def commit(self, decide: Decide) -> Register:
        """Ask ``decide`` while nobody else can write, keep what it says, return what then stands."""

    def page(self, digest: str) -> str | None:
        """Return the kept text with ``digest``; None if it is missing or damaged."""

    def entries_since(self, key: str) -> Sequence[LogEntry]:
        """Return what was done after the log entry with ``key``, the earliest first."""

    def warnings(self) -> Sequence[UserError]:
        """Return what the user should know of a register that is open: at first, and after each change."""
