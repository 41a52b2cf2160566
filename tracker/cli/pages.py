"""Write results that are files: whole or not at all, as readable as any file of the user's."""

from pathlib import Path

from tracker.errors import Rejected
from tracker.os_errors import reason_of


def write_page(path: Path, data: bytes) -> None:
    """Let ``data`` stand in ``path``, its folder made where it is missing; ``Rejected`` where it cannot."""
    from tracker.exchange.writing.files import replacing

    with replacing(path) as beside:
        beside.write_bytes(data)


def make_folder(folder: Path) -> None:
    """Make a folder for results; ``Rejected`` where it cannot be."""
    from tracker.store import replace

    try:
        replace.make_folder(folder)
    except OSError as error:
        reason = reason_of(error)
        raise Rejected(
            "{path} cannot be written: {reason}.", path=str(folder), reason=reason
        ) from error
