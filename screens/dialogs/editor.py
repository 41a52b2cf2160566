"""Edit a long text in the user's own editor: ``$VISUAL`` or ``$EDITOR``."""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tracker.errors import Rejected
from tracker.fixed_name import read_fixed_name
from tracker.os_errors import reason_of


def find_editor() -> list[str]:
    """Return the command of the user's editor; raise ``Rejected`` if there is none, or none may be started."""
    if read_fixed_name():
        raise Rejected(
            "No other program is started here: an administrator fixed who acts.",
        )
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    command = _split_command(named) if named else []
    if command:
        candidates = [command]
    elif sys.platform == "win32":
        candidates = [["notepad"]]
    else:
        candidates = [["sensible-editor"], ["nano"], ["vi"]]

    for words in candidates:
        if shutil.which(words[0]):
            return words
    raise Rejected("No editor was found: set EDITOR to one.")


def _split_command(command: str) -> list[str]:
    try:
        return shlex.split(command, posix=os.name != "nt")
    except ValueError:  # a quote that is not closed
        return [command]


def edit_text(text: str, command: list[str]) -> str:
    """Return ``text`` as the user left it in the editor.

    Raises ``Rejected`` if the editor cannot be run or exits with an error.
    """
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
