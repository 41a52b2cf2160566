"""One service told day by day from the raw tables, for the slow reading of the figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tracker.model import Closure, Move, Obstacle, Service, Target, Transfer
from tracker.register import Register

DAY = timedelta(days=1)


def days(first: date, last: date) -> Iterator[date]:
    """Yield the days from ``first`` to ``last``, both included."""
    while first <= last:
        yield first
        first += DAY


@dataclass(frozen=True, eq=False)
class Story:
    """One service with all that is recorded of it, in the order in which it counts."""

    service: Service
    moves: list[Move]
    transfers: list[Transfer]
    closures: list[Closure]
    targets: list[Target]
    found_obstacles: list[Obstacle]

    @classmethod
    def of(cls, register: Register, service: Service) -> "Story":
        """Gather it: by day; of several on one day the one recorded last counts."""

        def its(table: Any) -> list[Any]:
            return [
                fact for fact in table.values() if fact.service == service.id
            ]

        def in_order(table: Any) -> list[Any]:
            return sorted(
                its(table),
                key=lambda fact: (fact.on, fact.recorded_at, fact.id),
            )

        return cls(
            service,
            in_order(register.moves),
            in_order(register.transfers),
            its(register.closures),
            its(register.targets),
            its(register.obstacles),
        )

    def active(self, d: date) -> bool:
        """It is active from registered_on until retired_on (excluded), and again once reopened."""
        if d < self.service.registered_on:
            return False
        return not any(
            c.start <= d and (c.until is None or d < c.until)
            for c in self.closures
        )

    def opd(self, d: date) -> str:
        """A transfer takes effect at the start of its day; of several the one recorded last counts."""
        return [
            self.service.opd,
            *(t.opd for t in self.transfers if t.on <= d),
        ][-1]

    def points(self, d: date) -> int:
        """Its stage is that of its last move dated on or before d; with none, its baseline stage."""
        return [
            self.service.stage,
            *(m.stage for m in self.moves if m.on <= d),
        ][-1].points

    def points_before(self, d: date) -> int:
        """The points before that day's moves."""
        return [self.service.stage, *(m.stage for m in self.moves if m.on < d)][
            -1
        ].points

    def visits(self, d: date) -> float | None:
        """Visits hold from the move (or baseline) that states them until one states another value."""
        stated = [
            m.visits for m in self.moves if m.on <= d and m.visits is not None
        ]
        return [self.service.visits, *stated][-1]

    def days(self, d: date) -> float | None:
        """Processing days likewise."""
        stated = [
            m.days for m in self.moves if m.on <= d and m.days is not None
        ]
        return [self.service.days, *stated][-1]

    def steps(self, d: date) -> list[int]:
        """Each of the day's moves against the stage before it."""
        before, steps = self.points_before(d), []
        for move in self.moves:
            if move.on == d:
                steps.append(move.stage.points - before)
                before = move.stage.points
        return steps

    def entered(self, d: date) -> date:
        """It entered its stage on the day of the last move that changed it, or when registered."""
        stage, since = self.service.stage, self.service.registered_on
        for move in self.moves:
            if move.on <= d and move.stage != stage:
                stage, since = move.stage, move.on
        return since

    def held(self, since: date, until: date) -> int:
        """Days closed do not count as time in a stage."""
        return sum(self.active(day) for day in days(since, until - DAY))

    def verified(self, d: date) -> bool:
        """Tell whether its last move is verified by d (a baseline counts as verified)."""
        moves = [move for move in self.moves if move.on <= d]
        return not moves or (
            moves[-1].verified_on is not None and moves[-1].verified_on <= d
        )
