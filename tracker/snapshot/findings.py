"""What a verdict can say of a week: one class a rule, with the figures of its sentence.

A finding is true by its rule (`tracker.snapshot.verdict`); its words in a language are in
`tracker.snapshot.verdict_text`. ``urgency`` orders findings, the most urgent lowest.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from tracker.metrics.values import Pace
from tracker.week import Week


@dataclass(frozen=True)
class DueDate:
    """The targets of one day, whatever their stage: sums over METRICS.md's ``targets``.

    ``opds`` counts the OPDs with an open one; ``kinds`` has the open ones by kind of
    OPD, the most first. ``registered_met`` of ``pace_13`` had reached their stage when they
    were registered: ``expected_by_steps`` is what the others of ``pace_13`` lead to.
    """

    due_on: date
    set: int
    met: int
    on_time: int
    open: int
    days_left: int
    pace_4: int
    pace_13: int
    expected: int
    registered_met: int
    expected_by_steps: int
    opds: int
    kinds: tuple[tuple[str, int], ...]

    @property
    def passed(self) -> bool:
        """Whether the day is over."""
        return self.days_left < 0

    @property
    def missed(self) -> bool:
        """Whether the day is over with targets open."""
        return self.passed and self.open > 0

    @property
    def short(self) -> int:
        """Targets that the pace of the last 13 weeks leaves open on the day."""
        return self.set - self.expected

    @property
    def short_by_steps(self) -> int:
        """Likewise, with the pace of those alone that were not registered as met."""
        return self.set - self.expected_by_steps


@dataclass(frozen=True)
class GoalMissed:
    """The goal's day is over and steps remained at its end (``goal_outcome`` missed)."""

    urgency: ClassVar[int] = 0
    goal: date
    remaining_steps: int
    """Steps that remain on the week's last day."""


@dataclass(frozen=True)
class GoalDue:
    """The week's last day is the goal's, and steps remain on it: it is neither missed yet nor ahead."""

    urgency: ClassVar[int] = 0
    goal: date
    remaining_steps: int


@dataclass(frozen=True)
class GoalMet:
    """Nothing remained at the end of the goal's day (``goal_outcome`` met)."""

    urgency: ClassVar[int] = 80
    goal: date


@dataclass(frozen=True)
class DeadlineJustMissed:
    """The day of targets passed in the last 28 days, and some are open."""

    urgency: ClassVar[int] = 10
    due: DueDate


@dataclass(frozen=True)
class DeadlineThreatened:
    """Targets fall due within 91 days, more than the pace of 13 weeks will meet."""

    urgency: ClassVar[int] = 20
    due: DueDate


@dataclass(frozen=True)
class DeadlinesMissed:
    """Days of targets have passed, and some are open; the latest first.

    One that `DeadlineJustMissed` tells is not among them.
    """

    urgency: ClassVar[int] = 30
    dues: tuple[DueDate, ...]


@dataclass(frozen=True)
class GoalProspect:
    """The goal is ahead and its chance is known.

    ``chance`` is the city's ``goal_chance``; ``likely``, ``open``, ``unlikely`` and
    ``unknown`` are ``on_course``, the OPDs by their own chance. ``standing_still`` counts
    the OPDs whose forecast has the reason ``no_progress``, and ``late_kinds`` are the kinds
    of OPD whose own chance is below one half, with the day by which they are done as
    likely as not (None where no forecast reaches it).
    """

    urgency: ClassVar[int] = 40
    goal: date
    chance: float
    likely: int
    open: int
    unlikely: int
    unknown: int
    standing_still: int
    since: date
    """The first day of the weeks in which they made no progress."""
    late_kinds: tuple[tuple[str, date | None], ...]

    @property
    def opds(self) -> int:
        """The OPDs with services."""
        return self.likely + self.open + self.unlikely + self.unknown


@dataclass(frozen=True)
class PaceTurned:
    """The pace is not steady: it is accelerating, slowing, stalled or regressing."""

    urgency: ClassVar[int] = 50
    pace: Pace
    window_weeks: int
    steps_recent: int
    steps_before: int


@dataclass(frozen=True)
class KindsApart:
    """The index of one kind of OPD is at least 20 points under that of another.

    Only kinds of three OPDs or more count. ``conventional`` and ``services`` are those of
    the kind with the lowest index.
    """

    urgency: ClassVar[int] = 60
    lowest: str
    lowest_index: float
    conventional: int
    services: int
    highest: str
    highest_index: float


@dataclass(frozen=True)
class DeadlineKept:
    """The day of targets passed in the last 28 days, and all of them are met."""

    urgency: ClassVar[int] = 70
    due: DueDate


@dataclass(frozen=True)
class PaceSteady:
    """The pace is steady."""

    urgency: ClassVar[int] = 75
    window_weeks: int
    steps_recent: int
    steps_before: int


@dataclass(frozen=True)
class InOpening:
    """The opening is not closed: what is told is a baseline, and nothing is a step.

    ``assumed`` of ``services`` services nobody has told yet, in ``opds`` OPDs.
    """

    urgency: ClassVar[int] = 1
    assumed: int
    services: int
    opds: int


@dataclass(frozen=True)
class AllDone:
    """Every service is behind the single door."""

    urgency: ClassVar[int] = 5
    services: int


@dataclass(frozen=True)
class NotYet:
    """Neither pace nor forecast can be told yet; ``reason`` says why."""

    urgency: ClassVar[int] = 85
    reason: Literal[
        "no_service",
        "no_service_then",
        "too_little_history",
        "no_progress",
        "no_goal",
    ]
    since: Week | None


@dataclass(frozen=True)
class Standing:
    """How many services stand in each stage."""

    urgency: ClassVar[int] = 90
    services: int
    conventional: int
    online: int
    integrated: int


Finding = (
    GoalMissed
    | GoalDue
    | GoalMet
    | DeadlineJustMissed
    | DeadlineThreatened
    | DeadlinesMissed
    | GoalProspect
    | PaceTurned
    | KindsApart
    | DeadlineKept
    | PaceSteady
    | InOpening
    | AllDone
    | NotYet
    | Standing
)
