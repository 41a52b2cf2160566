"""The system's lock on a file, which it takes back from a process that dies.

Where ``flock`` works it is asked directly: `filelock`, which knows Windows and disks
without locks, takes longer to load than all else that a change needs.
"""

import errno
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

_POLL = 0.002
"""Seconds between two tries."""

_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK}
"""What systems answer if another program holds a lock."""

GiveBack = Callable[[], None]


def take_file_lock(path: Path, mode: int, wait: float) -> GiveBack | None:
    """Lock the file at ``path``, made with ``mode``; return what gives it back.

    Returns None if it is not free within ``wait`` seconds; raises OSError.
    """
    if sys.platform != "win32":
        try:
            return _take_flock(path, mode, wait)
        except OSError as error:
            if error.errno != errno.ENOSYS:
                raise
    return _take_by_filelock(path, mode, wait)


def _take_flock(path: Path, mode: int, wait: float) -> GiveBack | None:
    give_up = time.monotonic() + wait
    while (handle := _try_flock(path, mode)) is None:
        if time.monotonic() >= give_up:
            return None
        time.sleep(_POLL)
    return partial(_give_flock_back, handle)


def _try_flock(path: Path, mode: int) -> int | None:
    """Return a descriptor that holds the lock; None if another one holds it."""
    import fcntl

    handle, is_new = _open_lock_file(path, mode)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(handle).st_nlink > 0:
            return handle
        # Whoever removed the file meanwhile would not meet this lock.
        os.close(handle)
        return None
    except OSError as error:
        if is_new and error.errno == errno.ENOSYS:
            path.unlink()  # `filelock` would take it for another program's mark.
        os.close(handle)
        if error.errno in _TAKEN:
            return None
        raise


def _open_lock_file(path: Path, mode: int) -> tuple[int, bool]:
    """Return a descriptor of the lock's file, and whether it was made just now."""
    flags = os.O_RDWR | os.O_NOFOLLOW
    with suppress(FileExistsError):
        return os.open(path, flags | os.O_CREAT | os.O_EXCL, mode), True
    return os.open(path, flags | os.O_CREAT, mode), False


def _give_flock_back(handle: int) -> None:
    import fcntl

    # Closing is not enough: a process that was forked meanwhile has the file open too.
    try:
        fcntl.flock(handle, fcntl.LOCK_UN)
    finally:
        os.close(handle)


def _take_by_filelock(path: Path, mode: int, wait: float) -> GiveBack | None:
    from filelock import FileLock, Timeout

    # A lock object for each hold: a forked process must not share its parent's.
    lock = FileLock(path, mode=mode)
    try:
        lock.acquire(timeout=wait, poll_interval=_POLL)
    except Timeout:
        return None
    return lock.release
