"""One writer at a time: a lock file beside the register, and a note of who holds it."""

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import msgspec

from tracker.errors import InUse
from tracker.store.replace import take_group

_POLL = 0.002


class Holder(msgspec.Struct, frozen=True):
    """Who holds the lock, and since when."""

    pid: int
    host: str
    user: str
    since: datetime


class WriteLock:
    """The lock of one register. The system takes it back from a process that dies."""

    def __init__(
        self,
        register: Path,
        wait: float,
        clock: Callable[[], datetime],
    ) -> None:
        self._wait = wait
        self._clock = clock
        self._note = register.with_name(f".{register.name}.holder")
        self._register = register
        self._path = register.with_name(f".{register.name}.lock")

    @contextlib.contextmanager
    def held(self, wait: float | None = None) -> Iterator[None]:
        """Hold the lock; raise ``InUse`` with the holder's name if it is not free in time."""
        from filelock import FileLock, Timeout

        mode = self._file_mode()
        # A lock object for each hold: a forked process must not share its parent's.
        lock = FileLock(self._path, mode=mode)
        try:
            lock.acquire(
                timeout=self._wait if wait is None else wait,
                poll_interval=_POLL,
            )
        except Timeout:
            raise self._timeout_error() from None
        try:
            self._open_to_others(mode)
            self._write_note()
            yield
        finally:
            with contextlib.suppress(OSError):
                self._note.unlink()
            # What was done under the lock stands, also where it cannot be given back.
            with contextlib.suppress(OSError):
                lock.release()

    def describe_holder(self) -> Holder | None:
        """Return who signed last and has not let go: the holder, as long as the lock is held."""
        try:
            return msgspec.json.decode(self._note.read_bytes(), type=Holder)
        except (OSError, msgspec.MsgspecError):
            return None

    def _timeout_error(self) -> InUse | OSError:
        """Return why the lock was not to be had: somebody holds it, or no file can be made there.

        So it is in a folder such as ``/proc``, which the lock takes for another's doing.
        """
        holder = self.describe_holder()
        if holder is None and not os.path.exists(self._path):
            return FileNotFoundError(errno.ENOENT, "", str(self._path))
        return _in_use(holder)

    def _file_mode(self) -> int:
        """Return the lock file's mode: whoever can write the register can lock it."""
        try:
            return self._register.stat().st_mode & 0o666 | 0o600
        except OSError:
            return 0o600

    def _open_to_others(self, mode: int) -> None:
        with contextlib.suppress(OSError):
            if self._path.stat().st_mode & 0o777 != mode:
                self._path.chmod(mode)
        take_group(self._path, self._register)

    def _write_note(self) -> None:
        """Note who holds the lock; a full disk is ignored here, the write itself will fail on it."""
        note = Holder(
            os.getpid(),
            _host_name(),
            user_name(),
            self._clock(),
        )
        with contextlib.suppress(OSError):
            self._note.unlink(missing_ok=True)
            handle = os.open(
                self._note,
                os.O_WRONLY | os.O_CREAT | os.O_EXCL,
                self._file_mode(),
            )
            try:
                os.write(handle, msgspec.json.encode(note))
            finally:
                os.close(handle)


def _in_use(holder: Holder | None) -> InUse:
    if holder is None:
        return InUse(
            "Another program is writing to the register: try again in a moment.",
        )
    return InUse(
        "{user} has been writing to the register since {since} (on {host}, process {pid}): "
        "wait until that is done, or end it.",
        user=holder.user,
        since=holder.since,
        host=holder.host,
        pid=str(holder.pid),
    )


@cache
def _host_name() -> str:
    import platform

    return platform.node() or "?"


@cache
def user_name() -> str:
    """Return the name of the machine's user, ``?`` if it has none."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "?"
