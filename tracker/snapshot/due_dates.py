"""The days on which targets fall due, all stages together."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

from tracker.metrics.reading import WeekReading
from tracker.metrics.targets import expect_met_by_steps
from tracker.metrics.values import CityFigures, Deadline
from tracker.model import Stage
from tracker.snapshot.findings import DueDate


def find_due_dates(
    reading: WeekReading,
    figures: CityFigures,
) -> tuple[DueDate, ...]:
    """Return the days of the city's targets, the earliest first; ``figures`` are the reading's own."""
    days: dict[date, list[Deadline]] = defaultdict(list)
    for deadline in figures.city.targets:
        days[deadline.due_on].append(deadline)
    open_on = _count_open(figures)
    kinds = list(dict.fromkeys(opd.kind for opd in figures.opds))
    return tuple(
        _due_date(
            day,
            days[day],
            reading.registered_met,
            open_on[day],
            kinds,
        )
        for day in sorted(days)
    )


def _count_open(figures: CityFigures) -> dict[date, list[tuple[str, int]]]:
    """Return by day the open targets of each OPD that has any, with its kind."""
    found: dict[date, list[tuple[str, int]]] = defaultdict(list)
    for opd in figures.opds:
        open_on: Counter[date] = Counter()
        for target in opd.figures.targets:
            open_on[target.due_on] += target.open
        for day, count in open_on.items():
            if count:
                found[day].append((opd.kind, count))
    return found


def _due_date(
    day: date,
    deadlines: list[Deadline],
    registered: Mapping[tuple[date, Stage], int],
    open_of: list[tuple[str, int]],
    kinds: list[str],
) -> DueDate:
    """Return the targets of a day; of kinds with as many open ones the first of ``kinds`` comes first."""
    by_kind: Counter[str] = Counter()
    for kind, count in open_of:
        by_kind[kind] += count
    registered_met = [registered[day, one.stage] for one in deadlines]
    return DueDate(
        due_on=day,
        set=sum(one.set for one in deadlines),
        met=sum(one.met for one in deadlines),
        on_time=sum(one.on_time for one in deadlines),
        open=sum(one.open for one in deadlines),
        days_left=deadlines[0].days_left,
        pace_4=sum(one.pace_4 for one in deadlines),
        pace_13=sum(one.pace_13 for one in deadlines),
        expected=sum(one.expected for one in deadlines),
        registered_met=sum(registered_met),
        expected_by_steps=sum(
            expect_met_by_steps(one, already)
            for one, already in zip(deadlines, registered_met, strict=True)
        ),
        opds=len(open_of),
        kinds=tuple(
            sorted(
                by_kind.items(),
                key=lambda one: (-one[1], kinds.index(one[0])),
            ),
        ),
    )
