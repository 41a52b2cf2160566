"""What wants attention: the very services and OPDs that the figures count, each list as long as its count."""

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.metrics.heard import heard_weeks, week_number
from tracker.metrics.standing import ServiceAt, services_at
from tracker.metrics.values import CITY, CityFigures, OPDFigures, Pace, Scope
from tracker.model import Stage
from tracker.register import Register
from tracker.week import Week


def stalled_services(register: Register, day: date, scope: Scope = CITY) -> list[ServiceAt]:
    """Return the services that have been in their stage too long at ``day``, the longest first."""
    found = stalled(services_at(register, day, scope), register.the_city.stalled_after)
    return sorted(found, key=lambda at: (-at.days_in_stage, at.service.code))


def overdue_targets(register: Register, day: date, scope: Scope = CITY) -> list[ServiceAt]:
    """Return the services with targets missed at ``day``, under ``overdue``, the longest overdue first."""
    found = overdue(services_at(register, day, scope))
    return sorted(found, key=lambda at: (at.overdue[0].due_on, at.service.code))


def due_soon_targets(register: Register, day: date, scope: Scope = CITY) -> list[ServiceAt]:
    """Return the services with targets near at ``day``, under ``due_soon``, the nearest first."""
    found = due_soon(services_at(register, day, scope))
    return sorted(found, key=lambda at: (at.due_soon[0].due_on, at.service.code))


def unverified_services(register: Register, day: date, scope: Scope = CITY) -> list[ServiceAt]:
    """Return the services past conventional whose last move is a claim at ``day``, the oldest first."""
    found = unverified(services_at(register, day, scope))
    return sorted(found, key=lambda at: (at.move.on if at.move else day, at.service.code))


def silent_opds(register: Register, figures: CityFigures) -> list[OPDFigures]:
    """Return the OPDs with active services not heard from in the figures' week, the longest silent first."""
    found = silent(figures.opds, heard_weeks(register, figures.as_of), figures.week)
    return sorted(found, key=lambda opd: (-opd.silent_weeks, opd.code))


def slowed_opds(figures: CityFigures) -> list[OPDFigures]:
    """Return the OPDs with services that lost speed, whatever their pace, the greatest loss first.

    Not those that are done: they need none.
    """
    found = [(opd.figures.acceleration, opd) for opd in figures.opds if opd.figures.pace is not Pace.DONE]
    lost = [
        (change, opd.code, opd) for change, opd in found if change and change < 0 and opd.figures.services
    ]
    return [opd for _, _, opd in sorted(lost, key=lambda one: one[:2])]


def stalled(services: Sequence[ServiceAt], after: int) -> list[ServiceAt]:
    """Choose the services not integrated that have been in their stage for at least ``after`` days."""
    return [at for at in services if at.days_in_stage >= after and at.stage is not Stage.INTEGRATED]


def overdue(services: Sequence[ServiceAt]) -> list[ServiceAt]:
    """Choose the services that have missed a target."""
    return [at for at in services if at.overdue]


def due_soon(services: Sequence[ServiceAt]) -> list[ServiceAt]:
    """Choose the services that have a target near."""
    return [at for at in services if at.due_soon]


def unverified(services: Sequence[ServiceAt]) -> list[ServiceAt]:
    """Choose the services past conventional that are there by a claim."""
    return [at for at in services if at.points and not at.verified]


def silent(opds: Sequence[OPDFigures], heard: Mapping[str, set[int]], week: Week) -> list[OPDFigures]:
    """Choose the OPDs with active services not heard from in ``week``; ``heard`` is of ``heard_weeks``."""
    number = week_number(week)
    return [opd for opd in opds if opd.figures.services and number not in heard.get(opd.key, ())]
