"""Find files to import: what a typed path may become, and how it is completed."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
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
    """Return the folder that a typed path lies in, and how the name in it starts."""
    text = os.path.expanduser(typed)
    if not text or text.endswith(("/", os.sep)):
        return Path(text or "."), ""
    path = Path(text)
    return path.parent, path.name


def found_under(typed: str, register: Path | None = None) -> list[Found]:
    """Return what a typed path may become: folders by name, then files, the newest first.

    The file of the open ``register`` is left out. Raises ``Rejected`` if the folder cannot
    be read.
    """
    folder, start = folder_and_start(typed)
    own = None if register is None else os.path.realpath(register)
    try:
        entries = list(_list_folder(folder))
    except OSError as error:
        raise Rejected(
            "{path} cannot be opened: {reason}.",
            path=str(folder),
            reason=reason_of(error),
        ) from None

    fitting = [one for one in entries if _starts_with(one.path.name, start)]
    folders = [one for one in fitting if one.folder]
    folders.sort(key=lambda one: one.name.casefold())
    files = [
        one
        for one in fitting
        if not one.folder and os.path.realpath(one.path) != own
    ]
    files.sort(key=lambda one: one.written, reverse=True)
    return [*folders, *files][:_MOST]


def _list_folder(folder: Path) -> Iterator[Found]:
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                found = _describe_entry(folder / entry.name, entry)
            except OSError:
                # Gone meanwhile, or a link to nowhere.
                continue
            if found is not None:
                yield found


def _describe_entry(path: Path, entry: os.DirEntry[str]) -> Found | None:
    """Return a folder or a readable file; None for any other file."""
    if entry.is_dir():
        return Found(path, True)
    if not is_readable(entry.name):
        return None
    stat = entry.stat()
    written = datetime.fromtimestamp(stat.st_mtime, UTC)
    return Found(path, False, stat.st_size, written)


def _starts_with(name: str, start: str) -> bool:
    """Return whether a name starts as typed; hidden files only if the dot is typed."""
    if name.startswith(".") and not start.startswith("."):
        return False
    return name.casefold().startswith(start.casefold())


def completed(typed: str, found: list[Found]) -> str:
    """Return the typed path with what all that fits has in common added."""
    start = folder_and_start(typed)[1]
    common = ""
    # Letter by letter, as long as all names have the same one.
    for letters in zip(*(one.name for one in found), strict=False):
        if len(set(letters)) > 1:
            break
        common += letters[0]

    if len(common) <= len(start):
        return typed
    return typed[: len(typed) - len(start)] + common
