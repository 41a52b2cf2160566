"""What lies after the last week of a chart: the goal, the way to it and the forecast's fan."""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

FURTHEST_GOAL = 2
"""How many times as far ahead as the weeks reach back the goal may lie and still be drawn."""
LEAD_SHARE = 4
"""The past is so many times as long as the line to a goal that is not drawn, if nothing else lies ahead."""


class Fan(Struct, frozen=True):
    """Where the forecast's courses run: the steps made by the end of each coming week, and ``all`` there are.

    Each week has five quantiles, the luckiest first: both edges of the outer band, of the inner one within
    it, and the median in the middle. The first week is the one after the last week drawn.
    """

    weeks: Sequence[Sequence[float]] = ()
    all: float = 0.0

    @classmethod
    def of_remaining(
        cls,
        quantiles: Sequence[Sequence[int]],
        every: int,
        passed: int,
    ) -> "Fan":
        """Return the fan that quantiles of the remaining steps make, out of ``every`` step there is.

        ``quantiles`` begins with the present of the forecast, which lies ``passed`` weeks before the last
        week drawn: a week that still runs is drawn, and forecast too.
        """
        return cls(
            [
                [every - left for left in week]
                for week in quantiles[passed + 1 :]
            ],
            float(every),
        )

    def arrival(self, quantile: int) -> int | None:
        """Return the first coming week, from 1, by which a quantile has made all steps."""
        return next(
            (
                n
                for n, week in enumerate(self.weeks, 1)
                if week[quantile] >= self.all
            ),
            None,
        )


NO_FAN = Fan()


@dataclass(frozen=True)
class Ahead:
    """What lies after the last week drawn: the goal, in weeks from it, and the forecast's fan.

    By that week ``made`` of ``every`` steps are made: from there a line leads to the goal. At most
    ``most`` weeks are drawn; None for as many as goal and fan need.
    """

    goal: int | None = None
    fan: Fan = NO_FAN
    made: float = 0.0
    every: float = 0.0
    most: int | None = None

    def weeks(self, past: int) -> int:
        """Count the weeks to draw after ``past`` ones: to the end of the fan, at most as many again.

        The goal is wanted more: it is drawn as long as the past keeps a third of the chart.
        """
        furthest = FURTHEST_GOAL * past - 1
        if self.most is not None:
            furthest = min(furthest, self.most)

        goal = self.goal or 0
        wanted = goal + 1 if 0 < goal <= furthest else 0
        if self.fan.weeks:
            wanted = max(wanted, min(len(self.fan.weeks) + 1, past))
        elif self.leads and not wanted:
            wanted = past // LEAD_SHARE
        return wanted if self.most is None else min(wanted, self.most)

    @property
    def leads(self) -> bool:
        """Whether there are steps to make up to a goal that lies ahead."""
        return (self.goal or 0) > 0 and self.made < self.every

    def needed_by(self, week: int) -> float:
        """Return the steps to have made by a coming week, from 1, to reach the goal at an even speed."""
        share = min(1.0, week / (self.goal or 1))
        return self.made + (self.every - self.made) * share
