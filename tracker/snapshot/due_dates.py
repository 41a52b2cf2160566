"""The days on which targets fall due, all stages together."""

from collections import Counter, defaultdict
from datetime import date

from tracker.metrics.values import CityFigures, Deadline
from tracker.snapshot.findings import DueDate


def find_due_dates(figures: CityFigures) -> tuple[DueDate, ...]:
    """Return the days of the city's targets, the earliest first."""
    days: dict[date, list[Deadline]] = defaultdict(list)
    for deadline in figures.city.targets:
        days[deadline.due_on].append(deadline)
    return tuple(_due_date(figures, day, days[day]) for day in sorted(days))


def _due_date(
    figures: CityFigures,
    day: date,
    deadlines: list[Deadline],
) -> DueDate:
    open_of = {
        opd.key: sum(
            target.open
            for target in opd.figures.targets
            if target.due_on == day
        )
        for opd in figures.opds
    }
    kinds: Counter[str] = Counter()
    for opd in figures.opds:
        kinds[opd.kind] += open_of[opd.key]
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
        opds=sum(count > 0 for count in open_of.values()),
        kinds=tuple((kind, n) for kind, n in kinds.most_common() if n),
    )
