"""Whatever a fault may do to a register, its files and what is said of it, is noticed."""

from dataclasses import replace

import pytest

from faults.calls import Call, Fault
from faults.judge import (
    Bounds,
    State,
    judge_repetition,
    judge_run,
    judge_unheard,
)
from faults.world import Run

BEFORE = State("one", {"kota.json": "one", "page.md": "old"})
AFTER = State("two", {"kota.json": "two", "page.md": "new", "b.json": "one"})
BOUNDS = Bounds(BEFORE, AFTER)
FAULT = Fault(Call("write", 1, "", "files"), "EIO")
DONE, SAID, KILLED = Run(0, "done", ""), Run(1, "", "no room"), Run(-9, "", "")


def problems(run: Run, found: State) -> list[str]:
    return list(judge_run(run, found, BOUNDS, FAULT))


@pytest.mark.parametrize(
    ("run", "found"),
    [
        (DONE, AFTER),
        (SAID, BEFORE),
        (SAID, AFTER),
        (Run(0, "done", "no backup was kept"), State("two", BEFORE.files)),
        (KILLED, BEFORE),
        (KILLED, replace(AFTER, leftovers=(".kota.json.1.tmp",))),
        (KILLED, State("one", {"kota.json": "one", "page.md": "new"})),
    ],
)
def test_what_is_whole_and_told_is_no_problem(run: Run, found: State) -> None:
    assert problems(run, found) == []


@pytest.mark.parametrize(
    ("run", "found", "problem"),
    [
        (DONE, BEFORE, "acknowledged"),
        (DONE, State("two", BEFORE.files), "nothing is said of page.md"),
        (SAID, State("three", AFTER.files), "neither as before"),
        (SAID, State("one", {"kota.json": "one"}), "page.md is gone"),
        (SAID, State("one", {**BEFORE.files, "page.md": ""}), "page.md is"),
        (SAID, State("one", {**BEFORE.files, "x": "y"}), "x is neither"),
        (SAID, replace(BEFORE, leftovers=(".x.tmp",)), "left behind: .x.tmp"),
        (Run(1, "", ""), BEFORE, "0 lines"),
        (Run(1, "", "one\ntwo\nthree"), BEFORE, "3 lines"),
        (Run(1, "", "Traceback …\nOSError"), BEFORE, "no words"),
        (Run(70, "", "a fault"), BEFORE, "no words"),
        (Run(1, "", "nothing was changed"), AFTER, "it was done"),
        (Run(1, "", "It was written, but …"), BEFORE, "it was not done"),
        (Run(-9, "done", ""), BEFORE, "it was told"),
        (Run(124, "", "it hangs"), BEFORE, "it hangs"),
    ],
)
def test_what_is_not_whole_or_not_told_is_noticed(
    run: Run, found: State, problem: str
) -> None:
    assert any(problem in one for one in problems(run, found))


def test_what_is_done_though_nobody_hears_of_it_ends_well() -> None:
    assert list(judge_unheard(DONE, AFTER, BOUNDS)) == []
    assert list(judge_unheard(SAID, BEFORE, BOUNDS)) == []
    (problem,) = judge_unheard(SAID, AFTER, BOUNDS)
    assert "the exit code" in problem


@pytest.mark.parametrize(
    ("run", "found", "problem"),
    [
        (DONE, AFTER, ""),
        (SAID, AFTER, "fails"),
        (DONE, State("one", AFTER.files), "another register"),
        (DONE, State("two", BEFORE.files), "does not write page.md"),
        (DONE, State("two", {**AFTER.files, "x": "y"}), "leaves x"),
    ],
)
def test_a_command_given_again_must_mend_what_a_fault_left(
    run: Run, found: State, problem: str
) -> None:
    told = " ".join(judge_repetition(run, found, BOUNDS))
    assert problem in told
    assert bool(problem) == bool(told)
