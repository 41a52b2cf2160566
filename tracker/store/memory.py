"""A register in memory alone: for the demonstration, which can be changed and is then discarded."""

import threading
from collections.abc import Sequence

from tracker.errors import UserError
from tracker.persistence import Decide
from tracker.register import Register
from tracker.store.changing import check_keys


class MemoryStore:
    """A register in memory: the protocol ``Store`` for one process alone."""

    def __init__(self, register: Register) -> None:
        self.place = ""
        self._register = register
        self._pages: dict[str, str] = {}
        self._lock = threading.RLock()

    def load(self) -> Register:
        """Return the current register."""
        return self._register

    def commit(self, decide: Decide) -> Register:
        """Apply what ``decide`` returns; it lasts until the process ends."""
        with self._lock:
            decided = decide(self._register)
            changes = decided.changes_with_entry
            if not any(changes.values()):
                return self._register

            check_keys(self._register, changes, decided.next_number)
            self._pages.update(decided.pages)
            self._register = self._register.changed(
                changes,
                decided.next_number,
            )
            return self._register

    def page(self, digest: str) -> str | None:
        """Return the kept text with ``digest``, None if there is no such text."""
        return self._pages.get(digest)

    def warnings(self) -> Sequence[UserError]:
        """Return nothing: what is kept nowhere has no backups and no copies."""
        return ()
