"""Read TOML files: mappings and answers."""

import tomllib
from pathlib import Path
from typing import Any

from tracker.errors import Rejected
from tracker.os_errors import reason_of
from tracker.paths import require_ordinary_file


def read_toml(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file; ``Rejected`` if it cannot be read."""
    try:
        text = require_ordinary_file(path).read_text("utf-8-sig")
        return tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise Rejected(
            "{file} cannot be read: {reason}.",
            file=path.name,
            reason=reason_of(error),
        ) from None
    # tomllib recurses into nested arrays without a limit of its own.
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Rejected(
            "{file} is not a TOML file: {reason}.",
            file=path.name,
            reason=str(error),
        ) from None
