"""Write results that are files, whole or not at all."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import Rejected
from tracker.language import Language
from tracker.os_errors import reason_of
from tracker.paths import shown_path

if TYPE_CHECKING:
    from tracker.exchange.writing.output_folder import Written


def write_page(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``, creating its folder; ``Rejected`` on failure."""
    from tracker.exchange.writing.files import replace_file

    with replace_file(path) as beside:
        beside.write_bytes(data)


def make_folder(folder: Path) -> None:
    """Create a folder for results; ``Rejected`` if that fails."""
    from tracker.store import replace

    try:
        replace.make_folder(folder)
    except OSError as error:
        reason = reason_of(error)
        raise Rejected(
            "{path} cannot be written: {reason}.",
            path=str(folder),
            reason=reason,
        ) from error


def print_written(
    files: "Iterable[Written]",
    language: Language,
    state: str = "",
) -> None:
    """Print each file with its ``state``.

    Files that a person had edited were moved aside; standard error says where to.
    """
    from tracker.exchange.writing.output_folder import describe_edited

    files = list(files)
    for file in files:
        path = shown_path(file.path)
        print(f"{path} ({state})" if state else path)
    for line in describe_edited(files, language):
        print(line, file=sys.stderr)
