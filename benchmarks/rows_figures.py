"""The figures, beside what tables of data make of the same moves.

The other libraries count services by week, OPD and stage, the arrays' making included. They
leave out what a register also has: transfers, closures and services that end.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.changes import measure_everything, time_update_of_figures
from benchmarks.city import START, TODAY, WEEKS, register
from benchmarks.timing import Samples, time_cpu
from tracker.language import load_language
from tracker.metrics import WeekReading, measure_week
from tracker.metrics.forecast import _look_ahead
from tracker.metrics.series import read_all_series
from tracker.metrics.track_record import _promised_steps
from tracker.model import TABLES
from tracker.register import Register
from tracker.snapshot.page import render
from tracker.snapshot.week import read_week
from tracker.week import Week

WEEK = Week.of(TODAY)
Turn = tuple[int, int, int, int]
"""A change of a count: its week, OPD and stage, and one more or one less."""


def forget(city: Register) -> Register:
    """Return the same register without what was worked out of it, its forecasts included."""
    _look_ahead.cache_clear()
    _promised_steps.cache_clear()
    tables = {name: dict(city.table(name)) for name in TABLES}
    return Register(prefix=city.prefix, next_number=city.next_number, **tables)


def time_counts(services: int, _: Path) -> dict[str, Samples]:
    """Time the counts of every week and OPD, from a fresh register."""
    city = register(services)
    found = {
        "ours": time_cpu(lambda: read_all_series(forget(city), WEEK, TODAY))
    }
    for name, count in (
        ("numpy", count_by_numpy),
        ("pandas", count_by_pandas),
        ("polars", count_by_polars),
        ("DuckDB", count_by_duckdb),
    ):
        try:
            __import__(name.lower())
        except ImportError:
            continue
        found[name] = time_cpu(_counting(count, city))
    if "numpy" in found:
        turns = list_turns(city)
        found["numpy, the list made"] = time_cpu(
            lambda: count_by_numpy(turns, len(city.opds))
        )
    return found


def _counting(
    count: Callable[[list[Turn], int], object], city: Register
) -> Callable[[], object]:
    return lambda: count(list_turns(city), len(city.opds))


def list_turns(city: Register) -> list[Turn]:
    """Return every change of a count."""
    numbers = {key: number for number, key in enumerate(city.opds)}
    stages = {"conventional": 0, "online": 1, "integrated": 2}
    last: dict[str, int] = {}
    opd_of: dict[str, int] = {}
    turns = []
    for service in city.services.values():
        opd, stage = numbers[service.opd], stages[service.stage]
        opd_of[service.id], last[service.id] = opd, stage
        turns.append((_week_of(service.registered_on), opd, stage, 1))
    for move in sorted(city.moves.values(), key=lambda move: move.on):
        opd, stage = opd_of[move.service], stages[move.stage]
        week = _week_of(move.on)
        turns.append((week, opd, last[move.service], -1))
        turns.append((week, opd, stage, 1))
        last[move.service] = stage
    return turns


def _week_of(day: date) -> int:
    return min((day - START).days // 7, WEEKS - 1)


def count_by_numpy(turns: list[Turn], opds: int) -> object:
    """Count by adding up an array."""
    import numpy as np

    array = np.array(turns)
    counts = np.zeros((WEEKS, opds, 3), dtype=np.int64)
    np.add.at(counts, tuple(array[:, :3].T), array[:, 3])
    return counts.cumsum(axis=0)


def count_by_pandas(turns: list[Turn], opds: int) -> object:
    """Count by grouping a frame."""
    import pandas as pd

    columns = ["week", "opd", "stage", "by"]
    frame = pd.DataFrame(turns, columns=columns)
    sums = frame.groupby(columns[:3])["by"].sum().unstack("week", fill_value=0)
    return sums.reindex(columns=range(WEEKS), fill_value=0).cumsum(axis=1)


def count_by_polars(turns: list[Turn], opds: int) -> object:
    """Count by grouping a frame and adding up over the weeks."""
    import polars as pl

    columns = ["week", "opd", "stage", "by"]
    frame = pl.DataFrame(turns, schema=columns, orient="row")
    sums = frame.group_by(columns[:3]).agg(pl.col("by").sum()).sort("week")
    return sums.with_columns(pl.col("by").cum_sum().over("opd", "stage"))


def count_by_duckdb(turns: list[Turn], opds: int) -> object:
    """Count by a query that adds up over the weeks, on columns that NumPy makes."""
    import duckdb
    import numpy as np

    rows = np.array(turns)
    columns = ("week", "opd", "stage", "by")
    table = {
        name: np.ascontiguousarray(rows[:, place])
        for place, name in enumerate(columns)
    }
    with duckdb.connect() as db:
        db.register("turn", table)
        query = (
            'select opd, stage, week, sum(sum("by")) over '
            "(partition by opd, stage order by week) "
            "from turn group by opd, stage, week"
        )
        return db.execute(query).fetchall()


def time_fresh_measure(services: int, _: Path) -> dict[str, Samples]:
    """Time all figures of a week, from a fresh register."""
    city = register(services)

    def measure() -> object:
        return measure_everything(WeekReading(forget(city), WEEK, TODAY))

    return {"ours": time_cpu(measure, 5)}


def time_first_measure(services: int, _: Path) -> dict[str, Samples]:
    """Time the figures that the screens need before any forecast is looked at."""
    city = register(services)

    def measure() -> object:
        return measure_week(WeekReading(forget(city), WEEK, TODAY))

    return {"ours": time_cpu(measure, 5)}


def time_measure(services: int, _: Path) -> dict[str, Samples]:
    """Time all figures of a week, a second time as on a screen that is open."""
    city = register(services)
    return {
        "ours": time_cpu(
            lambda: measure_everything(WeekReading(city, WEEK, TODAY)), 5
        )
    }


def time_update(services: int, _: Path) -> dict[str, Samples]:
    """Time the figures after one move on a screen that is open."""
    city = register(services)
    return {"ours": Samples([time_update_of_figures(city) for _ in range(3)])}


def time_first_page(services: int, _: Path) -> dict[str, Samples]:
    """Time the first page of a week's snapshot, from a fresh register."""
    city, language = register(services), load_language("id")

    def make() -> str:
        value = read_week(forget(city), WEEK, TODAY)
        return render(value, language, first_page=True)

    return {"ours": time_cpu(make, 3)}


def time_whole_page(services: int, _: Path) -> dict[str, Samples]:
    """Time the whole page of a week's snapshot, from a fresh register."""
    city, language = register(services), load_language("id")

    def make() -> str:
        return render(read_week(forget(city), WEEK, TODAY), language)

    return {"ours": time_cpu(make, 3)}
