"""The cities that are compared, each read as of its own day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from tracker.actions.draft import Context
from tracker.errors import Rejected
from tracker.exchange.loading import (
    is_register_file,
    last_recorded_day,
    load_export,
    read_export_day,
)
from tracker.metrics import (
    WeekReading,
    measure_reading,
    measure_week,
    read_scope,
)
from tracker.metrics.values import CityFigures, Figures, Scope
from tracker.register import Register
from tracker.store.opening import open_store
from tracker.text import name_key
from tracker.week import Week, last_complete

IN_USE = timedelta(weeks=4)
"""A register without an entry for longer counts as a copy made at its last entry."""

FindToday = Callable[[Register], date]
"""Tells what day it is in the city of a register."""


@dataclass(frozen=True)
class ComparedCity:
    """A city as of one of its complete weeks; ``file`` is where it was read from."""

    file: str
    register: Register
    today: date
    week: Week

    @classmethod
    def of(cls, file: str, register: Register, today: date) -> "ComparedCity":
        """Return a city in its last complete week at ``today``."""
        week = last_complete(Week.of(today), today)
        return cls(file, register, today, week)

    @property
    def name(self) -> str:
        """The city's name."""
        return self.register.only_city.name

    @property
    def day(self) -> date:
        """The day as of which it is read."""
        return self.week.as_of(self.today)

    @cached_property
    def reading(self) -> WeekReading:
        """Its register, read as of the week."""
        return WeekReading(self.register, self.week, self.today)

    @cached_property
    def figures(self) -> CityFigures:
        """Its figures in the week."""
        return measure_week(self.reading)

    @cached_property
    def weeks_since_start(self) -> int | None:
        """Complete weeks since the one in which its history starts; None before it."""
        series = self.reading.series["city"]
        start = series.history_start
        return None if start is None else len(series.weeks) - 1 - start

    def measure_kind(self, kind: str) -> Figures:
        """Return the figures of its OPDs of one kind."""
        return measure_reading(read_scope(self.reading, Scope("kind", kind)))


def align_ages(cities: Sequence[ComparedCity]) -> list[ComparedCity]:
    """Return the cities in the same week since each began: the latest that all have.

    Raises ``Rejected`` if the history of one has not started.
    """
    ages = [city.weeks_since_start for city in cities]
    known = [age for age in ages if age is not None]
    if len(known) < len(cities):
        waiting = cities[ages.index(None)]
        raise Rejected(
            "The history of {city} has not started: it has no complete week.",
            city=waiting.name,
        )
    common = min(known)
    return [
        replace(city, week=city.week.plus(common - age))
        for city, age in zip(cities, known, strict=True)
    ]


def read_cities(
    own: ComparedCity,
    paths: Sequence[Path],
    context: Context,
    find_today: FindToday,
    pinned_today: date | None = None,
) -> list[ComparedCity]:
    """Return our city and the others, in the order of their files.

    ``pinned_today`` is the day as of which everything is to be read, if one was given.
    Raises ``Rejected`` if a city is named twice, and what reading its file raises.
    """
    cities = [own]
    names = {_city_key(own.register): own.file}
    for path in paths:
        register, day = _read_other(path, context, find_today, pinned_today)
        key = _city_key(register)
        if key in names:
            raise Rejected(
                "{file} is of {city}, as {other} is: name each city once.",
                file=path.name,
                city=register.only_city.name,
                other=names[key],
            )
        names[key] = path.name
        cities.append(ComparedCity.of(path.name, register, day))
    return cities


def _city_key(register: Register) -> tuple[str, bool]:
    city = register.only_city
    return name_key(city.name), city.illustrative


def _read_other(
    path: Path,
    context: Context,
    find_today: FindToday,
    pinned_today: date | None,
) -> tuple[Register, date]:
    """Read another city's register or export; return it with its own day.

    The figures of an export are those of the day on which it was made. A register in
    use has today's; one without an entry for weeks is a copy, and has those of the
    day of its last entry.
    """
    if is_register_file(path):
        register = open_store(path).load()
        today = pinned_today or find_today(register)
        last = last_recorded_day(register) or today
        is_in_use = today - last <= IN_USE
        return register, today if is_in_use else last

    register = load_export(path, context)
    today = pinned_today or find_today(register)
    return register, min(today, read_export_day(path, register) or today)
