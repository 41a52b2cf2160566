"""The verdict: which findings a week calls for, and the rule of each.

A rule is a function that yields its finding where its condition holds, and nothing
elsewhere. The thresholds are judgements of what deserves a Sekda's two minutes.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tracker.metrics.forecast import HISTORY
from tracker.metrics.opening import OpeningStatus
from tracker.metrics.values import CityFigures, Pace
from tracker.model import City
from tracker.snapshot.findings import (
    AllDone,
    DeadlineJustMissed,
    DeadlineKept,
    DeadlinesMissed,
    DeadlineThreatened,
    DueDate,
    Finding,
    GoalDue,
    GoalMet,
    GoalMissed,
    GoalProspect,
    InOpening,
    KindsApart,
    NotYet,
    PaceSteady,
    PaceTurned,
    Standing,
)
from tracker.snapshot.values import KindFigures

FEWEST, MOST = 2, 4
"""Findings of a verdict."""
RECENTLY = 28
"""Days for which a deadline that has passed is news."""
AHEAD = 91
"""Days ahead to which a deadline is judged by the pace: as many as the pace is taken from."""
EVEN = 0.5
"""The chance under which the goal, or a kind of OPD, is named as more likely late."""
APART = 20.0
"""Index points between two kinds of OPD that make the gap the story."""
MANY_OPDS = 3
"""OPDs of a kind that make its index more than that of one of them."""
TURNED = {Pace.ACCELERATING, Pace.SLOWING, Pace.STALLED, Pace.REGRESSING}


@dataclass(frozen=True)
class Evidence:
    """What the rules look at."""

    city: City
    figures: CityFigures
    deadlines: Sequence[DueDate]
    kinds: Sequence[KindFigures]
    opening: OpeningStatus | None
    """How far the opening has come; None once it is closed."""


def choose_findings(evidence: Evidence) -> tuple[Finding, ...]:
    """Return the findings of a week, at most `MOST`, the most urgent first.

    Where rules find fewer than `FEWEST`, how the services stand is said too.
    """
    found = [finding for rule in RULES for finding in rule(evidence)]
    found.sort(key=lambda finding: finding.urgency)
    if len(found) < FEWEST:
        found += find_standing(evidence)
    return tuple(found[:MOST])


def find_goal_outcome(evidence: Evidence) -> Iterator[Finding]:
    """Find that the goal's day has come: met, or over and missed, or none of both on the day itself."""
    figures, goal = evidence.figures, evidence.city.goal
    remaining = figures.city.remaining_steps
    if goal is None:
        return
    if goal == figures.as_of and remaining:
        yield GoalDue(goal, remaining)
    if figures.goal_outcome == "missed":
        yield GoalMissed(goal, remaining)
    if figures.goal_outcome == "met":
        yield GoalMet(goal)


def find_opening(evidence: Evidence) -> Iterator[Finding]:
    """Find that the opening is not closed."""
    opening = evidence.opening
    if opening is not None and opening.services:
        yield InOpening(
            opening.assumed,
            opening.services,
            len(opening.unanswered),
        )


def find_all_done(evidence: Evidence) -> Iterator[Finding]:
    """Find that nothing remains."""
    city = evidence.figures.city
    if city.services and not city.remaining_steps:
        yield AllDone(city.services)


def find_deadlines_missed(evidence: Evidence) -> Iterator[Finding]:
    """Find the days of targets that passed with targets open: the latest if it is news."""
    missed = [due for due in reversed(evidence.deadlines) if due.missed]
    if missed and missed[0].days_left >= -RECENTLY:
        yield DeadlineJustMissed(missed.pop(0))
    if missed:
        yield DeadlinesMissed(tuple(missed))


def find_deadline_threatened(evidence: Evidence) -> Iterator[Finding]:
    """Find the next day of targets of which the pace of 13 weeks leaves some open.

    What was registered as met is in that pace: it must not hide that the steps are too few. In
    the opening there is no pace yet.
    """
    if evidence.opening is not None:
        return
    ahead = [due for due in evidence.deadlines if 0 <= due.days_left <= AHEAD]
    for due in [due for due in ahead if due.short_by_steps > 0][:1]:
        yield DeadlineThreatened(due)


