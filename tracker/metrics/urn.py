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

    Their numbers are packed in slots of one integer: slot i counts those whose sum is
    ``below + i + 1`` short of the limit. ``short`` are all of them together.
    """

    packed: int
    below: int
    short: int
    limit: int

    def greatest(self, levels: Sequence[Level], multisets: int) -> list[int]:
        """Return for each level the greatest sum that reaches it, at most the limit."""
        slots = -(-self.packed.bit_length() // _SLOT)
        counts = struct.unpack(
            f">{slots}Q",
            self.packed.to_bytes(8 * slots, "big"),
        )
        least = self.limit - self.below - slots
        smaller = list(accumulate(counts, initial=0))
        greatest = []
        for level in levels:
            # So many multisets may fall short of a sum that reaches the level.
            short = level.denominator - level.numerator
            most = short * multisets // level.denominator
            greatest.append(least + bisect_right(smaller, most) - 1)
        return greatest


def sums_ahead(steps: Sequence[int], limit: int) -> Iterator[Sums]:
    """Yield the sums of no draw, one draw, two draws and so on from an urn of ``steps``.

    ``limit`` is positive: sums from it on are not told apart. A ball of v steps brings a
    sum v slots down, nearer to the limit, and those that reach it fall off the end. The
    balls are multiplied in by rising steps: once positive ones are reached no later ball
    lowers a sum again, so none that fell off would come back.
    """
    balls = sorted(steps)
    most = max([0, *balls])
    factors, shorts = [1] * len(balls), [1] * len(balls)
    below, dropped, shifts = limit - 1, -1, []
    yield Sums(1, below, 1, limit)
    for draws in count(1):
        # No sum is in the slots below: they are not kept.
        nearest = max(0, limit - 1 - draws * most)
        if below - nearest != dropped:
            dropped = below - nearest
            shifts = _list_shifts(balls, dropped)
        below = nearest
        packed, short = _draw(factors, shorts, shifts)
        yield Sums(packed, below, short, limit)


def _draw(
    factors: list[int],
    shorts: list[int],
    shifts: Sequence[tuple[int, int]],
) -> tuple[int, int]:
    """Draw once more; return the slots of all balls and what is in them together.

    ``factors`` and ``shorts`` hold the same of the first ball, the first two and so on:
    of each the a(t - 1) that becomes its a(t), while ``packed`` goes from b(t) to a(t).
    """
    packed = short = 0
    for ball, (shift, fallen) in enumerate(shifts):
        factor = factors[ball]
        short += shorts[ball]
        if shift >= 0:
            packed += factor << shift
        else:
            packed += factor >> -shift
            short -= (factor & fallen) % _ONES
        factors[ball], shorts[ball] = packed, short
    return packed, short


def _list_shifts(balls: Sequence[int], dropped: int) -> list[tuple[int, int]]:
    """Return by how many bits each ball shifts the slots up, and the bits that fall off below.

    ``dropped`` is the number of slots below that are kept no more. 2^64 leaves 1 when
    divided by 2^64 - 1: so what the fallen bits leave is the sum of their slots, which
    never overflows one.
    """
    shifts = [(dropped - ball) * _SLOT for ball in balls]
    return [(shift, (1 << max(0, -shift)) - 1) for shift in shifts]


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
