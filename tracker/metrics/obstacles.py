"""What holds the services back, by factor (METRICS.md, "Obstacles")."""

from collections.abc import Iterable

from tracker.metrics.standing import ServiceAt
from tracker.metrics.values import FactorLoad
from tracker.model import Factor


def factor_loads(services: Iterable[ServiceAt]) -> dict[str, FactorLoad]:
    """Return for each factor its open obstacles, the services held and their remaining steps."""
    held = [at for at in services if at.obstacles]
    return {factor.value: _load(factor, held) for factor in Factor}


def _load(factor: Factor, held: Iterable[ServiceAt]) -> FactorLoad:
    opened, services, remaining = 0, 0, 0
    for at in held:
        count = sum(obstacle.factor == factor for obstacle in at.obstacles)
        if count:
            opened, services, remaining = opened + count, services + 1, remaining + at.remaining
    return FactorLoad(opened, services, remaining)
