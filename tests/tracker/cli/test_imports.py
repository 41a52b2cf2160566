"""What a command loads: importing takes most of a short command's time.

The numbers are those of today and a little room: a higher one is a reason to look at
``python -X importtime``, not to raise it.
"""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.tracker.cli.terminal import Terminal

ROOT = Path(__file__).parents[3]

_RUN = """
import contextlib, io, sys
from tracker.cli.start import run_program
with contextlib.redirect_stdout(io.StringIO()):
    code = run_program(sys.argv[1:])
print(code, *sys.modules)
"""

_COLLECTED = """
import atexit, gc, sys
from tracker.cli import main
collections = []
gc.callbacks.append(lambda phase, _: collections.append(phase))
atexit.register(lambda: print(len(collections), file=sys.__stderr__))
main()
"""

_SCREENS = """
import sys
import screens.app
print(0, *sys.modules)
"""


def run_code(
    code: str, folder: Path, *arguments: str
) -> subprocess.CompletedProcess[str]:
    """Run ``code`` in a new process."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("OPD_")}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={
            **kept,
            "PYTHONPATH": str(ROOT),
            "XDG_CONFIG_HOME": str(folder),
            "OPD_TRACKER_LANG": "id",
        },
        capture_output=True,
        text=True,
        check=True,
    )


def load_modules(code: str, folder: Path, *arguments: str) -> list[str]:
    """Run ``code`` in a new process and return the names of the modules it loaded."""
    done = run_code(code, folder, *arguments)
    exit_code, *modules = done.stdout.split()
    assert exit_code == "0", done.stderr
    return modules


def count_own(modules: list[str]) -> int:
    return sum(name.split(".")[0] in {"tracker", "screens"} for name in modules)


def find_loaded(modules: list[str], *unwanted: str) -> list[str]:
    """Return the modules that are an unwanted one or inside of it; those of the program must be there."""
    for one in unwanted:
        assert find_spec(one) or not one.startswith(("tracker.", "screens."))
    return [
        name
        for name in modules
        if any(name == one or name.startswith(f"{one}.") for one in unwanted)
    ]


HEAVY = (
    "textual",
    "openpyxl",
    "xlsxwriter",
    "python_calamine",
    "numpy",
    "asyncio",
    "tracker.actions.registry",
    "tracker.snapshot",
    "tracker.publish",
    "tracker.merge",
    "tracker.comparison",
    "tracker.exchange.reading",
    "tracker.exchange.importing",
)


@pytest.mark.parametrize(
    ("arguments", "most", "unwanted"),
    [
        (["--version"], 8, ["typer", "msgspec", "gettext", "tracker.model"]),
        (["--help"], 75, ["babel", "rich", "tinydb", "tracker.register"]),
        (
            ["move", "--help"],
            32,
            ["babel", "rich", "tinydb", "tracker.register"],
        ),
        (
            ["move", "kir", "online", "--note", "x"],
            79,
            [
                "rich",
                "tomllib",
                "_strptime",
                "tracker.metrics",
                "tracker.actions.decisions",
                "tracker.exchange",
            ],
        ),
        (
            ["metrics"],
            96,
            [
                "filelock",
                "rich.console",
                "tracker.actions",
                "tracker.narration.facts",
            ],
        ),
        (
            ["service", "list", "--json"],
            92,
            ["rich", "babel", "filelock", "tracker.actions"],
        ),
    ],
    ids=lambda value: "-".join(value[:2]) if isinstance(value, list) else "",
)
def test_a_command_loads_what_it_needs_and_no_more(
    city: Terminal, arguments: list[str], most: int, unwanted: list[str]
) -> None:
    options = ["--db", str(city.db), "--today", "2026-11-19", "--by", "Rina"]
    given = arguments if "--" in arguments[0] else [*options, *arguments]
    modules = load_modules(_RUN, city.folder, *given)
    assert find_loaded(modules, *HEAVY, *unwanted) == []
    assert count_own(modules) <= most


@pytest.mark.parametrize(
    "arguments", [["move", "kir", "online", "--note", "x"], ["metrics"]]
)
def test_a_short_command_is_done_before_anybody_looks_for_garbage(
    city: Terminal, arguments: list[str]
) -> None:
    options = ["--db", str(city.db), "--today", "2026-11-19", "--by", "Rina"]
    done = run_code(_COLLECTED, city.folder, *options, *arguments)
    assert done.stderr.split()[-1] == "0"


def test_the_screens_load_what_the_first_frame_needs_and_no_more(
    tmp_path: Path,
) -> None:
    modules = load_modules(_SCREENS, tmp_path)
    heavy = [name for name in HEAVY if name not in {"textual", "asyncio"}]
    assert find_loaded(modules, *heavy, "typer", "tracker.decisions") == []
    assert count_own(modules) <= 145
