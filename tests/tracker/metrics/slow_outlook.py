"""A slow reading of the pace, the forecast and its track record, by plain counting.

It takes steps as lists and knows nothing of how the quick one packs or orders them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations, islice
from math import comb
from typing import Any

LEVELS = {
    "p50": Fraction(50, 100),
    "p85": Fraction(85, 100),
    "p95": Fraction(95, 100),
}
TOLERANCE = Fraction(1, 10**9)


def windows(steps: Sequence[int]) -> tuple[list[int], list[int]] | None:
    """The last k of n weeks and the k before, k = min(12, ⌊n / 2⌋); none with n < 8."""
    if len(steps) < 8:
        return None
    k = min(12, len(steps) // 2)
    return list(steps[-k:]), list(steps[-2 * k : -k])


def word(recent: Sequence[int], before: Sequence[int]) -> str:
    """The word for two windows of a scope that is neither empty nor done."""
    if sum(recent) < 0:
        return "regressing"
    if sum(recent) == 0:
        return "stalled"
    k, sums = len(recent), sums_of_choices(tuple(sorted([*recent, *before])))
    at_least = sum(ways for total, ways in sums.items() if total >= sum(recent))
    at_most = sum(ways for total, ways in sums.items() if total <= sum(recent))
    if Fraction(at_least, comb(2 * k, k)) <= Fraction(1, 20):
        return "accelerating"
    return (
        "slowing"
        if Fraction(at_most, comb(2 * k, k)) <= Fraction(1, 20)
        else "steady"
    )


@cache
def sums_of_choices(weeks: tuple[int, ...]) -> dict[int, int]:
    """In how many ways half of the weeks are chosen, by the sum of their steps."""
    if len(weeks) <= 12:
        return Counter(map(sum, combinations(weeks, len(weeks) // 2)))
    ways: dict[tuple[int, int], int] = {(0, 0): 1}
    for steps in weeks:
        after = dict(ways)
        for (size, total), count in ways.items():
            key = size + 1, total + steps
            after[key] = after.get(key, 0) + count
        ways = after
    half = len(weeks) // 2
    return {
        total: count for (size, total), count in ways.items() if size == half
    }


def sums_by_draws(
    steps: Sequence[int], cap: int | None = None
) -> Iterator[dict[int, int]]:
    """Yield how many multisets of no draw, one draw and so on there are, by their sum.

    Each ball's factor is 1 / (1 - z x^v): a(t) = b(t) + x^v a(t - 1). Sums over ``cap``
    count as ``cap``; that is done once only balls that raise a sum are left.
    """
    balls = sorted(steps)
    before: list[dict[int, int]] = [{0: 1} for _ in balls]
    yield {0: 1}
    while True:
        product: dict[int, int] = {}
        for ball, value in enumerate(balls):
            product = dict(product)
            for total, ways in before[ball].items():
                reached = total + value
                if cap is not None and value > 0:
                    reached = min(cap, reached)
                product[reached] = product.get(reached, 0) + ways
            before[ball] = product
        yield product


def chances(steps: Sequence[int], needed: int) -> Iterator[Fraction]:
    """P(S(t) ≥ needed) for t = 0, 1, …, S being drawn from Pólya's urn."""
    for t, sums in enumerate(sums_by_draws(steps, needed)):
        done = sum(ways for total, ways in sums.items() if total >= needed)
        yield Fraction(done, comb(len(steps) + t - 1, t))


@cache
def first_weeks(
    steps: tuple[int, ...], remaining: int
) -> dict[str, int | None]:
    """The first t within 260 weeks for which P(S(t) ≥ remaining) reaches each level."""
    found: dict[str, int | None] = dict.fromkeys(LEVELS)
    for t, chance in enumerate(islice(chances(steps, remaining), 261)):
        for name, level in LEVELS.items():
            if found[name] is None and chance >= level - TOLERANCE:
                found[name] = t
        if found["p95"] is not None:
            break
    return found


@cache
def chance_by(steps: tuple[int, ...], remaining: int, weeks: int) -> Fraction:
    """P(S(weeks) ≥ remaining)."""
    return next(islice(chances(steps, remaining), weeks, None))


@cache
def promises(steps: tuple[int, ...], remaining: int) -> dict[str, int]:
    """The lesser of R and the greatest s with P(S(13) ≥ s) ≥ L, for each level."""
    sums = next(islice(sums_by_draws(steps), 13, None))
    every = comb(len(steps) + 12, 13)
    found = {}
    for name, level in LEVELS.items():
        reached = [
            s
            for s in sums
            if Fraction(
                sum(ways for total, ways in sums.items() if total >= s), every
            )
            >= level - TOLERANCE
        ]
        found[name] = min(remaining, max(reached))
    return found


def track_record(
    steps: Sequence[int], remaining: Sequence[int]
) -> dict[str, Any]:
    """What came of the forecasts made 13 weeks and more before the rates week.

    ``steps`` are those of all complete weeks since the start up to the rates week, and
    ``remaining`` what remained at their ends.
    """
    made, kept = 0, dict.fromkeys(LEVELS, 0)
    last = len(steps) - 1 - 13
    for w in range(last - 51, last + 1):
        if w < 5:
            continue
        known = steps[max(0, w - 11) : w + 1]
        if max(known) <= 0 or remaining[w] <= 0:
            continue
        made += 1
        came = sum(steps[w + 1 : w + 14])
        for name, promised in promises(tuple(known), remaining[w]).items():
            kept[name] += came >= promised
    if made < 20:
        return {"made": None, "kept": dict.fromkeys(LEVELS)}
    return {"made": made, "kept": kept}
