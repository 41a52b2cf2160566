"""A register is locked also where the system has no locks."""

import errno
import os
from pathlib import Path

import pytest
from filelock import SoftFileLock, Timeout

from tracker.store.file import local_now
from tracker.store.lock import WriteLock

fcntl = pytest.importorskip("fcntl")


@pytest.mark.filterwarnings("ignore:flock not supported")
def test_a_disk_without_locks_gets_a_file_that_marks_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(handle: int, how: int) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr(fcntl, "flock", refuse)
    mark = tmp_path / ".register.json.lock"
    lock = WriteLock(tmp_path / "register.json", 0.5, local_now)
    for _ in range(2):
        with lock.held(), pytest.raises(Timeout):
            SoftFileLock(mark).acquire(timeout=0.01)
        assert not mark.exists()
