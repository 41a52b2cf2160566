"""What is looked up in a register again and again, kept up to date as facts change.

Working an index out costs a pass over its table; at 10,000 services that took most of an
action's time. So a change brings the indexes that were worked out along, and only one that
many facts change at once is worked out anew when it is next asked for.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from operator import attrgetter
from typing import Any, TypeVar

from msgspec import Struct

from tracker.model import Closure, Fact, Obstacle, Target

F = TypeVar("F", bound=Fact)

Order = Callable[[Any], tuple[Any, ...]]
"""Returns by what facts of a kind are sorted."""

FEW = 100
"""Facts changed at once up to which an index is updated rather than worked out anew."""


class Index(Struct, frozen=True):
    """An index of one table: by the facts' codes, or by their service in a given order."""

    table: str
    order: Order | None = None


order_by_day: Order = attrgetter("on", "recorded_at", "id")
"""Sorts moves and transfers as they count: by day, those of one day as recorded.

A function of C, as it is called for every move of the register.
"""


def order_closures(closure: Closure) -> tuple[date, str]:
    """Sort closures by their first day."""
    return closure.start, closure.id


def order_targets(target: Target) -> tuple[date, str]:
    """Sort targets by the day on which they are due."""
    return target.due_on, target.id


def order_obstacles(obstacle: Obstacle) -> tuple[date, str]:
    """Sort obstacles by the day since which they hold a service back."""
    return obstacle.opened_on, obstacle.id


INDEXES = {
    "opd_codes": Index("opds"),
    "service_codes": Index("services"),
    "application_codes": Index("applications"),
    "moves_of": Index("moves", order_by_day),
    "transfers_of": Index("transfers", order_by_day),
    "closures_of": Index("closures", order_closures),
    "targets_of": Index("targets", order_targets),
    "obstacles_of": Index("obstacles", order_obstacles),
}
"""The cached properties of ``Register`` that a change brings along, by their names."""

UNTOUCHED_BY_OTHERS = {"opd_names": "opds"}
"""Cached properties that hold as long as their table does not change at all."""


def index_by_code(facts: Iterable[Any]) -> dict[str, Any]:
    """Return facts by code."""
    return {fact.code: fact for fact in facts}


def group_by_service(
    facts: Iterable[Any],
    order: Order,
) -> dict[str, list[Any]]:
    """Return each service's facts, sorted."""
    found: dict[str, list[Any]] = defaultdict(list)
    for fact in facts:
        found[fact.service].append(fact)
    for group in found.values():
        group.sort(key=order)
    return dict(found)


def update_index(
    spec: Index,
    index: Mapping[str, Any],
    before: Mapping[str, Any],
    changes: Mapping[str, Any],
) -> dict[str, Any] | None:
    """Return the index after ``changes`` to its table ``before``; None to work it out anew."""
    if len(changes) > FEW:
        return None
    if spec.order is None:
        return _update_codes(index, before, changes)
    return _update_groups(index, before, changes, spec.order)


def _update_codes(
    index: Mapping[str, Any],
    before: Mapping[str, Any],
    changes: Mapping[str, Any],
) -> dict[str, Any] | None:
    """Update an index by code; None where codes change hands, which happens once a year."""
    if len(index) != len(before):
        # Two facts share a code, which no rule allows: one hides the other.
        return None
    after = dict(index)
    for key, fact in changes.items():
        there = before.get(key)
        if there is not None and index.get(there.code) is not there:
            return None
        if fact is None:
            if there is not None:
                del after[there.code]
        elif (there is not None and fact.code != there.code) or (
            there is None and fact.code in after
        ):
            return None
        else:
            after[fact.code] = fact
    return after


def _update_groups(
    index: Mapping[str, list[Any]],
    before: Mapping[str, Any],
    changes: Mapping[str, Any],
    order: Order,
) -> dict[str, list[Any]]:
    """Update the groups of those services alone whose facts change."""
    touched = {fact.service for fact in changes.values() if fact is not None}
    touched |= {before[key].service for key in changes if key in before}

    after = dict(index)
    for service in touched:
        kept = [
            fact for fact in index.get(service, ()) if fact.id not in changes
        ]
        new = [
            fact
            for fact in changes.values()
            if fact is not None and fact.service == service
        ]
        if kept or new:
            after[service] = sorted([*kept, *new], key=order)
        else:
            after.pop(service, None)
    return after
