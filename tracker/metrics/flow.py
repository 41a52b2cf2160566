"""What a week did to a scope: its reconciliation, its change of index and the moves behind it.

METRICS.md, "How it moves in a complete week w" and "The week's reconciliation".
"""

from datetime import date
from fractions import Fraction

from msgspec import Struct

from tracker.history import is_active, opd_at
from tracker.metrics.membership import opds_of, services_of
from tracker.metrics.rates import index_at, progress_at
from tracker.metrics.values import CITY, Flow, Scope, Series
from tracker.model import Move, Service, Stage
from tracker.register import Register
from tracker.week import Week


class Movement(Struct, frozen=True):
    """A move as it counted: made in ``opd`` (a key), from the stage ``before`` it."""

    service: Service
    opd: str
    move: Move
    before: Stage

    @property
    def steps(self) -> int:
        """Steps made; negative for a move backward, 0 for one to the stage that it was in."""
        return self.move.stage.points - self.before.points


def flow_at(series: Series, position: int) -> Flow:
    """Return the reconciliation of the week at ``position``; none before the first."""
    if position < 0:
        return Flow(0, 0, 0, 0, 0, 0)
    return Flow(
        opening=series.points(position - 1),
        joined=series.joined[position],
        left=series.left[position],
        forward=series.forward[position],
        backward=series.backward[position],
        closing=series.points(position),
    )


def index_change_at(series: Series, position: int) -> Fraction | None:
    """Return what the index gained in a week; None where it is missing at either end."""
    now = index_at(series, position)
    before = index_at(series, position - 1)
    if series.steps(position) is None or now is None or before is None:
        return None
    return now - before


def scope_effect_at(series: Series, position: int) -> Fraction | None:
    """Return what services joining and leaving did to the index in a week."""
    change = index_change_at(series, position)
    progress = progress_at(series, position)
    return None if change is None or progress is None else change - progress


def find_movements_in_week(
    register: Register,
    week: Week,
    today: date,
    scope: Scope = CITY,
) -> list[Movement]:
    """Return the moves that counted in a week up to ``today``, by day and then as recorded.

    Their steps add up to the week's ``forward`` less its ``backward``, also in the scope's first week.
    """
    return find_movements(register, week.monday, week.as_of(today), scope)


def find_movements(
    register: Register,
    first: date,
    last: date,
    scope: Scope = CITY,
) -> list[Movement]:
    """Return the moves that counted from one day to another, both included, by day and then as recorded."""
    opds = opds_of(register, scope)
    found: list[Movement] = []

    for service in services_of(register, scope):
        before = service.stage
        moves = register.moves_of.get(service.id)
        if moves is None or moves[-1].on < first:
            continue
        for move in moves:
            is_counted = first <= move.on <= last and is_active(
                register,
                service,
                move.on,
            )
            if is_counted:
                opd = opd_at(register, service, move.on)
                if opds is None or opd in opds:
                    found.append(Movement(service, opd, move, before))
            before = move.stage

    return sorted(
        found,
        key=lambda made: (made.move.on, made.move.recorded_at, made.move.id),
    )
