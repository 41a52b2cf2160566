"""Many cities' published weeks in one table, a file of SQLite: asked by city and week in milliseconds."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from msgspec import convert

from tracker.comparison.city_weeks import (
    CityWeeks,
    read_city_weeks,
    read_kind_weeks,
    read_names,
)
from tracker.comparison.counts import WeekCounts
from tracker.comparison.layout import COUNTS
from tracker.comparison.summary import (
    Count,
    ReadSummary,
    ScopeCounts,
    WeekSummary,
)
from tracker.metrics.point_in_time import share
from tracker.text import name_key
from tracker.week import Week


class Outcome(StrEnum):
    """What became of a week that was to be collected."""

    NEW = "new"
    REVISED = "revised"
    """It replaced an earlier revision of the same week."""
    OUTDATED = "outdated"
    """A later revision of the same week is there, and stayed."""
    KNOWN = "known"


@dataclass(frozen=True)
class NameQuestion:
    """A city that may be one that is collected already, under another name or register."""

    file: str
    name: str
    known: str


Answers = dict[tuple[str, str], bool]
"""Whether two names, the new one and the known one, are of one city."""


class Collection:
    """The collected weeks in an open database."""

    def __init__(self, link: sqlite3.Connection) -> None:
        self._link = link

    def find_questions(
        self,
        one: ReadSummary,
        answers: Answers,
    ) -> list[NameQuestion]:
        """Return what has to be known before a week can be added."""
        name = one.summary.city
        pair = one.summary.register, name_key(name)
        known = read_names(self._link)
        if pair in known:
            return []

        near = {
            city.name
            for other, city in known.items()
            if pair[0] == other[0] or pair[1] == other[1]
        }
        return [
            NameQuestion(one.file, name, other_name)
            for other_name in sorted(near)
            if (name, other_name) not in answers
        ]

    def add(self, summary: WeekSummary, answers: Answers) -> Outcome:
        """Put a week into the table; a final one stays before a provisional one, then the later."""
        city = self._find_city(summary, answers)
        moment = summary.recorded_at.timestamp()
        rank = (summary.final, moment)
        row = self._link.execute(
            "select final, recorded_at from week where city = ? and week = ?",
            (city, summary.week),
        ).fetchone()
        there = None
        if row is not None:
            there = convert(row, tuple[bool, float], strict=False)
        if there is not None and there >= rank:
            return Outcome.KNOWN if there == rank else Outcome.OUTDATED

        self._replace_week(city, summary, moment)
        return Outcome.NEW if there is None else Outcome.REVISED

    def read_week(self, week: str = "") -> list[dict[str, Any]]:
        """Return a row for each city, the furthest first: of one week, else of its last one."""
        chosen = (
            "week = ?"
            if week
            else "week = (select max(week) from week as other where other.city = week.city)"
        )
        rows = self._link.execute(
            f"select name, illustrative, week, as_of, final, opds, {COUNTS} "
            f"from week join city on city.id = week.city where {chosen}",
            (week,) if week else (),
        )
        found = [_describe_row(row) for row in rows]
        return sorted(
            found,
            key=lambda row: (-(row["index"] or 0), row["city"]),
        )

    def read_cities(self, until: Week) -> list[CityWeeks]:
        """Return each city with its last complete weeks up to one; a city without any is left out."""
        return read_city_weeks(self._link, until)

    def read_kinds(
        self,
        cities: Sequence[CityWeeks],
    ) -> dict[int, dict[str, list[WeekCounts]]]:
        """Return for each city, by its key, the same weeks by kind of OPD, as far as they add up."""
        return {city.key: read_kind_weeks(self._link, city) for city in cities}

    def _find_city(self, summary: WeekSummary, answers: Answers) -> int:
        pair = summary.register, name_key(summary.city)
        known = read_names(self._link)
        if pair in known:
            return known[pair].key

        same = [
            city.key
            for city in known.values()
            if answers.get((summary.city, city.name))
        ]
        city = same[0] if same else self._add_city(summary)
        self._link.execute(
            "insert into city_name values (?, ?, ?)",
            (*pair, city),
        )
        return city

    def _add_city(self, summary: WeekSummary) -> int:
        cursor = self._link.execute(
            "insert into city (name, illustrative) values (?, ?)",
            (summary.city, summary.illustrative),
        )
        return int(cursor.lastrowid or 0)

    def _replace_week(
        self,
        city: int,
        summary: WeekSummary,
        moment: float,
    ) -> None:
        key = city, summary.week
        self._link.execute("delete from opd where city = ? and week = ?", key)
        head = (*key, summary.as_of.isoformat(), summary.final, repr(moment))
        opds = sum(
            opd.conventional + opd.online + opd.integrated > 0
            for opd in summary.opds
        )
        values = (*head, opds, *_list_counts(summary.total))
        self._link.execute(
            f"insert or replace into week values ({_mark(values)})",
            values,
        )
        for opd in summary.opds:
            row = (*key, opd.code, opd.name, opd.kind, *_list_counts(opd))
            self._link.execute(
                f"insert or replace into opd values ({_mark(row)})",
                row,
            )


def _list_counts(scope: ScopeCounts) -> tuple[int, ...]:
    return (
        scope.conventional,
        scope.online,
        scope.integrated,
        scope.joined,
        scope.left,
        scope.forward,
        scope.backward,
    )


def _mark(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _describe_row(row: Sequence[Any]) -> dict[str, Any]:
    """Return a week's counts and the shares that follow from them; None where nothing is counted."""
    # SQLite keeps any value in any column, so a damaged file may hold others.
    texts, numbers = (row[0], row[2], row[3]), (row[1], *row[4:])
    name, week, as_of = convert(texts, tuple[str, str, str])
    illustrative, final, opds, *counts = convert(numbers, tuple[Count, ...])
    conventional, online, integrated, *_, forward, backward = counts
    services = conventional + online + integrated
    points = online + 2 * integrated
    return {
        "city": name,
        "week": week,
        "as_of": as_of,
        "final": bool(final),
        "opds": opds,
        "services": services,
        "conventional": conventional,
        "online": online,
        "integrated": integrated,
        "digital_share": share(online + integrated, services),
        "single_door_share": share(integrated, services),
        "index": 50 * points / services if services else None,
        "forward": forward,
        "backward": backward,
        "illustrative": bool(illustrative),
    }
