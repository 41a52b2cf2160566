from collections.abc import Iterator

import pytest

from tests.server.harness import (
    TestServer,
    empty_server,
    put_register,
)
from tracker.persistence import Store
from tracker.store.opening import open_store


@pytest.fixture
def server(running_server: TestServer) -> TestServer:
    return empty_server(running_server)


@pytest.fixture
def store(server: TestServer) -> Iterator[Store]:
    put_register(server)
    opened = open_store(server.address())
    yield opened
    opened.close()
