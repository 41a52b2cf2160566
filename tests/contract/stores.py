"""The places where a register can be kept, each made anew for a test."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.server.harness import TestServer, empty_server, put_register
from tests.tracker.store.world import NOW
from tracker.persistence import Store
from tracker.register import Register
from tracker.store.file import FileStore
from tracker.store.memory import MemoryStore
from tracker.store.opening import open_store

Open = Callable[[], Store]
"""Opens a register that is there, as another program on it does."""


Create = Callable[[Register, Path], Open]
"""Keeps a register, in a folder if need be, and returns what opens it."""


@dataclass(frozen=True)
class StoreKind:
    """A kind of store; ``is_shared`` says whether several programs can work on one register.

    ``create`` is None where a server has to run first.
    """

    name: str
    is_shared: bool
    create: Create | None

    def find_create(self, request: pytest.FixtureRequest) -> Create:
        """Return what keeps a register; skip where there is no server."""
        if self.create is not None:
            return self.create
        server = request.getfixturevalue("running_server")
        return partial(create_on_server, server)


def create_in_memory(register: Register, folder: Path) -> Open:
    store = MemoryStore(register)
    return lambda: store


def create_in_file(register: Register, folder: Path) -> Open:
    path = folder / "tracker.json"
    FileStore.create(path, register, clock=lambda: NOW)
    return lambda: FileStore(path, wait=120, clock=lambda: NOW)


def create_on_server(
    server: TestServer, register: Register, folder: Path
) -> Open:
    empty_server(server)
    put_register(server, register)
    return lambda: open_store(server.address())


MEMORY = StoreKind("memory", False, create_in_memory)
FILE = StoreKind("file", True, create_in_file)

SERVER = StoreKind("postgresql", True, None)

KINDS = [MEMORY, FILE, SERVER]
"""Every kind of store: all tests of the contract are run on each."""