def find_goal_prospect(evidence: Evidence) -> Iterator[Finding]:
    """Find the chance of the goal, and the parts of the city that will not make it."""
    figures, goal = evidence.figures, evidence.city.goal
    chance, course = figures.city.goal_chance, figures.on_course
    if goal is None or chance is None or not figures.city.remaining_steps:
        return
    if goal <= figures.as_of:
        return  # the chance is that of the last complete week
    reasons = [opd.figures.forecast.reason for opd in figures.opds]
    late = [
        (kind.kind, kind.figures.forecast.p50)
        for kind in evidence.kinds
        if kind.figures.remaining_steps
        and kind.figures.goal_chance is not None
        and kind.figures.goal_chance < EVEN
    ]
    yield GoalProspect(
        goal=goal,
        chance=chance,
        likely=course.likely,
        open=course.open,
        unlikely=course.unlikely,
        unknown=course.unknown,
        standing_still=reasons.count("no_progress"),
        since=figures.rates_week.plus(1 - HISTORY).monday,
        late_kinds=tuple(late),
    )


def find_pace(evidence: Evidence) -> Iterator[Finding]:
    """Find that the pace turned, or that it is steady."""
    city = evidence.figures.city
    if city.pace is None or city.window_weeks is None:
        return
    recent, before = city.steps_recent or 0, city.steps_before or 0
    if city.pace in TURNED:
        yield PaceTurned(city.pace, city.window_weeks, recent, before)
    if city.pace is Pace.STEADY:
        yield PaceSteady(city.window_weeks, recent, before)


def find_kinds_apart(evidence: Evidence) -> Iterator[Finding]:
    """Find the kinds of OPD with the lowest and the highest index, if far apart."""
    opds = Counter(
        opd.kind for opd in evidence.figures.opds if opd.figures.services
    )
    known = [
        (kind.figures.index, kind.kind, kind.figures)
        for kind in evidence.kinds
        if kind.figures.index is not None and opds[kind.kind] >= MANY_OPDS
    ]
    if not known:
        return
    low, lowest, figures = min(known, key=lambda one: one[:2])
    high, highest, _ = max(known, key=lambda one: one[:2])
    if high - low >= APART:
        yield KindsApart(
            lowest,
            low,
            figures.conventional,
            figures.services,
            highest,
            high,
        )


def find_deadline_kept(evidence: Evidence) -> Iterator[Finding]:
    """Find the latest day of targets that passed with all of them met."""
    kept = [
        due
        for due in evidence.deadlines
        if due.passed and due.days_left >= -RECENTLY and not due.open
    ]
    for due in kept[-1:]:
        yield DeadlineKept(due)


def find_what_is_missing(evidence: Evidence) -> Iterator[Finding]:
    """Find why no chance can be given: no service, little history, no progress, no goal."""
    city = evidence.figures.city
    since = evidence.figures.rates_week.plus(1 - HISTORY)
    reason = city.forecast.reason
    if not city.services:
        yield NotYet("no_service", None)
        return
    if reason == "no_service":
        yield NotYet("no_service_then", None)
    if reason == "too_little_history":
        yield NotYet("too_little_history", None)
    if reason == "no_progress":
        yield NotYet("no_progress", since)
    if evidence.city.goal is None:
        yield NotYet("no_goal", None)


def find_standing(evidence: Evidence) -> Iterator[Finding]:
    """Find how many services stand in each stage."""
    city = evidence.figures.city
    if city.services:
        yield Standing(
            city.services,
            city.conventional,
            city.online,
            city.integrated,
        )


RULES: Sequence[Callable[[Evidence], Iterator[Finding]]] = (
    find_opening,
    find_goal_outcome,
    find_all_done,
    find_deadlines_missed,
    find_deadline_threatened,
    find_goal_prospect,
    find_pace,
    find_kinds_apart,
    find_deadline_kept,
    find_what_is_missing,
)
