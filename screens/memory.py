"""Where one was when the screens were left: they open there again."""

from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct


class Place(Struct, frozen=True, omit_defaults=True):
    """One of the seven screens, the filter, and the colours."""

    mode: str = "overview"
    filter: str = ""
    theme: str = ""


def read_place(path: Path | None, register: str) -> Place:
    """Return where one left the register with this prefix; the beginning where nobody knows."""
    return _read(path).get(register, Place())


def write_place(path: Path | None, register: str, place: Place) -> None:
    """Keep where one left a register; that it cannot be kept is no reason to complain."""
    if path is None:
        return
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(msgspec.json.encode({**_read(path), register: place}))


def _read(path: Path | None) -> dict[str, Place]:
    if path is None:
        return {}
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Place])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}
