"""The weeks of each city in a collected table, of the whole city and by kind of OPD."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from msgspec import convert

from tracker.comparison.counts import LONGEST_MEMORY, WeekCounts
from tracker.comparison.layout import COUNT_NAMES, COUNTS
from tracker.comparison.summary import Count
from tracker.week import Week

_SUMS = ", ".join(f"sum({name})" for name in COUNT_NAMES)
_NOTHING = (0,) * len(COUNT_NAMES)

_OF_SPAN = "from opd where city = ?1 and week between ?2 and ?3"
_MOVED_OPD = f"select 1 {_OF_SPAN} group by code having min(kind) <> max(kind)"
"""Finds an OPD whose kind has changed."""
_BY_KIND = f"select kind, week, {_SUMS} {_OF_SPAN} group by week, kind"
# With one max() SQLite takes the other columns from the row that holds it.
_BY_LATEST_KIND = (
    f"with latest as (select code, kind, max(week) {_OF_SPAN} group by code), "
    f"known as (select week, code, {COUNTS} {_OF_SPAN}) "
    f"select latest.kind, week, {_SUMS} from known join latest using (code) "
    "group by week, latest.kind"
)
"""The same, four times as slow: each OPD under its latest kind."""

CityName = tuple[str, str]
"""A register's prefix and the key of the city's name in it."""

_ADDING_UP = (
    "conventional",
    "online",
    "integrated",
    "forward",
    "backward",
)
"""Counts of the city that are the sums of its OPDs': points that joined or left may have done so within it."""


class KnownCity(NamedTuple):
    """A city of the table: its key, and the name that it came under first."""

    key: int
    name: str


@dataclass(frozen=True)
class CityWeeks:
    """A city's last complete weeks, in the order of time; ``opds`` have services in the last."""

    key: int
    name: str
    illustrative: bool
    names: frozenset[CityName]
    opds: int
    weeks: tuple[WeekCounts, ...]


def read_names(link: sqlite3.Connection) -> dict[CityName, KnownCity]:
    """Return the cities by every register and name that they have come under."""
    rows = link.execute(
        "select register, key, city, name from city_name join city on city.id = city",
    )
    found = {}
    for row in rows:
        register, key, city, name = convert(row, tuple[str, str, int, str])
        found[register, key] = KnownCity(city, name)
    return found


def read_city_weeks(link: sqlite3.Connection, until: Week) -> list[CityWeeks]:
    """Return each city with its last complete weeks up to ``until``; a city without any is left out."""
    names: dict[int, set[CityName]] = defaultdict(set)
    for pair, city in read_names(link).items():
        names[city.key].add(pair)

    found = []
    for row in link.execute("select id, name, illustrative from city"):
        key, name, illustrative = convert(row, tuple[int, str, Count])
        # The latest weeks, so many as any figure rests on.
        rows = link.execute(
            f"select opds, week, {COUNTS} from week where city = ? and week <= ? "
            "and final order by week desc limit ?",
            (key, str(until), LONGEST_MEMORY),
        ).fetchall()
        if rows:
            opds = convert(rows[0][0], Count)
            weeks = tuple(_read_counts(row[1:]) for row in reversed(rows))
            known_as = frozenset(names[key])
            found.append(
                CityWeeks(key, name, bool(illustrative), known_as, opds, weeks),
            )
    return found


def read_kind_weeks(
    link: sqlite3.Connection,
    city: CityWeeks,
) -> dict[str, list[WeekCounts]]:
    """Return a city's weeks by kind of OPD, each OPD under its latest kind.

    Weeks in which the OPDs do not add up to the city, as where one of them is not
    published, are left out with all before them.
    """
    first, last = city.weeks[0].week, city.weeks[-1].week
    span = city.key, str(first), str(last)
    has_moved = link.execute(_MOVED_OPD, span).fetchone() is not None
    rows = link.execute(_BY_LATEST_KIND if has_moved else _BY_KIND, span)
    by_week: dict[Week, dict[str, WeekCounts]] = defaultdict(dict)
    for kind, *counts in rows:
        read = _read_counts(counts)
        by_week[read.week][convert(kind, str)] = read

    whole = _take_while_adding_up(city.weeks, by_week)
    kinds = {kind: None for week in whole for kind in by_week[week]}
    return {
        kind: [
            by_week[week].get(kind, WeekCounts(week, *_NOTHING))
            for week in whole
        ]
        for kind in kinds
    }


def _take_while_adding_up(
    weeks: Sequence[WeekCounts],
    by_week: dict[Week, dict[str, WeekCounts]],
) -> list[Week]:
    """Return the last weeks in which the kinds add up to the city, in the order of time."""
    whole: list[Week] = []
    for total in reversed(weeks):
        if not _add_up(total, by_week[total.week].values()):
            break
        whole.insert(0, total.week)
    return whole


def _add_up(total: WeekCounts, parts: Iterable[WeekCounts]) -> bool:
    """Tell whether parts are the whole city."""
    parts = list(parts)
    return all(
        sum(getattr(part, name) for part in parts) == getattr(total, name)
        for name in _ADDING_UP
    )


def _read_counts(row: Sequence[Any]) -> WeekCounts:
    # SQLite keeps any value in any column, so a damaged file may hold others.
    week, *counts = row
    return WeekCounts(
        _parse_week(convert(week, str)),
        *convert(counts, tuple[Count, ...]),
    )


@lru_cache(maxsize=1024)
def _parse_week(text: str) -> Week:
    return Week.parse(text)
