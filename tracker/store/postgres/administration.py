"""What a server's administrator does: lay out a database, put registers into it, grant access."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psycopg
from psycopg import sql

from tracker.errors import Rejected, Unreadable
from tracker.model import TABLES
from tracker.permissions import find_member
from tracker.register import Register
from tracker.store.address import ServerAddress
from tracker.store.migrations import MIGRATIONS, SCHEMA
from tracker.store.postgres.connection import Lost, ServerConnection
from tracker.store.postgres.faults import unreachable_error
from tracker.store.postgres.reader import ServerReader
from tracker.store.reading import number_of
from tracker.text import content_digest

LAYOUT = Path(__file__).with_name("layout.sql")
LAYOUT_NUMBER = 1
"""Raised with ``layout.sql`` once it has been released, so that no older program's goes over it."""

_PATIENCE = "set local lock_timeout = '5s'"
"""Others wait behind an administrator who waits: somebody may hold a row, or read, for hours."""


@dataclass(frozen=True)
class Access:
    """A role of the database, and the member as whom it signs (None: any name)."""

    role: str
    member: str | None


def lay_out(address: ServerAddress) -> int:
    """Make the tables and functions in a database, or bring them up to date.

    Registers of an older layout are migrated; returns how many. Raises ``Unreadable`` where
    a newer version of this program did it before, and any other ``UserError``.
    """
    with _administer(ServerConnection(address)) as link:
        # Two administrators at once would both find that nothing is there.
        link.execute(
            "select pg_advisory_xact_lock(hashtext('opd_tracker layout'))",
        )
        _refuse_newer(link, address)
        link.execute(LAYOUT.read_bytes())
        link.execute("delete from opd_tracker.layout")
        link.execute(
            "insert into opd_tracker.layout values (%s)",
            (LAYOUT_NUMBER,),
        )
        older = link.execute(
            "select prefix from opd_tracker.register where schema < %s order by prefix for update",
            (SCHEMA,),
        ).fetchall()
    for (prefix,) in older:
        _migrate(address, prefix)
    return len(older)


def _refuse_newer(link: psycopg.Connection, address: ServerAddress) -> None:
    """Raise ``Unreadable`` if the functions, or a register, are newer than this program's."""
    for table, column, known in (
        ("layout", "number", LAYOUT_NUMBER),
        ("register", "schema", SCHEMA),
    ):
        place = f"opd_tracker.{table}"
        there = link.execute(
            "select from pg_class where oid = to_regclass(%s)",
            (place,),
        )
        if not there.rowcount:
            continue
        newer = link.execute(
            f"select from {place} where {column} > %s".encode(),
            (known,),
        )
        if newer.rowcount:
            raise Unreadable(
                "{place} was set up by a newer version of this program: nothing was changed. Update this one.",
                place=address.shown,
            )


def create_on_server(
    address: ServerAddress,
    register: Register,
    pages: Iterable[str] = (),
) -> None:
    """Put a register with its published texts into a database; never over another.

    The role that does it may sign with any name afterwards. Raises ``Rejected`` if the
    register is there already.
    """
    with _administer(ServerConnection(address)) as link:
        try:
            link.execute(
                "insert into opd_tracker.register values (%s, %s, %s, 1)",
                (register.prefix, SCHEMA, register.next_number),
            )
        except psycopg.errors.UniqueViolation:
            raise Rejected(
                "The register of {city} is already at {place}: bring in what a copy has by “merge”.",
                city=register.only_city.name,
                place=address.shown,
            ) from None
        _copy_facts(link, register, 1)
        # Until the server knows how many facts there are, it reads them all to find one.
        link.execute("analyze opd_tracker.fact")
        with link.cursor() as cursor:
            cursor.executemany(
                "insert into opd_tracker.page values (%s, %s, %s) on conflict do nothing",
                [
                    (register.prefix, content_digest(text), text)
                    for text in pages
                ],
            )
        link.execute(
            "insert into opd_tracker.access values (%s, session_user, null)",
            (register.prefix,),
        )


