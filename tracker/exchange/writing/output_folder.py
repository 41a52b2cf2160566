"""A folder of pages and sheets that people may edit: what they edited is never overwritten.

A hidden file in the folder holds the digest of every file as it was written. A file that no
longer has its digest was edited: it is renamed before the new one takes its place. While a
file is written, its digest before and that after stand there with a space between them, so
that a program that is killed meanwhile leaves none that passes for edited. Where several steps
come before a file, it can be announced in front of them: until it is written its name is kept.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import NamedTuple

from tracker.errors import Rejected
from tracker.exchange.writing.files import replace_file
from tracker.language import Language
from tracker.os_errors import reason_of

LEDGER = ".opd-tracker.json"
"""The file with the digests; hidden, so that no import takes it for data."""

ANNOUNCED = "?"
"""Stands among the digests of a file that is to be written until it is."""


class Written(NamedTuple):
    """A file that was asked for.

    ``changed`` tells whether anything was written. ``edited`` is where the file that somebody
    had edited is kept, None where nobody had.
    """

    path: Path
    changed: bool
    edited: Path | None


class OutputFolder:
    """Writes files into one folder and remembers them."""

    def __init__(self, folder: Path, language: Language) -> None:
        self.folder = folder
        self._edited_word = language.text("edited")
        self._digests = _read_digests(folder / LEDGER)

    def write(self, name: str, data: bytes) -> Written:
        """Write ``data`` as ``name``; raises ``Rejected`` where it cannot be written."""
        path = self.folder / name
        there = _digest_of(path)
        written = sha256(data).hexdigest()
        if there == written:
            self._digests[name] = written
            return Written(path, changed=False, edited=None)

        edited = None
        is_ours = there is None or self.is_known(name, there)
        self._add_digest(name, written)
        self.save()
        if not is_ours:
            edited = self._keep_edited(path)
        with replace_file(path) as beside:
            beside.write_bytes(data)
        self._digests[name] = written
        return Written(path, changed=True, edited=edited)

    def announce(self, names: Iterable[str]) -> None:
        """Remember that files are about to be written; raises ``Rejected`` where that cannot be."""
        for name in names:
            self._add_digest(name, ANNOUNCED)
        self.save()

    def is_known(self, name: str, digest: str | None) -> bool:
        """Return whether a file was written with this digest, or is ``ANNOUNCED``."""
        return digest in self._digests.get(name, "").split()

    def _add_digest(self, name: str, digest: str) -> None:
        """Note what a file will be, beside what is known of it."""
        known = self._digests.get(name, "").split()
        self._digests[name] = " ".join(dict.fromkeys([*known, digest]))

    def _keep_edited(self, path: Path) -> Path:
        """Rename an edited file; return its new place."""
        edited = path
        try:
            for number in count(1):
                name = (
                    f"{path.stem} ({self._edited_word} {number}){path.suffix}"
                )
                edited = path.with_name(name)
                if not edited.exists():
                    break
            path.rename(edited)
        except OSError as error:
            raise Rejected(
                "{path} was edited and cannot be kept as {edited}: {reason}.",
                path=str(path),
                edited=edited.name,
                reason=reason_of(error),
            ) from None
        return edited

    def remove(self, name: str) -> None:
        """Remove a file as it was written; one that was edited, or is not ours, stays."""
        path = self.folder / name
        if self.is_known(name, _digest_of(path)):
            with suppress(OSError):
                path.unlink()
                del self._digests[name]

    def save(self) -> None:
        """Remember what was written; raises ``Rejected`` where it cannot be."""
        text = json.dumps(self._digests, indent=0, sort_keys=True) + "\n"
        path = self.folder / LEDGER
        if _digest_of(path) != sha256(text.encode()).hexdigest():
            with replace_file(path) as beside:
                beside.write_text(text, encoding="utf-8")


@contextmanager
def writing_into(folder: Path, language: Language) -> Iterator[OutputFolder]:
    """Give the folder to write into; what was written is remembered also after a failure."""
    output = OutputFolder(folder, language)
    try:
        yield output
    finally:
        output.save()


def _digest_of(path: Path) -> str | None:
    """Return the digest of a file; None where there is none, Rejected if it cannot be read."""
    try:
        if not path.is_file():
            return None
        return sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise _unwritable_error(path, error) from None


def _read_digests(path: Path) -> dict[str, str]:
    """Return the digests by file name; none where there are none, or not in this form.

    Raises ``Rejected`` if they cannot be read: every file would pass for an edited one.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    except OSError as error:
        raise _unwritable_error(path, error) from None
    if not isinstance(found, dict):
        return {}
    return {
        name: digests
        for name, digests in found.items()
        if isinstance(digests, str)
    }


def _unwritable_error(path: Path, error: OSError) -> Rejected:
    return Rejected(
        "{path} cannot be written: {reason}.",
        path=str(path),
        reason=reason_of(error),
    )


def describe_edited(files: Iterable[Written], language: Language) -> list[str]:
    """Return a line for each file that somebody had edited: where that is now."""
    return [
        language.text(
            "{path} had been edited: what was edited is now {edited}.",
            path=file.path.name,
            edited=file.edited.name,
        )
        for file in files
        if file.edited is not None
    ]
