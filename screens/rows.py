"""What the screens show of each active service, computed once for a register and a day."""

from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from operator import attrgetter
from typing import Protocol

from msgspec import Struct

from screens.filter import FLAGS_OF_OPDS, Filter
from screens.navigation import ServicePage
from tracker.history import is_assumed
from tracker.metrics.attention import is_stalled, is_unverified
from tracker.metrics.burden import missing_facts
from tracker.metrics.point_in_time import ServiceAt
from tracker.metrics.values import Pace
from tracker.model import OPD, Kind, Move, Service, Stage
from tracker.register import Register
from tracker.searching import opd_words, service_words
from tracker.text import normalize_name
from tracker.vocabulary import comparable_word
from tracker.week import Week


class ServiceRow(Struct, frozen=True, gc=False):
    """One service as it stands; a filter looks for words in ``words``."""

    at: ServiceAt
    opd: OPD
    page: ServicePage
    """The service's page, which the row opens: lists of all services ask for it at every change."""
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
        """Its stage."""
        return self.at.stage


def create_rows(
    register: Register,
    services: Iterable[ServiceAt],
    today: date,
) -> list[ServiceRow]:
    """Return the rows of active services as they stand on ``today``, by name."""
    # Many services share an OPD: its words are put together once.
    words_of = cache(lambda key: opd_words(register.opds[key]))
    monday = Week.of(today).monday
    stalled_after = register.only_city.stalled_after
    # So do services that stand alike share their flags, which take more room than all else of a row.
    share: dict[frozenset[str], frozenset[str]] = {}
    rows = []
    for at in services:
        words = service_words(register, at.service)
        flags = frozenset(
            _flags_of(at, register, stalled_after, monday, today),
        )
        row = ServiceRow(
            at=at,
            opd=register.opds[at.opd],
            page=ServicePage(at.service.id),
            words=f"{words} ¦ {words_of(at.opd)}",
            tags=tuple(map(normalize_name, at.service.tags)),
            flags=share.setdefault(flags, flags),
        )
        rows.append(row)

    # Sorted twice by one value each: that is faster than once by pairs.
    rows.sort(key=attrgetter("at.service.id"))
    rows.sort(key=_name_of)
    return rows


def update_rows(
    rows: Iterable[ServiceRow],
    again: Iterable[ServiceRow],
    touched: Set[str],
) -> list[ServiceRow]:
    """Return rows in which those of ``touched`` services are the ones made ``again``, if any."""
    updated = [row for row in rows if row.at.service.id not in touched]
    for row in again:
        insort(updated, row, key=_order_by_name)
    return updated


def update_rows_by_key(
    row_of: Mapping[str, ServiceRow],
    again: Iterable[ServiceRow],
    touched: Set[str],
) -> dict[str, ServiceRow]:
    """Return the same of rows by their keys."""
    updated = dict(row_of)
    for key in touched:
        updated.pop(key, None)
    updated.update((row.key, row) for row in again)
    return updated


def are_rows_kept(before: Register, after: Register) -> bool:
    """Return whether what rows tell beside their own services is the same in two registers."""
    return all(
        before.table(name) is after.table(name)
        for name in ("city", "opds", "applications")
    )


def _name_of(row: ServiceRow) -> str:
    return row.at.service.name.casefold()


def _order_by_name(row: ServiceRow) -> tuple[str, str]:
    return _name_of(row), row.key


def stage_counts(rows: Iterable[ServiceRow]) -> tuple[int, int, int]:
    """Count services by stage, from the first stage to the last."""
    counted = Counter(row.stage for row in rows)
    return (
        counted[Stage.CONVENTIONAL],
        counted[Stage.ONLINE],
        counted[Stage.INTEGRATED],
    )


def _flags_of(
    at: ServiceAt,
    register: Register,
    stalled_after: int,
    monday: date,
    today: date,
) -> Iterator[str]:
    """Yield the flags of how a service stands, and of its steps since the week before that of ``monday``."""
    if is_stalled(at, stalled_after):
        yield "stalled"
    if at.overdue:
        yield "overdue"
    if at.due_soon:
        yield "due_soon"
    if is_unverified(at):
        yield "unverified"
    if missing_facts(at):
        yield "incomplete"
    if is_assumed(register, at.service, today):
        yield "assumed"
    if at.points and at.visits:
        yield "hybrid"
    before = monday - timedelta(days=7)
    if at.move is not None and at.move.on >= before:
        steps = _step_days(at.service, register.moves_of[at.service.id])
        if any(monday <= day <= today for day in steps):
            yield "moved"
        if any(before <= day < monday for day in steps):
            yield "moved_before"


