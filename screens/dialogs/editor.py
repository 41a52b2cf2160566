"""A long text in the editor of one's own: ``$VISUAL`` or ``$EDITOR``."""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tracker.errors import Rejected
from tracker.os_errors import reason_of


def find_editor() -> list[str]:
    """Return the command of the person's editor; empty where none is to be found."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    command = _split_command(named) if named else []
    usual = (
        ["notepad"]
        if sys.platform == "win32"
        else ["sensible-editor", "nano", "vi"]
    )
    found = [command] if command else [[name] for name in usual]
    return next((words for words in found if shutil.which(words[0])), [])


def _split_command(command: str) -> list[str]:
    try:
        return shlex.split(command, posix=os.name != "nt")
    except ValueError:  # a quote that is not closed
        return [command]


def edit_text(text: str, command: list[str]) -> str:
    """Return ``text`` as the person left it in the editor; raise ``Rejected`` where that did not work."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "note.txt"
        path.write_text(text, encoding="utf-8")
        try:
            done = subprocess.run([*command, str(path)], check=False)
            after = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Rejected(
                "{editor} did not work: {reason}.",
                editor=command[0],
                reason=reason_of(error),
            ) from error
    if done.returncode != 0:
        raise Rejected(
            "{editor} was left with an error: the text stays as it was.",
            editor=command[0],
        )
    return after
