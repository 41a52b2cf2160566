"""Write results that are files: whole or not at all, as readable as any file of the user's."""

import os
from contextlib import suppress
from pathlib import Path

from tracker.errors import Refused


def write_page(path: Path, data: bytes) -> None:
    """Let ``data`` stand in ``path``, its folder made where it is missing; ``Refused`` where it cannot."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        os.replace(temporary, path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise unwritable(path, error) from error


def make_folder(folder: Path) -> None:
    """Make a folder for results; ``Refused`` where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error


def unwritable(path: Path, error: OSError) -> Refused:
    """Say that a file cannot be written, and why."""
    return Refused("{path} cannot be written: {reason}.", path=str(path), reason=error.strerror or str(error))
