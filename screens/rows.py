"""What the screens show of each active service, worked out once for a register and a day."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Protocol

from screens.filter import FLAGS_OF_OPDS, Filter
from tracker.fields import (
    SERVICE_TABLES,
    ChangedBy,
    ValueType,
    fields_changed_by,
)
from tracker.history import is_assumed
from tracker.metrics.attention import (
    find_due_soon,
    find_overdue,
    find_stalled,
    find_unverified,
)
from tracker.metrics.burden import missing_facts
from tracker.metrics.point_in_time import ServiceAt, service_at
from tracker.metrics.values import Pace
from tracker.model import OPD, Fact, Move, Service, Stage
from tracker.register import Register
from tracker.text import normalize_name
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

    @property
    def stage(self) -> Stage:
        """The stage in which it is."""
        return self.at.stage


@dataclass(frozen=True)
class RowCache:
    """The rows of an earlier register, of which most still hold after an action."""

    register: Register
    today: date
    rows: Sequence[ServiceRow]


def service_rows(
    register: Register, today: date, known: RowCache | None = None
) -> list[ServiceRow]:
    """Return the active services of the register as they stand on ``today``, by name.

    Rows that are ``known`` and still hold are taken over, so that a move costs no pass over all.
    """
    touched = (
        touched_services(known.register, register)
        if known and known.today == today
        else None
    )
    if known is None or touched is None:
        rows = _create_rows(register, today, register.services.values())
    else:
        again = (
            register.services[key]
            for key in touched
            if key in register.services
        )
        rows = [row for row in known.rows if row.key not in touched]
        rows += _create_rows(register, today, again)
    return sorted(rows, key=lambda row: (row.service.name.casefold(), row.key))


def stage_counts(rows: Iterable[ServiceRow]) -> tuple[int, int, int]:
    """Count services by stage, from the first stage to the last."""
    counted = Counter(row.stage for row in rows)
    return (
        counted[Stage.CONVENTIONAL],
        counted[Stage.ONLINE],
        counted[Stage.INTEGRATED],
    )


def touched_services(before: Register, after: Register) -> set[str] | None:
    """Return the keys of the services whose rows may differ between two registers; None: any may."""
    if any(
        before.table(name) is not after.table(name)
        for name in ("city", "opds", "applications")
    ):
        return None
    touched = _changed_keys(before.services, after.services)
    for name in SERVICE_TABLES:
        then, now = before.table(name), after.table(name)
        for key in _changed_keys(then, now):
            touched |= {
                table[key].service for table in (then, now) if key in table
            }
    return touched


def _changed_keys(
    then: Mapping[str, Fact], now: Mapping[str, Fact]
) -> set[str]:
    if then is now:
        return set()
    return {key for key, fact in now.items() if then.get(key) is not fact} | (
        then.keys() - now.keys()
    )


def _create_rows(
    register: Register, today: date, services: Iterable[Service]
) -> list[ServiceRow]:
    words_of = cache(lambda key: opd_words(register.opds[key]))
    return [
        ServiceRow(
            at=at,
            opd=register.opds[at.opd],
            words=service_words(register, at.service)
            + " ¦ "
            + words_of(at.opd),
            tags=tuple(map(normalize_name, at.service.tags)),
            flags=_row_flags(at, register, today),
        )
        for service in services
        if (at := service_at(register, service, today)) is not None
    ]


def _row_flags(
    at: ServiceAt, register: Register, today: date
) -> frozenset[str]:
    monday = Week.of(today).monday
    before = monday - timedelta(days=7)
    steps = _step_days(at.service, register.moves_of.get(at.service.id, ()))
    raised = {
        "stalled": find_stalled([at], register.only_city.stalled_after),
        "overdue": find_overdue([at]),
        "due_soon": find_due_soon([at]),
        "unverified": find_unverified([at]),
        "incomplete": missing_facts(at),
        "assumed": is_assumed(register, at.service, today),
        "hybrid": at.stage is not Stage.CONVENTIONAL and at.visits,
        "moved": any(monday <= day <= today for day in steps),
        "moved_before": any(before <= day < monday for day in steps),
    }
    return frozenset(flag for flag, holds in raised.items() if holds)


def _step_days(service: Service, moves: Sequence[Move]) -> list[date]:
    """Return the days of the moves that led to another stage than the one before."""
    stages = [service.stage, *(move.stage for move in moves)]
    return [
        move.on
        for before, move in zip(stages, moves, strict=False)
        if move.stage is not before
    ]


def service_words(register: Register, service: Service) -> str:
    """Return what a service's own words hold, as the filter compares them."""
    words = [getattr(service, name) for name in _WORD_FIELDS]
    words += service.tags
    application = register.applications.get(service.application or "")
    if application:
        words += [application.name, application.code]
    return normalize_name(" ¦ ".join(words))


