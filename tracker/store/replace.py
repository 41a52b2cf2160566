"""Replace a file atomically: a crash leaves either the old or the new content."""

import contextlib
import errno
import os
import re
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

_WINDOWS_PATIENCE = 2.0
_LARGE = 1_000_000
"""Bytes from which a piece of a file is written by itself."""
_UNFINISHED = r"\.\d+-[0-9a-f]+\.tmp"
_ACCESS_LIST = "system.posix_acl_access"
_UNSUPPORTED = {"EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EBADF"}


class Stamp(NamedTuple):
    """By what a file is known to be the same one as before."""

    inode: int
    size: int
    mtime_ns: int


class Changed(Exception):
    """Somebody who takes no lock changed the file between the reading and the writing."""


class Unconfirmed(OSError):
    """The file that it names was replaced, but the disk did not confirm that the folder knows it."""


def stamp_of(path: Path) -> Stamp | None:
    """Return the stamp of the file at ``path``, None if there is no file."""
    try:
        return stamp_in(os.stat(path))
    except (FileNotFoundError, NotADirectoryError):
        return None


def stamp_in(found: os.stat_result) -> Stamp:
    """Return the stamp from the system's ``stat`` of a file."""
    return Stamp(found.st_ino, found.st_size, found.st_mtime_ns)


