"""A fault is tried with the tests that run it: those near first, those that start programs last."""

import shutil
from pathlib import Path

import pytest

from mutation.mutants import Mutant, list_mutants
from mutation.reach import Reach, choose_tests, read_reach
from mutation.runner import CORE, find_killer, note_reach

pytestmark = pytest.mark.thorough

MODULE = Path("tracker/pace.py")
PACE = """
def double(number):
    return number * 2

def halve(number):
    return number // 2

def keep(number):
    return number + 0

def forget(number):
    return number - 1

def count(numbers):
    return len(numbers) + 1

def prepare(number):
    return number - 1

FIRST = prepare(1)
"""
TESTS = {
    "tests/tracker/test_pace.py": """
from tracker.pace import FIRST, double, keep

def test_double():
    assert double(4) == 8

def test_keep():
    assert keep(4) == 4

def test_first():
    assert FIRST == 0
""",
    "tests/tracker/test_program.py": """
import subprocess, sys

def test_a_program():
    call = "from tracker.pace import halve; assert halve(4) == 2"
    subprocess.run([sys.executable, "-c", call], check=True)
""",
    "tests/hostile/test_other.py": """
from tracker import pace

def test_the_program_as_a_whole():
    assert pace.double(2) == 4

def test_that_fails_without_a_fault():
    assert pace.count([]) == 0
""",
}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a program of one module with its tests."""
    root = tmp_path_factory.mktemp("program") / "copy"
    shutil.copytree(Path(__file__).parents[2] / "mutation", root / "mutation")
    for folder in CORE:
        (root / folder).mkdir(parents=True)
    (root / "tracker").mkdir()
    (root / "tracker/__init__.py").touch()
    (root / MODULE).write_text(PACE)
    (root / "pyproject.toml").write_text(
        "[tool.pytest.ini_options]\naddopts = '--import-mode=importlib'\n"
    )
    for name, text in TESTS.items():
        (root / name).write_text(text)
    return root


@pytest.fixture(scope="module")
def reach(program: Path) -> Reach:
    """Return what the tests of the program run."""
    notes = program.with_name("notes")
    note_reach(program, notes)
    return read_reach(notes)


def fault_in(function: str) -> Mutant:
    """Return the fault in the arithmetic of a function."""
    line = PACE.splitlines().index(f"def {function}(number):") + 1
    return next(
        fault
        for fault in list_mutants(PACE)
        if fault.function == line and fault.before.startswith("number ")
    )


def test_the_nearest_tests_come_first_and_one_that_fails_is_left_out(
    reach: Reach,
) -> None:
    assert choose_tests(
        reach, f"{MODULE}:2", {"tests/tracker/test_pace.py": 0}
    ) == [
        ["tests/tracker/test_pace.py::test_double"],
        ["tests/hostile/test_other.py::test_the_program_as_a_whole"],
        ["tests/tracker/test_program.py::test_a_program"],
    ]
    assert f"{MODULE}:14" not in reach.tests_of


@pytest.mark.parametrize(
    ("function", "killer"),
    [
        ("double", "tests/tracker/test_pace.py::test_double"),
        ("halve", "tests/tracker/test_program.py::test_a_program"),
        ("prepare", "tests/tracker/test_pace.py::test_first"),
        ("keep", None),
        ("forget", None),
    ],
)
def test_a_fault_is_noticed_by_a_test_that_runs_it_in_any_way(
    program: Path, reach: Reach, function: str, killer: str | None
) -> None:
    assert find_killer(program, MODULE, fault_in(function), reach) == killer
    assert (program / MODULE).read_text() == PACE
    compiled = (program / MODULE.parent / "__pycache__").glob("pace.*")
    assert list(compiled) == [], "the fault would stay in what was compiled"


def test_a_module_that_cannot_be_loaded_is_noticed(
    program: Path, reach: Reach
) -> None:
    fault = Mutant(2, 2, 0, "def double(number):", "def double(number:")
    killer = find_killer(program, MODULE, fault, reach)
    assert killer == "tests/tracker/test_pace.py"
