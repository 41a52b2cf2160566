"""Trying one fault: the tests that lie nearest to it first, all of the core's then."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from mutation.mutants import Mutant

TIME_LIMIT = 600
"""Seconds until a run counts as hanging, which a test has then noticed."""
CORE = ("tests/tracker", "tests/hostile", "tests/contract", "tests/server")
"""The folders of all tests of the core; a register on a server is tried in the last two."""


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


def passes(root: Path, tests: Sequence[Path | str], workers: int = 0) -> bool:
    """Run tests of the copy at ``root``, and tell whether all of them pass."""
    options = ["-n", str(workers), "-x", "-q", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *options, *map(str, tests)]
    environment = {**os.environ, "CI": "1", "PYTHONPATH": str(root)}
    try:
        run = subprocess.run(
            command,
            cwd=root,
            env=environment,
            capture_output=True,
            timeout=TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return run.returncode == 0


def survives(root: Path, module: Path, mutant: Mutant) -> bool:
    """Put the fault into the module of the copy at ``root``, and tell whether no test fails."""
    source = module.read_text(encoding="utf-8")
    module.write_text(mutant.apply(source), encoding="utf-8")
    try:
        near = nearest_tests(root, module)
        return (not near or passes(root, near)) and passes(root, CORE, 2)
    finally:
        module.write_text(source, encoding="utf-8")