def replace_file(
    path: Path,
    pieces: Iterable[bytes | memoryview],
    seen: Stamp | None,
    keep_old: Callable[[], None] = lambda: None,
) -> Stamp:
    """Write a file's ``pieces`` durably to ``path``, replacing the one whose stamp is ``seen`` (None: no file).

    Mode and group of the old file are kept, a new file is the user's alone. ``keep_old`` is called at the
    last moment before the old file is replaced. Raises ``Changed`` if the file is not the one
    that was seen, ``Unconfirmed`` if the new one is there but may not survive a power cut, and any
    other OSError with the old file untouched.
    """
    temporary = path.with_name(
        f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.tmp",
    )
    try:
        _write_durably(temporary, pieces, like=path)
        # Writing takes long, and so may the backup: programs that ignore the lock, such as
        # one that synchronises folders, may have changed the file meanwhile.
        _check_seen(path, seen)
        if seen is not None:
            keep_old()
            _check_seen(path, seen)

        stamp = stamp_of(temporary)
        assert stamp is not None
        _rename_over(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise

    # A rename is only as durable as its folder: without this a power cut may undo it.
    try:
        sync_folder(path.parent)
    except OSError as error:
        raise Unconfirmed(error.errno, error.strerror, str(path)) from error
    return stamp


def find_leftovers(path: Path) -> Iterator[Path]:
    """Find the temporary files that killed writers of ``path`` left beside it."""
    yield from _find_unfinished(
        path.parent,
        re.compile(rf"\.{re.escape(path.name)}{_UNFINISHED}"),
    )


def remove_unfinished(folder: Path) -> None:
    """Remove what killed writers left in ``folder``; to be called while nobody else can write there."""
    for temporary in _find_unfinished(
        folder,
        re.compile(rf"\..+{_UNFINISHED}"),
    ):
        with contextlib.suppress(OSError):
            temporary.unlink()


def remove_leftovers(path: Path) -> list[Path]:
    """Remove what killed writers of ``path`` left; to be called while nobody else can write."""
    removed = list(find_leftovers(path))
    for temporary in removed:
        temporary.unlink(missing_ok=True)
    return removed


def sync_folder(folder: Path) -> None:
    """Make durable which files ``folder`` holds; Windows and some network shares know no such thing.

    Raises OSError if the disk does not confirm it.
    """
    if sys.platform == "win32":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            _sync_to_disk(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if _name_of(error) not in _UNSUPPORTED:
            raise


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Create ``folder`` and missing parents durably, so that a power cut does not undo it.

    Raises OSError, such as NotADirectoryError if something else has its name.
    """
    missing = [
        above for above in (folder, *folder.parents) if not above.exists()
    ]
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(
            errno.ENOTDIR,
            os.strerror(errno.ENOTDIR),
            str(folder),
        ) from error
    for made in reversed(missing):
        sync_folder(made.parent)


def open_like(path: Path, like: Path) -> None:
    """Open ``path`` to whom ``like`` is open, as far as the system allows: the same mode, the same group."""
    # The group first: what it may read must at no moment be open to another one.
    take_group(path, like)
    with contextlib.suppress(OSError):
        shutil.copymode(like, path)


def take_group(path: Path, like: Path) -> None:
    """Give ``path`` the group of ``like`` where it can be given: those who share a register are one."""
    with contextlib.suppress(OSError):
        group = os.stat(like).st_gid
        if os.stat(path).st_gid != group and sys.platform != "win32":
            os.chown(path, -1, group)


def _find_unfinished(folder: Path, form: re.Pattern[str]) -> Iterator[Path]:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if form.fullmatch(entry.name):
                yield Path(entry.path)


def _check_seen(path: Path, seen: Stamp | None) -> None:
    if stamp_of(path) != seen:
        raise Changed(str(path))


def _write_durably(
    temporary: Path,
    pieces: Iterable[bytes | memoryview],
    like: Path,
) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags, 0o600)
    try:
        for part in _join_small(pieces):
            left = memoryview(part)
            while left:
                left = left[os.write(handle, left) :]
        _take_over(handle, like)
        _sync_to_disk(handle)
    finally:
        os.close(handle)


def _join_small(
    pieces: Iterable[bytes | memoryview],
) -> Iterator[bytes | bytearray | memoryview]:
    """Join pieces that are small, so that few are written; a large one costs more to copy than to write."""
    joined = bytearray()
    for piece in pieces:
        if len(piece) < _LARGE:
            joined += piece
            continue
        yield joined
        joined = bytearray()
        yield piece
    yield joined


def _take_over(handle: int, like: Path) -> None:
    """Give the new file the old one's owner, group and mode; never more people than could read before."""
    if sys.platform == "win32":
        return
    try:
        old = os.stat(like)
    except FileNotFoundError:
        return
    mode = stat.S_IMODE(old.st_mode)
    new = os.fstat(handle)
    if (new.st_uid, new.st_gid) != (
        old.st_uid,
        old.st_gid,
    ) and not _take_ownership(handle, old):
        mode = mode & ~0o070 | (mode & 0o007) << 3
    _take_attributes(handle, like)
    os.fchmod(handle, mode)


def _take_attributes(handle: int, like: Path) -> None:
    """Copy the old file's access list and attributes to the new one as far as the disk allows.

    An access list inherited from the folder is removed if the old file had none.
    """
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError):
        old = os.listxattr(like)
        for name in os.listxattr(handle):
            if name == _ACCESS_LIST and name not in old:
                os.removexattr(handle, name)
        for name in old:
            if name == _ACCESS_LIST or name.startswith("user."):
                with contextlib.suppress(OSError):
                    os.setxattr(handle, name, os.getxattr(like, name))


def _take_ownership(handle: int, old: os.stat_result) -> bool:
    """Return whether the group could be kept; the owner is kept if the system allows it."""
    if sys.platform == "win32":
        return False
    for owner in (old.st_uid, -1):
        with contextlib.suppress(OSError):
            os.fchown(handle, owner, old.st_gid)
            return True
    return False


def _sync_to_disk(handle: int) -> None:
    if sys.platform == "darwin":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    os.fsync(handle)


def _rename_over(temporary: Path, path: Path) -> None:
    """Rename over ``path``; on Windows a virus scanner may hold the file for a moment."""
    give_up = time.monotonic() + _WINDOWS_PATIENCE
    while True:
        try:
            os.replace(temporary, path)
            return
        except PermissionError:
            if sys.platform != "win32" or time.monotonic() > give_up:
                raise
            time.sleep(0.02)


def _name_of(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, "")
