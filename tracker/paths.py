"""Paths as people type them and as they are shown."""

import errno
import os
import shlex
import stat
from pathlib import Path

from tracker.errors import Rejected, Term, UserError
from tracker.language import N_
from tracker.os_errors import reason_of
from tracker.text import visible


def typed_path(text: str | Path) -> Path:
    """Return a path as typed, ``~`` being one's home; nobody's home is a name like any other."""
    return Path(os.path.expanduser(text))


def home_folder() -> Path:
    """Return one's home; the current folder where the system knows of none."""
    try:
        return Path.home()
    except RuntimeError:
        return Path.cwd()


def shown_path(path: Path) -> str:
    """Return a path on one line for a terminal: the names of files come from many hands."""
    return visible(str(path))


def path_as_typed(path: Path) -> str:
    """Return a path as it is typed in a command: one with spaces or signs stands in quotes."""
    if os.name == "nt":
        return f'"{path}"' if " " in str(path) else str(path)
    return shlex.quote(str(path))


def require_ordinary_file(path: Path) -> Path:
    """Return ``path`` if it is a file or folder; reading a pipe or a device might never end.

    Raises ``OSError`` for anything else, and if nothing is there.
    """
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, Term(N_("it is not an ordinary file")))
    return path


def require_readable(
    path: Path,
    refusal: type[UserError] = Rejected,
) -> None:
    """Raise ``refusal`` if the file or folder that somebody named is not there, or may not be read."""
    try:
        if not require_ordinary_file(path).is_dir():
            with path.open("rb") as file:
                file.read(1)
    except OSError as error:
        raise refusal(
            "{path} cannot be read: {reason}.",
            path=str(path),
            reason=reason_of(error),
        ) from None
