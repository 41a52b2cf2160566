"""Errors of the operating system in the user's language."""

import errno

from tracker.errors import Term
from tracker.language import N_

_REASONS = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EACCES: N_("access is not permitted"),
    errno.EPERM: N_("this is not permitted"),
    errno.EEXIST: N_("it is there already"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("part of the path is a file, not a folder"),
    errno.ENOTEMPTY: N_("the folder is not empty"),
    errno.ENOSPC: N_("there is no room left on the disk"),
    errno.EDQUOT: N_("there is no room left for this user on the disk"),
    errno.EROFS: N_("the disk can only be read"),
    errno.EFBIG: N_("it is too big"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ELOOP: N_("its links lead round in a circle"),
    errno.EIO: N_("the disk has failed"),
    errno.ENODEV: N_("the drive is not there"),
    errno.ENXIO: N_("the drive is not there"),
    errno.EBUSY: N_("something else is using it"),
    errno.ETXTBSY: N_("something else is using it"),
    errno.EMFILE: N_("too many files are open"),
    errno.ENFILE: N_("too many files are open"),
    errno.ENOMEM: N_("there is not enough memory"),
    errno.ETIMEDOUT: N_("the disk did not answer in time"),
    errno.EXDEV: N_("it is on another disk"),
}


def is_missing(error: OSError) -> bool:
    """Return whether an error says that there is no such file, not that it cannot be read."""
    return isinstance(error, FileNotFoundError | NotADirectoryError)


def reason_of(error: Exception) -> str:
    """Return the reason of a failure as a translatable term, else the system's own words."""
    number = getattr(error, "errno", None)
    if number in _REASONS:
        return Term(_REASONS[number])
    return (
        getattr(error, "strerror", None) or str(error) or type(error).__name__
    )


def reason_for(number: int) -> str:
    """Return what an error number of the operating system means, likewise."""
    return reason_of(OSError(number, ""))
