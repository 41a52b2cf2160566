"""Cities of which only the published weeks are known, read from a collected table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tracker.comparison.cities import ComparedCity
from tracker.comparison.city_weeks import CityName, CityWeeks
from tracker.comparison.collection_file import read_collection
from tracker.comparison.counts import (
    CountedFigures,
    build_known_series,
    forecast_counts,
    measure_counts,
)
from tracker.errors import Rejected
from tracker.metrics.values import Forecast, Series
from tracker.text import name_key
from tracker.week import Week


@dataclass(frozen=True)
class CollectedTable:
    """A collected table and the cities of it that are compared."""

    path: Path
    cities: tuple[CityWeeks, ...] = field(repr=False)

    @cached_property
    def kinds(self) -> dict[int, dict[str, CountedFigures]]:
        """The figures of each city, by its key, by kind of OPD: read once they are asked for."""
        with read_collection(self.path) as collection:
            weeks_by_kind = collection.read_kinds(self.cities)
        return {
            city: {
                kind: measure_counts(build_known_series(weeks))
                for kind, weeks in kinds.items()
            }
            for city, kinds in weeks_by_kind.items()
        }


@dataclass(frozen=True)
class CollectedCity:
    """A city as of its last complete week in a collected table."""

    table: CollectedTable
    published: CityWeeks

    @property
    def file(self) -> str:
        """The name of the table's file."""
        return self.table.path.name

    @property
    def name(self) -> str:
        """The city's name."""
        return self.published.name

    @property
    def week(self) -> Week:
        """Its last complete week in the table."""
        return self.published.weeks[-1].week

    @cached_property
    def figures(self) -> CountedFigures:
        """What its counts say."""
        return measure_counts(self._series)

    @cached_property
    def forecast(self) -> Forecast:
        """When it will be done, as far as its counts tell."""
        return forecast_counts(self._series)

    @cached_property
    def _series(self) -> Series:
        return build_known_series(self.published.weeks)

    @property
    def kinds(self) -> dict[str, CountedFigures]:
        """What its counts say by kind of OPD; empty where its OPDs do not add up to it."""
        return self.table.kinds[self.published.key]


def read_collected(
    paths: Iterable[Path],
    cities: Sequence[ComparedCity],
    until: Week,
) -> list[CollectedCity]:
    """Return the cities of some collected tables but those compared already, the furthest first of each.

    Raises ``Rejected`` where a table has no other city, and where two have the same.
    """
    found: list[CollectedCity] = []
    files: dict[CityName, str] = {}
    for path in paths:
        with read_collection(path) as collection:
            collected = collection.read_cities(until)
        # A register says more than counts.
        same: set[int] = set()
        for compared in cities:
            same.update(one.key for one in _find_same(compared, collected))
        others = [one for one in collected if one.key not in same]
        if not others:
            raise Rejected(
                "{path} holds no complete week of another city up to {week}.",
                path=path.name,
                week=str(until),
            )
        for city in others:
            _refuse_twice(city, path, files)
            files.update(dict.fromkeys(city.names, path.name))
        table = CollectedTable(path, tuple(others))
        read = [CollectedCity(table, city) for city in others]
        found += sorted(
            read,
            key=lambda one: (-(one.figures.index or 0), one.name),
        )
    return found


def _find_same(
    city: ComparedCity,
    collected: Sequence[CityWeeks],
) -> list[CityWeeks]:
    """Return a city as it is collected: by its register and name, else by its name alone."""
    key = name_key(city.name)
    alike = [
        one
        for one in collected
        if one.illustrative == city.register.only_city.illustrative
        and any(name == key for _, name in one.names)
    ]
    exact = [one for one in alike if (city.register.prefix, key) in one.names]
    return exact or alike


def _refuse_twice(
    city: CityWeeks,
    path: Path,
    files: dict[CityName, str],
) -> None:
    for name in city.names:
        if name in files:
            raise Rejected(
                "{file} and {other} both hold weeks of {city}: compare with one of them.",
                file=path.name,
                other=files[name],
                city=city.name,
            )
