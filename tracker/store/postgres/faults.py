"""Errors for the user when the server refuses, or cannot be reached."""

import psycopg
from psycopg import errors

from tracker.errors import InUse, Rejected, Unreadable, UserError
from tracker.language import N_
from tracker.store.address import ServerAddress
from tracker.text import visible


class Unreachable(Unreadable):
    """There is no connection to the server."""


class Overtaken(InUse):
    """Others were faster, although it was this program's turn: worth another try."""


_REFUSED = {
    "OT001": N_(
        "{role} can only read this register: its administrator grants more by “server grant”, a coordinator "
        "by “member set”.",
    ),
    "OT002": N_(
        "Only who enters something can sign it: the server did not take it from {role}.",
    ),
    "OT003": N_(
        "{role} may change only the services and reports of one OPD: the server did not take it.",
    ),
    "OT004": N_("Only a coordinator verifies what OPDs claim."),
    "OT005": N_(
        "The server did not take it: the entry does not fit what is recorded there.",
    ),
    "OT006": N_("Only one's own actions can be undone."),
    "OT007": N_(
        "The register on the server has another layout than this program writes: update the program, or let "
        "an administrator run “server init”.",
    ),
    "OT008": N_(
        "On a server only a coordinator merges: the server did not take it from {role}.",
    ),
}
"""Why the function ``keep`` refuses, by the code that it raises (``layout.sql``)."""

_PASSWORD = N_(
    "{place} did not accept the password, or was given none: put it into ~/.pgpass, or into the file that "
    "PGPASSFILE names.",
)
OVERTAKEN = N_(
    "Others keep changing the register at {place}: nothing was changed. Try again in a moment.",
)
"""What is said where ``Overtaken`` is not tried again."""
_LOST = N_("{place} cannot be reached ({reason}).")

_BY_KIND: tuple[
    tuple[tuple[type[psycopg.Error], ...], type[UserError], str],
    ...,
] = (
    (
        (
            errors.UndefinedTable,
            errors.UndefinedFunction,
            errors.InvalidSchemaName,
        ),
        Unreadable,
        N_(
            "There is no register at {place}: an administrator makes room for one with “server init”.",
        ),
    ),
    (
        (errors.InsufficientPrivilege,),
        Unreadable,
        N_(
            "{role} may not do that at {place}: its administrator grants access by “server grant”.",
        ),
    ),
    (
        (errors.ReadOnlySqlTransaction,),
        Rejected,
        N_("{place} can only be read at present: nothing was changed."),
    ),
    (
        (errors.LockNotAvailable,),
        InUse,
        N_(
            "Somebody has been writing to {place} for seconds: nothing was changed. Try again in a moment.",
        ),
    ),
    (
        # Only where a role or database is set to a stricter isolation than the usual one.
        (errors.SerializationFailure, errors.DeadlockDetected),
        Overtaken,
        OVERTAKEN,
    ),
    (
        (errors.DiskFull,),
        Rejected,
        N_("There is no room left on the server: nothing was changed."),
    ),
)
"""What the server's own errors mean."""


def is_lost(connection: psycopg.Connection, error: psycopg.Error) -> bool:
    """Return whether an error means that the connection has ended, or never began."""
    return connection.closed or isinstance(
        error,
        errors.AdminShutdown | errors.CannotConnectNow,
    )


def unreachable_error(
    address: ServerAddress,
    error: psycopg.Error,
) -> Unreachable:
    """Return why there is no connection."""
    reason = _find_reason(error)
    msgid = _PASSWORD if "password" in reason.lower() else _LOST
    return Unreachable(msgid, place=address.shown, reason=reason)


def refused_error(
    address: ServerAddress,
    role: str,
    error: psycopg.Error,
) -> UserError:
    """Return why the server refused a statement; nothing was changed by it."""
    msgid = _REFUSED.get(error.sqlstate or "")
    if msgid is not None:
        return Rejected(msgid, role=role)

    told = {"place": address.shown, "role": role}
    for kinds, kind_of_error, msgid in _BY_KIND:
        if isinstance(error, kinds):
            return kind_of_error(msgid, **told)
    return Rejected(
        "{place} refused ({reason}): nothing was changed.",
        place=address.shown,
        reason=_find_reason(error),
    )


def _find_reason(error: psycopg.Error) -> str:
    """Return one line of what the server or its library says."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    # "connection to server at "db" (10.0.0.3), port 5432 failed: Connection refused"
    return visible(lines[0].rpartition("failed: ")[2].strip())[:200]
