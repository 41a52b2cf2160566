"""When a scope will be done (METRICS.md, "When it will be done: the forecast").

Each week to come is one of the last twelve, each as likely. The chance of every number of remaining steps
is carried from week to week as a whole number; all of them stand side by side in slots of one long integer
(Kronecker's substitution), so that a week costs a shift, a product and a sum for each different step.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

from tracker.metrics.values import Caution, Forecast, Reason, Series
from tracker.week import Week

HISTORY, LEAST_HISTORY, HORIZON = 12, 6, 260
"""Weeks that are drawn from, the fewest that will do, and how far ahead is looked."""
FAN = (0.05, 0.15, 0.5, 0.85, 0.95)
"""The quantiles of a fan, unless others are asked for."""

_LEVELS = (0.5, 0.85, 0.95)
_TOLERANCE = 1e-9
_SLOT = 96
_DROPPED = 20
"""Bits of a slot, and how many low ones of them are dropped when the slots would overflow.

At least 72 remain: over 260 weeks of 20,000 counts, less than 1e-14 is lost.
"""


class History(NamedTuple):
    """The complete weeks that a forecast draws from: their steps, and of these the forward ones alone.

    ``joined_remaining`` are the remaining steps that services brought that joined in them.
    """

    steps: list[int]
    forward: list[int]
    joined_remaining: int


class Chances(NamedTuple):
    """The chances after some weeks, out of ``whole``; slot i is that of ``base + i + 1`` steps remaining."""

    packed: int
    base: int
    whole: int

    @property
    def done(self) -> float:
        """The probability that nothing remains."""
        return 1 - (self.packed % ((1 << _SLOT) - 1)) / self.whole


def forecast(
    steps: Sequence[int],
    remaining: int,
    services: int,
    last_week: Week,
    *,
    forward: Sequence[int] | None = None,
    joined_remaining: int = 0,
) -> Forecast:
    """Return when ``remaining`` steps will be made, were each week to come like one of ``steps``.

    ``steps`` are those of the complete weeks since the scope's start up to ``last_week`` (the last twelve
    count), ``forward`` their forward steps alone (left out where no week has both kinds) and
    ``joined_remaining`` the remaining steps that services brought that joined in them. A forecast that
    cannot be made carries no caution.
    """
    drawn = tuple(steps[-HISTORY:])
    reason = _why_not(drawn, remaining, services)
    if reason is not None:
        return Forecast(reason=reason)
    weeks = _weeks_until(drawn, remaining, services)
    p50, p85, p95 = (_sunday(last_week, count) for count in weeks)
    gained = (
        forward[-HISTORY:] if forward is not None else [max(0, step) for step in drawn]
    )
    return Forecast(
        p50=p50,
        p85=p85,
        p95=p95,
        reason="beyond_horizon" if p95 is None else None,
        caution=_cautions(drawn, gained, joined_remaining),
    )


def forecast_at(series: Series, place: int) -> Forecast:
    """Return the forecast of a scope from the end of the complete week at ``place``."""
    if not series.services(place):
        return Forecast(reason="no_service")
    steps, forward, joined_remaining = history_at(series, place)
    return forecast(
        steps,
        _remaining(series, place),
        series.services(place),
        series.weeks[place],
        forward=forward,
        joined_remaining=joined_remaining,
    )


def history_at(series: Series, place: int) -> History:
    """Return the weeks that a scope's forecast from the end of the week at ``place`` draws from.

    They are the last twelve after the week in which its history starts.
    """
    start = place if series.start is None else series.start
    weeks = range(max(start + 1, place - HISTORY + 1), place + 1)
    forward, backward = (
        [series.forward[at] for at in weeks],
        [series.backward[at] for at in weeks],
    )
    return History(
        steps=[gained - lost for gained, lost in zip(forward, backward, strict=True)],
        forward=forward,
        joined_remaining=sum(series.joined_remaining[at] for at in weeks),
    )


def fan_at(
    series: Series, place: int, weeks: int, levels: Sequence[float] = FAN
) -> list[tuple[int, ...]]:
    """Return ``forecast_fan`` of a scope from the end of the complete week at ``place``."""
    services = series.services(place)
    return forecast_fan(
        history_at(series, place).steps,
        _remaining(series, place),
        services,
        weeks,
        levels,
    )


def forecast_fan(
    steps: Sequence[int],
    remaining: int,
    services: int,
    weeks: int,
    levels: Sequence[float] = FAN,
) -> list[tuple[int, ...]]:
    """Return the quantiles of the remaining steps, now and then a week at a time, for a chart.

    Each is the least number below which the steps stay with that probability. It ends after ``weeks``,
    or once the last quantile is 0, and is empty where there is no forecast.
    """
    drawn = tuple(steps[-HISTORY:])
    if _why_not(drawn, remaining, services) is not None:
        return []
    fan = [(remaining,) * len(levels)]
    for _, chances in zip(
        range(weeks), weeks_ahead(drawn, remaining, services), strict=False
    ):
        fan.append(_quantiles(chances, levels))
        if not any(fan[-1]):
            break
    return fan


def weeks_ahead(
    steps: Sequence[int], remaining: int, services: int
) -> Iterator[Chances]:
    """Yield the chances after one week, two weeks and so on, without end."""
    draws = Counter(steps)
    chances = Chances(1, remaining - 1, 1)
    while True:
        chances = _week_later(_trimmed(chances, len(steps)), draws, 2 * services)
        yield chances


def _week_later(now: Chances, draws: Counter[int], ceiling: int) -> Chances:
    """Let a week pass: what falls to 0 is shifted out, what would rise above the ceiling stays on it."""
    base = max(0, now.base - max(0, *draws))
    packed = 0
    for step, count in draws.items():
        shift = (now.base - step - base) * _SLOT
        packed += (now.packed << shift if shift >= 0 else now.packed >> -shift) * count
    room = (ceiling - base) * _SLOT
    if packed.bit_length() > room:
        above = (packed >> room) % ((1 << _SLOT) - 1)
        packed = (packed & ((1 << room) - 1)) + (above << room - _SLOT)
    return Chances(packed, base, now.whole * draws.total())


def _trimmed(chances: Chances, draws: int) -> Chances:
    """Drop the low bits of every slot when another week could overflow it."""
    packed, base, whole = chances
    if (whole * draws).bit_length() < _SLOT:
        return chances
    slots = packed.bit_length() // _SLOT + 1
    ones = ((1 << slots * _SLOT) - 1) // ((1 << _SLOT) - 1)
    kept = ones * ((1 << _SLOT - _DROPPED) - 1)
    return Chances(packed >> _DROPPED & kept, base, whole >> _DROPPED)


def _quantiles(chances: Chances, levels: Sequence[float]) -> tuple[int, ...]:
    size = _SLOT // 8
    slots = -(-chances.packed.bit_length() // _SLOT)
    data = chances.packed.to_bytes(slots * size, "little")
    counts = [
        int.from_bytes(data[at : at + size], "little")
        for at in range(0, len(data), size)
    ]
    below = list(accumulate(counts, initial=chances.whole - sum(counts)))
    places = [
        bisect_left(below, (level - _TOLERANCE) * chances.whole) for level in levels
    ]
    return tuple(chances.base + place if place else 0 for place in places)


def _why_not(steps: Sequence[int], remaining: int, services: int) -> Reason | None:
    if not services:
        return "no_service"
    if not remaining:
        return "done"
    if len(steps) < LEAST_HISTORY:
        return "too_little_history"
    return None if max(steps) > 0 else "no_progress"


def _weeks_until(
    steps: Sequence[int], remaining: int, services: int
) -> list[int | None]:
    """Return the first week counts at which the three probabilities are reached, None beyond the horizon."""
    found: list[int | None] = []
    for count, chances in zip(
        range(1, HORIZON + 1), weeks_ahead(steps, remaining, services), strict=False
    ):
        done = chances.done + _TOLERANCE
        found += [count for level in _LEVELS[len(found) :] if done >= level]
        if len(found) == len(_LEVELS):
            break
    return found + [None] * (len(_LEVELS) - len(found))


def _cautions(
    steps: Sequence[int], forward: Sequence[int], joined_remaining: int
) -> tuple[Caution, ...]:
    cautions: list[Caution] = []
    if 2 * max(forward) > sum(forward):
        cautions.append("one_week_dominates")
    if 4 * joined_remaining > sum(steps):
        cautions.append("growing_scope")
    return tuple(cautions)


def _sunday(last_week: Week, count: int | None) -> date | None:
    return None if count is None else last_week.sunday + timedelta(weeks=count)


def _remaining(series: Series, place: int) -> int:
    return 2 * series.services(place) - series.points(place)
