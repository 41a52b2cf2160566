"""The one place that knows what kinds of store there are."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, overload

from tracker.errors import UsageError
from tracker.paths import path_as_typed
from tracker.persistence import Store
from tracker.register import Register
from tracker.store.address import ServerAddress
from tracker.store.backups import BESIDE, Plan
from tracker.store.file import FileStore
from tracker.store.memory import MemoryStore
from tracker.store.pages import read_pages

if TYPE_CHECKING:
    from tracker.store.postgres.store import PostgresStore


@overload
def open_store(
    where: Path,
    *,
    wait: float = ...,
    plan: Plan = ...,
) -> FileStore: ...


@overload
def open_store(where: Register) -> MemoryStore: ...


@overload
def open_store(
    where: ServerAddress,
    *,
    wait: float = ...,
    fresh_for: float = ...,
) -> "PostgresStore": ...


def open_store(
    where: Path | Register | ServerAddress,
    *,
    wait: float = 10.0,
    plan: Plan = BESIDE,
    fresh_for: float = 0.0,
) -> Store:
    """Return the store at ``where``: a file, a server, or a register that is kept nowhere.

    Nothing is read yet: ``load`` raises ``Unreadable`` if no register is there. ``wait`` is
    how many seconds a change waits for another program or a lost server, ``plan`` where
    backups of a file are kept, ``fresh_for`` as of ``PostgresStore``.
    """
    if isinstance(where, Register):
        return MemoryStore(where)
    if isinstance(where, ServerAddress):
        check_driver()
        from tracker.store.postgres.store import PostgresStore

        return PostgresStore(where, wait=wait, fresh_for=fresh_for)
    return FileStore(where, wait=wait, plan=plan)


def create_store(
    where: Path | ServerAddress,
    register: Register,
    *,
    mode: int = 0o600,
    plan: Plan = BESIDE,
    pages: Iterable[str] = (),
) -> Store:
    """Put a new register with its published texts into a file or onto a server.

    ``mode`` are a file's permissions, ``plan`` says where its backups are kept. Raises
    ``Rejected`` if a register, or the backups of one, are already there.
    """
    if isinstance(where, ServerAddress):
        check_driver()
        from tracker.store.postgres.administration import create_on_server

        create_on_server(where, register, pages)
        return open_store(where)
    return FileStore.create(
        where,
        register,
        mode=mode,
        plan=plan,
        pages=pages,
    )


def copy_store(
    source: Store,
    where: Path | ServerAddress,
    *,
    mode: int = 0o600,
    plan: Plan = BESIDE,
) -> Register:
    """Copy a register with its log and its published texts; return it.

    The rest is as of ``create_store``.
    """
    register = source.load()
    texts = read_pages(register, source.page)
    create_store(
        where,
        register,
        mode=mode,
        plan=plan,
        pages=texts.values(),
    )
    return register


def check_driver() -> None:
    """Raise ``UsageError`` if what a server needs is not installed."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise UsageError(
            "A register on a server needs psycopg, from the internet: "
            "{python} -m pip install 'psycopg[binary]'",
            python=path_as_typed(Path(sys.executable)),
        ) from None
