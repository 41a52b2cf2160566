"""Who has answered in the opening: services whose stage is told, and those only assumed."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from tracker.history import is_active, is_assumed, opd_at
from tracker.register import Register


@dataclass(frozen=True)
class OPDOpening:
    """How far an OPD has answered; ``key`` is its key in the register."""

    key: str
    services: int
    assumed: int
    """Services whose stage nobody has told yet."""
    reopened: bool

    @property
    def has_answered(self) -> bool:
        """Whether the stage of each of its services is told."""
        return not self.assumed


@dataclass(frozen=True)
class OpeningStatus:
    """How far the stocktaking has come, OPD by OPD, by code."""

    is_open: bool
    started_on: date | None
    opds: tuple[OPDOpening, ...]

    def only_of(self, opd: str) -> "OpeningStatus":
        """Return the status of one OPD, by its key."""
        return replace(
            self,
            opds=tuple(one for one in self.opds if one.key == opd),
        )

    @property
    def services(self) -> int:
        """The services of its OPDs."""
        return sum(opd.services for opd in self.opds)

    @property
    def assumed(self) -> int:
        """The services whose stage nobody has told yet."""
        return sum(opd.assumed for opd in self.opds)

    @property
    def unanswered(self) -> tuple[OPDOpening, ...]:
        """The OPDs with services that are only assumed."""
        return tuple(opd for opd in self.opds if not opd.has_answered)

    @property
    def can_close(self) -> bool:
        """Whether all have answered, so that closing can be proposed."""
        return self.is_open and self.services > 0 and not self.assumed


def is_in_opening(register: Register) -> bool:
    """Return whether the opening is open, for the city or for one of its OPDs."""
    if any(city.in_opening for city in register.city.values()):
        return True
    return any(opd.reopened for opd in register.opds.values())


def read_opening(register: Register, day: date) -> OpeningStatus:
    """Return how far the opening has come by ``day``; OPDs without services are left out."""
    services: Counter[str] = Counter()
    assumed: Counter[str] = Counter()
    for service in register.services.values():
        if is_active(register, service, day):
            opd = opd_at(register, service, day)
            services[opd] += 1
            assumed[opd] += is_assumed(register, service, day)
    city = register.only_city
    opds = sorted(
        (register.opds[key] for key in services),
        key=lambda opd: opd.code,
    )
    return OpeningStatus(
        is_open=city.in_opening,
        started_on=city.started_on,
        opds=tuple(
            OPDOpening(
                opd.id,
                services[opd.id],
                assumed[opd.id],
                opd.reopened,
            )
            for opd in opds
        ),
    )
