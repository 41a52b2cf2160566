"""Python's garbage collector: kept from looking where there is nothing to find."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_USUAL = gc.get_threshold()
_SELDOM = (100_000, *_USUAL[1:])


def collect_seldom() -> None:
    """Let the collector wait for a hundred thousand new objects: most commands are done before.

    At its usual pace it takes a tenth of a short command, and finds nothing.
    """
    gc.set_threshold(*_SELDOM)


def collect_as_usual() -> None:
    """Let the collector look as often as Python means it to: for what stays open for hours."""
    gc.set_threshold(*_USUAL)


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
