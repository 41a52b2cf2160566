"""Faults are small, one at a time, and none is the program as it was."""

import ast
from pathlib import Path

import pytest

from mutation.__main__ import ROOMS, draw_sample
from mutation.mutants import list_mutants
from mutation.runner import nearest_tests
from tests.depth import THOROUGH, examples

ROOT = Path(__file__).parents[2]
SOURCE = '''
LIMIT: int = 3

def judge(days: int, *, strict: bool = False) -> str | None:
    """Compare."""
    if days < LIMIT and not strict:
        return f"{days + 1} days"
    for day in range(days):
        print(zip([day], [day], strict=True))
    return None
'''


def test_the_faults_of_a_function_are_known() -> None:
    found = {(one.before, one.after) for one in list_mutants(SOURCE)}
    assert found == {
        ("days < LIMIT and not strict", "(days < LIMIT or not strict)"),
        ("days < LIMIT", "(days <= LIMIT)"),
        ("not strict", "(strict)"),
        ('return f"{days + 1} days"', "return None"),
        ("print(zip([day], [day], strict=True))", "pass"),
    }


def test_each_of_two_alike_has_its_own_fault() -> None:
    source = 'def pair(x1):\n    "é"; return (x1, 1, 1)\n'
    changed = [one.apply(source) for one in list_mutants(source)]
    assert 'def pair(x1):\n    "é"; return (x1, 2, 1)\n' in changed
    assert 'def pair(x1):\n    "é"; return (x1, 1, 2)\n' in changed


def test_a_fault_knows_the_first_line_of_the_function_that_it_is_in() -> None:
    source = """
@decorated
def outer(x: int) -> int:
    def inner() -> int:
        return x + 1
    return inner() + 2
"""
    found = {(one.before, one.function) for one in list_mutants(source)}
    assert ("x + 1", 4) in found
    assert ("inner() + 2", 2) in found


@pytest.mark.deeper
def test_every_fault_of_the_program_can_be_compiled_and_changes_it() -> None:
    # Listing the faults of all rooms takes longer than trying them.
    rooms = list(ROOMS) if THOROUGH else ["narration"]
    sample = draw_sample(rooms, examples(20, 50), seed=3)
    assert len(sample) == examples(20, 50)
    for module, mutant in sample:
        source = (ROOT / module).read_text(encoding="utf-8")
        faulty = mutant.apply(source)
        assert ast.dump(ast.parse(faulty)) != ast.dump(ast.parse(source))


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    first, again = (draw_sample(["narration"], 20, seed=1) for _ in range(2))
    assert first == again


def test_the_nearest_tests_begin_with_the_namesake() -> None:
    module = ROOT / "tracker/metrics/pace.py"
    tests = nearest_tests(ROOT, module)
    assert tests[0] == ROOT / "tests/tracker/metrics/test_pace.py"
    assert ROOT / "tests/tracker/metrics/test_reference.py" in tests
