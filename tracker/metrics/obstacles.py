"""What holds the services back, by factor (METRICS.md, "Obstacles")."""

from collections.abc import Iterable, Mapping

from tracker.metrics.point_in_time import ServiceAt
from tracker.metrics.values import FactorLoad
from tracker.model import Factor


def factor_loads(services: Iterable[ServiceAt]) -> dict[str, FactorLoad]:
    """Return for each factor its open obstacles, the services held and their remaining steps."""
    held: dict[Factor, list[ServiceAt]] = {factor: [] for factor in Factor}
    for at in services:
        # Whoever an open obstacle holds, it has held for a day at least.
        for factor in at.blocked_days:
            held[factor].append(at)
    return {
        factor.value: load_of(alike, [factor]) for factor, alike in held.items()
    }


def add_loads(
    parts: Iterable[Mapping[str, FactorLoad]],
) -> dict[str, FactorLoad]:
    """Return the loads of scopes that have no service in common, taken together."""
    alike = list(parts)
    return {
        factor.value: FactorLoad(
            open=sum(part[factor.value].open for part in alike),
            services=sum(part[factor.value].services for part in alike),
            remaining_steps=sum(
                part[factor.value].remaining_steps for part in alike
            ),
            blocked_days=sum(part[factor.value].blocked_days for part in alike),
        )
        for factor in Factor
    }


def load_of(
    services: Iterable[ServiceAt],
    factors: Iterable[Factor] = Factor,
) -> FactorLoad:
    """Return the load of some factors: open obstacles, services held, remaining steps."""
    chosen = set(factors)
    opened = held = remaining = blocked_days = 0
    for at in services:
        count = sum(obstacle.factor in chosen for obstacle in at.obstacles)
        if count:
            opened += count
            held += 1
            remaining += at.remaining
        blocked_days += sum(
            days for factor, days in at.blocked_days.items() if factor in chosen
        )
    return FactorLoad(
        open=opened,
        services=held,
        remaining_steps=remaining,
        blocked_days=blocked_days,
    )
