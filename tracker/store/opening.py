"""The one place that knows what kinds of store there are."""

from pathlib import Path
from typing import overload

from tracker.persistence import Store
from tracker.register import Register
from tracker.store.backups import BESIDE, Plan
from tracker.store.file import FileStore
from tracker.store.memory import MemoryStore


@overload
def open_store(
    where: Path, *, wait: float = ..., plan: Plan = ...
) -> FileStore: ...


@overload
def open_store(where: Register) -> MemoryStore: ...


def open_store(
    where: Path | Register, *, wait: float = 10.0, plan: Plan = BESIDE
) -> Store:
    """Return the store at ``where``: a register's file, or a register that is kept nowhere.

    Nothing is read yet: ``load`` raises ``Unreadable`` if no register is there. ``wait`` is
    how many seconds a change waits for another program, ``plan`` where backups are kept.
    """
    if isinstance(where, Register):
        return MemoryStore(where)
    return FileStore(where, wait=wait, plan=plan)


def create_store(
    path: Path, register: Register, *, mode: int, plan: Plan
) -> FileStore:
    """Write a new register to ``path`` with the permissions ``mode``; never over another.

    Raises ``Rejected`` if a register, or the backups of one, are already there.
    """
    return FileStore.create(path, register, mode=mode, plan=plan)
