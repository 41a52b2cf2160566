"""The register in memory: every fact by its key, and the indexes by which they are looked up.

A register never changes; an action's changes give a new one. What is derived from it is
computed once, when first asked for, and carried over to the next register where it still
holds.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from itertools import compress, islice
from operator import eq, is_not
from typing import Any, TypeVar

from msgspec.structs import replace

from tracker.indexes import (
    INDEXES,
    UNTOUCHED_BY_OTHERS,
    group_by_service,
    index_by_code,
    order_by_day,
    order_closures,
    order_obstacles,
    order_targets,
    update_index,
)
from tracker.model import (
    OPD,
    TABLES,
    Application,
    City,
    Closure,
    Fact,
    Move,
    Obstacle,
    Service,
    Tables,
    Target,
    Transfer,
)
from tracker.text import normalize_name

Changes = dict[str, dict[str, Fact | None]]
"""What an action changes: table, key, and the fact that then stands there (None: removed)."""

F = TypeVar("F", bound=Fact)


class Register(Tables, frozen=True, dict=True):
    """Everything known of one city.

    ``prefix`` starts every key, ``next_number`` is the number that the next fact gets.
    """

    prefix: str
    next_number: int = 1

    def table(self, name: str) -> Mapping[str, Any]:
        """Return the table called ``name``, one of ``tracker.model.TABLES``."""
        table: Mapping[str, Any] = getattr(self, name)
        return table

    def changed(
        self,
        changes: Changes,
        next_number: int | None = None,
    ) -> "Register":
        """Return the register after ``changes``, with the indexes that can be carried over."""
        tables: dict[str, Any] = {
            name: _apply_changes(self.table(name), facts)
            for name, facts in changes.items()
            if facts
        }
        after = replace(
            self,
            next_number=next_number or self.next_number,
            **tables,
        )
        vars(after).update(_carry_over_indexes(self, changes))
        return after

    def take_over_indexes(self, before: "Register") -> None:
        """Bring the indexes of an earlier register along, to one that was read anew.

        Of use where it shares most of its facts, as the very same objects, with ``before``.
        """
        changes: Changes = {}
        for name in TABLES:
            then, now = before.table(name), self.table(name)
            changed = find_changed_keys(then, now)
            if changed:
                changes[name] = {key: now.get(key) for key in changed}
        vars(self).update(_carry_over_indexes(before, changes))

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
        return index_by_code(self.opds.values())

    @cached_property
    def opd_names(self) -> dict[str, list[OPD]]:
        """The OPDs by normalized name and alias (``text.normalize_name``), working ones first."""
        working_first = sorted(
            self.opds.values(),
            key=lambda opd: (opd.retired_on is not None, opd.id),
        )
        named: dict[str, list[OPD]] = defaultdict(list)
        for opd in working_first:
            names = map(normalize_name, (opd.name, *opd.aliases))
            for name in dict.fromkeys(names):
                named[name].append(opd)
        return dict(named)

    @cached_property
    def service_codes(self) -> dict[str, Service]:
        """The services by code."""
        return index_by_code(self.services.values())

    @cached_property
    def application_codes(self) -> dict[str, Application]:
        """The applications by code."""
        return index_by_code(self.applications.values())

    @cached_property
    def moves_of(self) -> dict[str, list[Move]]:
        """Each service's moves in the order in which they count: by day, then as recorded."""
        return group_by_service(self.moves.values(), order_by_day)

    @cached_property
    def transfers_of(self) -> dict[str, list[Transfer]]:
        """Each service's transfers in the order in which they count: by day, then as recorded."""
        return group_by_service(self.transfers.values(), order_by_day)

    @cached_property
    def closures_of(self) -> dict[str, list[Closure]]:
        """Each service's closures, the earliest first."""
        return group_by_service(self.closures.values(), order_closures)

    @cached_property
    def targets_of(self) -> dict[str, list[Target]]:
        """Each service's targets, the earliest first."""
        return group_by_service(self.targets.values(), order_targets)

    @cached_property
    def obstacles_of(self) -> dict[str, list[Obstacle]]:
        """Each service's obstacles, the earliest first."""
        return group_by_service(self.obstacles.values(), order_obstacles)


def find_changed_keys(
    before: Mapping[str, Fact],
    after: Mapping[str, Fact],
) -> set[str]:
    """Return the keys under which two versions of a table hold other objects."""
    if before is after:
        return set()
    if all(map(eq, before, after)):
        # Nearly every action adds facts at the end, or puts one in the place of another.
        others = compress(after, map(is_not, after.values(), before.values()))
        added = islice(after, len(before), None)
        return {*others, *added, *islice(before, len(after), None)}

    changed = {
        key for key, fact in after.items() if before.get(key) is not fact
    }
    return changed | (before.keys() - after.keys())


def _apply_changes(
    table: Mapping[str, F],
    facts: Mapping[str, F | None],
) -> dict[str, F]:
    """Return a table after changes to its facts, its keys in order as a file has them."""
    after = dict(table)
    last = next(reversed(after), "")
    is_sorted = True
    for key, fact in facts.items():
        if fact is None:
            after.pop(key, None)
        elif key in after:
            after[key] = fact
        else:
            # A removed fact that an undo brings back is older than the last one.
            is_sorted = is_sorted and key > last
            after[key] = fact
            last = key
    return after if is_sorted else dict(sorted(after.items()))


def _carry_over_indexes(before: Register, changes: Changes) -> dict[str, Any]:
    """Return the indexes of ``before`` as they are after ``changes``, by their names."""
    cached = vars(before)
    carried: dict[str, Any] = {}
    for name, table in UNTOUCHED_BY_OTHERS.items():
        if name in cached and not changes.get(table):
            carried[name] = cached[name]
    for name, spec in INDEXES.items():
        if name not in cached:
            continue
        changed = changes.get(spec.table)
        index = (
            update_index(spec, cached[name], before.table(spec.table), changed)
            if changed
            else cached[name]
        )
        if index is not None:
            carried[name] = index
    return carried
