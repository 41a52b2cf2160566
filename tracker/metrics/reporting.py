"""Which OPDs were heard from, and for how long the others have been silent (METRICS.md, "Heard from").

Weeks are told by their ordinals, so that they can be counted back.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache

from tracker.history import opd_at
from tracker.metrics.values import Series
from tracker.model import Report, Service
from tracker.register import Register
from tracker.week import Week, week_ordinal

Heard = Counter[int]
"""How often an OPD was heard from in each week in which it was."""


def heard_weeks(register: Register, day: date) -> dict[str, Heard]:
    """Return, by OPD key, in which weeks and how often it was heard from up to ``day``.

    It was by a report for it, or by a move of a service that it had on the day of the move.
    """
    heard: dict[str, list[int]] = defaultdict(list)
    for report in register.reports.values():
        heard[report.opd].append(week_of_report(report))
    for service in register.services.values():
        for opd, week in find_heard(register, service, day):
            heard[opd].append(week)
    return {opd: Counter(weeks) for opd, weeks in heard.items()}


def find_heard(
    register: Register,
    service: Service,
    day: date,
) -> list[tuple[str, int]]:
    """Return the OPD and the week of each move of a service up to ``day``."""
    passed = service.id in register.transfers_of
    opd = service.opd
    found: list[tuple[str, int]] = []
    for move in register.moves_of.get(service.id, ()):
        on = move.on
        if on > day:
            break
        if passed:
            opd = opd_at(register, service, on)
        found.append((opd, week_ordinal(on.toordinal())))
    return found


def silent_weeks(
    heard: Iterable[int],
    series: Series,
    rates_week: Week,
) -> int:
    """Count the weeks in a row up to ``rates_week`` in which an OPD was not heard from.

    ``series`` is the OPD's; none is counted up to the week in which its first service entered it.
    """
    if series.start is None:
        return 0
    start, last = series.weeks[series.start].ordinal, rates_week.ordinal
    return max(
        0,
        last
        - max((week for week in heard if start < week <= last), default=start),
    )


def week_of_report(report: Report) -> int:
    """Return the ordinal of the week that a report is for."""
    return _parse_week(report.week)


@cache
def _parse_week(text: str) -> int:
    return Week.parse(text).ordinal
