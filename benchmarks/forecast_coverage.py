"""How often the forecast's dates held, on made-up processes.

    python -m benchmarks.forecast_coverage [--runs 400] [--seed 1]

Each run lets a process make steps for twelve weeks, forecasts from them when a given
amount of work will be done, and lets the process go on until it is. A date held if the
work was done by it; one beyond 260 weeks counts as held, since nothing was promised.
The old rule drew each coming week from the twelve, each as likely, whatever was drawn
before; the new one draws them from Pólya's urn.
"""

import argparse
import math
import random
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tracker.metrics.forecast import HISTORY, HORIZON, LEVELS
from tracker.metrics.urn import TOLERANCE, chances_ahead

WORK = (13, 52, 100)
"""Weeks that the work takes at the process's mean pace."""
PACE = 5
"""Mean steps a week."""
_CHANCES = (0.5, 0.85, 0.95)
Rule = Callable[[Sequence[int], int], list[int | None]]
Process = Callable[[random.Random], Iterator[int]]


class Held(NamedTuple):
    """Of some runs, how often each date held."""

    runs: int
    held: list[int]


def draw_steady(draw: random.Random) -> Iterator[int]:
    """Make the same mean pace every week, each step by itself."""
    while True:
        yield _poisson(draw, PACE)


def draw_bursty(draw: random.Random) -> Iterator[int]:
    """Make little in most weeks and much in one of ten, as integrations do."""
    while True:
        burst = draw.random() < 0.1
        yield _poisson(draw, PACE / 2) + (
            _poisson(draw, 5 * PACE) if burst else 0
        )


def draw_drifting(draw: random.Random) -> Iterator[int]:
    """Let the pace wander by a twentieth a week, up as often as down."""
    pace = float(PACE)
    while True:
        yield _poisson(draw, pace)
        pace *= math.exp(draw.gauss(0, 0.05))


def draw_seasonal(draw: random.Random) -> Iterator[int]:
    """Let the pace rise and fall by half over a year, from any week of it on."""
    week = draw.randrange(52)
    while True:
        yield _poisson(
            draw, PACE * (1 + 0.5 * math.sin(2 * math.pi * week / 52))
        )
        week += 1


PROCESSES: dict[str, Process] = {
    "steady": draw_steady,
    "bursty": draw_bursty,
    "drifting": draw_drifting,
    "seasonal": draw_seasonal,
}


def _poisson(draw: random.Random, mean: float) -> int:
    """Draw a Poisson number, as a sum of smaller ones so that no exponent underflows."""
    total = 0
    while mean > 0:
        part = min(mean, 30.0)
        limit, product = math.exp(-part), draw.random()
        while product > limit:
            total, product = total + 1, product * draw.random()
        mean -= part
    return total


def date_by_urn(steps: Sequence[int], work: int) -> list[int | None]:
    """Return the weeks after which the work is done, by the new rule."""
    found: list[int | None] = []
    for week, chance in enumerate(chances_ahead(steps, work, HORIZON)):
        while len(found) < len(LEVELS) and chance.reaches(LEVELS[len(found)]):
            found.append(week)
        if len(found) == len(LEVELS):
            break
    return found + [None] * (len(LEVELS) - len(found))


def date_by_mean(steps: Sequence[int], work: int) -> list[int | None]:
    """Return the weeks after which the work is done, by the old rule.

    ``left[i]`` is the chance that i + 1 steps are left; nothing is negative here.
    """
    left = [0.0] * work
    left[-1] = 1.0
    found: list[int | None] = []
    weights = {step: steps.count(step) / len(steps) for step in set(steps)}
    for week in range(1, HORIZON + 1):
        after = [0.0] * work
        for step, weight in weights.items():
            for place, chance in enumerate(left[step:]):
                after[place] += weight * chance
        left = after
        done = 1 - math.fsum(left) + float(TOLERANCE)
        found += [week for level in _CHANCES[len(found) :] if done >= level]
        if len(found) == len(LEVELS):
            break
    return found + [None] * (len(LEVELS) - len(found))


def count_held(
    process: Process, rule: Rule, weeks: int, runs: int, seed: int
) -> Held:
    """Return how often the dates of a rule held; the same runs for every rule."""
    held = [0] * len(LEVELS)
    for run in range(runs):
        course = process(random.Random(f"{seed}/{run}"))
        known = [next(course) for _ in range(HISTORY)]
        work = PACE * weeks
        if not any(known):
            continue
        took = _weeks_until(course, work)
        for level, promised in enumerate(rule(known, work)):
            held[level] += promised is None or took <= promised
    return Held(runs, held)


def _weeks_until(course: Iterator[int], work: int) -> int:
    """Return after how many weeks the work is done, or one more than the horizon."""
    for week, steps in enumerate(course, start=1):
        work -= steps
        if work <= 0 or week > HORIZON:
            break
    return week


def main() -> None:
    """Print a table for docs/METRICS.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rules: dict[str, Rule] = {"old": date_by_mean, "urn": date_by_urn}
    print("| process | weeks of work | rule | p50 held | p85 held | p95 held |")
    print("| --- | ---: | --- | ---: | ---: | ---: |")
    for name, process in PROCESSES.items():
        for weeks in WORK:
            for rule_name, rule in rules.items():
                found = count_held(
                    process, rule, weeks, options.runs, options.seed
                )
                shares = (
                    f"{100 * held / found.runs:.0f}" for held in found.held
                )
                print(
                    f"| {name} | {weeks} | {rule_name} | {' | '.join(shares)} |"
                )


if __name__ == "__main__":
    main()
