"""How far long work has come, on standard error and to a terminal alone."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tracker.language import Language


@contextmanager
def show_progress(
    language: Language,
) -> Iterator[Callable[[int, int], None] | None]:
    """Give a hook that shows the share done; None where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return

    def tell(done: int, total: int) -> None:
        print(
            f"\r{language.percent(done / total, 0):>5} ",
            end="",
            file=sys.stderr,
            flush=True,
        )

    try:
        yield tell
    finally:
        print("\r      \r", end="", file=sys.stderr, flush=True)
