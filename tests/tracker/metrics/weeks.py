"""Series made from bare steps, for what needs no register."""

from collections.abc import Sequence
from itertools import accumulate

from tracker.metrics import Series
from tracker.week import Week

FIRST = Week(2026, 1)


def series_of(
    steps: Sequence[int],
    services: int,
    points: int = 0,
    joined_remaining: Sequence[int] = (),
) -> Series:
    """Let a scope of some services make ``steps`` in the weeks after the one in which it starts."""
    reached = list(accumulate(steps, initial=points))
    joined = [*joined_remaining, *[0] * (len(reached) - len(joined_remaining))]
    return Series(
        weeks=[FIRST.plus(place) for place in range(len(reached))],
        start=0,
        conventional=[
            services - point + max(0, point - services) for point in reached
        ],
        online=[point - 2 * max(0, point - services) for point in reached],
        integrated=[max(0, point - services) for point in reached],
        joined=[0] * len(reached),
        left=[0] * len(reached),
        forward=[0, *(max(0, step) for step in steps)],
        backward=[0, *(max(0, -step) for step in steps)],
        joined_remaining=joined,
    )
