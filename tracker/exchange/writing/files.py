"""Files written whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tracker.errors import Rejected
from tracker.os_errors import reason_of


@contextmanager
def replace_file(path: Path) -> Iterator[Path]:
    """Give a path to write to, which takes the place of ``path`` once all is written.

    Raises ``Rejected`` where the place cannot be written; it names the folder that cannot be made.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path.parent, error) from None
    try:
        yield beside
        os.replace(beside, path)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> Rejected:
    return Rejected(
        "{path} cannot be written: {reason}.",
        path=str(path),
        reason=reason_of(error),
    )
