"""What the screens show of each active service, worked out once for a register and a day."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta

from screens.filter import Filter
from tracker.metrics.attention import overdue, stalled, unverified
from tracker.metrics.standing import ServiceAt, services_at
from tracker.metrics.values import Pace
from tracker.model import OPD, Service, Stage
from tracker.register import Register
from tracker.text import key_of
from tracker.week import Week


@dataclass(frozen=True)
class ServiceRow:
    """One service as it stands; ``words`` is what a filter's words are looked for in."""

    at: ServiceAt
    opd: OPD
    words: str
    tags: tuple[str, ...]
    flags: frozenset[str]

    @property
    def key(self) -> str:
        """The service's key."""
        return self.at.service.id

    @property
    def service(self) -> Service:
        """The service."""
        return self.at.service


def service_rows(register: Register, today: date) -> list[ServiceRow]:
    """Return the active services of the register as they stand on ``today``, by name."""
    services = services_at(register, today)
    monday = Week.of(today).monday
    before = monday - timedelta(days=7)
    flagged = {
        "stalled": _keys(stalled(services, register.the_city.stalled_after)),
        "overdue": _keys(overdue(services)),
        "unverified": _keys(unverified(services)),
        "hybrid": _keys([at for at in services if at.stage is not Stage.CONVENTIONAL and at.visits]),
        "moved": {move.service for move in register.moves.values() if monday <= move.on <= today},
        "moved_before": {move.service for move in register.moves.values() if before <= move.on < monday},
    }
    words_of = {key: opd_words(opd) for key, opd in register.opds.items()}
    rows = [
        ServiceRow(
            at=at,
            opd=register.opds[at.opd],
            words=_words(register, at.service) + " ¦ " + words_of[at.opd],
            tags=tuple(map(key_of, at.service.tags)),
            flags=frozenset(flag for flag, keys in flagged.items() if at.service.id in keys),
        )
        for at in services
    ]
    return sorted(rows, key=lambda row: (row.service.name.casefold(), row.key))


def _keys(services: list[ServiceAt]) -> set[str]:
    return {at.service.id for at in services}


def _words(register: Register, service: Service) -> str:
    named = [service.name, service.code, service.owner, *service.tags]
    application = register.applications.get(service.application or "")
    if application:
        named += [application.name, application.code]
    return key_of(" ¦ ".join(named))


def opd_words(opd: OPD) -> str:
    """Return what an OPD's names and code hold, as the filter compares them."""
    return key_of(" ¦ ".join((opd.name, opd.code, *opd.aliases)))


@dataclass(frozen=True)
class OPDsSeen:
    """What a filter may ask of OPDs: the pace of each, and those not heard from this week."""

    paces: dict[str, Pace | None]
    silent: Set[str]


def matches(row: ServiceRow, wanted: Filter, opds: OPDsSeen) -> bool:
    """Tell whether a service is one that the filter asks for."""
    return (
        all(word in row.words for word in wanted.words)
        and (not wanted.stages or row.at.stage in wanted.stages)
        and (not wanted.tags or any(tag.startswith(w) for w in wanted.tags for tag in row.tags))
        and wanted.flags - {"silent"} <= row.flags
        and ("silent" not in wanted.flags or row.opd.id in opds.silent)
        and (not wanted.opds or any(_named(row.opd, opd_words(row.opd), w) for w in wanted.opds))
        and (not wanted.paces or opds.paces.get(row.opd.id) in wanted.paces)
    )


def matches_opd(opd: OPD, wanted: Filter, opds: OPDsSeen) -> bool:
    """Tell whether an OPD by itself, whatever its services, is one that the filter asks for."""
    words = opd_words(opd)
    return (
        all(word in words for word in wanted.words)
        and (not wanted.opds or any(_named(opd, words, w) for w in wanted.opds))
        and (not wanted.paces or opds.paces.get(opd.id) in wanted.paces)
        and ("silent" not in wanted.flags or opd.id in opds.silent)
    )


def _named(opd: OPD, words: str, wanted: str) -> bool:
    """Tell whether ``opd:`` with this value means the OPD: its code, or a part of a name."""
    return opd.code == wanted or wanted in words
