import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from screens import NO_TERMINAL, has_terminal, run
from tests.screens.harness import TODAY
from tests.tracker.builder import Builder
from tracker.language import load_language
from tracker.store.file import FileStore

ROOT = Path(__file__).parent.parent.parent


def test_without_a_terminal_nothing_is_drawn(
    tmp_path: Path, city: Builder
) -> None:
    store = FileStore.create(tmp_path / "register.json", city.register)
    assert run(store, lambda: TODAY, "Sari", load_language("id")) == NO_TERMINAL


@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_a_terminal_that_cannot_draw_is_none(
    term: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert not has_terminal()


PROGRAM = """
import sys
from datetime import date
from screens import run
from screens.everywhere import EVERYWHERE
from tracker.language import load_language
from tracker.store.file import FileStore

def broken(host):
    raise RuntimeError("broken")

if sys.argv[2] == "broken":
    EVERYWHERE["help"] = broken
sys.exit(run(FileStore(sys.argv[1]), lambda: date(2026, 11, 19), "Sari", load_language("en")))
"""


def in_terminal(store: FileStore, how: str, keys: bytes) -> tuple[int, bytes]:
    """Run the program in a terminal of its own, press keys and return its exit code and what was drawn."""
    terminal, inner = pty.openpty()
    environment = {
        **os.environ,
        "TERM": "xterm-256color",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "80",
    }
    command = [sys.executable, "-c", PROGRAM, str(store.path), how]
    process = subprocess.Popen(
        command, stdin=inner, stdout=inner, stderr=inner, env=environment
    )
    os.close(inner)
    drawn = b""
    pressed = False
    while True:
        try:
            read = os.read(terminal, 65536)
        except OSError:
            break
        drawn += read
        if not read:
            break
        if not pressed and b"Help" in drawn:
            os.write(terminal, keys)
            pressed = True
    os.close(terminal)
    assert drawn.rstrip().endswith(b"\x1b[?2004l") or b"\x1b[?1049l" in drawn
    return process.wait(20), drawn


def test_leaving_ends_well(tmp_path: Path, city: Builder) -> None:
    store = FileStore.create(tmp_path / "register.json", city.register)
    assert in_terminal(store, "whole", b"q")[0] == 0


def test_what_is_no_utf8_is_typed_as_a_sign_and_stops_nothing(
    tmp_path: Path, city: Builder
) -> None:
    store = FileStore.create(tmp_path / "register.json", city.register)
    code, drawn = in_terminal(store, "whole", b"\xff\xe9q")
    assert code == 0
    assert b"UnicodeDecodeError" not in drawn


def test_a_crash_ends_with_a_code_and_leaves_terminal_and_data_as_they_were(
    tmp_path: Path, city: Builder
) -> None:
    store = FileStore.create(tmp_path / "register.json", city.register)
    before = store.path.read_bytes()
    assert in_terminal(store, "broken", b"?")[0] != 0
    assert store.path.read_bytes() == before
