"""The pace of a scope in one word (METRICS.md, "The pace, one word a scope").

The word goes to the leadership, so it must not hang on a lucky fortnight: a change of
pace is one that the order of the weeks alone would bring at most once in twenty times.
"""

from math import comb
from typing import NamedTuple

from tracker.metrics.values import Pace, Series

LONGEST_WINDOW = 12
"""Complete weeks that a window has at most."""
LEAST_WEEKS = 8
"""Complete weeks since its start that a scope needs for its pace to be judged."""

_ODDS = 20
_SLOT = 24
"""Bits for a number of subsets: of 24 weeks there are C(24, 12) < 2^24 at most."""
_ONES = (1 << _SLOT) - 1


class Windows(NamedTuple):
    """Two windows of complete weeks: the steps of the last ones and of those before."""

    recent: list[int]
    before: list[int]

    @property
    def weeks(self) -> int:
        """The complete weeks in each window."""
        return len(self.recent)


def windows_at(series: Series, position: int) -> Windows | None:
    """Return the two windows up to the complete week at ``position``; None if under 8."""
    start = series.history_start
    weeks = 0 if start is None else position - start
    if weeks < LEAST_WEEKS:
        return None
    size = min(LONGEST_WINDOW, weeks // 2)
    middle = position + 1 - size
    return Windows(
        recent=_steps(series, middle, size),
        before=_steps(series, middle - size, size),
    )


def _steps(
    series: Series,
    first: int,
    weeks: int,
) -> list[int]:
    return [
        series.forward[position] - series.backward[position]
        for position in range(first, first + weeks)
    ]


def pace_at(series: Series, position: int) -> Pace | None:
    """Return how the scope moves, in one word; None without services at ``position``."""
    services = series.services(position)
    if not services:
        return None
    if series.integrated[position] == services:
        return Pace.DONE
    windows = windows_at(series, position)
    return Pace.NEW if windows is None else judge_pace(windows)


def judge_pace(windows: Windows) -> Pace:
    """Return the word for two windows of weeks."""
    steps = sum(windows.recent)
    if steps <= 0:
        return Pace.REGRESSING if steps < 0 else Pace.STALLED
    at_least, at_most = count_choices(windows)
    choices = comb(2 * windows.weeks, windows.weeks)
    if _ODDS * at_least <= choices:
        return Pace.ACCELERATING
    return Pace.SLOWING if _ODDS * at_most <= choices else Pace.STEADY


def count_choices(windows: Windows) -> tuple[int, int]:
    """Count the ways to choose half of the weeks that make as much as the recent ones.

    Return how many make at least as many steps, and how many at most. The number of
    subsets by size and sum is the coefficient of z^size x^sum in the product over the
    weeks of 1 + z x^steps; weeks count as distinct.
    """
    steps = [*windows.before, *windows.recent]
    size, least = windows.weeks, min(steps)
    subsets = [1, *[0] * size]
    for number, value in enumerate(steps, start=1):
        shift = (value - least) * _SLOT
        for chosen in range(min(size, number), 0, -1):
            subsets[chosen] += subsets[chosen - 1] << shift
    sums, recent = subsets[size], sum(windows.recent) - size * least
    at_least = (sums >> recent * _SLOT) % _ONES
    more = (sums >> (recent + 1) * _SLOT) % _ONES
    return at_least, comb(2 * size, size) - more
