"""A register is locked also where the system has no locks."""

import errno
import os
from pathlib import Path

import pytest
from filelock import SoftFileLock, Timeout

from tests.tracker.store.processes import as_nobody
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


def test_who_has_let_go_of_a_register_is_not_named_any_more(
    tmp_path: Path,
) -> None:
    lock = WriteLock(tmp_path / "register.json", 0.5, local_now)
    with lock.held():
        holder = lock.describe_holder()
        assert holder is not None
        assert holder.pid == os.getpid()
    assert lock.describe_holder() is None


def test_in_a_folder_that_may_not_be_searched_the_lock_itself_says_why(
    public_folder: Path,
) -> None:
    closed = public_folder / "closed"
    closed.mkdir(mode=0o600)
    lock = WriteLock(closed / "register.json", 0.1, local_now)

    def hold() -> None:
        with pytest.raises(PermissionError) as told, lock.held():
            pass
        assert told.value.filename == str(closed / ".register.json.lock")

    assert as_nobody(hold) == 0
