"""What is kept of a user between two sessions: the view and the paths of their files."""

import os
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct


class ViewState(Struct, frozen=True, omit_defaults=True):
    """The screen, the filter, the theme, and the folders last read or written.

    ``folders`` are by what was written there: ``sheets``, ``pages``, ``site``,
    ``reminders``; ``page_forms`` are the forms in which pages were last written.
    """

    mode: str = "overview"
    filter: str = ""
    theme: str = ""
    import_folder: str = ""
    folders: dict[str, str] = {}
    page_forms: tuple[str, ...] = ()


class UserPaths(Struct, frozen=True):
    """The files in which a person's settings and place are kept.

    ``asks_name`` says that nobody knows yet by what name they act: they are asked before they first do.
    ``is_name_fixed`` says that an administrator fixed it: a setting does not change it.
    """

    settings: Path
    view_states: Path
    asks_name: bool = False
    is_name_fixed: bool = False


def read_view_state(path: Path, register: str) -> ViewState:
    """Return the last view of the register with this prefix; the default if none was kept."""
    return _read_file(path).get(register, ViewState())


def write_view_state(path: Path, register: str, view: ViewState) -> None:
    """Save the view of a register; if it cannot be saved, nothing is lost but convenience."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        written = path.with_name(f"{path.name}.{os.getpid()}")
        written.write_bytes(
            msgspec.json.encode({**_read_file(path), register: view}),
        )
        written.replace(path)


def _read_file(path: Path) -> dict[str, ViewState]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, ViewState])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}
