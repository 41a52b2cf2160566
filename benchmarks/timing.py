"""Timing calls: medians and spreads, of CPU where work is done in memory, of the clock otherwise."""

import gc
import statistics
from collections.abc import Callable
from time import perf_counter, process_time

from msgspec import Struct

ENOUGH = 2.0
"""Seconds after which a call has been repeated often enough."""


class Samples(Struct, frozen=True):
    """Milliseconds (or megabytes) of several runs."""

    values: list[float]

    @property
    def median(self) -> float:
        """The middle of the runs."""
        return statistics.median(self.values)

    @property
    def spread(self) -> float:
        """Half the distance between the quartiles, in hundredths of the median."""
        if len(self.values) < 4 or not self.median:
            return 0.0
        lower, _, upper = statistics.quantiles(self.values, n=4)
        return 50 * (upper - lower) / self.median


def time_cpu(call: Callable[[], object], rounds: int = 7) -> Samples:
    """Return the CPU that a call takes: a busy machine blurs it less than the clock."""
    return _time_calls(call, rounds, process_time)


def time_clock(call: Callable[[], object], rounds: int = 7) -> Samples:
    """Return what passes on the clock: for disks and other processes."""
    return _time_calls(call, rounds, perf_counter)


def _time_calls(
    call: Callable[[], object], rounds: int, clock: Callable[[], float]
) -> Samples:
    """Time a call after one that loads modules and fills caches of the disk."""
    call()
    took: list[float] = []
    while len(took) < rounds and (len(took) < 3 or sum(took) < 1000 * ENOUGH):
        gc.collect()
        began = clock()
        call()
        took.append(1000 * (clock() - began))
    return Samples(took)
