"""Which OPDs were heard from, and for how long the others have been silent (METRICS.md, "Heard from").

Weeks are told by their ordinals, so that they can be counted back.
"""

from collections import defaultdict
from datetime import date
from functools import cache

from tracker.history import opd_at
from tracker.metrics.values import Series
from tracker.register import Register
from tracker.week import Week, week_ordinal


def heard_weeks(register: Register, day: date) -> dict[str, set[int]]:
    """Return, by OPD key, the ordinals of the weeks in which it was heard from up to ``day``.

    It was by a report for it, or by a move of a service that it had on the day of the move.
    """
    heard: dict[str, set[int]] = defaultdict(set)
    for report in register.reports.values():
        heard[report.opd].add(_ordinal_of(report.week))
    for move in register.moves.values():
        if move.on <= day:
            service = register.services[move.service]
            passed = service.id in register.transfers_of
            opd = opd_at(register, service, move.on) if passed else service.opd
            heard[opd].add(week_ordinal(move.on.toordinal()))
    return heard


def silent_weeks(heard: set[int], series: Series, rates_week: Week) -> int:
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


@cache
def _ordinal_of(text: str) -> int:
    return Week.parse(text).ordinal
