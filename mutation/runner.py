"""Trying one fault: the tests that run its function, the nearest first; those that start programs then."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from mutation import choosing, noting
from mutation.mutants import Mutant
from mutation.reach import Reach, choose_tests

CORE = ("tests/tracker", "tests/hostile", "tests/contract", "tests/server")
"""The folders of all tests of the core; a register on a server is tried in the last two."""
_FAILED = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)


def nearest_tests(root: Path, module: Path) -> list[Path]:
    """Return the test files of a module: its namesake, those that import it, those of its room."""
    relative = module.relative_to(root / "tracker")
    room = root / "tests/tracker" / relative.parent
    dotted = ".".join(("tracker", *relative.with_suffix("").parts))
    importing = [
        path
        for path in sorted((root / "tests").rglob("test_*.py"))
        if f"from {dotted} import" in path.read_text(encoding="utf-8")
    ]
    namesake = room / f"test_{relative.name}"
    others = sorted(room.glob("test_*.py"))
    ordered = dict.fromkeys([namesake, *importing, *others])
    return [path for path in ordered if path.exists()]


def note_reach(root: Path, notes: Path) -> None:
    """Run the core's tests of the copy at ``root`` without a fault, and keep what they run in ``notes``."""
    notes.mkdir(parents=True)
    options = ["-p", noting.__name__, "-n", "2"]
    output = root.with_suffix(".out")
    if _run_tests(root, options, CORE, noting.NOTES, notes) != 0:
        print("Tests that fail without a fault are left out:")
        print(output.read_text(encoding="utf-8", errors="replace"))


def find_killer(
    root: Path,
    module: Path,
    mutant: Mutant,
    reach: Reach,
) -> str | None:
    """Put a fault into the copy at ``root``, and return the first test that fails, if one does."""
    path = root / module
    nearest = {
        str(test.relative_to(root)): rank
        for rank, test in enumerate(nearest_tests(root, path))
    }
    function = f"{module}:{mutant.function}"
    source = path.read_text(encoding="utf-8")
    _put(path, mutant.apply(source))
    try:
        for tests in choose_tests(reach, function, nearest):
            killer = find_failing(root, tests)
            if killer is not None:
                return killer
        return None
    finally:
        _put(path, source)


def _put(path: Path, source: str) -> None:
    """Write a module, and remove what was compiled of it.

    Python tells by second and size whether that still holds: a short run's fault of the
    same length would stay compiled, and later faults would seem noticed by its tests.
    """
    path.write_text(source, encoding="utf-8")
    Path(cache_from_source(str(path))).unlink(missing_ok=True)


def find_failing(root: Path, tests: Sequence[str]) -> str | None:
    """Run tests until one fails; return which, or in what way the run ended, or None."""
    chosen = root.with_suffix(".chosen")
    chosen.write_text(json.dumps(tests), encoding="utf-8")
    files = sorted({test.partition("::")[0] for test in tests})
    options = ["-p", choosing.__name__, "-n", "0", "-x"]
    status = _run_tests(root, options, files, choosing.CHOSEN, chosen)
    if status in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        return None
    output = root.with_suffix(".out")
    told = output.read_text(encoding="utf-8", errors="replace")
    failed = _FAILED.search(told)
    return failed[1] if failed else f"a run that ended with {status}"


def _run_tests(
    root: Path,
    options: Sequence[str],
    tests: Sequence[str],
    variable: str,
    path: Path,
) -> int:
    """Run tests of the copy at ``root``, with a path for the plugin; return the status that they end with."""
    # Every run of pytest closes the folder that they share to others: a test that runs as
    # nobody would fail by that, and be taken for one that noticed the fault.
    temporary = f"--basetemp={root.with_suffix('.tmp')}"
    always = ["-q", "-p", "no:cacheprovider", "--tb=no", temporary]
    command = [sys.executable, "-m", "pytest", *always, *options, *tests]
    environment = {"CI": "1", "PYTHONPATH": str(root), variable: str(path)}
    with root.with_suffix(".out").open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            command,
            cwd=root,
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        status = process.wait()
    _end_what_is_left(process.pid)
    return status


def _end_what_is_left(group: int) -> None:
    """End the processes that tests have started and no longer could end themselves."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
