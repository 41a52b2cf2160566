"""The register in memory: every fact by its key, and the ways in which actions look them up.

A register never changes; an action's changes give a new one. What is derived from it is
worked out once, when first asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from tracker.model import (
    OPD,
    Application,
    City,
    Closure,
    Decision,
    Evaluation,
    Fact,
    LogEntry,
    Milestone,
    Move,
    Obstacle,
    Report,
    Service,
    StoredSnapshot,
    Target,
    Transfer,
)
from tracker.text import normalize_name

Changes = dict[str, dict[str, Fact | None]]
"""What an action leaves behind: table, key, and the fact that now stands there (None: gone)."""

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True)
class Register:
    """Everything known of one city, each table keyed by the facts' own keys.

    ``prefix`` starts every key, ``next_number`` is the number that the next fact gets.
    """

    prefix: str
    next_number: int = 1
    city: Mapping[str, City] = field(default_factory=dict)
    opds: Mapping[str, OPD] = field(default_factory=dict)
    applications: Mapping[str, Application] = field(default_factory=dict)
    services: Mapping[str, Service] = field(default_factory=dict)
    moves: Mapping[str, Move] = field(default_factory=dict)
    transfers: Mapping[str, Transfer] = field(default_factory=dict)
    closures: Mapping[str, Closure] = field(default_factory=dict)
    targets: Mapping[str, Target] = field(default_factory=dict)
    obstacles: Mapping[str, Obstacle] = field(default_factory=dict)
    reports: Mapping[str, Report] = field(default_factory=dict)
    milestones: Mapping[str, Milestone] = field(default_factory=dict)
    evaluations: Mapping[str, Evaluation] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    snapshots: Mapping[str, StoredSnapshot] = field(default_factory=dict)
    log: Mapping[str, LogEntry] = field(default_factory=dict)

    def table(self, name: str) -> Mapping[str, Any]:
        """Return the table called ``name``, one of ``tracker.model.TABLES``."""
        table: Mapping[str, Any] = getattr(self, name)
        return table

    def changed(self, changes: Changes, next_number: int | None = None) -> "Register":
        """Return the register as it stands after ``changes``."""
        tables: dict[str, Any] = {
            name: _changed(self.table(name), facts)
            for name, facts in changes.items()
            if facts
        }
        after = replace(self, next_number=next_number or self.next_number, **tables)
        vars(after).update(_carry_over_indexes(self, changes))
        return after

    def key(self, number: int) -> str:
        """Return the key that a fact with ``number`` has in this register."""
        return f"{self.prefix}-{number:07d}"

    @property
    def only_city(self) -> City:
        """The city whose register this is."""
        return next(iter(self.city.values()))

    @cached_property
    def opd_codes(self) -> dict[str, OPD]:
        """The OPDs by code."""
        return {opd.code: opd for opd in self.opds.values()}

    @cached_property
    def opd_names(self) -> dict[str, list[OPD]]:
        """The OPDs by name and alias, as ``text.key_of`` folds them; those at work come first."""
        named: dict[str, list[OPD]] = defaultdict(list)
        for opd in sorted(
            self.opds.values(), key=lambda opd: (opd.retired_on is not None, opd.id)
        ):
            for name in dict.fromkeys(
                (normalize_name(opd.name), *map(normalize_name, opd.aliases))
            ):
                named[name].append(opd)
        return dict(named)

    @cached_property
    def service_codes(self) -> dict[str, Service]:
        """The services by code."""
        return {service.code: service for service in self.services.values()}

    @cached_property
    def application_codes(self) -> dict[str, Application]:
        """The applications by code."""
        return {
            application.code: application for application in self.applications.values()
        }

    @cached_property
    def moves_of(self) -> dict[str, list[Move]]:
        """Each service's moves in the order in which they count: by day, then as recorded."""
        return _by_service(self.moves.values(), _counting)

    @cached_property
    def transfers_of(self) -> dict[str, list[Transfer]]:
        """Each service's transfers in the order in which they count: by day, then as recorded."""
        return _by_service(
            self.transfers.values(), lambda item: (item.on, item.recorded_at, item.id)
        )

    @cached_property
    def closures_of(self) -> dict[str, list[Closure]]:
        """Each service's closures, the earliest first."""
        return _by_service(self.closures.values(), lambda item: (item.start, item.id))

    @cached_property
    def targets_of(self) -> dict[str, list[Target]]:
        """Each service's targets, the earliest first."""
        return _by_service(self.targets.values(), lambda item: (item.due_on, item.id))

    @cached_property
    def obstacles_of(self) -> dict[str, list[Obstacle]]:
        """Each service's obstacles, the earliest first."""
        return _by_service(
            self.obstacles.values(), lambda item: (item.opened_on, item.id)
        )


def _changed(table: Mapping[str, F], facts: Mapping[str, F | None]) -> dict[str, F]:
    after = dict(table)
    for key, fact in facts.items():
        if fact is None:
            after.pop(key, None)
        else:
            after[key] = fact
    return after


_INDEXES = {
    "opd_codes": "opds",
    "opd_names": "opds",
    "service_codes": "services",
    "application_codes": "applications",
    "moves_of": "moves",
    "transfers_of": "transfers",
    "closures_of": "closures",
    "targets_of": "targets",
    "obstacles_of": "obstacles",
}
_FEW = 100


def _carry_over_indexes(before: Register, changes: Changes) -> dict[str, Any]:
    """Return the indexes of ``before`` that hold after ``changes``, so that a move costs no pass over all."""
    known = {index: vars(before)[index] for index in _INDEXES if index in vars(before)}
    kept = {
        index: value
        for index, value in known.items()
        if not changes.get(_INDEXES[index])
    }
    moves = changes.get("moves")
    if moves and len(moves) <= _FEW and "moves_of" in known:
        kept["moves_of"] = _with_moves(known["moves_of"], before.moves, moves)
    return kept


def _with_moves(
    index: Mapping[str, list[Move]],
    before: Mapping[str, Move],
    changed: Mapping[str, Any],
) -> dict[str, list[Move]]:
    after = dict(index)
    facts = [
        *(before[key] for key in changed if key in before),
        *filter(None, changed.values()),
    ]
    for service in {move.service for move in facts}:
        moves = [move for move in index.get(service, ()) if move.id not in changed]
        moves += [
            move
            for move in changed.values()
            if move is not None and move.service == service
        ]
        after[service] = sorted(moves, key=_counting)
        if not moves:
            del after[service]
    return after


def _counting(move: Move) -> tuple[date, datetime, str]:
    """Return by what moves are put in the order in which they count: by day, then as recorded."""
    return move.on, move.recorded_at, move.id


def _by_service(facts: Iterable[Any], order: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for fact in sorted(facts, key=order):
        found[fact.service].append(fact)
    return dict(found)
