"""Reading a register from the server: whole once, then only what is newer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tracker.errors import Unreadable, UsageError
from tracker.register import Register
from tracker.store.address import ServerAddress
from tracker.store.migrations import Migration
from tracker.store.postgres.connection import Lost, Row, ServerConnection
from tracker.store.postgres.faults import unreachable_error
from tracker.store.postgres.rows import build_register, read_changes
from tracker.store.reading import Damaged, Meta
from tracker.text import content_digest, visible

T = TypeVar("T")

_FIND = """
select r.prefix, c.doc ->> 'name'
from opd_tracker.register r
left join opd_tracker.fact c
    on c.register = r.prefix and c.kind = 'city' and not c.gone
where %s in ('', r.prefix)
order by r.prefix
"""

# One statement sees one state of the database, so all that it returns fits together.
_READ_WHOLE = """
select r.schema, r.next_number, r.version, r.tableoid, f.kind, f.members,
    (select a.member from opd_tracker.access a
     where a.register = r.prefix and a.role = session_user)
from opd_tracker.register r
left join lateral (
    select kind, string_agg('"' || number || '":' || doc, ',' order by number) as members
    from opd_tracker.fact
    where register = r.prefix and not gone
    group by kind
) f on true
where r.prefix = %s
"""

_CATCH_UP = """
select r.version, r.next_number, f.kind, f.number, f.doc::text, r.schema, r.tableoid
from opd_tracker.register r
left join opd_tracker.fact f on f.register = r.prefix and f.version > %s
where r.prefix = %s
"""

_PAGE = "select text from opd_tracker.page where register = %s and digest = %s"


@dataclass(frozen=True)
class State:
    """A register as it was read: its layout, its version, and from which table over which connection."""

    register: Register
    schema: int
    version: int
    table: int = 0
    connection: int = 0


class ServerReader:
    """Reads one register, and remembers the state that was read last."""

    def __init__(
        self,
        address: ServerAddress,
        connection: ServerConnection,
        migrations: Sequence[Migration],
    ) -> None:
        self.address, self.connection = address, connection
        self.state: State | None = None
        self.prefix = ""
        self.member: str | None = None
        self._migrations = migrations
        self._pages: dict[str, str] = {}

    def read_state(self) -> State:
        """Return the present state; the same as before if nobody has written.

        Raises ``Unreadable``. A connection that has ended is made anew.
        """
        return self._try_twice(self.read_newer)

    def read_page(self, digest: str) -> str | None:
        """Return a kept text; None if it is missing or damaged."""
        if digest in self._pages:
            return self._pages[digest]
        if self.state is None:
            self.read_state()
        rows = self._try_twice(
            lambda: self.connection.run_statement(_PAGE, (self.prefix, digest)),
        )
        for (text,) in rows:
            if content_digest(text) == digest:
                self._pages[digest] = text
        return self._pages.get(digest)

    def take_in(
        self,
        state: State,
        version: int,
        next_number: int,
        rows: Iterable[Row],
    ) -> State:
        """Bring ``state`` up to ``version`` by the changed facts in ``rows``."""
        try:
            register = read_changes(state.register, rows, next_number)
        except Damaged:
            # The whole reading says where the damage is, or finds that there is none.
            return self.read_whole()
        self.state = replace(state, register=register, version=version)
        return self.state

    def read_newer(self) -> State:
        """Read what is newer than the known state, over the connection that there is."""
        known = self.state
        if known is None:
            return self.read_whole()
        rows = self.connection.run_statement(
            _CATCH_UP,
            (known.version, self.prefix),
        )
        version, next_number, *_, schema, table = rows[0] if rows else (0,) * 7
        seen = (schema, table, self.connection.count)
        if (
            seen != (known.schema, known.table, known.connection)
            or version < known.version
        ):
            # The server was restored to another state, or brought to another layout.
            return self.read_whole()
        if version == known.version:
            return known
        if schema <= len(self._migrations):
            return self.read_whole()
        changed = [row[2:5] for row in rows if row[2] is not None]
        return self.take_in(known, version, next_number, changed)

    def read_whole(self) -> State:
        """Read everything; raises ``Unreadable`` if that is no register."""
        connection = self.connection
        if not self.prefix:
            self.prefix = self._find_prefix()
        rows = connection.run_statement(_READ_WHOLE, (self.prefix,))
        if not rows:
            raise self._missing_error()
        schema, next_number, version, table, *_, self.member = rows[0]
        meta = Meta(schema, self.prefix, next_number)
        tables = [(row[4], row[5]) for row in rows if row[4] is not None]
        try:
            register = build_register(meta, tables, self._migrations)
        except Damaged as error:
            raise self._damage_error(schema, error) from error
        before = self.state
        if before is not None and before.register == register:
            register = before.register
        self.state = State(register, schema, version, table, connection.count)
        return self.state

    def _find_prefix(self) -> str:
        found = self.connection.run_statement(_FIND, (self.address.prefix,))
        if not found:
            raise self._missing_error()
        if len(found) > 1:
            raise UsageError(
                "There are several registers at {place}: add ?register= and one of {names}.",
                place=self.address.shown,
                names=", ".join(
                    f"{prefix} ({visible(name or '?')})"
                    for prefix, name in found
                ),
            )
        return str(found[0][0])

    def _missing_error(self) -> Unreadable:
        return Unreadable(
            "There is no register at {place} that {role} can see: an administrator makes one with “server "
            "move-in” or “init”, and grants access by “server grant”.",
            place=self.address.shown,
            role=self.connection.role,
        )

    def _damage_error(self, schema: int, error: Damaged) -> Unreadable:
        if schema > len(self._migrations) + 1:
            return Unreadable(
                "{path} was written by a newer version of this program, and cannot be read by this one: "
                "update it.",
                path=self.address.shown,
            )
        return Unreadable(
            "The register at {place} is damaged at “{entry}”: its administrator brings back a dump of the "
            "database.",
            place=self.address.shown,
            entry=error.place,
        )

    def _try_twice(self, read: Callable[[], T]) -> T:
        """Read, over a new connection if the one that there was has ended."""
        try:
            return read()
        except Lost:
            pass
        try:
            return read()
        except Lost as lost:
            raise unreachable_error(self.address, lost.cause) from lost
