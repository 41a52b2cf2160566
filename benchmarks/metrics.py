"""Time the metrics on a made-up city: ``python benchmarks/metrics.py [--services 1000] [--rounds 5]``.

Prints the median of several rounds in milliseconds, with the register's indexes built and without
(a register read from disk has none yet).
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tracker.metrics import Scope, all_series, forecast, forecast_fan, measure, measure_scope
from tracker.model import OPD, City, Closure, Move, Obstacle, Report, Service, Stage, Target, Transfer
from tracker.register import Register
from tracker.week import Week

WEEKS, OPDS = 104, 70
START = date(2024, 1, 1)
TODAY = START + timedelta(weeks=WEEKS)
LAST = Week.of(TODAY).plus(-1)
STAGES = tuple(Stage)


def register(services: int, opds: int = OPDS, seed: int = 1) -> Register:
    """Make a city up: three moves a service, a tenth of them transferred, a twentieth closed in the end."""
    draw = random.Random(seed)
    numbers = iter(range(1, 10_000_000))

    def known() -> dict[str, object]:
        number = next(numbers)
        moment = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
        return {"id": f"x-{number:07d}", "recorded_at": moment, "by": "b"}

    def some_day(first: int = 0) -> date:
        return START + timedelta(days=draw.randrange(first, WEEKS * 7))

    tables: dict[str, list[object]] = {}

    def add(table: str, kind: type, **fields: object) -> str:
        fact = kind(**known(), **fields)
        tables.setdefault(table, []).append(fact)
        key: str = fact.id
        return key

    add("city", City, name="Bandung", portal="Sadayana", goal=date(2027, 12, 31))
    owners = [add("opds", OPD, code=f"opd-{n}", name=f"OPD {n}") for n in range(opds)]
    for n in range(services):
        key = add(
            "services",
            Service,
            code=f"s-{n}",
            name=f"Layanan {n}",
            opd=owners[n % opds],
            registered_on=START + timedelta(days=draw.randrange(0, 30)),
            volume=draw.randrange(10_000),
            visits=2.0,
            days=5.0,
        )
        stage = 0
        for on in sorted(some_day(30) for _ in range(3)):
            stage = max(0, min(2, stage + draw.choice((1, 1, 0, -1))))
            add("moves", Move, service=key, on=on, stage=STAGES[stage], visits=1.0, days=3.0)
        if draw.random() < 0.1:
            add("transfers", Transfer, service=key, on=some_day(30), opd=draw.choice(owners))
        if draw.random() < 0.05:
            add("closures", Closure, service=key, start=on + timedelta(days=1))
        if draw.random() < 0.2:
            add("targets", Target, service=key, stage=Stage.INTEGRATED, due_on=some_day())
            add("obstacles", Obstacle, service=key, factor="people", description="x", opened_on=some_day(30))
    for owner in owners:
        for week in range(0, WEEKS, 2):
            add("reports", Report, opd=owner, week=str(Week.of(START).plus(week)))
    kept = {name: {fact.id: fact for fact in facts} for name, facts in tables.items()}  # type: ignore[attr-defined]
    return Register(prefix="x", next_number=next(numbers), **kept)  # type: ignore[arg-type]


def median(call: Callable[[], object], rounds: int) -> float:
    """Return the median time of a call in milliseconds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


def main() -> None:
    """Print what each of the metrics takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--services", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    city = register(options.services)
    opd = Scope("opd", next(iter(city.opds)))
    steps = [draw * options.services // 100 for draw in (0, 1, 2, 1, 0, 3, 1, 2, 4, 1, 0, 2)]
    slow = [-1, 1, *[0] * 5, 1, -1, 1, 0, 0]
    wide, services = 2 * options.services, options.services
    calls: dict[str, Callable[[], object]] = {
        "all_series": lambda: all_series(city, LAST, TODAY),
        "all_series, no index yet": lambda: all_series(replace(city), LAST, TODAY),
        "measure": lambda: measure(city, LAST, TODAY),
        "measure, no index yet": lambda: measure(replace(city), LAST, TODAY),
        "measure_scope of an OPD": lambda: measure_scope(city, opd, LAST, TODAY),
        "forecast of a city": lambda: forecast(steps, wide, services, LAST),
        "forecast of a city, 260 weeks": lambda: forecast(slow, wide, services, LAST),
        "fan of a city, 52 weeks": lambda: forecast_fan(steps, wide, services, 52),
    }
    print(f"{options.services} services, {len(city.moves)} moves, {OPDS} OPDs, {WEEKS} weeks")
    for name, call in calls.items():
        call()
        print(f"{name:32} {median(call, options.rounds):8.1f} ms")


if __name__ == "__main__":
    main()
