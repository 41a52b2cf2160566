"""How often functions are called: what work costs, told without a clock."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


def count_calls(work: Callable[[], object]) -> Counter[str]:
    """Return how often each Python function is called while ``work`` runs, by its qualified name."""
    with counting_calls() as calls:
        work()
    return calls


@contextmanager
def counting_calls() -> Iterator[Counter[str]]:
    """Count the calls of this thread, by the functions' qualified names."""
    calls: Counter[str] = Counter()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            calls[frame.f_code.co_qualname] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield calls
    finally:
        sys.setprofile(before)
