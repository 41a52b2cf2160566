"""Pólya's urn: the exact chances of what the coming weeks bring.

The urn holds the known weeks, a ball each. A coming week is the ball that is drawn, and
it goes back with a second one like it, so that few known weeks leave the pace uncertain.
All multisets of t draws from n balls are then equally likely: there are C(n + t - 1, t),
and those whose steps add up to s are the coefficient of z^t x^s in the product over the
balls of 1 / (1 - z x^v), v being a ball's steps. Multiplying by one such factor costs one
shift and one addition a week: a(t) = b(t) + x^v a(t - 1).
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import accumulate, count, islice
from math import comb
from typing import NamedTuple

TOLERANCE = Fraction(1, 10**9)
"""How closely a chance has to come to a level to have reached it."""

_SLOT = 64
"""Bits in which the polynomials keep a coefficient.

Enough for all multisets of 12 balls over 260 draws: C(271, 11) is under 0.65 x 2^64.
"""
_ONES = (1 << _SLOT) - 1
_SHORT_SLOTS = 100


class Level(NamedTuple):
    """A chance to be reached, less the tolerance, as a fraction of two whole numbers."""

    numerator: int
    denominator: int

    @classmethod
    def of(cls, chance: Fraction) -> "Level":
        """Return the level of a chance such as 85 in 100."""
        least = chance - TOLERANCE
        return cls(least.numerator, least.denominator)


class Chance(NamedTuple):
    """How many of the equally likely multisets of draws fall short of a sum."""

    short: int
    multisets: int

    @property
    def value(self) -> float:
        """The chance not to fall short."""
        return (self.multisets - self.short) / self.multisets

    def reaches(self, level: Level) -> bool:
        """Return whether the chance comes to ``level``."""
        reached = self.multisets - self.short
        return reached * level.denominator >= level.numerator * self.multisets


class Sums(NamedTuple):
    """The multisets of some draws by their sum, for sums below a limit.

    The coefficients are packed in slots of one integer: slot i counts those that add up
    to ``base + i``.
    """

    packed: int
    base: int
    limit: int

    @property
    def short(self) -> int:
        """The multisets whose sum is below the limit."""
        return _sum_slots(self.packed)

    def greatest(self, levels: Sequence[Level], multisets: int) -> list[int]:
        """Return for each level the greatest sum that reaches it, at most the limit."""
        slots = self.limit - self.base
        counts = struct.unpack(
            f"<{slots}Q",
            self.packed.to_bytes(8 * slots, "little"),
        )
        below = list(accumulate(counts, initial=0))
        greatest = []
        for level in levels:
            # So many multisets may fall short of a sum that reaches the level.
            short = level.denominator - level.numerator
            most = short * multisets // level.denominator
            greatest.append(self.base + bisect_right(below, most) - 1)
        return greatest


def _sum_slots(packed: int) -> int:
    """Return the sum of all slots; no sum of slots overflows one.

    The remainder by 2^64 - 1 is that sum, but a division takes far longer than folding
    a long number in half until it is short.
    """
    while packed.bit_length() > _SHORT_SLOTS * _SLOT:
        half = (packed.bit_length() // (2 * _SLOT) + 1) * _SLOT
        packed = (packed & ((1 << half) - 1)) + (packed >> half)
    return packed % _ONES


def sums_ahead(steps: Sequence[int], limit: int) -> Iterator[Sums]:
    """Yield the sums of no draw, one draw, two draws and so on from an urn of ``steps``.

    ``limit`` is positive: sums from it on are not told apart. The balls are multiplied
    in by rising steps. Once positive ones are reached no later ball lowers a sum again,
    so sums that have reached the limit can be dropped.
    """
    balls = sorted(steps)
    least = min(0, balls[0]) if balls else 0
    shifts = [(step - least) * _SLOT for step in balls]
    factors = [1] * len(balls)
    yield Sums(1, 0, limit)
    for draws in count(1):
        base = draws * least
        room = (limit - base) * _SLOT
        product = 0
        for ball, shift in enumerate(shifts):
            product += factors[ball] << shift
            if product.bit_length() > room:
                product &= (1 << room) - 1
            factors[ball] = product
        yield Sums(product, base, limit)


def chances_ahead(steps: Sequence[int], needed: int) -> Iterator[Chance]:
    """Yield the chance that no draw, one draw, two draws and so on make ``needed`` steps.

    ``needed`` is positive. Balls of no steps leave every sum as it is, so they are
    multiplied in after the sums are counted, as plain numbers.
    """
    moving = [step for step in steps if step]
    counts = [0] * (len(steps) - len(moving) + 1)
    multisets = 1
    for draws, sums in enumerate(sums_ahead(moving, needed)):
        counts[0] = sums.short
        counts = list(accumulate(counts))
        yield Chance(counts[-1], multisets)
        multisets = multisets * (len(steps) + draws) // (draws + 1)


def greatest_sums_ahead(
    steps: Sequence[int],
    limit: int,
    levels: Sequence[Level],
) -> Iterator[list[int]]:
    """Yield for each level the greatest sum of no draw, one draw and so on that reaches it.

    A sum over ``limit`` is given as ``limit``.
    """
    for draws, sums in enumerate(sums_ahead(steps, limit)):
        multisets = comb(len(steps) + draws - 1, draws)
        yield sums.greatest(levels, multisets)


def greatest_sums(
    steps: Sequence[int],
    limit: int,
    draws: int,
    levels: Sequence[Level],
) -> list[int]:
    """Return for each level the greatest sum of ``draws`` draws that reaches it.

    A sum over ``limit`` is given as ``limit``.
    """
    sums = next(islice(sums_ahead(steps, limit), draws, None))
    multisets = comb(len(steps) + draws - 1, draws)
    return sums.greatest(levels, multisets)
