"""The OPDs in the order of their index."""

from bisect import bisect_right
from collections.abc import Mapping

from tracker.metrics.values import CityFigures
from tracker.snapshot.values import Ranked


def rank_opds(figures: CityFigures) -> tuple[Ranked, ...]:
    """Return the OPDs by index, the highest first, those without services last."""
    places = place_by_index(
        {opd.key: opd.figures.index for opd in figures.opds},
    )
    rows = [Ranked(opd, places.get(opd.key)) for opd in figures.opds]
    return tuple(
        sorted(
            rows,
            key=lambda row: (row.rank is None, row.rank or 0, row.opd.code),
        ),
    )


def place_by_index(indices: Mapping[str, float | None]) -> dict[str, int]:
    """Return the place of each key that has an index: one more than those above it."""
    known = sorted(index for index in indices.values() if index is not None)
    return {
        key: 1 + len(known) - bisect_right(known, index)
        for key, index in indices.items()
        if index is not None
    }
