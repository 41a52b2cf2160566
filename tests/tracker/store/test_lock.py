"""The lock holds beside programs that take it by `filelock`, and where the system has none."""

import errno
import os
from pathlib import Path

import pytest
from filelock import FileLock, SoftFileLock, Timeout

from tracker.store.file_lock import take_file_lock

fcntl = pytest.importorskip("fcntl")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".register.json.lock"


def test_only_one_holds_it(path: Path) -> None:
    give_back = take_file_lock(path, 0o640, 0)
    assert give_back is not None
    assert path.stat().st_mode & 0o777 == 0o640
    assert take_file_lock(path, 0o640, 0) is None

    give_back()
    again = take_file_lock(path, 0o640, 0)
    assert again is not None
    again()


def test_it_and_filelock_keep_each_other_out(path: Path) -> None:
    with FileLock(path):
        assert take_file_lock(path, 0o600, 0.01) is None

    give_back = take_file_lock(path, 0o600, 0)
    assert give_back is not None
    with pytest.raises(Timeout):
        FileLock(path).acquire(timeout=0.01)
    give_back()
    with FileLock(path, timeout=0):
        pass


def test_a_forked_process_does_not_keep_it(path: Path) -> None:
    give_back = take_file_lock(path, 0o600, 0)
    assert give_back is not None
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(writer)
        os.read(reader, 1)
        os._exit(0)
    try:
        give_back()
        again = take_file_lock(path, 0o600, 0)
    finally:
        os.close(writer)
        os.waitpid(child, 0)
        os.close(reader)
    assert again is not None
    again()


def test_a_file_that_was_removed_is_made_anew(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = fcntl.flock

    def remove_and_lock(handle: int, how: int) -> None:
        monkeypatch.undo()
        path.unlink()
        lock(handle, how)

    monkeypatch.setattr(fcntl, "flock", remove_and_lock)
    give_back = take_file_lock(path, 0o600, 1)
    assert give_back is not None
    assert take_file_lock(path, 0o600, 0) is None
    give_back()


def test_a_link_is_not_followed(path: Path, tmp_path: Path) -> None:
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic") as raised:
        take_file_lock(path, 0o600, 0)
    assert raised.value.errno == errno.ELOOP
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.filterwarnings("ignore:flock not supported")
def test_a_disk_without_locks_gets_a_file_that_marks_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(handle: int, how: int) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr(fcntl, "flock", refuse)
    give_back = take_file_lock(path, 0o600, 0)
    assert give_back is not None
    with pytest.raises(Timeout):
        SoftFileLock(path).acquire(timeout=0.01)
    give_back()
    assert not path.exists()