def _step_days(service: Service, moves: Sequence[Move]) -> list[date]:
    """Return the days of the moves that led to another stage than the one before."""
    days = []
    stage = service.stage
    for move in moves:
        if move.stage is not stage:
            days.append(move.on)
        stage = move.stage
    return days


@dataclass(frozen=True)
class FilterContext:
    """What a filter needs to know beyond a service itself.

    The codes of all OPDs and all tags: one that is typed in full does not mean another
    that begins like it. The pace of each OPD, and the OPDs that have each flag.
    """

    codes: Set[str]
    tags: Set[str]
    paces: Mapping[str, Pace | None] = field(default_factory=dict)
    flagged: Mapping[str, Set[str]] = field(default_factory=dict)

    def means_tag(self, wanted: str, tags: Iterable[str]) -> bool:
        """Return whether ``tag:`` with this value means one of a service's tags."""
        if wanted in self.tags:
            return wanted in tags
        return any(tag.startswith(wanted) for tag in tags)

    def means_opd(self, wanted: str, opd: OPD, words: str) -> bool:
        """Return whether ``opd:`` with this value means the OPD: its code, else part of a name."""
        return opd.code == wanted if wanted in self.codes else wanted in words

    def has_all(self, opd: OPD, wanted: Filter) -> bool:
        """Return whether an OPD has the kind, the pace and the flags that a filter asks for."""
        if wanted.kinds and not _has_kind(opd, wanted.kinds):
            return False
        if wanted.paces and self.paces.get(opd.id) not in wanted.paces:
            return False

        flags = wanted.flags & FLAGS_OF_OPDS
        return all(opd.id in self.flagged.get(flag, ()) for flag in flags)


def _has_kind(opd: OPD, wanted: Set[str]) -> bool:
    """Return whether an OPD is of a kind; of the city's own kinds the beginning is enough."""
    if opd.kind in wanted:
        return True
    if opd.kind in _GENERAL_KINDS:
        return False
    beginnings = tuple(comparable_word(kind) for kind in wanted)
    return comparable_word(opd.kind).startswith(beginnings)


_GENERAL_KINDS = frozenset(kind.value for kind in Kind)


class Filterable(Protocol):
    """What a filter needs of a service, active or closed."""

    @property
    def opd(self) -> OPD:
        """Its OPD."""

    @property
    def stage(self) -> Stage:
        """Its stage."""

    @property
    def words(self) -> str:
        """The text in which words are looked for."""

    @property
    def tags(self) -> tuple[str, ...]:
        """Its tags, as they are compared."""

    @property
    def flags(self) -> frozenset[str]:
        """Its flags, by the names that filters use."""


def matches_service(
    row: Filterable,
    wanted: Filter,
    context: FilterContext,
) -> bool:
    """Return whether a filter lets a service through."""
    if wanted.stages and row.stage not in wanted.stages:
        return False
    if not wanted.flags - FLAGS_OF_OPDS <= row.flags:
        return False
    if not all(word in row.words for word in wanted.words):
        return False
    if wanted.tags and not any(
        context.means_tag(tag, row.tags) for tag in wanted.tags
    ):
        return False
    if wanted.opds and not _is_one_of(row.opd, wanted, context):
        return False
    return context.has_all(row.opd, wanted)


def _is_one_of(opd: OPD, wanted: Filter, context: FilterContext) -> bool:
    """Return whether an OPD is one of those that a filter names."""
    words = opd_words(opd)
    return any(context.means_opd(name, opd, words) for name in wanted.opds)


def matches_opd(opd: OPD, wanted: Filter, context: FilterContext) -> bool:
    """Return whether a filter lets an OPD through by itself, whatever its services."""
    words = opd_words(opd)
    if not all(word in words for word in wanted.words):
        return False
    if wanted.opds and not _is_one_of(opd, wanted, context):
        return False
    return context.has_all(opd, wanted)
