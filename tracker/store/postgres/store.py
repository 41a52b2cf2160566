"""A register on a PostgreSQL server: read once, caught up by version, written by comparison.

Every action raises the register's version by one. A reader asks for what is newer than the
version that it knows; a writer says on which version it decided, and the server keeps the
action only if that is still the one. Both take one round trip.
"""

import threading
from collections.abc import Sequence
from dataclasses import replace
from time import monotonic, sleep

import msgspec

from tracker.errors import Rejected, Unreadable, UserError
from tracker.model import LogEntry
from tracker.persistence import Commit, Decide
from tracker.register import Register
from tracker.store.address import ServerAddress
from tracker.store.changing import check_keys
from tracker.store.migrations import MIGRATIONS, Migration
from tracker.store.postgres.connection import Lost, ServerConnection
from tracker.store.postgres.faults import (
    OVERTAKEN,
    Overtaken,
    Unreachable,
)
from tracker.store.postgres.reader import ServerReader, State
from tracker.store.postgres.rows import write_facts

_MISSES = 3
"""How often others may be faster before a writer waits for its turn.

Comparison costs one round trip and no waiting, but among many busy writers one could
lose every time.
"""
_PAUSE = 0.1
"""Seconds between two tries to reach a server that is lost."""

_KEEP = """
select kept, version, next_number, kind, number, doc::text
from opd_tracker.keep(%s, %s, %s, %s, %s, %s)
"""
_WAIT_FOR_TURN = "select opd_tracker.wait_for_turn(%s)"


