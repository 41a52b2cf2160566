"""Which OPDs must move, and which do well."""

from tracker.metrics.values import CityFigures, OPDFigures, Pace
from tracker.register import Register
from tracker.snapshot.values import OPDInNeed

MOST_IN_NEED, MOST_DOING_WELL = 5, 2
_BEHIND = {Pace.STALLED, Pace.REGRESSING, Pace.SLOWING}


def rank_need(
    register: Register,
    figures: CityFigures,
) -> tuple[OPDInNeed, ...]:
    """Return the OPDs with something to answer for, those in most need first.

    Services late or due soon weigh first, then no step forward, then silence. An OPD with
    none of these is left out.
    """
    rows = [
        _in_need(register, opd)
        for opd in figures.opds
        if opd.figures.services and opd.figures.remaining_steps
    ]
    needy = [
        row for row in rows if row.overdue or row.due_soon or row.silent_weeks
    ]
    return tuple(sorted(needy, key=_urgency_order))


def choose_doing_well(figures: CityFigures) -> tuple[OPDFigures, ...]:
    """Return the OPDs with the most steps in the window of the pace, if they keep it up."""
    forward = [
        opd
        for opd in figures.opds
        if (opd.figures.steps_recent or 0) > 0
        and opd.figures.pace not in _BEHIND
    ]
    forward.sort(key=lambda opd: (-(opd.figures.steps_recent or 0), opd.code))
    return tuple(forward[:MOST_DOING_WELL])


def _in_need(register: Register, opd: OPDFigures) -> OPDInNeed:
    return OPDInNeed(
        opd=opd,
        contact=register.opds[opd.key].contact,
        overdue=opd.figures.overdue,
        due_soon=opd.figures.due_soon,
        window_weeks=opd.figures.window_weeks,
        steps_recent=opd.figures.steps_recent,
        silent_weeks=opd.silent_weeks,
    )


def _urgency_order(row: OPDInNeed) -> tuple[int, bool, int, str]:
    moved = (row.steps_recent or 0) > 0
    return (-row.overdue - row.due_soon, moved, -row.silent_weeks, row.opd.code)
