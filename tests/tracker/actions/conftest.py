"""Every test of the actions is run on each kind of store: in memory at once, on the others thoroughly."""

from itertools import count
from pathlib import Path

import pytest

from tests.contract.stores import KINDS, MEMORY, StoreKind
from tests.tracker.actions.world import City
from tracker.persistence import Store
from tracker.register import Register

_PARAMS = [
    pytest.param(
        kind,
        id=kind.name,
        marks=() if kind is MEMORY else pytest.mark.thorough,
    )
    for kind in KINDS
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on each kind of store; a state machine, which takes no parameters, in memory alone."""
    if "store_kind" in metafunc.fixturenames:
        metafunc.parametrize("store_kind", _PARAMS, indirect=True)


@pytest.fixture(autouse=True)
def store_kind(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> StoreKind:
    """Keep every city of a test in one kind of store."""
    kind: StoreKind = getattr(request, "param", MEMORY)
    if kind is MEMORY:
        return kind

    create = kind.find_create(request)
    numbers = count()

    def keep(register: Register) -> Store:
        folder = tmp_path / f"kota-{next(numbers)}"
        folder.mkdir()
        return create(register, folder)()

    monkeypatch.setattr(City, "keep", staticmethod(keep))
    return kind
