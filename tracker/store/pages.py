"""The texts of published weeks: files beside the register, named by their content, never changed.

They are kept out of the register's own file, which is written anew at every change: a hundred
weeks of pages would make each move several times as slow. A text is on the disk before the
snapshot that refers to it is, so a crash leaves at most a text that nothing refers to.
"""

import contextlib
import os
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tracker.register import Register
from tracker.store.replace import (
    make_folder,
    open_like,
    remove_unfinished,
    replace_file,
    stamp_of,
    sync_folder,
)
from tracker.text import content_digest

MAX_TEXT = 20_000_000
"""Bytes that a text may have: a hundred times what the page of a large city takes."""

_ENDING = ".z"


def pages_of(register: Path) -> Path:
    """Return the folder that holds the texts published from ``register``."""
    return register.with_name(register.name + ".pages")


def keep_page(folder: Path, register: Path, text: str) -> None:
    """Write a text durably, as readable as ``register``; nothing happens if it is there.

    Call it while nobody else writes. Raises OSError.
    """
    path = page_path(folder, content_digest(text))
    with contextlib.suppress(OSError):
        if read_page(folder, content_digest(text)) == text:
            return

    make_folder_like(folder, register.parent)
    remove_unfinished(folder)
    replace_file(path, [zlib.compress(text.encode(), 9)], stamp_of(path))
    open_like(path, register)


def share_pages(register: Path) -> None:
    """Make every kept text as readable as ``register``, whose permissions have changed."""
    folder = pages_of(register)
    for name in _page_names(folder):
        open_like(folder / name, register)


def read_page(folder: Path, digest: str) -> str | None:
    """Return the text with ``digest``; None if it is missing or not what was written.

    Raises OSError if it is there and cannot be read: what was published is then not known.
    """
    try:
        packed = page_path(folder, digest).read_bytes()
        text = zlib.decompressobj().decompress(packed, MAX_TEXT).decode()
    except (
        FileNotFoundError,
        NotADirectoryError,
        zlib.error,
        UnicodeDecodeError,
    ):
        return None
    return text if content_digest(text) == digest else None


def read_pages(
    register: Register,
    read: Callable[[str], str | None],
) -> dict[str, str]:
    """Return every text that was published from a register, by its digest; missing ones are left out."""
    digests = {
        digest
        for snapshot in register.snapshots.values()
        for digest in snapshot.pages.values()
    }
    texts = {digest: read(digest) for digest in sorted(digests)}
    return {digest: text for digest, text in texts.items() if text is not None}


def copy_pages(source: Path, target: Path) -> None:
    """Copy every text of one folder that another lacks, as readable; share the content if the disk can.

    Raises OSError.
    """
    missing = [
        name for name in _page_names(source) if not (target / name).exists()
    ]
    if not missing:
        return

    make_folder_like(target, source)
    for name in missing:
        try:
            os.link(source / name, target / name)
        except (OSError, NotImplementedError):
            replace_file(target / name, [(source / name).read_bytes()], None)
            open_like(target / name, source / name)
    # A linked name is on the disk only once its folder is.
    sync_folder(target)


def _page_names(folder: Path) -> Iterator[str]:
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        for name in sorted(os.listdir(folder)):
            if name.endswith(_ENDING) and not name.startswith("."):
                yield name


def page_path(folder: Path, digest: str) -> Path:
    """Return the file that a text has in a folder of texts."""
    return folder / f"{digest}{_ENDING}"


def make_folder_like(folder: Path, like: Path) -> None:
    """Make a folder, open to the same people as ``like``: any of them may write there next."""
    if folder.is_dir():
        return
    make_folder(folder)
    open_like(folder, like)
