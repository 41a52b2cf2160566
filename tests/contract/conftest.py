"""Every kind of store for the tests of the contract, with a small city in it."""

from pathlib import Path

import pytest

from tests.contract.stores import KINDS, Open, StoreKind
from tests.tracker.actions.world import small_city


@pytest.fixture(params=KINDS, ids=lambda kind: kind.name)
def kind(request: pytest.FixtureRequest) -> StoreKind:
    """Return each kind of store in turn."""
    kind: StoreKind = request.param
    return kind


@pytest.fixture
def opened(
    kind: StoreKind, tmp_path: Path, request: pytest.FixtureRequest
) -> Open:
    """Return what opens a store with the small city, as one program after another does."""
    return kind.find_create(request)(small_city(), tmp_path)


@pytest.fixture(
    params=[kind for kind in KINDS if kind.is_shared],
    ids=lambda kind: kind.name,
)
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    """Return what opens a store that several programs can work on at once."""
    kind: StoreKind = request.param
    return kind.find_create(request)(small_city(), tmp_path)
