"""Python's garbage collector: kept from looking where there is nothing to find."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pause_collection() -> Iterator[None]:
    """Keep the collector from looking through all objects again and again while many are made.

    With 100,000 rows that takes a third of the time of reading them, and finds nothing.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def pass_by_present_objects() -> None:
    """Keep the collector from looking through what is there now, for as long as the program runs.

    At a command's start that is the modules; on open screens also the register and its figures.
    To look through those stalls the screens for 0.1 s at 10,000 services, and all of them stay
    until the end anyway.
    """
    gc.freeze()