_WORD_FIELDS = [
    field.name
    for field in fields_changed_by("services", ChangedBy.EDIT)
    if field.type in (ValueType.CODE, ValueType.TEXT, ValueType.LINES)
]
"""The fields of a service in which a filter looks for words."""


def opd_words(opd: OPD) -> str:
    """Return what an OPD's names and code hold, as the filter compares them."""
    return normalize_name(" ¦ ".join((opd.name, opd.code, *opd.aliases)))


@dataclass(frozen=True)
class FilterContext:
    """What a filter has to know beyond a service itself.

    The codes of all OPDs and all tags, since one that is named in full means no other that begins like
    it; the pace of each OPD, and the OPDs of which a flag holds.
    """

    codes: Set[str]
    tags: Set[str]
    paces: Mapping[str, Pace | None] = field(default_factory=dict)
    flagged: Mapping[str, Set[str]] = field(default_factory=dict)

    def means_tag(self, wanted: str, tags: Iterable[str]) -> bool:
        """Tell whether ``tag:`` with this value means one of a service's tags."""
        return any(
            tag == wanted if wanted in self.tags else tag.startswith(wanted)
            for tag in tags
        )

    def means_opd(self, wanted: str, opd: OPD, words: str) -> bool:
        """Tell whether ``opd:`` with this value means the OPD: its code, else a part of a name."""
        return opd.code == wanted if wanted in self.codes else wanted in words

    def has_all(self, opd: str, wanted: Filter) -> bool:
        """Tell whether all that a filter asks of OPDs holds of one."""
        if wanted.paces and self.paces.get(opd) not in wanted.paces:
            return False
        return all(
            opd in self.flagged.get(flag, ())
            for flag in wanted.flags & FLAGS_OF_OPDS
        )


class Filterable(Protocol):
    """What a filter asks of a service, whether it is offered or closed."""

    @property
    def opd(self) -> OPD:
        """The OPD that it belongs to."""

    @property
    def stage(self) -> Stage:
        """The stage in which it is."""

    @property
    def words(self) -> str:
        """What words are looked for in."""

    @property
    def tags(self) -> tuple[str, ...]:
        """Its tags, as they are compared."""

    @property
    def flags(self) -> frozenset[str]:
        """What holds of it, by the flags of a filter."""


def matches_service(
    row: Filterable, wanted: Filter, seen: FilterContext
) -> bool:
    """Tell whether a service is one that the filter asks for."""
    return (
        all(word in row.words for word in wanted.words)
        and (not wanted.stages or row.stage in wanted.stages)
        and (
            not wanted.tags
            or any(seen.means_tag(w, row.tags) for w in wanted.tags)
        )
        and wanted.flags - FLAGS_OF_OPDS <= row.flags
        and (
            not wanted.opds
            or any(
                seen.means_opd(w, row.opd, opd_words(row.opd))
                for w in wanted.opds
            )
        )
        and seen.has_all(row.opd.id, wanted)
    )


def matches_opd(opd: OPD, wanted: Filter, seen: FilterContext) -> bool:
    """Tell whether an OPD by itself, whatever its services, is one that the filter asks for."""
    words = opd_words(opd)
    return (
        all(word in words for word in wanted.words)
        and (
            not wanted.opds
            or any(seen.means_opd(w, opd, words) for w in wanted.opds)
        )
        and seen.has_all(opd.id, wanted)
    )
