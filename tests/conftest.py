"""How the tests are run: quick ones by default, all the others with ``pytest -m thorough``."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.depth import examples

if TYPE_CHECKING:
    from tests.server.harness import TestServer

# Hundreds of programs are started, each by the same modules: where bytecode is
# not kept, every one of them compiles them all again, which doubles the time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Collecting five thousand tests makes much that stays and hardly any garbage.
gc.disable()

# Read when Textual is imported: a test that looks while something glides sees
# another place on a slow machine than on a fast one.
os.environ["TEXTUAL_ANIMATIONS"] = "none"


# How long an example takes says how busy the machine is, not whether it is right.
settings.register_profile(
    "unhurried", deadline=None, max_examples=examples(25, 100)
)
settings.load_profile("unhurried")


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """Give a folder through which anyone may pass: pytest closes its own to all other users."""
    with TemporaryDirectory() as folder:
        path = Path(folder)
        path.chmod(0o755)
        yield path


def pytest_xdist_auto_num_workers() -> int:
    """Return three workers for each core: tests of screens and of programs wait much of their time."""
    return 3 * (os.cpu_count() or 1)


def pytest_collection(session: pytest.Session) -> None:
    """Begin in each worker with another share of the tests, so that a fresh checkout is compiled once.

    All workers import all tests, in the same order: without this each compiles
    what the others are compiling at that moment.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return
    worker = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw"))
    workers = int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    root = session.config.rootpath
    files = [
        file
        for folder in session.config.args
        for file in sorted((root / folder).rglob("test_*.py"))
    ]
    for file in files[worker::workers]:
        # Whatever is wrong with it is told when it is collected.
        with suppress(Exception, pytest.skip.Exception):
            name = file.relative_to(root).with_suffix("")
            import_module(".".join(name.parts))


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass by what stays until the end, and come hardly ever.

    Every started program makes hundreds of thousands of objects that all go
    together: looking for garbage among them took a fifth of a screen test. What
    a worker leaves is some hundred megabytes, which go with it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(8_000_000, 50, 50)
    gc.enable()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave what is garbage to the end of the process: pytest would look through all of it five times.

    And let no worker count the pictures that no test asked for: it takes the
    one that compared some seconds, and what a worker sums up nobody reads.
    """
    gc.freeze()
    pictures = session.config.pluginmanager.get_plugin("syrupy")
    if pictures is not None and "PYTEST_XDIST_WORKER" in os.environ:
        session.config.pluginmanager.unregister(pictures)


@pytest.fixture(scope="session")
def running_server() -> "Iterator[TestServer]":
    """Return a PostgreSQL for the tests; skip where none can be installed."""
    from tests.server.harness import start_server

    yield from start_server()
