"""Hold many figures of random histories against the slow reading, and count them.

    python -m tests.tracker.metrics.compare [--histories 400]

Prints how many figures were compared, and the differences if there are any.
"""

import argparse
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from tests.tracker.metrics.histories import History, histories
from tests.tracker.metrics.marches import marches
from tests.tracker.metrics.reference import reference
from tests.tracker.metrics.test_reference import (
    city_differences,
    scope_differences,
)
from tracker.metrics.values import CITY, Scope


class Tally:
    """What was compared so far."""

    def __init__(self) -> None:
        self.histories = 0
        self.figures = 0
        self.differences: list[str] = []

    def compare(self, history: History) -> None:
        """Compare every figure of the city, its OPDs and the other scopes."""
        register, _, week, today = history
        scopes = [Scope("opd", key) for key in register.opds]
        scopes += [Scope("app", key) for key in register.applications]
        scopes += [Scope("kind", "dinas"), Scope("tag", "wajib")]
        self.histories += 1
        self.differences += city_differences(history)
        self.figures += count_leaves(reference(register, CITY, week, today))
        for scope in scopes:
            self.differences += scope_differences(history, scope)
            self.figures += count_leaves(
                reference(register, scope, week, today)
            )


def count_leaves(figures: Any) -> int:
    """Count the single figures in nested ones."""
    if isinstance(figures, dict):
        return sum(map(count_leaves, figures.values()))
    if isinstance(figures, list | tuple):
        return sum(map(count_leaves, figures))
    return 1


def main() -> None:
    """Draw histories and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=400)
    options = parser.parse_args()
    tally = Tally()
    many = settings(
        max_examples=options.histories // 2,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    many(given(histories())(tally.compare))()
    many(given(marches())(tally.compare))()
    print(f"{tally.figures} figures of {tally.histories} histories compared")
    print(
        f"{len(tally.differences)} differences",
        *tally.differences[:20],
        sep="\n",
    )


if __name__ == "__main__":
    main()
