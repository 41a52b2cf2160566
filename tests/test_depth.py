"""What the quick run tries less, another run of a landing tries fully."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.depth import one_in

ROOT = Path(__file__).parents[1]
CI = (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_of_many_cases_the_quick_run_tries_the_first_and_some_after_it() -> (
    None
):
    cases = one_in(2, [("a", 1), ("b", 2), ("c", 3)])
    marks = (pytest.mark.thorough,)
    assert cases == [
        ("a", 1),
        pytest.param("b", 2, marks=marks),
        ("c", 3),
    ]


def test_whatever_is_tried_less_often_is_marked_for_the_run_that_tries_it_often() -> (
    None
):
    assert "pytest -m '(hypothesis or deeper) and not thorough'" in CI
    for path in (ROOT / "tests").rglob("test_*.py"):
        text = path.read_text(encoding="utf-8")
        if "examples(" in text and "from tests.depth" in text:
            # What Hypothesis draws for is marked by Hypothesis itself.
            assert "@given" in text or ".deeper" in text or ".TestCase" in text


def test_what_the_quick_run_leaves_out_is_run_at_a_landing() -> None:
    assert "pytest -m thorough" in CI


@pytest.mark.thorough
def test_what_fails_in_a_worker_is_told_as_anywhere(tmp_path: Path) -> None:
    """What the tests' own hooks do to a worker must leave it all that tells why a test failed."""
    failing = tmp_path / "test_two.py"
    failing.write_text("def test_two() -> None:\n    assert [1, 2] == [1, 3]\n")
    said = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "tests.conftest"),
            *("-n", "1", f"--basetemp={tmp_path / 'own'}", str(failing)),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert said.returncode == 1
    assert "At index 1 diff: 2 != 3" in said.stdout
