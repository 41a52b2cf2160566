"""How often functions are called: what work costs, told without a clock."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


class Calls(Counter[str]):
    """How often each Python function was called, by its qualified name."""

    def __missing__(self, name: str) -> int:
        """Return none, if there is such a function: a test of one that is gone could not fail."""
        if not _is_loaded(name):
            raise LookupError(f"nothing that is loaded is called {name}")
        return 0


def _is_loaded(name: str) -> bool:
    """Tell whether a module of this process has a function, or a class with a method, of a name."""
    first, *inner = name.partition(".<locals>")[0].split(".")
    for module in tuple(sys.modules.values()):
        found = getattr(module, "__dict__", {}).get(first)
        for one in inner:
            found = getattr(found, one, None)
        if found is not None:
            return True
    return False


def count_calls(work: Callable[[], object]) -> Calls:
    """Return how often each Python function is called while ``work`` runs."""
    with counting_calls() as calls:
        work()
    return calls


@contextmanager
def counting_calls() -> Iterator[Calls]:
    """Count the calls of this thread."""
    calls = Calls()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            name = frame.f_code.co_qualname
            calls[name] = calls.get(name, 0) + 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield calls
    finally:
        sys.setprofile(before)
