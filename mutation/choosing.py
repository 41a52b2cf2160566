"""A plugin of pytest: run the chosen tests in the given order, and end a run that a fault keeps from ending."""

import json
import os
import resource
import signal
from collections.abc import Generator
from pathlib import Path

import pytest

CHOSEN = "MUTATION_CHOSEN"
"""The variable of the environment that names the file of the chosen tests."""
SECONDS = 300
"""How long one test may take: twenty times what the slowest takes on a busy machine."""
BYTES = 4 << 30
"""How much memory a run may ask for: a fault can fill a list without end."""


def pytest_configure() -> None:
    """Limit the memory."""
    resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the chosen tests, in their order; one that a fault has renamed is not there."""
    known = {item.nodeid: item for item in items}
    chosen = json.loads(Path(os.environ[CHOSEN]).read_text(encoding="utf-8"))
    items[:] = [known[test] for test in chosen if test in known]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, bool, bool]:
    """End the run, by the signal's default, if a test does not end."""
    signal.alarm(SECONDS)
    try:
        return (yield)
    finally:
        signal.alarm(0)
