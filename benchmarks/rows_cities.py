"""Many cities in one collected table: all of them beside one's own, in the last week of each."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.city import TODAY, register
from benchmarks.timing import Samples, time_cpu
from tracker.comparison.cities import ComparedCity
from tracker.comparison.collected_cities import read_collected
from tracker.comparison.collection_file import open_collection, read_collection
from tracker.comparison.layout import COUNTS
from tracker.comparison.report import Comparison
from tracker.week import Week, last_complete

WEEKS = 104
KINDS = (
    *("dinas",) * 26,
    *("badan",) * 6,
    *("kecamatan",) * 30,
    *("rsud",) * 2,
)
"""What kind each OPD of a city is."""
_LAST = last_complete(Week.of(TODAY), TODAY)
Counts = list[int]


def time_collected(cities: int, folder: Path) -> dict[str, Samples]:
    """Time reading a table and working out every city's figures, the forecasts aside."""
    path = folder / "cities.db"
    fill_table(path, cities)
    own = ComparedCity.of("own.json", register(40), TODAY)

    def compare() -> Comparison:
        found = read_collected([path], [own], _LAST)
        return Comparison([own], collected=found)

    def read_rows() -> None:
        with read_collection(path) as collection:
            collection.read_week()

    return {
        "ours": time_cpu(lambda: compare().city_rows(with_forecasts=False), 5),
        "`collect` alone": time_cpu(read_rows, 5),
        "by kind of OPD": time_cpu(lambda: compare().kind_rows(), 3),
    }


def fill_table(path: Path, cities: int) -> None:
    """Make a table of so many cities with all their weeks, the same every time."""
    with open_collection(path):
        pass
    with closing(sqlite3.connect(path)) as link, link:
        for city in range(1, cities + 1):
            name = f"Kota {city}"
            link.execute("insert into city values (?, ?, 0)", (city, name))
            link.execute(
                "insert into city_name values (?, ?, ?)",
                (f"r{city}", f"kota-{city}", city),
            )
            for week, opds in _make_weeks(random.Random(city)):
                _fill_week(link, city, week, opds)


def _fill_week(
    link: sqlite3.Connection, city: int, week: Week, opds: list[Counts]
) -> None:
    marks = ", ".join("?" * len(COUNTS.split(", ")))
    total = [sum(values) for values in zip(*opds, strict=True)]
    head = (city, str(week), week.sunday.isoformat(), 1, "1.0", len(opds))
    link.execute(
        f"insert into week values (?, ?, ?, ?, ?, ?, {marks})",
        (*head, *total),
    )
    rows = [
        (city, str(week), f"opd-{place}", "x", kind, *counts)
        for place, (kind, counts) in enumerate(zip(KINDS, opds, strict=True))
    ]
    link.executemany(f"insert into opd values (?, ?, ?, ?, ?, {marks})", rows)


def _make_weeks(chance: random.Random) -> Iterator[tuple[Week, list[Counts]]]:
    """Yield a city's weeks, and in each the counts of its OPDs, which reconcile."""
    stages = []
    for _ in KINDS:
        online, conventional = chance.randint(1, 6), chance.randint(3, 25)
        stages.append([conventional, online, 0])
    rate = chance.uniform(0.02, 0.15)
    for back in reversed(range(WEEKS)):
        is_first = back == WEEKS - 1
        opds = []
        for opd in stages:
            joined = opd[1] if is_first else 0
            place = chance.choice([0, 1])
            steps = int(opd[place] > 0 and chance.random() < rate)
            opd[place] -= steps
            opd[place + 1] += steps
            opds.append([*opd, joined, 0, steps, 0])
        yield _LAST.plus(-back), opds
