"""The OPDs in the order of their index, and how that order changed since the week before."""

from bisect import bisect_right
from collections.abc import Mapping

from tracker.metrics.values import CityFigures, Series
from tracker.snapshot.values import Ranked

WEEKS = 12
"""Weeks of an OPD's index that the table draws."""


def rank_opds(
    figures: CityFigures,
    series: Mapping[str, Series],
) -> tuple[Ranked, ...]:
    """Return the OPDs by index, the highest first, those without services last."""
    now = place_by_index({opd.key: opd.figures.index for opd in figures.opds})
    indexes_before: dict[str, float | None] = {}
    for opd in figures.opds:
        own = series[opd.key]
        position = len(own.weeks) - 2
        indexes_before[opd.key] = own.index(position) if position >= 0 else None
    before = place_by_index(indexes_before)
    rows = [
        Ranked(
            opd,
            now.get(opd.key),
            before.get(opd.key),
            read_last_indices(series[opd.key]),
        )
        for opd in figures.opds
    ]
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


def read_last_indices(
    series: Series,
    weeks: int = WEEKS,
) -> tuple[float | None, ...]:
    """Return the index at the end of each of a series' last weeks."""
    count = len(series.weeks)
    return tuple(
        series.index(place) for place in range(max(0, count - weeks), count)
    )
