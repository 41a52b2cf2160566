"""What the operating system says is said in the user's language, wherever it is met."""

import ast
import errno
import os
from pathlib import Path

import pytest

from tracker.language import load_language
from tracker.os_errors import reason_for, reason_of

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "number",
    [errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOSPC, errno.EROFS],
)
def test_the_usual_faults_are_said_in_indonesian(number: int) -> None:
    said = load_language("id").text(
        reason_of(OSError(number, os.strerror(number)))
    )
    assert said not in {os.strerror(number), reason_for(number), ""}


def test_what_is_unusual_is_said_as_the_system_says_it() -> None:
    assert reason_of(
        OSError(errno.ECHILD, os.strerror(errno.ECHILD))
    ) == os.strerror(errno.ECHILD)
    assert reason_of(ValueError("no number")) == "no number"
    assert reason_of(OSError()) == "OSError"


def test_nothing_else_shows_the_words_of_the_system() -> None:
    """Only what passes an error on, or says it here, reads ``strerror``."""
    allowed = {
        "tracker/os_errors.py",
        "tracker/store/replace.py",
        "tracker/store/backups.py",
        "tracker/cli/output.py",
    }
    allowed |= {"tracker/store/storage.py"}
    reading = {
        str(path.relative_to(ROOT))
        for folder in ("tracker", "screens")
        for path in (ROOT / folder).rglob("*.py")
        if "strerror" in (text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and node.attr == "strerror"
    }
    assert reading <= allowed
