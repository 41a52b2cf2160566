"""Paths as people type them and as they are shown."""

import os
from pathlib import Path

from tracker.text import visible


def typed_path(text: str | Path) -> Path:
    """Return a path as typed, ``~`` being one's home; nobody's home is a name like any other."""
    return Path(os.path.expanduser(text))


def shown_path(path: Path) -> str:
    """Return a path on one line for a terminal: the names of files come from many hands."""
    return visible(str(path))
