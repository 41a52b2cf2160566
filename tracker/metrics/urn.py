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
from itertools import accumulate, islice
from math import comb
from typing import NamedTuple

TOLERANCE = Fraction(1, 10**9)
"""How closely a chance has to come to a level to have reached it."""

_SLOT = 64
"""Bits in which the polynomials keep a coefficient, where their sums are read.

Enough for all multisets of 12 balls over 260 draws: C(271, 11) is under 0.65 x 2^64.
"""
_TIDYING = 16
"""Draws after which the sums that came to be out of reach are forgotten."""


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

    ``limit`` is positive: sums from it on are not told apart.
    """
    urn = _Urn(steps, limit, _SLOT)
    yield Sums(1, urn.below, 1, limit)
    while True:
        packed, short = urn.draw()
        yield Sums(packed, urn.below, short, limit)


def count_short(steps: Sequence[int], limit: int, draws: int) -> Iterator[int]:
    """Yield how many multisets of no draw, one draw and so on up to ``draws`` fall short of ``limit``.

    Their sums are not asked for, so they need not be kept where nothing depends on them
    any more, and in slots only as wide as the number of all multisets.
    """
    multisets = comb(max(0, len(steps) - 1) + draws, draws)
    urn = _Urn(steps, limit, (multisets + 1).bit_length())
    short = 1
    yield short
    for drawn in range(1, draws + 1):
        # If none falls short, none ever will.
        if short:
            _, short = urn.draw()
            urn.forget_hopeless(draws - drawn)
        yield short


class _Urn:
    """An urn of balls, and the multisets drawn so far by their sum below a limit.

    A ball of v steps brings a sum v slots down, nearer to the limit, and those that reach
    it fall off the end. The balls are multiplied in by rising steps: once positive ones
    are reached no later ball lowers a sum again, so none that fell off would come back.
    No sum is in the slots ``below`` the lowest: they are not kept.
    """

    def __init__(self, steps: Sequence[int], limit: int, slot: int) -> None:
        self.balls = sorted(steps)
        self.most = max([0, *self.balls])
        self.below = limit - 1
        self._slot = slot
        self._ones = (1 << slot) - 1
        self._reach = limit - 1
        # Of the first ball, the first two and so on: the slots, and what is in them together.
        # They are the a(t - 1) that a draw turns into a(t).
        self._factors = [1] * len(self.balls)
        self._shorts = [1] * len(self.balls)
        self._dropped = -1
        self._shifts: list[tuple[int, int]] = []

    def draw(self) -> tuple[int, int]:
        """Draw once more; return the slots of all balls and what is in them together."""
        self._drop_empty_slots()
        factors, shorts = self._factors, self._shorts
        packed = short = 0
        for ball, (shift, fallen) in enumerate(self._shifts):
            factor = factors[ball]
            short += shorts[ball]
            if shift >= 0:
                packed += factor << shift
            else:
                packed += factor >> -shift
                # Divided by all ones, each slot leaves what is in it: together the sum of them.
                short -= (factor & fallen) % self._ones
            factors[ball], shorts[ball] = packed, short
        return packed, short

    def forget_hopeless(self, draws: int) -> None:
        """Forget now and then where the sums are that as many more draws cannot bring to the limit.

        They stay counted among those that fall short.
        """
        if draws % _TIDYING:
            return
        slots = max(0, draws * self.most - self.below)
        kept = (1 << slots * self._slot) - 1
        self._factors = [factor & kept for factor in self._factors]

    def _drop_empty_slots(self) -> None:
        self._reach -= self.most
        nearest = max(0, self._reach)
        dropped = self.below - nearest
        self.below = nearest
        if dropped != self._dropped:
            self._dropped = dropped
            self._shifts = _list_shifts(self.balls, dropped, self._slot)


def _list_shifts(
    balls: Sequence[int],
    dropped: int,
    slot: int,
) -> list[tuple[int, int]]:
    """Return by how many bits each ball shifts the slots up, and the bits that fall off below.

    ``dropped`` is the number of slots below that are kept no more.
    """
    shifts = [(dropped - ball) * slot for ball in balls]
    return [(shift, (1 << max(0, -shift)) - 1) for shift in shifts]


def chances_ahead(
    steps: Sequence[int],
    needed: int,
    draws: int,
) -> Iterator[Chance]:
    """Yield the chance that no draw, one draw and so on up to ``draws`` make ``needed`` steps.

    ``needed`` is positive. Balls of no steps leave every sum as it is, so they are
    multiplied in after the sums are counted, as plain numbers.
    """
    moving = [step for step in steps if step]
    counts = [0] * (len(steps) - len(moving) + 1)
    multisets = 1
    for drawn, short in enumerate(count_short(moving, needed, draws)):
        counts[0] = short
        counts = list(accumulate(counts))
        yield Chance(counts[-1], multisets)
        multisets = multisets * (len(steps) + drawn) // (drawn + 1)


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
