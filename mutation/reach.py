"""Which functions of `tracker/` each test runs, and how long it takes: by this a fault finds its tests."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Reach:
    """What a run of the tests without a fault has shown."""

    seconds: dict[str, float] = field(default_factory=dict)
    """How long each test took, by its name for pytest."""
    tests_of: dict[str, set[str]] = field(
        default_factory=lambda: defaultdict(set),
    )
    """The tests that run a function, by `module.py:first line`."""
    starting: set[str] = field(default_factory=set)
    """The tests that start programs, which may run any function unseen."""


def read_reach(folder: Path) -> Reach:
    """Read what the tests have written: a file for each worker, a line for each test."""
    reach = Reach()
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            noted = json.loads(line)
            test = noted["test"]
            reach.seconds[test] = noted["seconds"]
            for function in noted["functions"]:
                reach.tests_of[function].add(test)
            if noted["starts"]:
                reach.starting.add(test)
    return reach


def choose_tests(
    reach: Reach,
    function: str,
    nearest: Mapping[str, int],
) -> list[list[str]]:
    """Return the tests that can notice a fault in a function, in the stages in which to run them.

    First those in the nearest files, then all others that run the function,
    then those that start programs. ``nearest`` ranks files from 0. What no
    test is seen to run may run as its module is loaded, so the nearest files
    stand for the tests of it.
    """
    around = {test for test in reach.seconds if _file_of(test) in nearest}
    running = reach.tests_of.get(function) or around
    near = running & around
    stages = [near, running - near, reach.starting - running]
    return [_sort_tests(reach, stage, nearest) for stage in stages if stage]


def _sort_tests(
    reach: Reach,
    tests: Iterable[str],
    nearest: Mapping[str, int],
) -> list[str]:
    """Put near files first and in a file quick tests; a file's stay together, to share what they set up."""

    def key(test: str) -> tuple[int, str, float]:
        file = _file_of(test)
        return nearest.get(file, len(nearest)), file, reach.seconds[test]

    return sorted(tests, key=key)


def _file_of(test: str) -> str:
    return test.partition("::")[0]
