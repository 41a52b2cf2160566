"""The same service of many OPDs counted once (METRICS.md, "Families")."""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from tracker.metrics.point_in_time import ServiceAt


class Families(NamedTuple):
    """How many families a scope has, how many are complete, and the mean of their shares."""

    families: int
    complete: int
    mean_index: Fraction | None


def measure_families(services: Iterable[ServiceAt]) -> Families:
    """Return how a scope stands if each family counts once.

    A service that carries no family name is a family of its own.
    """
    points_of: dict[str, list[int]] = {}
    alone = [0, 0, 0]
    for at in services:
        if at.service.family:
            points_of.setdefault(at.service.family, []).append(at.points)
        else:
            alone[at.points] += 1
    families = len(points_of) + sum(alone)
    if not families:
        return Families(0, 0, None)
    shares = sum(
        (
            Fraction(sum(points), 2 * len(points))
            for points in points_of.values()
        ),
        start=Fraction(alone[1] + 2 * alone[2], 2),
    )
    complete = alone[2] + sum(min(points) == 2 for points in points_of.values())
    return Families(families, complete, 100 * shares / families)
