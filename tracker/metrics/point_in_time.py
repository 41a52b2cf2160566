"""Where a scope stands at a day (METRICS.md, "Where a scope stands at d")."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import fsum
from typing import Any

from msgspec import Struct

from tracker.history import (
    days_at,
    days_in_stage,
    entered_on,
    is_active,
    last_move,
    opd_at,
    visits_at,
)
from tracker.metrics.membership import opds_of, services_of
from tracker.metrics.values import CITY, Scope
from tracker.model import Move, Obstacle, Service, Stage, Target
from tracker.register import Register

DUE_SOON = timedelta(days=27)
"""How far ahead of a day the targets are that are due soon."""


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

    @property
    def remaining(self) -> int:
        """Steps left to the single door."""
        return 2 - self.points


def services_at(register: Register, day: date, scope: Scope = CITY) -> list[ServiceAt]:
    """Return the scope's active services as they stood at the end of ``day``."""
    opds = opds_of(register, scope)
    found = (
        service_at(register, service, day) for service in services_of(register, scope)
    )
    return [at for at in found if at is not None and (opds is None or at.opd in opds)]


def service_at(register: Register, service: Service, day: date) -> ServiceAt | None:
    """Return one service as it stood at the end of ``day``; None where it was not active."""
    if not is_active(register, service, day):
        return None
    move = last_move(register, service, day)
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


def standing(services: Sequence[ServiceAt]) -> dict[str, Any]:
    """Return the counts, shares and indices of a scope's active services, by their names."""
    count = len(services)
    stages = [0, 0, 0]
    for at in services:
        stages[at.points] += 1
    conventional, online, integrated = stages
    return {
        "services": count,
        "conventional": conventional,
        "online": online,
        "integrated": integrated,
        "digital_share": share(online + integrated, count),
        "single_door_share": share(integrated, count),
        "index": share(100 * (online + 2 * integrated), 2 * count),
        "remaining_steps": 2 * conventional + online,
        **_by_volume(services),
        **_burden(services),
    }


def share(part: int, whole: int) -> float | None:
    """Return ``part / whole``, None over nothing."""
    return part / whole if whole else None


def _by_volume(services: Sequence[ServiceAt]) -> dict[str, Any]:
    known = [
        (at.service.volume, at.points)
        for at in services
        if at.service.volume is not None
    ]
    requests = sum(volume for volume, _ in known)
    return {
        "index_by_volume": share(
            100 * sum(volume * points for volume, points in known), 2 * requests
        ),
        "volume_coverage": share(len(known), len(services)),
    }


def _burden(services: Sequence[ServiceAt]) -> dict[str, Any]:
    """Return what the services ask of a citizen, and what they no longer ask."""
    visits = [at.visits for at in services if at.visits is not None]
    return {
        "visit_free_share": share(sum(v == 0 for v in visits), len(visits)),
        "visit_coverage": share(len(visits), len(services)),
        "visits_avoided": fsum(
            _saved((at.service.volume, at.service.visits, at.visits) for at in services)
        ),
        "days_saved": fsum(
            _saved((at.service.volume, at.service.days, at.days) for at in services)
        ),
    }


def _saved(
    known: Iterator[tuple[int | None, float | None, float | None]],
) -> Iterator[float]:
    for volume, before, now in known:
        if volume is not None and before is not None and now is not None:
            yield volume * max(0, before - now)
