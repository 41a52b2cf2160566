"""The demonstration, invented once a worker for all tests: a register never changes."""

from functools import cache

from tracker.demo import demo_register
from tracker.register import Register


@cache
def invented_city() -> Register:
    """Return the demonstration's register."""
    return demo_register()
