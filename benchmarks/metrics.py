"""Time the metrics on a made-up city: ``python benchmarks/metrics.py [--services 1000] [--rounds 5]``.

Prints the median of several rounds in milliseconds, with the register's indexes built and without
(a register read from disk has none yet).
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.city import LAST, OPDS, TODAY, WEEKS, register
from tracker.metrics import (
    Scope,
    Series,
    WeekReading,
    fan_at,
    forecast_at,
    measure,
    measure_scope,
    read_all_series,
)
from tracker.metrics.track_record import track_record_at


def median(call: Callable[[], object], rounds: int) -> float:
    """Return the median time of a call in milliseconds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


def _march(services: int, steps: list[int], scale: int | None = None) -> Series:
    """Return a city that made ``steps`` for each 100 services, all of it still to do."""
    scale = services // 100 if scale is None else scale
    made = [0, *(scale * step for step in steps)]
    return Series(
        weeks=[LAST.plus(week - len(steps)) for week in range(len(made))],
        start=0,
        conventional=[services] * len(made),
        online=[0] * len(made),
        integrated=[0] * len(made),
        joined=[0] * len(made),
        left=[0] * len(made),
        forward=[max(0, step) for step in made],
        backward=[max(0, -step) for step in made],
        joined_remaining=[0] * len(made),
    )


def main() -> None:
    """Print what each of the metrics takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--services", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    city = register(options.services)
    opd = Scope("opd", next(iter(city.opds)))
    reading = WeekReading(city, LAST, TODAY)
    series, place = (
        reading.series["city"],
        reading.rates_position(reading.series["city"]),
    )
    steady = _march(options.services, [0, 1, 2, 1, 0, 3, 1, 2, 4, 1, 0, 2])
    slow = _march(options.services, [-1, 1, *[0] * 5, 1, -1, 1, 0, 0], scale=1)
    calls: dict[str, Callable[[], object]] = {
        "all_series": lambda: read_all_series(city, LAST, TODAY),
        "all_series, no index yet": lambda: read_all_series(
            replace(city), LAST, TODAY
        ),
        "measure": lambda: measure(city, LAST, TODAY),
        "measure, no index yet": lambda: measure(replace(city), LAST, TODAY),
        "measure_scope of an OPD": lambda: measure_scope(
            city, opd, LAST, TODAY
        ),
        "track record of the city": lambda: track_record_at(series, place),
        "forecast of a city": lambda: forecast_at(steady, 12),
        "forecast of a city, 260 weeks": lambda: forecast_at(slow, 12),
        "fan of a city, 52 weeks": lambda: fan_at(steady, 12, 52),
    }
    print(
        f"{options.services} services, {len(city.moves)} moves, {OPDS} OPDs, {WEEKS} weeks"
    )
    for name, call in calls.items():
        call()
        print(f"{name:32} {median(call, options.rounds):8.1f} ms")


if __name__ == "__main__":
    main()
