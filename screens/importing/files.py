"""Where the files to import are: a folder's own, those that can be read, and paths as they are typed."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path

from tracker.errors import Rejected
from tracker.exchange.reading.files import is_readable
from tracker.os_errors import reason_of

_MOST = 500


@dataclass(frozen=True)
class Found:
    """A folder, or a file that may be read: its size in bytes and when it was last written."""

    path: Path
    folder: bool
    size: int = 0
    written: datetime = datetime.min

    @property
    def name(self) -> str:
        """Its name, a folder's with a slash."""
        return self.path.name + ("/" if self.folder else "")


def folder_and_start(typed: str) -> tuple[Path, str]:
    """Return the folder that a path as typed lies in, and with what the name in it starts."""
    text = os.path.expanduser(typed)
    if not text or text.endswith(("/", os.sep)):
        return Path(text or "."), ""
    path = Path(text)
    return path.parent, path.name


def found_under(typed: str) -> list[Found]:
    """Return what a path as typed may become: folders by name, then files, the newest first.

    Raises ``Rejected`` where the folder cannot be looked into.
    """
    folder, start = folder_and_start(typed)
    try:
        there = [
            one for one in _looked_into(folder) if _fits(one.path.name, start)
        ]
    except OSError as error:
        raise Rejected(
            "{path} cannot be opened: {reason}.",
            path=str(folder),
            reason=reason_of(error),
        ) from None
    folders = sorted(
        (one for one in there if one.folder),
        key=lambda one: one.name.casefold(),
    )
    files = sorted(
        (one for one in there if not one.folder),
        key=lambda one: one.written,
        reverse=True,
    )
    return [*folders, *files][:_MOST]


def _looked_into(folder: Path) -> Iterator[Found]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = folder / entry.name
            try:
                if entry.is_dir():
                    yield Found(path, True)
                elif is_readable(entry.name):
                    stat = entry.stat()
                    written = datetime.fromtimestamp(stat.st_mtime, UTC)
                    yield Found(path, False, stat.st_size, written)
            except OSError:
                continue


def _fits(name: str, start: str) -> bool:
    if name.startswith(".") and not start.startswith("."):
        return False
    return name.casefold().startswith(start.casefold())


def completed(typed: str, found: list[Found]) -> str:
    """Return what is typed with as much added as all that fits has in common."""
    start = folder_and_start(typed)[1]
    shared = list(
        takewhile(
            lambda letters: len(set(letters)) == 1,
            zip(*(one.name for one in found), strict=False),
        )
    )
    common = "".join(letters[0] for letters in shared)
    return (
        typed[: len(typed) - len(start)] + common
        if len(common) > len(start)
        else typed
    )