class PostgresStore:
    """A register on a server: the protocol ``Store``.

    ``wait`` is for how many seconds a change tries to reach a server that is lost,
    ``fresh_for`` for how many seconds a reading is taken as the present one: a single
    command need not ask ten times over a slow network.
    """

    def __init__(
        self,
        address: ServerAddress,
        *,
        wait: float = 10.0,
        fresh_for: float = 0.0,
        migrations: Sequence[Migration] = MIGRATIONS,
    ) -> None:
        self.address = address
        self.place = address.shown
        self.schema = len(migrations) + 1
        self.has_written = False
        self._wait, self._fresh_for = wait, fresh_for
        self._connection = ServerConnection(address)
        self._reader = ServerReader(address, self._connection, migrations)
        self._looked_at = float("-inf")
        self._guard = threading.RLock()

    @property
    def member(self) -> str | None:
        """The member as whom this role signs; None if it may sign with any name."""
        if self._reader.state is None:
            self.load()
        return self._reader.member

    def load(self) -> Register:
        """Return the current register: the same object until somebody changes it.

        Raises ``Unreadable`` if the server cannot be reached, or has no such register.
        """
        known = self._reader.state
        # While another thread looks or writes, the register stands as it was known.
        if not self._guard.acquire(blocking=known is None):
            assert known is not None
            return known.register
        try:
            age = monotonic() - self._looked_at
            if known is None or age >= self._fresh_for:
                known = self._reader.read_state()
                self._looked_at = monotonic()
            return known.register
        finally:
            self._guard.release()

    def commit(self, decide: Decide) -> Register:
        """Store what ``decide`` returns, on the newest state; return the new register.

        A server that is lost meanwhile, and others who are always faster, are tried again
        for ``wait`` seconds. Raises what ``decide`` raises, ``Rejected`` if the server
        refuses, ``InUse`` if others hold it, ``Unreadable`` if it cannot be reached.
        Nothing is stored then, unless the error says that this is not known.
        """
        sent: list[LogEntry | None] = []
        deadline = monotonic() + self._wait
        with self._guard:
            while True:
                try:
                    return self._write(decide, sent)
                except (Lost, Unreachable) as lost:
                    if not self._connection.count:
                        raise
                    if monotonic() >= deadline:
                        raise self._unwritten_error(sent) from lost
                except Overtaken:
                    if monotonic() >= deadline:
                        raise
                sleep(_PAUSE)

    def page(self, digest: str) -> str | None:
        """Return the kept text with ``digest``; None if it is missing or damaged."""
        with self._guard:
            return self._reader.read_page(digest)

    def warnings(self) -> list[UserError]:
        """Return what the user should know, though the register is open."""
        known = self._reader.state
        if known is None or known.schema <= self.schema:
            return []
        return [self._layout_error(known)]

    def close(self) -> None:
        """End the connection; the next use opens another."""
        with self._guard:
            self._connection.close()

    def _write(self, decide: Decide, sent: list[LogEntry | None]) -> Register:
        """Store an action that may be among ``sent`` already, when a connection was lost."""
        known = self._reader.state
        if known is None or sent:
            known = self._reader.read_state()
        misses = 0
        while misses < _MISSES:
            if _is_kept(known, sent):
                return self._adopt(known)
            try:
                decided = decide(known.register)
            except UserError:
                # What was decided on a state that is overtaken is decided again.
                newest = self._reader.read_state()
                if newest is known:
                    raise
                known = newest
                continue
            if not any(decided.changes_with_entry.values()):
                newest = self._reader.read_state()
                if newest is known:
                    return known.register
                known = newest
                continue
            after, is_kept = self._keep(known, decided, sent)
            if is_kept:
                return self._adopt(after)
            known = after
            misses += 1
        return self._write_in_turn(decide, sent)

    def _write_in_turn(
        self,
        decide: Decide,
        sent: list[LogEntry | None],
    ) -> Register:
        """Store an action while nobody else can write."""
        with self._connection.transaction():
            self._connection.run_statement(
                _WAIT_FOR_TURN,
                (self._reader.prefix,),
            )
            known = self._reader.read_newer()
            if _is_kept(known, sent):
                return self._adopt(known)
            decided = decide(known.register)
            if not any(decided.changes_with_entry.values()):
                return known.register
            after, is_kept = self._keep(known, decided, sent)
            if not is_kept:
                raise Overtaken(OVERTAKEN, place=self.place)
            sent.append(decided.entry)
        return self._adopt(after)

    def _keep(
        self,
        known: State,
        decided: Commit,
        sent: list[LogEntry | None],
    ) -> tuple[State, bool]:
        """Send an action; return the state after it, or that which others made meanwhile."""
        if known.schema != self.schema:
            raise self._layout_error(known)
        changes, number = decided.changes_with_entry, decided.next_number
        check_keys(known.register, changes, number)
        pages = msgspec.json.encode(list(decided.pages.items())).decode()
        values = (
            self._reader.prefix,
            known.version,
            known.schema,
            number,
            write_facts(changes),
            pages,
        )
        try:
            rows = self._connection.run_statement(_KEEP, values)
        except Lost:
            sent.append(decided.entry)
            raise
        is_kept, version, next_number, *_ = rows[0]
        if is_kept:
            register = known.register.changed(changes, number)
            return replace(known, register=register, version=version), True
        if version < known.version:
            return self._reader.read_whole(), False
        changed = [row[3:] for row in rows if row[3] is not None]
        return self._reader.take_in(known, version, next_number, changed), False

    def _adopt(self, state: State) -> Register:
        self.has_written = True
        self._reader.state = state
        self._looked_at = monotonic()
        return state.register

    def _layout_error(self, known: State) -> UserError:
        if known.schema > self.schema:
            return Unreadable(
                "{path} was written by a newer version of this program: it can be read here, not changed. "
                "Update this program.",
                path=self.place,
            )
        return Rejected(
            "The register at {place} has the layout of an older version: it can be read, and changed once an "
            "administrator has run “server init”.",
            place=self.place,
        )

    def _unwritten_error(self, sent: list[LogEntry | None]) -> Rejected:
        if sent:
            return Rejected(
                "The connection to {place} was lost while this was sent: look whether it is in the log before "
                "you enter it again.",
                place=self.place,
            )
        return Rejected(
            "The connection to {place} is lost: nothing was changed. Try again when it is back.",
            place=self.place,
        )


def _is_kept(known: State, sent: Sequence[LogEntry | None]) -> bool:
    """Return whether an action arrived although the connection was lost before its answer.

    The chain makes an entry one of its kind: it tells of everything before it.
    """
    log = known.register.log
    return any(entry and log.get(entry.id) == entry for entry in sent)
