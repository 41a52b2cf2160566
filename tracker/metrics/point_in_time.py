"""Where a scope stands at a day (METRICS.md, "Where a scope stands at d")."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import fsum

from msgspec import Struct

from tracker.history import (
    days_at,
    days_in_stage,
    entered_on,
    find_last_move,
    is_active,
    opd_at,
    visits_at,
)
from tracker.metrics.membership import opds_of, services_of
from tracker.metrics.values import CITY, Scope
from tracker.model import Factor, Move, Obstacle, Service, Stage, Target
from tracker.register import Register

DUE_SOON = timedelta(days=27)
"""How far ahead of a day the targets are that are due soon."""
BLOCKED_SPAN = 91
"""Days up to a day, itself included, of which those that an obstacle was open count."""


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
    register: Register, day: date, scope: Scope = CITY
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
    register: Register, service: Service, day: date
) -> ServiceAt | None:
    """Return one service as it stood at the end of ``day``; None where it was not active."""
    if not is_active(register, service, day):
        return None
    move = find_last_move(register, service, day)
    stage = move.stage if move else service.stage
    unmet = [
        t
        for t in register.targets_of.get(service.id, ())
        if stage.points < t.stage.points
    ]
    return ServiceAt(
        service=service,
        opd=opd_at(register, service, day),
        stage=stage,
        points=stage.points,
        entered_on=entered_on(register, service, day),
        days_in_stage=days_in_stage(register, service, day),
        visits=visits_at(register, service, day),
        days=days_at(register, service, day),
        move=move,
        verified=move is None
        or (move.verified_on is not None and move.verified_on <= day),
        overdue=tuple(t for t in unmet if t.due_on < day),
        due_soon=tuple(t for t in unmet if day <= t.due_on <= day + DUE_SOON),
        obstacles=_open_obstacles(register, service, day),
        blocked_days=_blocked_days(register, service, day),
    )


def _open_obstacles(
    register: Register, service: Service, day: date
) -> tuple[Obstacle, ...]:
    return tuple(
        obstacle
        for obstacle in register.obstacles_of.get(service.id, ())
        if obstacle.opened_on <= day
        and (obstacle.resolved_on is None or obstacle.resolved_on > day)
    )


def _blocked_days(
    register: Register, service: Service, day: date
) -> dict[Factor, int]:
    found: dict[Factor, int] = {}
    since, after = (
        day - timedelta(days=BLOCKED_SPAN - 1),
        day + timedelta(days=1),
    )
    for obstacle in register.obstacles_of.get(service.id, ()):
        first = max(obstacle.opened_on, since)
        days = (min(obstacle.resolved_on or after, after) - first).days
        if days > 0:
            found[obstacle.factor] = found.get(obstacle.factor, 0) + days
    return found


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
    for at in services:
        stages[at.points] += 1
    conventional, online, integrated = stages
    visits = [at.visits for at in services if at.visits is not None]
    volumes = [
        (at.service.volume, at.points)
        for at in services
        if at.service.volume is not None
    ]
    requests = sum(volume for volume, _ in volumes)
    return Standing(
        services=count,
        conventional=conventional,
        online=online,
        integrated=integrated,
        digital_share=share(online + integrated, count),
        single_door_share=share(integrated, count),
        index=share(100 * (online + 2 * integrated), 2 * count),
        index_by_volume=share(
            100 * sum(volume * points for volume, points in volumes),
            2 * requests,
        ),
        volume_coverage=share(len(volumes), count),
        remaining_steps=2 * conventional + online,
        visit_free_share=share(sum(v == 0 for v in visits), len(visits)),
        visit_coverage=share(len(visits), count),
        visits_avoided=_sum_savings(
            (at.service.volume, at.service.visits, at.visits) for at in services
        ),
        days_saved=_sum_savings(
            (at.service.volume, at.service.days, at.days) for at in services
        ),
    )


def share(part: int, whole: int) -> float | None:
    """Return ``part / whole``; None over nothing."""
    return part / whole if whole else None


def _sum_savings(
    changes: Iterable[tuple[int | None, float | None, float | None]],
) -> float:
    """Sum volume x what a request no longer takes, where all three are known."""
    return fsum(
        volume * max(0, before - now)
        for volume, before, now in changes
        if volume is not None and before is not None and now is not None
    )
