"""Where a scope stands at a day (METRICS.md, "Where a scope stands at d")."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import fsum

from msgspec import Struct

from tracker.history import (
    closed_days,
    is_active,
    is_verified,
    opd_at,
    read_state,
)
from tracker.metrics.membership import opds_of, services_of, stays_in_place
from tracker.metrics.values import CITY, Scope
from tracker.model import Factor, Move, Obstacle, Service, Stage, Target
from tracker.register import Register

DUE_SOON = timedelta(days=27)
"""How far ahead of a day the targets are that are due soon."""
BLOCKED_SPAN = 91
"""Days up to a day, itself included, of which those that an obstacle was open count."""
_NOT_BLOCKED: dict[Factor, int] = {}
"""Shared by the services without obstacles, which are most: nobody changes it."""


class ServiceAt(Struct, frozen=True):
    """An active service as it stood at the end of a day; ``opd`` is a key, ``move`` its last move.

    ``overdue`` and ``due_soon`` are the targets that it has not reached, ``obstacles`` the open ones,
    ``verified`` whether its last move was verified by then (a baseline counts as verified).
    """

    service: Service
    opd: str
    stage: Stage
    points: int
    entered_on: date
    days_in_stage: int
    visits: float | None
    days: float | None
    move: Move | None
    verified: bool
    overdue: tuple[Target, ...]
    due_soon: tuple[Target, ...]
    obstacles: tuple[Obstacle, ...]
    blocked_days: dict[Factor, int]
    """The days of the last 91 on which each factor's obstacles were open, summed."""

    @property
    def remaining(self) -> int:
        """Steps left to the single door."""
        return 2 - self.points


def services_at(
    register: Register,
    day: date,
    scope: Scope = CITY,
) -> list[ServiceAt]:
    """Return the scope's active services as they stood at the end of ``day``."""
    opds = opds_of(register, scope)
    found = (
        service_at(register, service, day)
        for service in services_of(register, scope)
    )
    return [
        at
        for at in found
        if at is not None and (opds is None or at.opd in opds)
    ]


def service_at(
    register: Register,
    service: Service,
    day: date,
) -> ServiceAt | None:
    """Return one service as it stood at the end of ``day``; None where it was not active."""
    if not is_active(register, service, day):
        return None
    state = read_state(register, service, day)
    points, move = state.stage.points, state.move
    overdue, due_soon = _find_unmet(register, service, points, day)
    opened, blocked_days = _read_obstacles(register, service, day)
    opd, closed = service.opd, 0
    if not stays_in_place(register, service):
        opd = opd_at(register, service, day)
        closed = closed_days(register, service, state.entered_on, day)
    return ServiceAt(
        service=service,
        opd=opd,
        stage=state.stage,
        points=points,
        entered_on=state.entered_on,
        days_in_stage=(day - state.entered_on).days - closed,
        visits=state.visits,
        days=state.days,
        move=move,
        verified=move is None or is_verified(move, day),
        overdue=overdue,
        due_soon=due_soon,
        obstacles=opened,
        blocked_days=blocked_days,
    )


def _find_unmet(
    register: Register,
    service: Service,
    points: int,
    day: date,
) -> tuple[tuple[Target, ...], tuple[Target, ...]]:
    """Return the targets not reached with ``points``: those overdue, and those due soon."""
    targets = register.targets_of.get(service.id)
    if targets is None:
        return (), ()
    unmet = [target for target in targets if points < target.stage.points]
    last = day + DUE_SOON
    return (
        tuple(target for target in unmet if target.due_on < day),
        tuple(target for target in unmet if day <= target.due_on <= last),
    )


def _read_obstacles(
    register: Register,
    service: Service,
    day: date,
) -> tuple[tuple[Obstacle, ...], dict[Factor, int]]:
    """Return the obstacles open on ``day``, and the blocked days by factor."""
    obstacles = register.obstacles_of.get(service.id)
    if obstacles is None:
        return (), _NOT_BLOCKED
    since = day - timedelta(days=BLOCKED_SPAN - 1)
    after = day + timedelta(days=1)
    opened: list[Obstacle] = []
    blocked: dict[Factor, int] = {}

    for obstacle in obstacles:
        end = obstacle.resolved_on or after
        if obstacle.opened_on <= day < end:
            opened.append(obstacle)
        first = max(obstacle.opened_on, since)
        days = (min(end, after) - first).days
        if days > 0:
            blocked[obstacle.factor] = blocked.get(obstacle.factor, 0) + days
    return tuple(opened), blocked


class Standing(Struct, frozen=True):
    """Where a scope stands: its counts, shares and indices, named as in METRICS.md."""

    services: int
    conventional: int
    online: int
    integrated: int
    digital_share: float | None
    single_door_share: float | None
    index: float | None
    index_by_volume: float | None
    volume_coverage: float | None
    remaining_steps: int
    visit_free_share: float | None
    visit_coverage: float | None
    visits_avoided: float
    days_saved: float


def measure_standing(services: Sequence[ServiceAt]) -> Standing:
    """Return where a scope with these active services stands."""
    count = len(services)
    stages = [0, 0, 0]
    visit_free = known_visits = 0
    known_volumes = requests = weighted_points = 0
    visits_avoided: list[float] = []
    days_saved: list[float] = []

    for at in services:
        stages[at.points] += 1
        if at.visits is not None:
            known_visits += 1
            visit_free += at.visits == 0
        service = at.service
        volume = service.volume
        if volume is None:
            continue
        known_volumes += 1
        requests += volume
        weighted_points += volume * at.points
        before, now = service.visits, at.visits
        if before is not None and now is not None and now < before:
            visits_avoided.append(volume * (before - now))
        before, now = service.days, at.days
        if before is not None and now is not None and now < before:
            days_saved.append(volume * (before - now))

    conventional, online, integrated = stages
    return Standing(
        services=count,
        conventional=conventional,
        online=online,
        integrated=integrated,
        digital_share=share(online + integrated, count),
        single_door_share=share(integrated, count),
        index=share(100 * (online + 2 * integrated), 2 * count),
        index_by_volume=share(100 * weighted_points, 2 * requests),
        volume_coverage=share(known_volumes, count),
        remaining_steps=2 * conventional + online,
        visit_free_share=share(visit_free, known_visits),
        visit_coverage=share(known_visits, count),
        visits_avoided=fsum(visits_avoided),
        days_saved=fsum(days_saved),
    )


def share(part: int, whole: int) -> float | None:
    """Return ``part / whole``; None over nothing."""
    return part / whole if whole else None
