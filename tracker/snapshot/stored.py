"""What is kept of a published week, and whether the history still says the same."""

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.metrics.flow import flow_at
from tracker.metrics.series import read_all_series
from tracker.metrics.values import Series
from tracker.model import StoredSnapshot
from tracker.register import Register
from tracker.snapshot.values import Difference, Revision
from tracker.week import Week, last_complete

COLUMNS = (
    "conventional",
    "online",
    "integrated",
    "joined",
    "left",
    "forward",
    "backward",
)
"""The columns of a stored row. All other counts follow from them, so nothing else is kept."""

COMPARED = (
    *("services", "conventional", "online", "integrated"),
    *("opening", "joined", "left", "forward", "backward", "closing"),
)
"""The figures in which a published week is compared with the history: counts, points, reconciliation."""

CITY_KEY = "city"
Rows = dict[str, list[int | None]]


def make_rows(series: Mapping[str, Series], week: Week) -> Rows:
    """Return what is kept of a week: a row for the city and for each OPD that has something to tell."""
    found: Rows = {}
    for key in sorted(series, key=lambda key: (key != CITY_KEY, key)):
        row = _row(series[key], week)
        if key == CITY_KEY or any(row):
            found[key] = row
    return found


def figures_of_row(row: Sequence[int | None]) -> dict[str, int]:
    """Return the figures that a stored row holds, those that follow from its columns included."""
    known = dict(zip(COLUMNS, (value or 0 for value in row), strict=False))
    kept = {column: known.get(column, 0) for column in COLUMNS}
    closing = kept["online"] + 2 * kept["integrated"]
    gained = kept["joined"] - kept["left"] + kept["forward"] - kept["backward"]
    return {
        "services": kept["conventional"] + kept["online"] + kept["integrated"],
        **kept,
        "opening": closing - gained,
        "closing": closing,
    }


def snapshot_of(register: Register, week: Week) -> StoredSnapshot | None:
    """Return what was published for a week: its final snapshot, else its provisional one."""
    found = [
        snapshot
        for snapshot in register.snapshots.values()
        if snapshot.week == str(week)
    ]
    return max(
        found,
        key=lambda snapshot: (snapshot.final, snapshot.recorded_at),
        default=None,
    )


def first_week(register: Register) -> Week | None:
    """Return the week in which the first service was registered; None without services."""
    start = min(
        (service.registered_on for service in register.services.values()),
        default=None,
    )
    return None if start is None else Week.of(start)


def missing_weeks(register: Register, today: date) -> tuple[Week, ...]:
    """Return the complete weeks, from the first with a service on, that have no final snapshot."""
    first, last = first_week(register), last_complete(Week.of(today), today)
    if first is None:
        return ()
    kept = {
        snapshot.week
        for snapshot in register.snapshots.values()
        if snapshot.final
    }
    weeks = (first.plus(place) for place in range(first.until(last) + 1))
    return tuple(week for week in weeks if str(week) not in kept)


def find_revisions(register: Register, today: date) -> tuple[Revision, ...]:
    """Return the published final weeks of which the history now says something else, the earliest first."""
    until = last_complete(Week.of(today), today)
    return find_revisions_until(
        register,
        read_all_series(register, until, today),
        until,
    )


def find_revisions_until(
    register: Register,
    series: Mapping[str, Series],
    until: Week,
) -> tuple[Revision, ...]:
    """Return ``revised`` up to a week, from series that reach at least to it."""
    found: list[Revision] = []
    for snapshot in sorted(
        register.snapshots.values(),
        key=lambda snapshot: snapshot.week,
    ):
        week = Week.parse(snapshot.week)
        if (
            snapshot.final
            and week <= until
            and not is_of_opening(register, snapshot)
        ):
            differences = _differences(
                snapshot.figures,
                make_rows(series, week),
            )
            if differences:
                found.append(Revision(week, snapshot, differences))
    return tuple(found)


def is_of_opening(register: Register, snapshot: StoredSnapshot) -> bool:
    """Return whether a page was published in the opening: its figures were baselines in the making."""
    city = register.only_city
    start = city.started_on
    return city.in_opening or (start is not None and snapshot.as_of < start)


def _row(series: Series, week: Week) -> list[int | None]:
    place = series.position_of(week)
    if not 0 <= place < len(series.weeks):
        return [0] * len(COLUMNS)
    flow = flow_at(series, place)
    counts = (
        series.conventional[place],
        series.online[place],
        series.integrated[place],
    )
    return [*counts, flow.joined, flow.left, flow.forward, flow.backward]


def _differences(stored: Rows, recomputed: Rows) -> tuple[Difference, ...]:
    """Compare scope by scope; a row that is not there is one of noughts."""
    if stored == recomputed:
        return ()
    found: list[Difference] = []
    for scope in sorted(
        {*stored, *recomputed},
        key=lambda key: (key != CITY_KEY, key),
    ):
        published = figures_of_row(stored.get(scope, ()))
        now = figures_of_row(recomputed.get(scope, ()))
        found += [
            Difference(scope, column, published[column], now[column])
            for column in COMPARED
            if published[column] != now[column]
        ]
    return tuple(found)
