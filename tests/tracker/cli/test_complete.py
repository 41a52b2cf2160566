"""Shell completion, as a shell asks for it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.tracker.cli.terminal import Terminal

ROOT = Path(__file__).parents[3]


def completed(city: Terminal, line: str) -> list[str]:
    code = "import sys; sys.argv[0] = 'opd-tracker'; from tracker.cli import main; main()"
    environment = {
        **os.environ,
        "_OPD_TRACKER_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split(" ")) - 1),
        "OPD_TRACKER_DB": str(city.db),
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.split()


def test_commands_and_codes_are_completed(city: Terminal) -> None:
    assert completed(city, "opd-tracker mo") == ["move"]
    assert completed(city, "opd-tracker service sh") == ["show"]
    assert completed(city, "opd-tracker service show i") == ["izin"]
    assert completed(city, "opd-tracker move izin on") == ["online"]
    assert completed(city, "opd-tracker report di") == ["dinkes", "dishub"]
    assert completed(city, "opd-tracker metrics --opd dish") == ["dishub"]


def test_without_a_register_nothing_is_offered_and_nothing_said(
    terminal: Terminal,
) -> None:
    assert completed(terminal, "opd-tracker service show i") == []


def test_a_shell_is_given_its_completion_as_the_help_says(
    tmp_path: Path,
) -> None:
    code = "import sys; sys.argv[0] = 'opd-tracker'; from tracker.cli import main; main()"
    program = tmp_path / "opd-tracker"
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -c "{code}" "$@"\n'
    )
    program.chmod(0o755)
    script = f"""
        "{program}" --install-completion && . ~/.bashrc
        COMP_WORDS=(opd-tracker ver) COMP_CWORD=1
        _opd_tracker_completion "{program}"
        echo "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(
        ["bash", "-c", script],
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "verify"
