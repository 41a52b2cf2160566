"""Put the weeks of made-up cities into a collected table, as `snapshot show --summary` and `collect` do."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import structs

from tracker.comparison.collection_file import open_collection
from tracker.comparison.summary import WeekSummary, summarize_week
from tracker.metrics.series import read_all_series
from tracker.model import StoredSnapshot
from tracker.register import Register
from tracker.snapshot.stored import make_rows
from tracker.week import Week


def publish(
    city: Register, weeks: Iterable[Week], /, **changed: Any
) -> list[WeekSummary]:
    """Return some complete weeks of a city as it publishes them, under another name or register if asked."""
    found = []
    for week in weeks:
        series = read_all_series(city, week, week.sunday)
        snapshot = StoredSnapshot(
            id="x-9999999",
            recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
            by="uji",
            week=str(week),
            as_of=week.sunday,
            final=True,
            figures=make_rows(series, week),
        )
        summary = summarize_week(city, snapshot)
        found.append(structs.replace(summary, **changed))
    return found


def collect(path: Path, summaries: Iterable[WeekSummary]) -> Path:
    """Put weeks into the table at ``path``; cities are told apart by their names as written."""
    with open_collection(path) as collection:
        for summary in summaries:
            collection.add(summary, {})
    return path


def weeks_until(week: Week, count: int) -> list[Week]:
    """Return so many weeks up to one, in the order of time."""
    return [week.plus(-back) for back in reversed(range(count))]
