from pathlib import Path

import pytest

from tests.tracker.store.world import new_store
from tracker.store.file import FileStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tracker.json"


@pytest.fixture
def store(path: Path) -> FileStore:
    return new_store(path)
