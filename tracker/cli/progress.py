"""The share done of long work, on standard error if that is a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tracker.language import Language


@contextmanager
def show_progress(
    language: Language,
) -> Iterator[Callable[[int, int], None] | None]:
    """Yield a hook that shows the share done; None if nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return

    def report(done: int, total: int) -> None:
        share = language.percent(done / total, 0)
        # The cursor goes back, so that a line printed meanwhile covers the share.
        print(f"{share:>5} \r", end="", file=sys.stderr, flush=True)

    try:
        yield report
    finally:
        print("      \r", end="", file=sys.stderr, flush=True)
