"""A connection to the server that is made when it is needed, and made again after a loss."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tracker.errors import UsageError
from tracker.store.address import ServerAddress
from tracker.store.postgres.faults import (
    is_lost,
    refused_error,
    unreachable_error,
)

Row = tuple[Any, ...]

_SETTINGS: dict[str, str | int | None] = {
    "application_name": "opd-tracker",
    "client_encoding": "UTF8",
    "connect_timeout": 3,
    # A network that goes silent is noticed within seconds, not within hours.
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 8000,
}


# What it would print beside our own words is told by the error that it raises as well.
logging.getLogger("psycopg").addHandler(logging.NullHandler())


class Lost(Exception):
    """The connection ended during a statement: whether it was carried out is not known."""

    def __init__(self, cause: psycopg.Error) -> None:
        super().__init__(str(cause))
        self.cause = cause


class ServerConnection:
    """One connection, opened at the first statement and after a loss.

    ``count`` grows with each connection that was opened: what was read over an earlier
    one may be another state of another server.
    """

    def __init__(self, address: ServerAddress) -> None:
        self.address = address
        self.count = 0
        self.role = ""
        self._link: psycopg.Connection | None = None

    def run_statement(
        self,
        statement: str,
        values: Sequence[Any] = (),
    ) -> list[Row]:
        """Carry out one statement in one round trip and return its rows.

        Raises ``Unreadable`` without a connection, ``Lost`` if it ends meanwhile, and a
        ``UserError`` if the server refuses.
        """
        link = self._connected()
        try:
            cursor = link.execute(statement.encode(), values or None)
            return cursor.fetchall() if cursor.description else []
        except psycopg.Error as error:
            if is_lost(link, error):
                self.close()
                raise Lost(error) from error
            raise refused_error(self.address, self.role, error) from error

    @contextmanager
    def transaction(self) -> Iterator[psycopg.Connection]:
        """Carry out several statements as one; errors as of ``run_statement``."""
        link = self._connected()
        try:
            with link.transaction():
                yield link
        except psycopg.Error as error:
            if is_lost(link, error):
                self.close()
                raise Lost(error) from error
            raise refused_error(self.address, self.role, error) from error

    def close(self) -> None:
        """End the connection; the next statement opens another."""
        if self._link is not None:
            with suppress(psycopg.Error):
                self._link.close()
            self._link = None

    def _connected(self) -> psycopg.Connection:
        if self._link is None or self._link.closed:
            try:
                given = conninfo_to_dict(self.address.url)
            except psycopg.ProgrammingError:
                raise UsageError(
                    "This is not the address of a server: write postgresql://USER@HOST/DATABASE.",
                ) from None
            settings = make_conninfo("", **{**_SETTINGS, **given})
            try:
                # A prepared statement would cost a round trip of its own, and stay behind
                # with another's connection where a pool of connections stands between.
                self._link = psycopg.connect(
                    settings,
                    autocommit=True,
                    prepare_threshold=None,
                )
            except psycopg.Error as error:
                raise unreachable_error(self.address, error) from error
            self.count += 1
            self.role = self._link.info.user
        return self._link
