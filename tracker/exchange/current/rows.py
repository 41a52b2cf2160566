"""Each service that is offered on a day, with what its row needs from around it."""

from datetime import date

from msgspec import Struct

from tracker.metrics.point_in_time import ServiceAt, services_at
from tracker.model import OPD, Application, City, Move, Target
from tracker.register import Register


class CurrentService(Struct, frozen=True):
    """An active service on ``day``.

    ``target`` is the unmet target with the earliest due date, ``moved`` the last move.
    """

    city: City
    day: date
    at: ServiceAt
    opd: OPD
    application: Application | None
    target: Target | None

    @property
    def moved(self) -> Move | None:
        """The move that gave the service its stage; None at its baseline."""
        return self.at.move

    @property
    def days_late(self) -> int | None:
        """Days since the target's due date; None without a target, 0 until it is due."""
        if self.target is None:
            return None
        return max(0, (self.day - self.target.due_on).days)

    @property
    def visits_a_year(self) -> float | None:
        """The burden (METRICS.md): requests a year times visits; None if one is unknown."""
        volume, visits = self.at.service.volume, self.at.visits
        return None if volume is None or visits is None else volume * visits


def current_services(register: Register, day: date) -> list[CurrentService]:
    """Return the services active on ``day``, by the codes of OPD and service."""
    rows = [
        _make_current(register, at, day) for at in services_at(register, day)
    ]
    return sorted(rows, key=lambda row: (row.opd.code, row.at.service.code))


def _make_current(
    register: Register,
    at: ServiceAt,
    day: date,
) -> CurrentService:
    unmet = [
        target
        for target in register.targets_of.get(at.service.id, ())
        if at.points < target.stage.points
    ]
    application = at.service.application
    return CurrentService(
        city=register.only_city,
        day=day,
        at=at,
        opd=register.opds[at.opd],
        application=register.applications[application] if application else None,
        target=min(
            unmet,
            key=lambda target: (target.due_on, target.id),
            default=None,
        ),
    )
