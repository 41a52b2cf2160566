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

    Raises ``Rejected`` where the place cannot be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        os.replace(beside, path)
    except OSError as error:
        raise Rejected(
            "{path} cannot be written: {reason}.",
            path=str(path),
            reason=reason_of(error),
        ) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