def grant_access(
    address: ServerAddress,
    register: Register,
    role: str,
    member: str | None,
) -> bool:
    """Let a role of the database read a register, and sign in it as a member.

    Without a member the role may sign with any name. A role that is missing is created,
    without a password; returns whether it was. Raises ``Rejected`` if nobody of that name
    is a member, or if no role can have that name.
    """
    known = None if member is None else find_member(register, member)
    if member is not None and known is None:
        raise Rejected(
            "{name} is not a member of this register: add them by “member set” first.",
            name=member,
        )
    name = sql.Identifier(role)
    with _administer(ServerConnection(address)) as link:
        _check_role_name(link, role)
        is_new = not link.execute(
            "select from pg_roles where rolname = %s",
            (role,),
        ).rowcount
        if is_new:
            link.execute(sql.SQL("create role {} login").format(name))
        for right in (
            "usage on schema opd_tracker",
            "select on all tables in schema opd_tracker",
            "execute on function opd_tracker.keep, opd_tracker.wait_for_turn",
        ):
            link.execute(sql.SQL("grant {} to {}").format(sql.SQL(right), name))
        link.execute(
            "insert into opd_tracker.access values (%s, %s, %s) "
            "on conflict (register, role) do update set member = excluded.member",
            (register.prefix, role, known.name if known else None),
        )
    return is_new


def _check_role_name(link: psycopg.Connection, role: str) -> None:
    """Raise ``Rejected`` for a name that the server would cut short: that role is another one."""
    too_long = link.execute(
        "select current_setting('max_identifier_length') where %s::text::name <> %s::text",
        (role, role),
    ).fetchone()
    if too_long is not None:
        (longest,) = too_long
        raise Rejected(
            "“{role}” is too long for the name of a role: it may have {longest} bytes, and a letter that is not "
            "ASCII has several.",
            role=role,
            longest=longest,
        )


def revoke_access(address: ServerAddress, prefix: str, role: str) -> None:
    """Take a register away from a role; raise ``Rejected`` if it was not granted."""
    with _administer(ServerConnection(address)) as link:
        found = link.execute(
            "delete from opd_tracker.access where register = %s and role = %s",
            (prefix, role),
        )
        if not found.rowcount:
            raise Rejected("{role} has no access to this register.", role=role)


def list_access(address: ServerAddress, prefix: str) -> list[Access]:
    """Return who reaches a register; a role that is no administrator sees itself alone."""
    with _administer(ServerConnection(address)) as link:
        rows = link.execute(
            "select role, member from opd_tracker.access where register = %s order by role",
            (prefix,),
        )
        return [Access(role, member) for role, member in rows]


@contextmanager
def _administer(connection: ServerConnection) -> Iterator[psycopg.Connection]:
    """Carry out all or nothing, and end the connection; raise ``UserError``."""
    try:
        with connection.transaction() as link:
            link.execute(_PATIENCE)
            yield link
    except Lost as lost:
        raise unreachable_error(connection.address, lost.cause) from lost
    finally:
        connection.close()


def _copy_facts(
    link: psycopg.Connection,
    register: Register,
    version: int,
) -> None:
    columns = "(register, kind, number, version, doc)"
    with (
        link.cursor() as cursor,
        cursor.copy(
            f"copy opd_tracker.fact {columns} from stdin".encode(),
        ) as copy,
    ):
        for kind in TABLES:
            for key, fact in register.table(kind).items():
                document = msgspec.json.encode(fact).decode()
                copy.write_row(
                    (register.prefix, kind, number_of(key), version, document),
                )


def _migrate(address: ServerAddress, prefix: str) -> None:
    """Write the facts of a register of an older layout anew."""
    connection = ServerConnection(address)
    reader = ServerReader(address, connection, MIGRATIONS)
    reader.prefix = prefix
    with _administer(connection) as link:
        link.execute(
            "select from opd_tracker.register where prefix = %s for update",
            (prefix,),
        )
        state = reader.read_whole()
        link.execute(
            "delete from opd_tracker.fact where register = %s and not gone",
            (prefix,),
        )
        _copy_facts(link, state.register, state.version + 1)
        link.execute(
            "update opd_tracker.register set schema = %s, version = version + 1 where prefix = %s",
            (SCHEMA, prefix),
        )
