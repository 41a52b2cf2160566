import platform
from pathlib import Path

import pytest

from tracker.store.conflicts import conflicted_copies
from tracker.store.file import FileStore


@pytest.mark.parametrize(
    "name",
    [
        "tracker (Rina's conflicted copy 2026-11-20).json",
        "tracker (salinan konflik Budi 2026-11-20).json",
        "tracker (conflicted copy 2026-11-20 093000).json",
        "tracker (1).json",
        "tracker.sync-conflict-20261120-093000-ABCDEFG.json",
        "tracker-DESKTOP-4F2K1.json",
        "tracker-LAPTOP-RINA-2.json",
        f"tracker-{platform.node().partition('.')[0]}.json",
        "tracker.Conflict.json",
        "tracker 2.json",
    ],
)
def test_a_copy_of_another_machine_is_warned_of(
    store: FileStore, path: Path, name: str
) -> None:
    path.with_name(name).write_bytes(path.read_bytes())
    assert [found.name for found in conflicted_copies(path)] == [name]
    assert any(name in str(warning) for warning in FileStore(path).warnings())


@pytest.mark.parametrize(
    "name",
    ["tracker-2025.json", "tracker.bak", "tracker2.json", "cimahi (1).json"],
)
def test_other_files_are_not(store: FileStore, path: Path, name: str) -> None:
    path.with_name(name).write_bytes(b"{}")
    assert conflicted_copies(path) == []
    assert FileStore(path).warnings() == []
