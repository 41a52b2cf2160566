"""Errors for the user when the disk or the file fails."""

import errno
import os
import re
from contextlib import suppress
from pathlib import Path

from tracker.errors import Rejected, Unreadable
from tracker.language import N_
from tracker.os_errors import is_missing, reason_of
from tracker.store.backups import Plan, backups_of, has_backups
from tracker.store.reading import META, Damaged
from tracker.store.replace import Unconfirmed
from tracker.store.storage import Empty, bytes_of

_MISSING = (
    N_("There is no register at {path}: make one with “init”."),
    N_(
        "{path} is missing, but its backups are in {folder}: connect the drive that it is on, "
        "or bring one back with “restore”.",
    ),
)
_EMPTY = (
    N_("{path} is empty, and there are no backups of it."),
    N_(
        "{path} is empty. Backups are kept in {folder}: bring one back with “restore”.",
    ),
)
_DAMAGED = (
    N_("{path} is damaged at “{place}”: look at it with “doctor”."),
    N_(
        "{path} is damaged at “{place}”: look at it with “doctor”. Backups are kept in {folder}.",
    ),
)
_BROKEN = (
    N_("{path} is damaged, it is not complete JSON: look at it with “doctor”."),
    N_(
        "{path} is damaged, it is not complete JSON: look at it with “doctor”. Backups are kept in {folder}.",
    ),
)
"""What is said of a register without backups, and of one with some."""

_OTHER_FILES = {
    re.compile(rb'\s*\{\s*"format"\s*:\s*"opd-tracker"'): N_(
        "{path} is an export, not a register: “import” reads it into one.",
    ),
    re.compile(rb'\s*\{\s*"format"\s*:\s*"opd-tracker week"'): N_(
        "{path} holds the counts of a published week, not a register: “collect” reads it.",
    ),
}
"""What is said of the program's other files, by how they begin."""


def unwritable_error(path: Path, error: OSError) -> Rejected:
    """Return why ``path``, or a file beside it, could not be written, and whether anything changed."""
    if isinstance(error, Unconfirmed) and error.filename == str(path):
        return Rejected(
            "It was written, but the disk did not confirm it ({reason}): check the disk, then the log.",
            reason=reason_of(error),
        )
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return Rejected(
            "There is no room left on the disk: nothing was changed. Make room and try again.",
        )
    forbidden = error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}
    beside = isinstance(error.filename, str) and os.path.lexists(error.filename)
    if forbidden and not (beside and os.access(path.parent, os.W_OK)):
        return Rejected(
            "You may not write in {folder}: nothing was changed.",
            folder=str(path.parent),
        )
    return Rejected(
        "{path} could not be written ({reason}): nothing was changed.",
        path=error.filename if beside else str(path),
        reason=reason_of(error),
    )


def backup_error(folder: Path, error: OSError) -> Rejected:
    """Return why no backup could be written to ``folder``, for a change that must have one."""
    return Rejected(
        "The backup could not be kept in {folder} ({reason}): nothing was changed.",
        folder=str(folder),
        reason=reason_of(error),
    )


def unreadable_error(path: Path, plan: Plan, error: Exception) -> Unreadable:
    """Return why no register could be read from ``path``, and where its backups are if any."""
    if isinstance(error, OSError) and not is_missing(error):
        return Unreadable(
            "{path} could not be opened ({reason}).",
            path=str(path),
            reason=reason_of(error),
        )
    place = error.place if isinstance(error, Damaged) else ""
    other = find_other_file(path) if place == META else None
    if other is not None:
        return other
    told = {
        "path": str(path),
        "place": place,
        "folder": str(backups_of(path, plan)),
    }
    backed = has_backups(path, plan)
    if isinstance(error, OSError):
        return Unreadable(_MISSING[backed], **told)
    if isinstance(error, Empty):
        return Unreadable(_EMPTY[backed], **told)
    return Unreadable((_DAMAGED if place else _BROKEN)[backed], **told)


def find_other_file(path: Path) -> Unreadable | None:
    """Return what a file is if it is one of this program's and no register; None otherwise."""
    with suppress(OSError), path.open("rb") as file:
        beginning = file.read(200)
        for form, said in _OTHER_FILES.items():
            if form.match(beginning):
                return Unreadable(said, path=str(path))
    return None


def newer_error(path: Path, *, readable: bool) -> Unreadable:
    """Return that the file's layout is newer than this program."""
    if readable:
        return Unreadable(
            "{path} was written by a newer version of this program: it can be read here, not changed. "
            "Update this program.",
            path=str(path),
        )
    return Unreadable(
        "{path} was written by a newer version of this program, and cannot be read by this one: update it.",
        path=str(path),
    )


def refuse_newer(path: Path, schema: int) -> None:
    """Raise ``Unreadable`` if a file, even a damaged one, has a layout newer than this program's."""
    from tracker.store.fragments import schema_in

    with suppress(OSError):
        found = schema_in(bytes_of(path))
        if found is not None and found > schema:
            raise newer_error(path, readable=False)
