"""The week as a value: everything that its page says, before it is put into words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tracker.decisions.proposals import Proposal
from tracker.decisions.status import DecisionNews
from tracker.metrics.flow import Movement
from tracker.metrics.point_in_time import ServiceAt
from tracker.metrics.values import CityFigures, Figures, Forecast, OPDFigures
from tracker.model import (
    OPD,
    City,
    Decision,
    Evaluation,
    Fact,
    Milestone,
    Service,
    Stage,
    StoredSnapshot,
)
from tracker.snapshot.findings import DueDate, Finding
from tracker.week import Week

HeadlineName = Literal[
    "index",
    "digital_share",
    "single_door_share",
    "visit_free_share",
    "remaining_steps",
]


@dataclass(frozen=True)
class Headline:
    """One of the five figures of two weeks compared; None where it does not exist."""

    name: HeadlineName
    now: float | None
    before: float | None


@dataclass(frozen=True)
class PastFigure:
    """A key figure at the end of the week ``weeks`` before; None where it did not exist.

    ``method_break`` is the latest change of method between then and now: the two figures
    do not compare.
    """

    weeks: int
    value: float | None
    method_break: Milestone | None


@dataclass(frozen=True)
class KeyFigure:
    """One of the five key figures now, and a week, 4 weeks, 13 weeks and a year ago."""

    name: HeadlineName
    now: float | None
    past: tuple[PastFigure, ...]

    def change(self, weeks: int) -> float | None:
        """Return what the figure gained in ``weeks``; None where either end is missing."""
        then = next(past.value for past in self.past if past.weeks == weeks)
        return None if self.now is None or then is None else self.now - then


@dataclass(frozen=True)
class KindFigures:
    """The figures of one kind of OPD."""

    kind: str
    figures: Figures


@dataclass(frozen=True)
class OPDInNeed:
    """An OPD that must move: late targets, targets due soon, no progress, silence.

    ``steps_recent`` are its net steps of the last ``window_weeks`` complete weeks (None where
    its history is too short), ``silent_weeks`` complete weeks without report or move.
    """

    opd: OPDFigures
    contact: str
    overdue: int
    due_soon: int
    window_weeks: int | None
    steps_recent: int | None
    silent_weeks: int


@dataclass(frozen=True)
class Reporting:
    """How many OPDs with services were heard from in the week, and in the one before."""

    heard: int
    opds: int
    heard_before: int | None
    silent: tuple[OPDFigures, ...]
    """Those not heard from, the longest silent first."""


@dataclass(frozen=True)
class EarlierForecast:
    """The city's forecast as of the end of an earlier week, as the history now reads."""

    week: Week
    forecast: Forecast


@dataclass(frozen=True)
class OPDMoves:
    """What moved in an OPD in the week, each move with the stage before it."""

    opd: OPD
    movements: tuple[Movement, ...]

    @property
    def steps(self) -> int:
        """Steps made; backward ones count negative."""
        return sum(movement.steps for movement in self.movements)

    @property
    def size(self) -> int:
        """Steps made forward and backward, both counted positive."""
        return sum(abs(movement.steps) for movement in self.movements)


@dataclass(frozen=True)
class Crossing:
    """A service that came into the city's count on a day, or left it, in the stage in which it did."""

    service: Service
    opd: OPD
    on: date
    stage: Stage
    how: Literal["registered", "reopened", "retired"]


@dataclass(frozen=True)
class Passing:
    """A service that passed from one OPD to another."""

    service: Service
    giver: OPD
    taker: OPD
    on: date


@dataclass(frozen=True)
class Ranked:
    """An OPD's place among those with services, by index; equal ones share a place."""

    opd: OPDFigures
    rank: int | None


@dataclass(frozen=True)
class LateEntry:
    """An entry recorded in the week that says something of an earlier one.

    ``before`` is what stood there (None where it is new), ``after`` what stands there now
    (None where it was withdrawn).
    """

    week: Week
    service: Service
    before: Fact | None
    after: Fact | None
    why: str


@dataclass(frozen=True)
class Difference:
    """A published figure and what the history says today; ``scope`` is ``city`` or an OPD's key."""

    scope: str
    column: str
    published: int
    recomputed: int


@dataclass(frozen=True)
class Revision:
    """A published week of which the history now says something else."""

    week: Week
    snapshot: StoredSnapshot
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class WeekValue:
    """A week as every form of its page tells it: no words, so that all forms say the same."""

    city: City
    week: Week
    figures: CityFigures
    findings: tuple[Finding, ...]
    """The verdict: two to four findings, the most urgent first."""
    key_figures: tuple[KeyFigure, ...]
    deadlines: tuple[DueDate, ...]
    """The days of targets, the earliest first."""
    asked: tuple[Decision, ...]
    """The decisions asked since the page before, and still expected; the earliest due first."""
    proposals: tuple[Proposal, ...]
    """What a rule suggests to ask for, the most urgent first."""
    outcomes: tuple[DecisionNews, ...]
    """What became of the decisions of the page before."""
    in_need: tuple[OPDInNeed, ...]
    """Who must move, those in most need first."""
    doing_well: tuple[OPDFigures, ...]
    """The OPDs with the most steps in the window of the pace."""
    reporting: Reporting
    kinds: tuple[KindFigures, ...]
    earlier_forecasts: tuple[EarlierForecast, ...]
    services: tuple[ServiceAt, ...]
    """The active services as they stood on the week's last day, by OPD and code."""
    trend: tuple[tuple[Week, float | None], ...]
    moved: tuple[OPDMoves, ...]
    joined: tuple[Crossing, ...]
    left: tuple[Crossing, ...]
    passed: tuple[Passing, ...]
    ranks: tuple[Ranked, ...]
    overdue: tuple[ServiceAt, ...]
    due_soon: tuple[ServiceAt, ...]
    stalled: tuple[ServiceAt, ...]
    hybrid: tuple[ServiceAt, ...]
    """Services past the counter that still want a visit to an office."""
    claimed: tuple[ServiceAt, ...]
    """Services past the counter whose last move is a claim not yet verified, the oldest first."""
    hindered: tuple[ServiceAt, ...]
    milestones: tuple[Milestone, ...]
    evaluations: tuple[Evaluation, ...]
    late: tuple[LateEntry, ...]
    revisions: tuple[Revision, ...]
    opds: Mapping[str, OPD]
    log_head: str = ""
    """The last link of the log's chain; empty for a log without one."""

    @property
    def revision(self) -> Revision | None:
        """What the week's own published figures have become; None where they still hold."""
        return next(
            (
                revision
                for revision in self.revisions
                if revision.week == self.week
            ),
            None,
        )
