"""What came of earlier forecasts (METRICS.md, ``track_record``).

The weeks of one forecast overlap with those of the next: it is a record, not a test.
"""

from functools import lru_cache

from tracker.metrics.forecast import LEVELS, history_at, reason_at
from tracker.metrics.urn import greatest_sums
from tracker.metrics.values import KeptPromises, Series, TrackRecord

AHEAD, PROMISES, LEAST_PROMISES = 13, 52, 20
"""Weeks that a promise looks ahead, how many are looked at, and the fewest that tell."""


def track_record_at(series: Series, position: int) -> TrackRecord:
    """Return how many of the forecasts made 13 to 64 weeks before ``position`` were kept.

    At each level a forecast promised the most steps that it gave that chance, and no
    more than remained.
    """
    made, kept = 0, [0] * len(LEVELS)
    last = position - AHEAD
    for at in range(max(0, last - PROMISES + 1), last + 1):
        if reason_at(series, at) is not None:
            continue
        made += 1
        steps = _steps_between(series, at, at + AHEAD)
        known = tuple(sorted(history_at(series, at).steps))
        promises = _promised_steps(known, series.remaining(at))
        for level, promised in enumerate(promises):
            kept[level] += steps >= promised
    if made < LEAST_PROMISES:
        return TrackRecord()
    return TrackRecord(made=made, kept=KeptPromises(*kept))


def has_broken_promises(record: TrackRecord) -> bool:
    """Return whether fewer than 70 in 100 of the promises at 85 in 100 were kept."""
    made, kept = record.made, record.kept.p85
    return made is not None and kept is not None and 10 * kept < 7 * made


# A new week adds one forecast to the 52 that are looked back on.
@lru_cache(maxsize=4096)
def _promised_steps(steps: tuple[int, ...], remaining: int) -> tuple[int, ...]:
    """Return the most steps that 13 weeks make with the chance of each level."""
    return tuple(greatest_sums(steps, remaining, AHEAD, LEVELS))


def _steps_between(series: Series, first: int, last: int) -> int:
    """Sum the steps made after the week at ``first`` up to the one at ``last``."""
    return sum(
        series.forward[at] - series.backward[at]
        for at in range(first + 1, last + 1)
    )
