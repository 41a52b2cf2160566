"""How long a stage holds a service (METRICS.md, "How long a stage holds a service")."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from tracker.history import closed_days, is_active, opd_at
from tracker.metrics.membership import opds_of, services_of
from tracker.metrics.values import CITY, Scope, StageTime
from tracker.model import Service, Stage
from tracker.register import Register

LOOK_BACK = timedelta(days=182)
_LEFT = (Stage.CONVENTIONAL, Stage.ONLINE)


class Exit(NamedTuple):
    """A service left a stage forward after some days in it, in the hands of ``opd`` (a key)."""

    opd: str
    stage: Stage
    days: int


def stage_times(exits: Iterable[Exit]) -> dict[str, StageTime]:
    """Return the median and the 85th percentile of the days that each stage took."""
    days: dict[Stage, list[int]] = {stage: [] for stage in _LEFT}
    for exit in exits:
        days[exit.stage].append(exit.days)
    return {stage.value: _stage_time(sorted(taken)) for stage, taken in days.items()}


def exits_at(register: Register, day: date, scope: Scope = CITY) -> list[Exit]:
    """Return the forward exits made in the scope in the 182 days up to ``day``."""
    opds = opds_of(register, scope)
    found: list[Exit] = []
    for service in services_of(register, scope):
        moves = register.moves_of.get(service.id)
        if moves and moves[-1].on > day - LOOK_BACK:
            found += _exits(register, service, day)
    return [exit for exit in found if opds is None or exit.opd in opds]


def _exits(register: Register, service: Service, day: date) -> list[Exit]:
    found: list[Exit] = []
    stage, entered = service.stage, service.registered_on
    for move in register.moves_of[service.id]:
        if move.on > day:
            break
        if move.stage == stage:
            continue
        forward = move.stage.points > stage.points
        if (
            forward
            and move.on > day - LOOK_BACK
            and is_active(register, service, move.on)
        ):
            days = (move.on - entered).days - closed_days(
                register, service, entered, move.on
            )
            found.append(Exit(opd_at(register, service, move.on), stage, days))
        stage, entered = move.stage, move.on
    return found


def _stage_time(days: list[int]) -> StageTime:
    count = len(days)
    if not count:
        return StageTime(None, None, 0)
    return StageTime(days[-(-count // 2) - 1], days[-(-17 * count // 20) - 1], count)
