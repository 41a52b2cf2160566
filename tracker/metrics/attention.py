"""What needs attention: the services and OPDs behind the figures.

Each list is as long as the figure that counts it.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from operator import attrgetter

from tracker.metrics.point_in_time import ServiceAt, service_at
from tracker.metrics.reporting import Heard, heard_weeks
from tracker.metrics.values import CityFigures, OPDFigures, Pace
from tracker.model import Stage
from tracker.register import Register
from tracker.week import Week

NEWLY = timedelta(days=28)
"""How long ago a service that is newly stalled was not."""


def find_stalled(services: Sequence[ServiceAt], after: int) -> list[ServiceAt]:
    """Return the services not integrated that have been in their stage for at least ``after`` days.

    The longest there comes first.
    """
    found = [at for at in services if is_stalled(at, after)]
    # Sorted twice by one value each: that is faster than once by pairs.
    found.sort(key=attrgetter("service.code"))
    found.sort(key=attrgetter("days_in_stage"), reverse=True)
    return found


def is_stalled(at: ServiceAt, after: int) -> bool:
    """Return whether a service not integrated has been in its stage for at least ``after`` days."""
    return at.days_in_stage >= after and at.stage is not Stage.INTEGRATED


def find_newly_stalled(
    register: Register,
    services: Sequence[ServiceAt],
    day: date,
    after: int,
) -> list[ServiceAt]:
    """Return the services that are stalled at ``day`` and were not 28 days before.

    A service counts wherever it was then; one that was not active was not stalled.
    """
    return [
        at
        for at in find_stalled(services, after)
        if not _was_stalled(register, at, day - NEWLY, after)
    ]


def _was_stalled(
    register: Register,
    at: ServiceAt,
    before: date,
    after: int,
) -> bool:
    if at.service.id not in register.closures_of and after >= NEWLY.days:
        # It has been in its stage since before that day.
        return at.days_in_stage - NEWLY.days >= after
    then = service_at(register, at.service, before)
    return then is not None and is_stalled(then, after)


def find_overdue(services: Sequence[ServiceAt]) -> list[ServiceAt]:
    """Return the services that have missed a target, the longest overdue first."""
    found = [at for at in services if at.overdue]
    return sorted(found, key=lambda at: (at.overdue[0].due_on, at.service.code))


def find_due_soon(services: Sequence[ServiceAt]) -> list[ServiceAt]:
    """Return the services that have a target near, the nearest first."""
    found = [at for at in services if at.due_soon]
    return sorted(
        found,
        key=lambda at: (at.due_soon[0].due_on, at.service.code),
    )


def find_unverified(services: Sequence[ServiceAt]) -> list[ServiceAt]:
    """Return the services past conventional that are there by a claim, the oldest first."""
    claims = [at for at in services if is_unverified(at)]
    claims.sort(key=attrgetter("service.code"))
    claims.sort(key=attrgetter("move.on"))
    return claims


def is_unverified(at: ServiceAt) -> bool:
    """Return whether a service is past conventional by a claim."""
    return at.move is not None and at.points > 0 and not at.verified


def find_silent_opds(
    register: Register,
    figures: CityFigures,
    heard: Mapping[str, Heard] | None = None,
) -> list[OPDFigures]:
    """Return the OPDs with active services that were silent in the figures' week, the longest first.

    ``heard`` is ``WeekReading.heard`` of that week, if it is known.
    """
    if heard is None:
        heard = heard_weeks(register, figures.as_of)
    found = choose_silent(figures.opds, heard, figures.week)
    return sorted(found, key=lambda opd: (-opd.silent_weeks, opd.code))


def find_slowed_opds(figures: CityFigures) -> list[OPDFigures]:
    """Return the OPDs with services that lost speed beyond chance, the greatest loss first.

    Those are the ones whose pace is slowing. A difference between two four-week
    velocities alone is mostly chance.
    """
    losses = []
    for opd in figures.opds:
        figure = opd.figures
        if figure.services and figure.pace is Pace.SLOWING:
            change = (figure.steps_recent or 0) - (figure.steps_before or 0)
            losses.append((change, opd.code, opd))

    losses.sort(key=lambda loss: loss[:2])
    return [opd for _, _, opd in losses]


def choose_silent(
    opds: Sequence[OPDFigures],
    heard: Mapping[str, Heard],
    week: Week,
) -> list[OPDFigures]:
    """Choose the OPDs with active services not heard from in ``week``; ``heard`` is of ``heard_weeks``."""
    return [
        opd
        for opd in opds
        if opd.figures.services and week.ordinal not in heard.get(opd.key, ())
    ]
