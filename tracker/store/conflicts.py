"""Copies that synchronising programs leave beside a register when two machines changed it at once."""

import contextlib
import os
import re
from pathlib import Path

_SIGNS = (
    r" ?\(.*\)",  # Dropbox, Nextcloud: (Rina's conflicted copy 2026-11-20); Google Drive: (1)
    r"[._ -]sync-conflict-.*",  # Syncthing
    r"[._ -]conflict.*",  # Resilio, Seafile
    r"-(?:DESKTOP|LAPTOP|PC|WIN)-?\w*(?:-\d+)?",  # OneDrive: the other computer's name
    r" \d",  # iCloud
)


def conflicted_copies(register: Path) -> list[Path]:
    """Return what looks like another machine's version of ``register``, by the names they are given."""
    signs = "|".join([*_SIGNS, *_this_computer()])
    form = re.compile(
        f"{re.escape(register.stem)}(?:{signs}){re.escape(register.suffix)}",
        re.IGNORECASE,
    )
    with contextlib.suppress(OSError):
        return sorted(
            register.parent / n
            for n in os.listdir(register.parent)
            if form.fullmatch(n)
        )
    return []


def _this_computer() -> list[str]:
    import platform

    name = platform.node().partition(".")[0]
    return [rf"-{re.escape(name)}(?:-\d+)?"] if name else []
