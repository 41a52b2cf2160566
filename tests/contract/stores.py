"""The places where a register can be kept, each made anew for a test."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.tracker.store.world import NOW
from tracker.persistence import Store
from tracker.register import Register
from tracker.store.file import FileStore
from tracker.store.memory import MemoryStore

Open = Callable[[], Store]
"""Opens a register that is there, as another program on it does."""


@dataclass(frozen=True)
class StoreKind:
    """A kind of store: ``create`` keeps a register in a folder, and returns what opens it.

    ``is_shared`` says whether several programs can work on one register.
    """

    name: str
    is_shared: bool
    create: Callable[[Register, Path], Open]


def create_in_memory(register: Register, folder: Path) -> Open:
    store = MemoryStore(register)
    return lambda: store


def create_in_file(register: Register, folder: Path) -> Open:
    path = folder / "tracker.json"
    FileStore.create(path, register, clock=lambda: NOW)
    return lambda: FileStore(path, wait=120, clock=lambda: NOW)


MEMORY = StoreKind("memory", False, create_in_memory)
FILE = StoreKind("file", True, create_in_file)

KINDS = [MEMORY, FILE]
"""Every kind of store: all tests of the contract are run on each."""
